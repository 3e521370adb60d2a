"""One suite for every mail sink: the store that the algorithm is tested with, and the real one on both databases."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import select

from crm.accounts import NewAccount, put_account
from crm.raws import unpack
from crm.storing import StoreSink
from db.schema import Raw
from db.store import Store, open_store
from ingest.epochs import fingerprint
from ingest.errors import ServerUnreachable
from ingest.sync import (
    Batch,
    Cursor,
    FetchedMail,
    FolderStatus,
    InStep,
    MailSink,
    Place,
    Stored,
    sync_folder,
)
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


def put(
    sink: MailSink,
    folder: str,
    uidvalidity: int,
    mails: Sequence[FetchedMail],
    cursor: int,
    gone: Collection[int] = (),
) -> Stored:
    return sink.store(folder, Batch(uidvalidity, cursor, mails=mails, gone=gone))


def test_a_folder_never_synced(sink: MailSink) -> None:
    assert sink.cursor("INBOX") is None
    assert sink.known_uids("INBOX", 1) == set()


def test_a_batch_is_kept_with_its_places_and_the_cursor(sink: MailSink, raws: Raws) -> None:
    assert put(sink, "INBOX", 7, mails(1, 3), 3, ()) == Stored(2, 0)
    assert raws() == {b"mail 1\r\n", b"mail 3\r\n"}
    assert sink.known_uids("INBOX", 7) == {1, 3}
    assert sink.cursor("INBOX") == Cursor(7, 3)


def test_folders_and_epochs_are_apart(sink: MailSink) -> None:
    put(sink, "INBOX", 7, mails(1), 1, ())
    put(sink, "Ärenden", 7, mails(2), 2, ())
    assert sink.known_uids("INBOX", 7) == {1}
    assert sink.known_uids("INBOX", 8) == set()
    assert sink.cursor("Ärenden") == Cursor(7, 2)


def test_a_raw_that_is_there_is_known(sink: MailSink, raws: Raws) -> None:
    put(sink, "INBOX", 7, mails(1, 2), 2, ())
    assert put(sink, "Arkiv", 7, mails(2, 3), 3, ()) == Stored(1, 1)
    assert len(raws()) == 3


def test_the_same_raw_twice_in_one_batch(sink: MailSink, raws: Raws) -> None:
    twice = [FetchedMail(uid, b"mail\r\n", None, 6) for uid in (1, 2)]
    assert put(sink, "INBOX", 7, twice, 2, ()).new == 1
    assert raws() == {b"mail\r\n"}
    assert sink.known_uids("INBOX", 7) == {1, 2}


def test_gone_ones_are_not_known_and_not_deleted(sink: MailSink, raws: Raws) -> None:
    put(sink, "INBOX", 7, mails(1, 2, 3), 3, ())
    put(sink, "INBOX", 7, (), 3, {1, 3})
    assert sink.known_uids("INBOX", 7) == {2}
    assert len(raws()) == 3


def test_a_place_that_comes_back(sink: MailSink, raws: Raws) -> None:
    put(sink, "INBOX", 7, mails(1), 1, ())
    put(sink, "INBOX", 7, (), 1, {1})
    put(sink, "INBOX", 7, [FetchedMail(1, b"another\r\n", None, 9)], 1, ())
    assert sink.known_uids("INBOX", 7) == {1}
    assert raws() == {b"mail 1\r\n", b"another\r\n"}


def test_any_bytes_are_kept_as_they_are(sink: MailSink, raws: Raws) -> None:
    odd = {b"", b"\0", b"\xff\xfe\r\r\n\n", b"x" * 300_000}
    batch = [FetchedMail(uid, raw) for uid, raw in enumerate(sorted(odd), start=1)]
    assert put(sink, "INBOX", 2**32 - 1, batch, 2**32 - 1, ()) == Stored(4, 0)
    assert raws() == odd


def test_an_empty_batch_moves_the_cursor(sink: MailSink) -> None:
    assert put(sink, "INBOX", 9, (), 0, ()) == Stored(0, 0)
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


STATUS = FolderStatus(7, 4, 3, 2, 2**60)


@pytest.mark.parametrize(
    "in_step",
    [
        InStep(STATUS, 3),
        InStep(FolderStatus(7, None, 0), 0, date(2021, 10, 18)),
    ],
)
def test_what_the_server_said_is_kept_until_the_folder_changes(sink: MailSink, in_step: InStep) -> None:
    sink.store("INBOX", Batch(7, 3, mails=mails(1, 2, 3), in_step=in_step))
    cursor = sink.cursor("INBOX")
    assert cursor is not None
    assert cursor.in_step == in_step
    sink.store("INBOX", Batch(7, 3, gone={1}))
    cursor = sink.cursor("INBOX")
    assert cursor is not None
    assert cursor.in_step is None


def test_known_ones_are_counted_and_found_by_range(sink: MailSink) -> None:
    put(sink, "INBOX", 7, mails(1, 3, 5, 7), 7)
    put(sink, "INBOX", 7, (), 7, {5})
    assert (sink.count("INBOX", 7), sink.count("INBOX", 8), sink.count("Arkiv", 7)) == (3, 0, 0)
    assert sink.known_uids("INBOX", 7, 3) == {3, 7}
    assert sink.known_uids("INBOX", 7, 2, 6) == {3}


def test_flags_are_kept_and_followed(sink: MailSink) -> None:
    flagged = [FetchedMail(uid, b"mail %d" % uid, ARRIVED, 6, flags) for uid, flags in enumerate(FLAGS, 1)]
    put(sink, "INBOX", 7, flagged, 4)
    assert sink.flags("INBOX", 7, range(1, 9)) == dict(enumerate(FLAGS, 1))
    sink.store("INBOX", Batch(7, 4, flags={1: ("\\Seen",), 2: (), 3: ("\\Seen",)}, gone={4}))
    assert sink.flags("INBOX", 7, range(1, 9)) == {1: ("\\Seen",), 2: (), 3: ("\\Seen",)}
    assert sink.flags("INBOX", 8, [1]) == sink.flags("Arkiv", 7, [1]) == {}


FLAGS = ((), ("$Forwarded", "\\Answered", "\\Seen"), ("\\Flagged",), ("NonJunk",))


def test_mails_that_stand_somewhere_by_their_headers(sink: MailSink) -> None:
    raws = {1: b"Subject: 1\r\nMessage-ID: <1@a.example>\r\n\r\nHej\r\n", 2: b"Subject: 2\n\nHej\n", 3: b""}
    put(sink, "INBOX", 7, [FetchedMail(uid, raw, ARRIVED) for uid, raw in raws.items()], 3)
    put(sink, "INBOX", 7, (), 3, {2})
    stood = {standing.mark: standing for standing in sink.standing("INBOX", 7)}
    assert stood.keys() == {fingerprint(raw, len(raw)) for raw in raws.values()}
    assert {standing.internal_date for standing in stood.values()} == {ARRIVED}
    assert list(sink.standing("INBOX", 8)) == list(sink.standing("Arkiv", 7)) == []


def test_places_of_mails_that_are_there(sink: MailSink, raws: Raws) -> None:
    put(sink, "INBOX", 7, mails(1, 2), 2)
    stood = sorted(standing.sha256 for standing in sink.standing("INBOX", 7))
    places = [Place(uid, sha256, ARRIVED, ("\\Seen",)) for uid, sha256 in enumerate(stood, start=11)]
    assert sink.store("INBOX", Batch(9, 0, places=places, closes=7)) == Stored(0, 0)
    assert (sink.known_uids("INBOX", 7), sink.known_uids("INBOX", 9)) == (set(), {11, 12})
    assert sink.flags("INBOX", 9, [11]) == {11: ("\\Seen",)}
    assert sorted(standing.sha256 for standing in sink.standing("INBOX", 9)) == stood
    assert sink.cursor("INBOX") == Cursor(9, 0)
    assert len(raws()) == 2


def test_a_closed_epoch_that_comes_back(sink: MailSink, raws: Raws) -> None:
    put(sink, "INBOX", 7, mails(1, 2), 2)
    stood = next(standing.sha256 for standing in sink.standing("INBOX", 7))
    sink.store("INBOX", Batch(7, 2, closes=7))
    assert sink.known_uids("INBOX", 7) == set()
    sink.store("INBOX", Batch(7, 2, places=[Place(1, stood, ARRIVED)]))
    assert sink.known_uids("INBOX", 7) == {1}
    assert len(raws()) == 2


def test_new_raws_are_told_after_the_commit(sqlite_url: str) -> None:
    told: list[tuple[int, bytes]] = []

    def stored(items: Sequence[tuple[int, bytes]]) -> None:
        with store.read() as session:
            found = {row.id: unpack(row) for row in session.scalars(select(Raw))}
        assert all(found[number] == raw for number, raw in items)
        told.extend(items)

    with open_store(sqlite_url) as store:
        in_store(store)
        sink = StoreSink(store, "konto", date(2021, 10, 18), stored)
        put(sink, "INBOX", 7, mails(1, 2), 2)
        put(sink, "Arkiv", 7, mails(2, 3), 3)
    assert [raw for _, raw in told] == [b"mail 1\r\n", b"mail 2\r\n", b"mail 3\r\n"]
