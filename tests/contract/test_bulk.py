"""Rows by one statement are what the mapper would have written, and ids taken beforehand are nobody else's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.bulk import insert_rows, update_rows
from db.rowids import take_ids
from db.schema import Base, Message, Occurrence, Raw, Thread
from db.store import Store
from tests.rows import AT, DAY, add_message, raw


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write() as opened:
        yield opened


def test_values_go_through_the_types_of_the_schema(session: Session) -> None:
    session.add(raw(id=1))
    session.flush()
    east = AT.astimezone(timezone(timedelta(hours=2)))
    (number,) = take_ids(session, Message, 1)
    row = {
        "id": number,
        "key": "k",
        "raw_id": 1,
        "kind": "received",
        "taken_in_on": DAY,
        "sent_at": east,
        "subject": "Ett\0 två\ud800",
        "problems": ["a\0b"],
        "message_id": "x" * 5_000,
    }
    insert_rows(session, Message, [row])
    found = session.get_one(Message, number)
    assert (found.sent_at, found.taken_in_on) == (datetime(2021, 10, 18, 8, 30, tzinfo=UTC), DAY)
    assert (found.subject, found.problems) == ("Ett\ufffd två\ufffd", ["a\ufffdb"])
    assert found.message_id is not None
    assert len(found.message_id) < 600
    # what the row does not have is what the schema gives
    assert (found.body, found.zone_known, found.automatic, found.direction) == ("", True, False, "others")
    assert found.words_key is None


def test_no_rows_are_no_statement(session: Session) -> None:
    insert_rows(session, Thread, [])
    update_rows(session, Thread, [])
    assert take_ids(session, Thread, 0) == []
    assert session.scalars(select(Thread)).all() == []


def test_rows_are_changed_by_their_ids(session: Session) -> None:
    numbers = take_ids(session, Thread, 3)
    insert_rows(session, Thread, [{"id": number, "subject": "före"} for number in numbers])
    update_rows(session, Thread, [{"id": number, "subject": None, "messages": 7} for number in numbers[:2]])
    rows = session.execute(select(Thread.subject, Thread.messages).order_by(Thread.id)).all()
    assert [tuple(row) for row in rows] == [(None, 7), (None, 7), ("före", 0)]


def test_ids_rise_and_the_mapper_goes_on_behind_them(session: Session) -> None:
    numbers = take_ids(session, Thread, 3)
    insert_rows(session, Thread, [{"id": number} for number in numbers])
    own = Thread()
    session.add(own)
    session.flush()
    assert numbers == sorted(set(numbers))
    assert own.id > numbers[-1]
    assert take_ids(session, Thread, 1)[0] > own.id


def test_a_printed_id_is_never_given_twice(session: Session) -> None:
    (first,) = take_ids(session, Thread, 1)
    insert_rows(session, Thread, [{"id": first}])
    session.execute(delete(Thread))
    assert take_ids(session, Thread, 1)[0] > first


@pytest.mark.parametrize("table", [Raw, Occurrence])
def test_ids_of_other_tables_are_free(session: Session, table: type[Base]) -> None:
    message = add_message(session)
    place = Occurrence(message_id=message, raw_id=session.scalars(select(Raw.id)).one(), kind="received")
    session.add(place)
    session.flush()
    there = set(session.scalars(select(table.__table__.c.id)))
    assert not there & set(take_ids(session, table, 5))
