"""One suite for every rung of the ladder: whatever a server offers, what is known of it is what it holds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

import pytest

from ingest.sync import Flags, FolderResult, MailSource, sync_mailbox
from tests.fakes import FakeServer, FakeSource, MemorySink
from tests.proxy import Proxy, between
from tests.servers import Dovecot, MailServer

RUNGS = {
    "list": frozenset[str](),
    "status": frozenset({"STATUS"}),
    "condstore": frozenset({"STATUS", "CONDSTORE"}),
    "qresync": frozenset({"STATUS", "CONDSTORE", "QRESYNC"}),
}
# What is taken from a Dovecot: nothing, QRESYNC, all that Exchange Online has not.
HIDDEN = {
    "qresync": frozenset[str](),
    "condstore": frozenset({"QRESYNC", "LIST-STATUS"}),
    "exchange": frozenset(
        {"QRESYNC", "CONDSTORE", "ENABLE", "ESEARCH", "LIST-STATUS", "LIST-EXTENDED", "SPECIAL-USE"}
    ),
}


def letter(number: int) -> bytes:
    head = (
        f"From: a@kommunen.example\r\nSubject: Brev {number}\r\nMessage-ID: <{number}@kommunen.example>\r\n"
    )
    return f"{head}\r\nHej å {number}!\r\n".encode()


class Mailbox(Protocol):
    """What a test does to a mailbox, and the source that looks at it."""

    def create(self, *folders: str) -> None: ...
    def append(self, folder: str, *raws: bytes) -> None: ...
    def expunge(self, folder: str, uid: int) -> None: ...
    def mark(self, folder: str, uid: int, *flags: str) -> None: ...
    def rename(self, folder: str, name: str) -> None: ...
    def delete(self, folder: str) -> None: ...
    def renumber(self, folder: str, uidvalidity: int) -> None: ...
    def source(self) -> AbstractContextManager[MailSource]: ...
    def fetches(self) -> int: ...
    def opens(self) -> int: ...


class FakeMailbox:
    def __init__(self, capabilities: frozenset[str]) -> None:
        self.server = FakeServer(capabilities=capabilities)
        self.sources: list[FakeSource] = []
        self.mark, self.rename, self.renumber = self.server.mark, self.server.rename, self.server.renumber

    def expunge(self, folder: str, uid: int) -> None:
        self.server.expunge(folder, uid)

    def create(self, *folders: str) -> None:
        for folder in folders:
            self.server.create(folder)

    def append(self, folder: str, *raws: bytes) -> None:
        for raw in raws:
            self.server.append(folder, raw)

    def delete(self, folder: str) -> None:
        del self.server.boxes[folder]

    def source(self) -> AbstractContextManager[MailSource]:
        self.sources.append(FakeSource(self.server))
        return nullcontext(self.sources[-1])

    def fetches(self) -> int:
        return sum(len(source.asked) for source in self.sources)

    def opens(self) -> int:
        return sum(len(source.opened) for source in self.sources)


class RealMailbox:
    """A server behind a proxy; what is done to it is done past the proxy."""

    def __init__(self, server: MailServer, proxy: Proxy, renumber: Callable[[str, int], None]) -> None:
        self.server, self.proxy, self.renumber = server, proxy, renumber
        self.create, self.append, self.expunge = server.create, server.append, server.expunge
        self.mark, self.rename, self.delete = server.mark, server.rename, server.delete

    def source(self) -> AbstractContextManager[MailSource]:
        return self.server.source(security="plain", port=self.proxy.port)

    def fetches(self) -> int:
        return sum(b"BODY.PEEK[]" in line for line in self.proxy.heard)

    def opens(self) -> int:
        return sum(b" EXAMINE " in line for line in self.proxy.heard)


def unchangeable(folder: str, uidvalidity: int) -> None:
    raise AssertionError("no such mailbox is renumbered")


@contextmanager
def behind_proxy(
    server: MailServer, hidden: frozenset[str], renumber: Callable[[str, int], None]
) -> Iterator[Mailbox]:
    with between(server.port, hidden=hidden) as proxy:
        yield RealMailbox(server, proxy, renumber)


EVERY = [
    *(pytest.param(f"fake-{rung}") for rung in RUNGS),
    pytest.param("pymap-"),
    *(pytest.param(f"dovecot-{rung}", marks=pytest.mark.dovecot) for rung in HIDDEN),
]
# pymap's UIDVALIDITY is what it is.
renumbering = pytest.mark.parametrize(
    "mailbox", [rung for rung in EVERY if rung.values != ("pymap-",)], indirect=True
)


@pytest.fixture(params=EVERY)
def mailbox(request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    """INBOX with six mails, of which the second has been read, and a folder with three."""
    kind, _, rung = request.param.partition("-")
    if kind == "fake":
        opened: AbstractContextManager[Mailbox] = nullcontext(FakeMailbox(RUNGS[rung]))
    elif kind == "pymap":
        opened = behind_proxy(request.getfixturevalue("pymap"), frozenset(), unchangeable)
    else:
        dovecot: Dovecot = request.getfixturevalue("dovecot")
        server = dovecot.mailbox()
        opened = behind_proxy(server, HIDDEN[rung], lambda *to: dovecot.renumber(server.user, *to))
    with opened as mailbox:
        mailbox.append("INBOX", *map(letter, range(1, 7)))
        mailbox.create("Ärenden")
        mailbox.append("Ärenden", *map(letter, range(11, 14)))
        yield mailbox


Picture = dict[tuple[str, int, int], tuple[bytes, Flags]]


class Synced:
    """A mailbox, and a store that follows it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.sink = MemorySink()

    def sync(self, sink: MemorySink | None = None, *, renumbered: bool = False) -> dict[str, FolderResult]:
        sink = sink or self.sink
        with self.mailbox.source() as source:
            names = list(sink.cursors)
            _, results = sync_mailbox(source, sink, patterns=["*"], synced=names, renumbered=renumbered)
            return {result.folder: result for result in results}

    def picture(self, sink: MemorySink | None = None) -> Picture:
        sink = sink or self.sink
        return {
            key: (sink.raws[place.raw], place.flags) for key, place in sink.places.items() if not place.gone
        }

    def is_true(self) -> bool:
        """Whether the store knows what somebody sees who comes anew."""
        fresh = MemorySink()
        self.sync(fresh)
        return self.picture() == self.picture(fresh)

    def uids(self, folder: str) -> list[int]:
        cursor = self.sink.cursor(folder)
        assert cursor is not None
        return sorted(self.sink.known_uids(folder, cursor.uidvalidity))

    def bodies(self, folder: str) -> set[bytes]:
        return {raw for (name, _, _), (raw, _) in self.picture().items() if name == folder}


