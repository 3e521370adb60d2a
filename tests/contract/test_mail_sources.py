"""One suite for every mail source: the fake that the algorithm is tested with keeps what the servers keep."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest

from ingest.errors import FolderMissing
from ingest.sync import MailSource, sync_folder
from tests.fakes import FakeServer, FakeSource, MemorySink
from tests.servers import Dovecot, MailServer

LETTER = "From: a@kommunen.example\r\nSubject: {}\r\n\r\nHej å!\r\n"


def letter(number: int) -> bytes:
    return LETTER.format(number).encode()


class Mailbox(Protocol):
    """What a test sets up, and the source that looks at it."""

    def create(self, *folders: str) -> None: ...
    def append(self, folder: str, *raws: bytes) -> None: ...
    def expunge(self, folder: str, uid: int) -> None: ...
    def source(self) -> AbstractContextManager[MailSource]: ...


class FakeMailbox:
    def __init__(self) -> None:
        self.server = FakeServer()

    def create(self, *folders: str) -> None:
        for folder in folders:
            self.server.create(folder)

    def append(self, folder: str, *raws: bytes) -> None:
        for raw in raws:
            self.server.append(folder, raw, datetime.now(UTC))

    def expunge(self, folder: str, uid: int) -> None:
        self.server.expunge(folder, uid)

    def source(self) -> AbstractContextManager[MailSource]:
        return nullcontext(FakeSource(self.server))


@pytest.fixture(params=["fake", "pymap", pytest.param("dovecot", marks=pytest.mark.dovecot)])
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    if request.param == "fake":
        return FakeMailbox()
    if request.param == "dovecot":
        server = request.getfixturevalue("dovecot")
        assert isinstance(server, Dovecot)
        return server.mailbox()
    server = request.getfixturevalue("pymap")
    assert isinstance(server, MailServer)
    return server


@pytest.fixture
def source(mailbox: Mailbox) -> Iterator[MailSource]:
    """INBOX with five mails, of which the third is gone."""
    mailbox.append("INBOX", *map(letter, range(5)))
    mailbox.create("Tom")
    with mailbox.source() as source:
        source.select("INBOX")
        third = sorted(source.uids())[2]
    mailbox.expunge("INBOX", third)
    with mailbox.source() as source:
        yield source


def test_select_tells_validity_next_and_number(source: MailSource) -> None:
    status = source.select("INBOX")
    assert status.uidvalidity > 0
    assert status.exists == 4
    assert status.uidnext is not None
    assert status.uidnext > max(source.uids())


def test_uids_from_a_number_on(source: MailSource) -> None:
    source.select("INBOX")
    uids = sorted(source.uids())
    assert len(uids) == 4
    assert sorted(source.uids(uids[2])) == uids[2:]


def test_uids_beyond_the_last_are_none(source: MailSource) -> None:
    source.select("INBOX")
    assert source.uids(max(source.uids()) + 1) == set()


def test_uids_received_since(source: MailSource) -> None:
    source.select("INBOX")
    assert source.uids(1, date(2020, 2, 29)) == source.uids()
    assert source.uids(1, datetime.now(UTC).date() + timedelta(days=3)) == set()


def test_fetch_gives_bytes_and_moment(source: MailSource) -> None:
    source.select("INBOX")
    mails = list(source.fetch(sorted(source.uids())))
    assert [mail.raw for mail in mails] == [letter(number) for number in (0, 1, 3, 4)]
    assert all(mail.internal_date is not None and mail.internal_date.tzinfo is not None for mail in mails)
    assert all(mail.size == len(mail.raw) for mail in mails)


def test_what_is_not_there_is_left_out(source: MailSource) -> None:
    source.select("INBOX")
    first = min(source.uids())
    gone = first + 2
    assert [mail.uid for mail in source.fetch([first, gone, first + 900])] == [first]
    assert set(source.sizes([first, gone])) == {first}


def test_sizes_are_those_of_the_bytes(source: MailSource) -> None:
    source.select("INBOX")
    uids = sorted(source.uids())
    assert source.sizes(uids) == dict.fromkeys(uids, len(letter(0)))


def test_empty_folder(source: MailSource) -> None:
    assert source.select("Tom").exists == 0
    assert source.uids() == set()
    assert list(source.fetch([])) == []
    assert source.sizes([]) == {}


def test_missing_folder(source: MailSource) -> None:
    with pytest.raises(FolderMissing):
        source.select("Finns inte")
    assert source.select("INBOX").exists == 4


def test_folders_are_listed(source: MailSource) -> None:
    names = {folder.name for folder in source.folders() if folder.selectable}
    assert {"INBOX", "Tom"} <= names


@pytest.mark.parametrize("name", ["Ärenden 2021", "Ånge & Östhammar", 'Med "citat"', "2021", "ÄÖÅ"])
def test_folder_names(mailbox: Mailbox, name: str) -> None:
    mailbox.create(name)
    mailbox.append(name, letter(1))
    with mailbox.source() as source:
        assert name in [folder.name for folder in source.folders()]
        assert source.select(name).exists == 1
    with mailbox.source() as unlisted:
        assert unlisted.select(name).exists == 1


def test_a_sync_takes_all_and_a_second_one_nothing(source: MailSource) -> None:
    sink = MemorySink()
    first, second = (sync_folder(source, sink, "INBOX", batch_mails=3) for _ in range(2))
    assert (first.new, first.known, first.gone) == (4, 0, 0)
    assert (second.new, second.known, second.gone) == (0, 0, 0)
    assert set(sink.raws.values()) == {letter(number) for number in (0, 1, 3, 4)}


def test_what_came_and_went_between_two_syncs(mailbox: Mailbox) -> None:
    mailbox.append("INBOX", letter(1), letter(2))
    sink = MemorySink()
    with mailbox.source() as source:
        sync_folder(source, sink, "INBOX")
        first = min(source.uids())
    mailbox.expunge("INBOX", first)
    mailbox.append("INBOX", letter(3), letter(2))
    with mailbox.source() as source:
        result = sync_folder(source, sink, "INBOX")
        assert sink.known_uids("INBOX", source.select("INBOX").uidvalidity) == source.uids()
    assert (result.new, result.known, result.gone) == (1, 1, 1)
    assert set(sink.raws.values()) == {letter(1), letter(2), letter(3)}
