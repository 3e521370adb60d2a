"""Faults between us and a real Dovecot: after each, one clean sync, and the store has what the server has."""

import contextlib
import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from crm.accounts import NewAccount, put_account
from crm.storing import StoreSink
from db.schema import Folder, Location, Raw
from db.store import Store, open_store
from ingest.errors import IngestError, ServerTimeout, ServerUnreachable, SourceError
from ingest.imap import ImapSource
from ingest.imap_wire import Limits
from ingest.sync import FolderResult, sync_mailbox
from tests.fakes import MemorySink
from tests.proxy import Proxy, between
from tests.servers import Dovecot, MailServer

pytestmark = pytest.mark.dovecot

PATIENT = Limits(connect=30.0, silence=30.0, command=60.0, session=120.0)
HASTY = replace(PATIENT, silence=0.3)


def letter(number: int, filling: int = 0) -> bytes:
    head = (
        f"From: a@kommunen.example\r\nSubject: Brev {number}\r\nMessage-ID: <{number}@kommunen.example>\r\n"
    )
    return f"{head}\r\nHej å {number}!\r\n".encode() + b"Rad efter rad.\r\n" * filling


class Scene:
    """A mailbox of two folders behind a proxy, and a store that follows it."""

    def __init__(self, dovecot: Dovecot, proxy: Proxy, server: MailServer, store: Store) -> None:
        self.dovecot, self.proxy, self.server, self.store = dovecot, proxy, server, store
        with store.write() as session:
            put_account(session, NewAccount("konto", "localhost", server.user, "env:X"))

    def sync(self, limits: Limits = PATIENT, *, renumbered: bool = False) -> list[FolderResult]:
        sink = StoreSink(self.store, "konto", date(2021, 10, 18))
        with self.store.read() as session:
            names = list(session.scalars(select(Folder.name)))
        with self.server.source(security="plain", port=self.proxy.port, limits=limits) as source:
            _, results = sync_mailbox(
                source, sink, patterns=["*"], synced=names, batch_mails=4, renumbered=renumbered
            )
            return list(results)

    def kill_session(self) -> None:
        """SIGKILL to the one process of the server that serves this mailbox."""
        lines = self.dovecot.doveadm("-f", "tab", "who", "-1", self.server.user).splitlines()[1:]
        pids = {int(line.split("\t")[2]) for line in lines}
        assert pids
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def on_the_server(self) -> dict[str, list[bytes]]:
        sink = MemorySink()
        with self.server.source(security="plain", port=self.server.port) as source:
            list(sync_mailbox(source, sink, patterns=["*"])[1])
        held: dict[str, list[bytes]] = {}
        for (folder, _, _), place in sorted(sink.places.items()):
            held.setdefault(folder, []).append(sink.raws[place.raw])
        return held

    def assert_clean(self) -> None:
        """One clean sync; then every mail of the server's stands in its place, and nothing stands twice."""
        self.proxy.limit = None
        assert [result.problems for result in self.sync(renumbered=True) if result.problems] == []
        assert self.in_the_store() == {
            folder: sorted(map(digest, raws)) for folder, raws in self.on_the_server().items()
        }
        assert {(result.new, result.known, result.gone) for result in self.sync()} == {(0, 0, 0)}
        with self.store.read() as session:
            orphans = select(func.count()).where(Raw.id.not_in(select(Location.raw_id)))
            assert session.scalar(orphans) == 0

    def in_the_store(self) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        with self.store.read() as session:
            places = session.execute(
                select(Folder.name, Raw.sha256)
                .join(Location, Location.folder_id == Folder.id)
                .join(Raw, Location.raw_id == Raw.id)
                .where(Location.gone.is_(False))
                .order_by(Folder.name, Raw.sha256)
            )
            for folder, sha256 in places:
                held.setdefault(folder, []).append(sha256)
        return held

    def raws(self) -> set[str]:
        with self.store.read() as session:
            return set(session.scalars(select(Raw.sha256)))


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@pytest.fixture
def scene(dovecot: Dovecot, sqlite_url: str) -> Iterator[Scene]:
    server = dovecot.mailbox()
    server.append("INBOX", *(letter(number, filling=number % 4 * 50) for number in range(10)))
    server.create("Ärenden")
    server.append("Ärenden", *(letter(number) for number in range(20, 26)))
    with between(server.port) as proxy, open_store(sqlite_url) as store:
        yield Scene(dovecot, proxy, server, store)


# What somebody else does to the mailbox while we are at it.


def expunge(scene: Scene) -> None:
    scene.server.expunge("Ärenden", 3)


def arrive(scene: Scene) -> None:
    scene.server.append("Ärenden", letter(30))


def expunge_and_arrive(scene: Scene) -> None:
    scene.server.expunge("Ärenden", 3)
    scene.server.append("Ärenden", letter(30))


def delete(scene: Scene) -> None:
    scene.server.delete("Ärenden")


