"""kill -9 at any moment, and a disk without room: after one clean sync the store holds what the server holds.

The moments are drawn by a seed: bytes that have come from the server, or mails that have been read. The suite does a
handful; `ATERKOM_TEST_KILLS=50 python -m pytest tests/integration/test_kills.py` does fifty on each kind of store.
"""

import os
import random
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm.bootstrap import open_store
from db.locking import lock_path
from db.schema import Raw
from db.store import Store
from tests.integration.accounts import held, in_step, raws_of, there
from tests.integration.commands import Machine, ended
from tests.integration.letters import many
from tests.integration.test_mailboxes import PATIENCE, add, crlf, gone, until
from tests.relay import Relay, relayed
from tests.servers import MailServer

pytestmark = pytest.mark.dovecot
KILLS = int(os.environ.get("ATERKOM_TEST_KILLS", "5"))
SEED = int(os.environ.get("ATERKOM_TEST_SEED", "7"))
FOLDERS = ("INBOX", "Skickat")


@pytest.fixture
def machine(store_url: str, tmp_path: Path) -> Machine:
    """A machine whose store is of either kind."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    given = {"ATERKOM_TODAY": "2021-10-18", "ATERKOM_OWN": "statenssc.se", "ATERKOM_USER": "anna"}
    return Machine(home, {**given, "ATERKOM_DATABASE_URL": store_url})


@pytest.fixture
def place(machine: Machine) -> Iterator[Store]:
    """The same store, as the test looks at it."""
    with open_store(machine.more["ATERKOM_DATABASE_URL"]) as store:
        yield store


@contextmanager
def running(machine: Machine, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that ends sooner or later; nothing that it has started is left of it then."""
    with ended(machine.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)) as process:
        yield process
        process.wait(PATIENCE)
        until(process, lambda: True)
        _until_gone(process.pid)


def _until_gone(group: int) -> None:
    """The readers of a process that was killed see that their pipe has ended."""
    give_up = PATIENCE * 1000
    while not gone(group):
        give_up -= 1
        assert give_up > 0
        with ended(subprocess.Popen(["true"])) as pause:
            pause.wait(PATIENCE)


def filled(server: MailServer, count: int, bytes_each: int = 300) -> int:
    """Letters in two folders, some of them in both; gives how many bytes that makes."""
    letters = [crlf(letter + b"x" * bytes_each) for letter in many(count)]
    server.create("Skickat")
    server.append("INBOX", *letters[: count * 3 // 4])
    server.append("Skickat", *letters[count // 2 :])
    return sum(map(len, letters)) * 5 // 4


def killed_at(machine: Machine, relay: Relay, bytes_passed: int) -> None:
    """A sync that is killed when so many bytes have come from the server, or ends by itself before."""
    relay.count = 0
    victim: list[int] = []

    def kill(count: int) -> None:
        if count >= bytes_passed:
            for pid in victim:
                os.kill(pid, signal.SIGKILL)
            victim.clear()

    relay.passed = kill
    with running(machine, "sync", "--no-read") as process:
        victim.append(process.pid)


def test_killed_while_it_fetches_it_loses_and_doubles_nothing(
    machine: Machine, place: Store, dovecot_mailbox: MailServer
) -> None:
    chance = random.Random(SEED)
    total = filled(dovecot_mailbox, 1200)
    sent = set(there(*raws_of(dovecot_mailbox, "INBOX"), *raws_of(dovecot_mailbox, "Skickat")))
    with relayed(dovecot_mailbox.port) as relay:
        add(machine, replace(dovecot_mailbox, port=relay.port, tls_port=None), "--folders", "*")
        for _ in range(KILLS):
            killed_at(machine, relay, chance.randrange(total))
            assert set(held(place)) <= sent
        relay.passed = lambda _count: None
        machine("sync", "--no-read")
        assert {row["new"] for row in machine("sync", "--no-read", "--json").rows} == {0}
    in_step(place, dovecot_mailbox, *FOLDERS)
    assert len(machine("messages", "--json", "--limit", "0").rows) == 1200
    assert machine("db", "check", "--full", "--json").rows == []


def test_killed_while_it_reads_it_loses_and_doubles_nothing(
    machine: Machine, place: Store, dovecot_mailbox: MailServer
) -> None:
    chance = random.Random(SEED)
    filled(dovecot_mailbox, 200)
    add(machine, dovecot_mailbox, "--folders", "*")

    def read() -> int:
        with place.read() as session:
            return session.scalar(select(func.count()).where(Raw.reader_version > 0)) or 0

    for moment in sorted(chance.randrange(200) for _ in range(max(2, KILLS // 2))):
        with running(machine, "sync") as process:
            until(process, lambda: read() > moment)  # noqa: B023 (called here)
            process.kill()
    machine("sync")
    in_step(place, dovecot_mailbox, *FOLDERS)
    messages = machine("messages", "--json", "--limit", "0").rows
    assert sorted(row["message_id"] for row in messages) == sorted(f"<{n}@ange.se>" for n in range(200))
    said = [
        row["message_id"] for row in machine("follow-ups", "--json", "--limit", "0").rows if row["message"]
    ]
    assert sorted(said) == sorted(f"<{n}@ange.se>" for n in range(200))
    assert machine("db", "check", "--full", "--json").rows == []


def test_the_account_of_a_sync_that_was_killed_is_free_at_once(
    machine: Machine, place: Store, dovecot_mailbox: MailServer
) -> None:
    total = filled(dovecot_mailbox, 60)
    with relayed(dovecot_mailbox.port) as relay:
        add(machine, replace(dovecot_mailbox, port=relay.port, tls_port=None), "--folders", "*")
        killed_at(machine, relay, total // 2)
        relay.passed = lambda _count: None
        machine("sync", "--no-read", "--lock-timeout", "1")
    in_step(place, dovecot_mailbox, *FOLDERS)


@pytest.mark.parametrize("room", [600_000, 1_500_000])
def test_a_disk_without_room_is_said_and_nothing_is_half_done(
    sqlite_url: str, tmp_path: Path, dovecot_mailbox: MailServer, room: int
) -> None:
    """A limit on the size of files stands for the full disk: it needs no disk of its own."""
    filled(dovecot_mailbox, 100, 50_000)
    machine = Machine(tmp_path, {"ATERKOM_DATABASE_URL": sqlite_url, "ATERKOM_LANG": "en"})
    add(machine, dovecot_mailbox, "--folders", "*")
    with ended(machine.start("sync", "--no-read")) as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 5, told
        assert b"Traceback" not in told
        assert len(told.splitlines()) == 1
    machine("db", "check", "--full")
    machine("sync", "--no-read")
    with open_store(sqlite_url) as store:
        in_step(store, dovecot_mailbox, *FOLDERS)


def test_two_at_once_of_all_accounts(machine: Machine, place: Store, dovecot_mailbox: MailServer) -> None:
    filled(dovecot_mailbox, 200)
    add(machine, dovecot_mailbox, "--folders", "*")
    with running(machine, "sync"), running(machine, "sync"), running(machine, "sync", "--no-read"):
        pass
    in_step(place, dovecot_mailbox, *FOLDERS)
    machine("sync")
    assert len(machine("messages", "--json", "--limit", "0").rows) == 200
    assert machine("db", "check", "--full", "--json").rows == []
    if place.is_sqlite:
        assert lock_path(Path(place.parsed.database or ""), "account post").exists()
