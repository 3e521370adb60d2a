"""Many rows at once, on both stores."""

from typing import Any

from db.bulk import ids, insert_ignore
from db.schema import Address, Person, ThreadKey
from db.store import Store


def _addresses(count: int) -> list[dict[str, Any]]:
    return [{"address": f"a{number}@kommun.example"} for number in range(count)]


def test_only_new_rows_are_inserted_and_told(store: Store) -> None:
    with store.write() as session:
        first = insert_ignore(session, Address, _addresses(3), ["address"])
        again = insert_ignore(session, Address, _addresses(1_201), ["address"])
    assert len(first) == 3
    assert len(again) == 1_198
    assert not set(first) & set(again)


def test_of_the_same_rows_the_first_counts(store: Store) -> None:
    rows = [{"address": "a@b.example", "kind": kind} for kind in ("list", "person")]
    with store.write() as session:
        assert insert_ignore(session, Address, rows, ["address"]) == [("a@b.example",)]
        assert session.query(Address.kind).all() == [("list",)]


def test_ids_are_found_by_key(store: Store) -> None:
    with store.write() as session:
        insert_ignore(session, Address, _addresses(600), ["address"])
        found = ids(session, Address, ["address"], [(row["address"],) for row in _addresses(700)])
        both = ids(
            session,
            Address,
            ["address", "kind"],
            [("a1@kommun.example", "unknown"), ("a1@kommun.example", "x")],
        )
    assert len(found) == len(set(found.values())) == 600
    assert both == {("a1@kommun.example", "unknown"): found["a1@kommun.example",]}


def test_nothing_is_inserted_of_nothing(store: Store) -> None:
    with store.write() as session:
        assert insert_ignore(session, Person, [], ["id"]) == []
        assert ids(session, ThreadKey, ["message_id"], [], id_column="thread_id") == {}


def test_hostile_keys_are_found_again(store: Store) -> None:
    hostile = ["a\0b", "\ud800", "å" * 50_000]
    with store.write() as session:
        insert_ignore(session, Address, [{"address": key} for key in hostile], ["address"])
        assert len(ids(session, Address, ["address"], [(key,) for key in hostile])) == 3
