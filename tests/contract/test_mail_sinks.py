"""One suite for every mail sink: the store that the algorithm is tested with, and the real one on both databases."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import select

from crm.accounts import NewAccount, put_account
from crm.raws import unpack
from crm.storing import StoreSink
from db.schema import Raw
from db.store import Store, open_store
from ingest.errors import ServerUnreachable
from ingest.sync import Cursor, FetchedMail, MailSink, Stored, sync_folder
from tests.fakes import ARRIVED, FakeServer, FakeSource, MemorySink

Raws = Callable[[], set[bytes]]
Kept = tuple[MailSink, Raws]


def in_store(store: Store) -> Kept:
    with store.write() as session:
        put_account(session, NewAccount("konto", "imap.example", "anna", "env:X"))

    def raws() -> set[bytes]:
        with store.read() as session:
            return {unpack(row) for row in session.scalars(select(Raw))}

    return StoreSink(store, "konto", date(2021, 10, 18)), raws


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """A sink, and a look at the raws in it."""
    if request.param == "memory":
        sink = MemorySink()
        yield sink, lambda: set(sink.raws.values())
        return
    with open_store(request.getfixturevalue(f"{request.param}_url")) as store:
        yield in_store(store)


@pytest.fixture
def sink(kept: Kept) -> MailSink:
    return kept[0]


@pytest.fixture
def raws(kept: Kept) -> Raws:
    return kept[1]


def mails(*uids: int) -> list[FetchedMail]:
    return [FetchedMail(uid, b"mail %d\r\n" % uid, ARRIVED, 8) for uid in uids]


def test_a_folder_never_synced(sink: MailSink) -> None:
    assert sink.cursor("INBOX") is None
    assert sink.known_uids("INBOX", 1) == set()


def test_a_batch_is_kept_with_its_places_and_the_cursor(sink: MailSink, raws: Raws) -> None:
    assert sink.store_batch("INBOX", 7, mails(1, 3), 3, ()) == Stored(2, 0)
    assert raws() == {b"mail 1\r\n", b"mail 3\r\n"}
    assert sink.known_uids("INBOX", 7) == {1, 3}
    assert sink.cursor("INBOX") == Cursor(7, 3)


def test_folders_and_epochs_are_apart(sink: MailSink) -> None:
    sink.store_batch("INBOX", 7, mails(1), 1, ())
    sink.store_batch("Ärenden", 7, mails(2), 2, ())
    assert sink.known_uids("INBOX", 7) == {1}
    assert sink.known_uids("INBOX", 8) == set()
    assert sink.cursor("Ärenden") == Cursor(7, 2)


def test_a_raw_that_is_there_is_known(sink: MailSink, raws: Raws) -> None:
    sink.store_batch("INBOX", 7, mails(1, 2), 2, ())
    assert sink.store_batch("Arkiv", 7, mails(2, 3), 3, ()) == Stored(1, 1)
    assert len(raws()) == 3


def test_the_same_raw_twice_in_one_batch(sink: MailSink, raws: Raws) -> None:
    twice = [FetchedMail(uid, b"mail\r\n", None, 6) for uid in (1, 2)]
    assert sink.store_batch("INBOX", 7, twice, 2, ()).new == 1
    assert raws() == {b"mail\r\n"}
    assert sink.known_uids("INBOX", 7) == {1, 2}


def test_gone_ones_are_not_known_and_not_deleted(sink: MailSink, raws: Raws) -> None:
    sink.store_batch("INBOX", 7, mails(1, 2, 3), 3, ())
    sink.store_batch("INBOX", 7, (), 3, {1, 3})
    assert sink.known_uids("INBOX", 7) == {2}
    assert len(raws()) == 3


def test_a_place_that_comes_back(sink: MailSink, raws: Raws) -> None:
    sink.store_batch("INBOX", 7, mails(1), 1, ())
    sink.store_batch("INBOX", 7, (), 1, {1})
    sink.store_batch("INBOX", 7, [FetchedMail(1, b"another\r\n", None, 9)], 1, ())
    assert sink.known_uids("INBOX", 7) == {1}
    assert raws() == {b"mail 1\r\n", b"another\r\n"}


def test_any_bytes_are_kept_as_they_are(sink: MailSink, raws: Raws) -> None:
    odd = {b"", b"\0", b"\xff\xfe\r\r\n\n", b"x" * 300_000}
    batch = [FetchedMail(uid, raw) for uid, raw in enumerate(sorted(odd), start=1)]
    assert sink.store_batch("INBOX", 2**32 - 1, batch, 2**32 - 1, ()) == Stored(4, 0)
    assert raws() == odd


def test_an_empty_batch_moves_the_cursor(sink: MailSink) -> None:
    assert sink.store_batch("INBOX", 9, (), 0, ()) == Stored(0, 0)
    assert sink.cursor("INBOX") == Cursor(9, 0)


def test_a_life_of_a_mailbox(sink: MailSink, raws: Raws) -> None:
    server = FakeServer()
    uids = [server.append("INBOX", b"mail %d\r\n" % number) for number in range(20)]
    with pytest.raises(ServerUnreachable):
        sync_folder(FakeSource(server, cut=11), sink, "INBOX", batch_mails=4)
    assert len(raws()) == 8
    server.expunge("INBOX", uids[2])
    server.renumber("INBOX", 5)
    result = sync_folder(FakeSource(server), sink, "INBOX", batch_mails=4)
    assert (result.new, result.known, result.gone) == (12, 7, 8)
    assert raws() == server.ever
    assert sink.known_uids("INBOX", 5) == set(server.boxes["INBOX"].mails)
    again = sync_folder(FakeSource(server), sink, "INBOX")
    assert (again.new, again.known, again.gone) == (0, 0, 0)
