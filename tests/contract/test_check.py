"""`db check` finds what contradicts itself, on either store, and nothing in one that is in order."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from crm.erasing import erase
from db.check import check
from db.store import Store
from tests.contract.test_erasing import CARRIER, OFFICIAL, PRIVATE
from tests.intake import Take

TODAY = date(2021, 6, 8)


@pytest.fixture
def sound(filled: Store, take: Take) -> Store:
    """A store with a chain, a letter, one that nobody could read, and one that was erased."""
    take(PRIVATE, CARRIER, OFFICIAL, b"\0\1\2\3" * 4_000)
    with filled.read() as session:
        name = session.scalar(text("SELECT id FROM message WHERE message_id = '<katt@kattvakten.example>'"))
    erase(filled, [f"m{name}"], by="anna", now=datetime(2021, 6, 9, tzinfo=UTC))
    take(CARRIER)
    assert check(filled, full=True) == []
    return filled


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE thread SET messages = messages + 1 WHERE id = (SELECT max(id) FROM thread)", {"thread"}),
        (
            "UPDATE message SET thread_id = NULL WHERE message_id = '<lokal@ange.example>'",
            {"message", "thread"},
        ),
        (
            "DELETE FROM occurrence WHERE message_id = (SELECT id FROM message WHERE message_id = '<lokal@ange.example>')",
            {"message", "raw"},
        ),
        ("DELETE FROM message WHERE status = 'quarantined'", {"raw", "thread"}),
        ("DELETE FROM tombstone WHERE kind = 'raw'", {"raw"}),
        ("UPDATE raw SET status = 'ok', reader_version = 0 WHERE status = 'erased'", {"raw"}),
    ],
)
def test_what_contradicts_itself_is_found(sound: Store, statement: str, kinds: set[str]) -> None:
    with sound.write() as session:
        session.execute(text(statement))
    assert {problem.kind for problem in check(sound)} == kinds


def test_a_message_that_no_search_finds(sound: Store) -> None:
    key = "rowid" if sound.is_sqlite else "message_id"
    with sound.write() as session:
        session.execute(text(f"DELETE FROM message_text WHERE {key} = (SELECT max(id) FROM message)"))  # noqa: S608 (a constant)
    (problem,) = check(sound)
    assert (problem.kind, "a search does not find" in problem.detail) == ("index", True)


def test_an_erased_mail_that_has_its_bytes_still(sound: Store) -> None:
    with sound.write() as session:
        session.execute(text("UPDATE raw SET content = 'x' WHERE status = 'erased'").bindparams())
    assert [problem.kind for problem in check(sound, full=True)] == ["raw"]


def test_every_raw_is_hashed_again_and_told_of(sound: Store) -> None:
    told: list[tuple[int, int]] = []
    with sound.write() as session:
        other = text("SELECT content FROM raw WHERE status = 'quarantined'")
        session.execute(
            text("UPDATE raw SET content = :other WHERE status = 'ok'").bindparams(
                other=session.scalar(other)
            )
        )
    found = check(sound, full=True, progress=lambda done, total: told.append((done, total)))
    assert {problem.kind for problem in found} == {"raw"}
    assert told == [(done, 4) for done in range(1, 5)]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_words_of_the_index_that_are_not_the_messages(sound: Store) -> None:
    with sound.write() as session:
        session.execute(
            text("UPDATE message_text_content SET c1 = 'annat' WHERE id = (SELECT max(id) FROM message)")
        )
    assert [problem.kind for problem in check(sound, full=True)] == ["page"]