@pytest.fixture
def synced(mailbox: Mailbox) -> Synced:
    """Everything was read once, and the second mail of INBOX since."""
    synced = Synced(mailbox)
    synced.sync()
    mailbox.mark("INBOX", synced.uids("INBOX")[1], "\\Seen")
    synced.sync()
    return synced


def counts(result: FolderResult) -> tuple[int, int, int]:
    assert result.problems == ()
    return result.new, result.known, result.gone


def test_the_first_sync_has_everything_and_the_next_nothing(mailbox: Mailbox) -> None:
    synced = Synced(mailbox)
    assert {name: counts(result) for name, result in synced.sync().items()} == {
        "INBOX": (6, 0, 0),
        "Ärenden": (3, 0, 0),
    }
    assert synced.is_true()
    written = synced.sink.transactions
    assert {counts(result) for result in synced.sync().values()} == {(0, 0, 0)}
    assert synced.sink.transactions == written


def test_a_folder_that_is_as_it_was_is_not_opened(synced: Synced, request: pytest.FixtureRequest) -> None:
    opened = synced.mailbox.opens()
    synced.sync()
    expected = 2 if "fake-list" in request.node.name else 0  # nothing is said of a folder that is not open
    assert synced.mailbox.opens() - opened == expected


def test_new_mails(synced: Synced) -> None:
    synced.mailbox.append("INBOX", letter(7), letter(8))
    results = synced.sync()
    assert counts(results["INBOX"]) == (2, 0, 0)
    assert synced.is_true()


def test_flags_are_followed(synced: Synced) -> None:
    first, second, third, *_ = synced.uids("INBOX")
    synced.mailbox.mark("INBOX", first, "\\Seen", "\\Answered")
    synced.sync()
    assert synced.is_true()
    synced.mailbox.mark("INBOX", second)
    synced.mailbox.mark("INBOX", third)
    synced.mailbox.append("INBOX", letter(7))
    synced.sync()
    assert synced.is_true()


@pytest.mark.parametrize("gone", [(0,), (5,), (1, 2, 4), (0, 1, 2, 3, 4, 5)])
def test_expunged_mails_are_gone(synced: Synced, gone: tuple[int, ...]) -> None:
    uids = synced.uids("INBOX")
    for number in gone:
        synced.mailbox.expunge("INBOX", uids[number])
    assert counts(synced.sync()["INBOX"]) == (0, 0, len(gone))
    assert synced.is_true()
    assert len(synced.sink.raws) == 9


def test_as_many_new_ones_as_expunged_ones(synced: Synced) -> None:
    synced.mailbox.expunge("INBOX", synced.uids("INBOX")[3])
    synced.mailbox.append("INBOX", letter(7))
    assert counts(synced.sync()["INBOX"]) == (1, 0, 1)
    assert synced.is_true()