def rename(scene: Scene) -> None:
    scene.server.rename("Ärenden", "Arkiv")


def number_up(scene: Scene) -> None:
    scene.dovecot.renumber(scene.server.user, "Ärenden", 2_100_000_000)


def number_down(scene: Scene) -> None:
    scene.dovecot.renumber(scene.server.user, "Ärenden", 1_000_000_000)


def kill(scene: Scene) -> None:
    scene.kill_session()


HAPPENINGS = [expunge, arrive, expunge_and_arrive, delete, rename, number_up, number_down, kill]


@pytest.mark.parametrize("command", [b"LIST ", b"&AMQ-renden", b"RFC822.SIZE)", b"BODY.PEEK[]"])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_happens_in_the_midst_of_the_first_sync(
    scene: Scene, happening: Callable[[Scene], None], command: bytes
) -> None:
    scene.proxy.before = (command, lambda: happening(scene))
    with contextlib.suppress(IngestError):
        scene.sync()
    assert scene.proxy.struck
    scene.assert_clean()


@pytest.mark.parametrize("command", [b"LIST ", b"&AMQ-renden", b"CHANGEDSINCE", b"SEARCH"])
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_happens_in_the_midst_of_a_later_sync(
    scene: Scene, happening: Callable[[Scene], None], command: bytes
) -> None:
    scene.sync()
    held = scene.raws()
    scene.server.expunge("Ärenden", 2)
    scene.server.append("Ärenden", letter(27))
    scene.proxy.before = (command, lambda: happening(scene))
    with contextlib.suppress(IngestError):
        scene.sync()
    assert scene.proxy.struck
    scene.assert_clean()
    assert held <= scene.raws()


@pytest.mark.parametrize("uidvalidity", [2_100_000_000, 1_000_000_000])
@pytest.mark.parametrize("command", [b"SEARCH", b"BODY.PEEK[HEADER]", b"RFC822.SIZE)", b"BODY.PEEK[]"])
def test_cut_off_in_the_midst_of_a_new_epoch(scene: Scene, uidvalidity: int, command: bytes) -> None:
    scene.sync()
    scene.server.append("INBOX", letter(31))
    scene.dovecot.renumber(scene.server.user, "INBOX", uidvalidity)
    scene.proxy.before = (command, scene.kill_session)
    with pytest.raises(ServerUnreachable):
        scene.sync()
    scene.assert_clean()
    assert len(scene.raws()) == 17


def test_a_connection_cut_at_every_so_many_bytes(scene: Scene) -> None:
    """Each time into an empty store; what came before the cut came whole, and the next sync has the rest."""
    scene.sync()
    whole = scene.on_the_server()
    ever = {raw for raws in whole.values() for raw in raws}
    total = scene.proxy.passed
    assert total > 15_000
    cuts = [*range(0, 3000, 500), *range(3000, total, 977)]
    for limit in cuts:
        sink = MemorySink()
        scene.proxy.limit = limit
        with contextlib.suppress(SourceError), through(scene, PATIENT) as source:  # a cut good-bye is none
            list(sync_mailbox(source, sink, patterns=["*"], batch_mails=4)[1])
        assert set(sink.raws.values()) <= ever
        scene.proxy.limit = None
        with through(scene, PATIENT) as source:
            list(sync_mailbox(source, sink, patterns=["*"], synced=list(sink.cursors), batch_mails=4)[1])
        live = [sink.raws[place.raw] for place in sink.places.values() if not place.gone]
        assert sorted(live) == sorted(raw for raws in whole.values() for raw in raws)


def through(scene: Scene, limits: Limits) -> contextlib.AbstractContextManager[ImapSource]:
    return scene.server.source(security="plain", port=scene.proxy.port, limits=limits)


@pytest.mark.parametrize("limit", [0, 300, 2000, 9000, 15_000])
def test_a_server_that_falls_silent(scene: Scene, limit: int) -> None:
    scene.proxy.limit, scene.proxy.fault = limit, "stall"
    with pytest.raises(ServerTimeout) as caught:
        scene.sync(HASTY)
    assert caught.value.reason == "silent"
    scene.assert_clean()


@pytest.mark.parametrize("limit", [300, 9000])
def test_a_server_that_sends_a_byte_now_and_then(scene: Scene, limit: int) -> None:
    scene.proxy.limit, scene.proxy.fault = limit, "trickle"
    with pytest.raises(ServerTimeout) as caught:
        scene.sync(replace(PATIENT, command=0.3))
    assert caught.value.reason == "deadline"
    scene.assert_clean()


def test_a_cut_in_the_midst_of_a_later_sync(scene: Scene) -> None:
    scene.sync()
    for number in range(40, 44):
        scene.server.append("INBOX", letter(number, filling=200))
        scene.proxy.limit = 1500 + number
        with pytest.raises(SourceError):
            scene.sync()
        scene.proxy.limit = None
    scene.assert_clean()
    assert len(scene.raws()) == 20