def test_new_ones_that_are_gone_again(synced: Synced) -> None:
    synced.mailbox.append("INBOX", letter(7), letter(8))
    with synced.mailbox.source() as source:
        source.select("INBOX")
        newest = max(source.uids())
    synced.mailbox.expunge("INBOX", newest)
    assert counts(synced.sync()["INBOX"]) == (1, 0, 0)
    synced.mailbox.append("INBOX", letter(9))
    assert counts(synced.sync()["INBOX"]) == (1, 0, 0)
    assert synced.is_true()


def test_an_emptied_folder_fills_again(synced: Synced) -> None:
    for uid in synced.uids("Ärenden"):
        synced.mailbox.expunge("Ärenden", uid)
    assert counts(synced.sync()["Ärenden"]) == (0, 0, 3)
    synced.mailbox.append("Ärenden", letter(20), letter(11))
    assert counts(synced.sync()["Ärenden"]) == (1, 1, 0)
    assert synced.is_true()


@renumbering
@pytest.mark.parametrize("uidvalidity", [2_100_000_000, 1_000_000_000])
def test_a_new_epoch_is_told_by_headers_alone(synced: Synced, uidvalidity: int) -> None:
    synced.mailbox.renumber("INBOX", uidvalidity)
    fetches = synced.mailbox.fetches()
    result = synced.sync()["INBOX"]
    assert (result.epoch, counts(result)) == (True, (0, 6, 6))
    assert synced.mailbox.fetches() == fetches
    assert synced.is_true()
    assert counts(synced.sync()["INBOX"]) == (0, 0, 0)


@renumbering
def test_what_came_and_went_around_a_new_epoch(synced: Synced) -> None:
    synced.mailbox.expunge("INBOX", synced.uids("INBOX")[0])
    synced.mailbox.append("INBOX", letter(7))
    synced.mailbox.renumber("INBOX", 1_000_000_000)
    assert counts(synced.sync()["INBOX"]) == (1, 5, 6)
    assert synced.is_true()


@renumbering
def test_an_epoch_of_other_mails_changes_nothing_until_it_is_accepted(synced: Synced) -> None:
    for uid in synced.uids("INBOX")[:4]:
        synced.mailbox.expunge("INBOX", uid)
    synced.mailbox.append("INBOX", *map(letter, range(20, 24)))
    synced.mailbox.append("Ärenden", letter(30))
    synced.mailbox.renumber("INBOX", 1_000_000_000)
    before = synced.picture()
    results = synced.sync()
    (problem,) = results["INBOX"].problems
    assert (problem.kind, problem.known, problem.listed, problem.matched) == ("epoch_mismatch", 6, 6, 2)
    assert {key: told for key, told in synced.picture().items() if key[0] == "INBOX"} == {
        key: told for key, told in before.items() if key[0] == "INBOX"
    }
    assert counts(results["Ärenden"]) == (1, 0, 0)
    assert counts(synced.sync(renumbered=True)["INBOX"]) == (4, 2, 6)
    assert synced.is_true()


@renumbering
def test_a_uidvalidity_that_comes_back(synced: Synced) -> None:
    cursor = synced.sink.cursor("INBOX")
    assert cursor is not None
    for uidvalidity in (1_000_000_000, cursor.uidvalidity):
        synced.mailbox.renumber("INBOX", uidvalidity)
        fetches = synced.mailbox.fetches()
        assert counts(synced.sync()["INBOX"]) == (0, 6, 6)
        assert synced.mailbox.fetches() == fetches
        assert synced.is_true()


def test_a_renamed_folder_is_not_fetched_again(synced: Synced) -> None:
    synced.mailbox.rename("Ärenden", "Arkiv")
    fetches = synced.mailbox.fetches()
    results = synced.sync()
    assert (counts(results["Arkiv"]), counts(results["Ärenden"])) == ((0, 3, 0), (0, 0, 3))
    assert synced.mailbox.fetches() == fetches
    assert synced.is_true()


def test_a_deleted_folder_is_gone_and_its_mails_are_kept(synced: Synced) -> None:
    synced.mailbox.delete("Ärenden")
    assert counts(synced.sync()["Ärenden"]) == (0, 0, 3)
    assert synced.is_true()
    assert len(synced.sink.raws) == 9


def test_a_moved_mail_is_one_raw_in_two_places(synced: Synced) -> None:
    moved = synced.uids("INBOX")[2]
    synced.mailbox.expunge("INBOX", moved)
    synced.mailbox.append("Ärenden", letter(3))
    results = synced.sync()
    assert (counts(results["INBOX"]), counts(results["Ärenden"])) == ((0, 0, 1), (0, 1, 0))
    assert len(synced.sink.raws) == 9
    assert synced.bodies("Ärenden") == {letter(number) for number in (3, 11, 12, 13)}
