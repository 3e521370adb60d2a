"""Several accounts side by side, other programs at the same store, and clocks that jump: nothing lost, nothing doubled."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from crm.accounts import config_of
from crm.bootstrap import open_store
from crm.errors import AccountBusy
from crm.locking import account_lock
from crm.search import search
from crm.settings import load
from crm.syncing import AT_ONCE, SyncReport, sync, unreadable
from db.errors import StoreLocked
from db.schema import Note
from db.store import Store
from ingest.errors import ServerTimeout, ServerUnreachable, SignInRefused
from tests.integration.accounts import held, in_step, put, state, there
from tests.integration.letters import BROKEN
from tests.integration.test_mailboxes import crlf
from tests.mails import mail
from tests.servers import SHORT, Dovecot, MailServer, Scripted, free_port

LETTERS = tuple(
    crlf(mail(f"Brev {number} om lokalen.", message_id=f"<{number}@x.example>")) for number in range(40)
)
pytestmark = pytest.mark.dovecot


@pytest.fixture
def place(store_url: str) -> Iterator[Store]:
    """A store with the program's own facts, on both kinds."""
    with open_store(store_url) as store:
        yield store


def synced(store: Store, *names: str, read: bool = False, lock_timeout: float = 10.0) -> SyncReport:
    settings = load(database_url=store.parsed.render_as_string(hide_password=False))
    return sync(store, settings, names, read=read, lock_timeout=lock_timeout)


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limits of tests."""
    monkeypatch.setattr("crm.fetching.config_of", lambda account: replace(config_of(account), limits=SHORT))


def test_what_hangs_and_what_fails_keeps_no_other_from_its_mail(
    place: Store,
    dovecot: Dovecot,
    scripted: Callable[..., Scripted],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick(monkeypatch)
    first, last = dovecot.mailbox(), dovecot.mailbox()
    first.append("INBOX", *LETTERS[:20])
    last.append("INBOX", *LETTERS[10:30])
    refusing = scripted(AUTHENTICATE=b"+ \r\n%N%T NO [AUTHENTICATIONFAILED] no\r\n")
    put(place, first, tmp_path, "a")
    put(place, MailServer(scripted(LIST=None).port, "anna", "x"), tmp_path, "b")
    put(place, MailServer(refusing.port, "anna", "x"), tmp_path, "c")
    put(place, MailServer(free_port(), "anna", "x"), tmp_path, "d")
    put(place, last, tmp_path, "e")
    report = synced(place)
    assert [row.account for row in report.rows if row.folder == "INBOX"] == ["a", "e"]
    assert [type(error) for error in report.errors] == [ServerTimeout, SignInRefused, ServerUnreachable]
    assert [getattr(error, "facts", {})["account"] for error in report.errors] == ["b", "c", "d"]
    assert sum(row.new for row in report.rows) == 30
    assert {name: state(place, name)[0] for name in "abcde"} == dict(
        zip("abcde", ("ok", "problem", "problem", "problem", "ok"), strict=True)
    )
    assert held(place) == there(*LETTERS[:20], *LETTERS[10:30])


def test_many_accounts_take_turns(place: Store, dovecot: Dovecot, tmp_path: Path) -> None:
    names = [f"n{number:02}" for number in range(AT_ONCE + 3)]
    for name in names:
        server = dovecot.mailbox()
        server.append("INBOX", *LETTERS[:5])
        put(place, server, tmp_path, name)
    report = synced(place)
    assert report.errors == []
    assert [row.account for row in report.rows if row.folder == "INBOX"] == names
    assert sum(row.new for row in report.rows) == 5
    assert set(held(place).values()) == {len(names)}


def test_passwords_are_asked_for_before_anything_runs(place: Store, dovecot: Dovecot, tmp_path: Path) -> None:
    servers = {name: dovecot.mailbox() for name in ("a", "b")}
    for name, server in servers.items():
        server.append("INBOX", *LETTERS[:2])
        put(place, server, tmp_path, name, secret="prompt")
    asked: list[tuple[str, threading.Thread, int]] = []

    def prompt(name: str) -> str:
        asked.append((name, threading.current_thread(), len(held(place))))
        return servers[name].password

    settings = load(database_url=place.parsed.render_as_string(hide_password=False))
    assert sync(place, settings, prompt=prompt, read=False).errors == []
    assert asked == [("a", threading.main_thread(), 0), ("b", threading.main_thread(), 0)]
    assert sum(held(place).values()) == 4


def test_without_reading_everything_can_be_found(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS)
    put(place, dovecot_mailbox, tmp_path)
    synced(place)
    with place.read() as session:
        assert len(search(session, "lokalen", limit=0)) == len(LETTERS)
    in_step(place, dovecot_mailbox, "INBOX")


def test_what_cannot_be_made_searchable_is_counted_where_it_stands(
    place: Store, pymap: MailServer, tmp_path: Path
) -> None:
    pymap.append("INBOX", LETTERS[0], BROKEN)
    put(place, pymap, tmp_path)
    report = synced(place)
    assert [(row.folder, row.new, row.quarantined) for row in report.rows] == [("INBOX", 2, 1)]
    assert (report.reading.quarantined, len(unreadable(place, report.reading))) == (1, 1)
    again = synced(place)
    assert ([row.quarantined for row in again.rows], again.reading.quarantined) == ([0], 0)


def test_an_account_that_another_holds_is_refused_and_the_next_time_synced(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS[:3])
    put(place, dovecot_mailbox, tmp_path)
    with account_lock(place, "post", 10):
        (error,) = synced(place, lock_timeout=0.05).errors
        assert isinstance(error, AccountBusy)
    assert synced(place).errors == []
    in_step(place, dovecot_mailbox, "INBOX")


def test_a_store_that_is_locked_for_too_long_loses_nothing(
    store_url: str, place: Store, dovecot: Dovecot, tmp_path: Path
) -> None:
    servers = [dovecot.mailbox() for _ in range(3)]
    for server in servers:
        server.append("INBOX", *LETTERS[:3])
        put(place, server, tmp_path, server.user)
    with open_store(store_url, lock_timeout=0.05) as hasty:
        with place.write():
            (error,) = synced(hasty).errors
            assert (type(error), error.exit_code) == (StoreLocked, 5)
        assert held(place) == there()
        assert synced(hasty).errors == []
    assert held(place) == there(*LETTERS[:3] * 3)


def test_a_store_that_is_locked_for_a_while_is_waited_for(
    store_url: str, place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    dovecot_mailbox.append("INBOX", *LETTERS)
    put(place, dovecot_mailbox, tmp_path)
    held_up = threading.Event()

    def other() -> None:
        """Another program that writes until somebody waits for it."""
        with open_store(store_url) as store, store.write():
            held_up.set()
            fetched.wait(30)

    fetched = threading.Event()
    thread = threading.Thread(target=other)
    thread.start()
    assert held_up.wait(30)
    with open_store(store_url, lock_timeout=60) as patient:
        original = patient.write

        def write() -> object:
            fetched.set()
            return original()

        patient.write = write  # type: ignore[method-assign, assignment]  # the first wish to write is the signal
        assert synced(patient).errors == []
    thread.join(30)
    in_step(place, dovecot_mailbox, "INBOX")


def test_while_another_program_writes_both_get_through(
    store_url: str, place: Store, dovecot: Dovecot, tmp_path: Path
) -> None:
    servers = [dovecot.mailbox() for _ in range(3)]
    for number, server in enumerate(servers):
        server.append("INBOX", *LETTERS[number * 10 : number * 10 + 10])
        put(place, server, tmp_path, server.user)
    done = threading.Event()
    written: list[int] = []

    def screen() -> None:
        with open_store(store_url) as store:
            for number in count():
                with store.write() as session:
                    moment = datetime(2021, 6, 7).astimezone()
                    session.execute(insert(Note).values(at=moment, author="anna", kind="note", text="x"))
                written.append(number)
                if done.is_set():
                    return

    thread = threading.Thread(target=screen)
    thread.start()
    assert synced(place, read=True).errors == []
    done.set()
    thread.join(60)
    assert held(place) == there(*LETTERS[:30])
    with place.read() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == len(written)


def jumping(real: type[datetime]) -> type[datetime]:
    """A clock that somebody sets an hour ahead, and a day back, again and again."""
    ticks = count()

    class Jumping(real):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            hours = (0, 1, -24, 48)[next(ticks) % 4]
            return real.now(tz) + timedelta(hours=hours)

    return Jumping


def test_a_clock_that_jumps_changes_nothing(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = count()
    put(place, dovecot_mailbox, tmp_path)
    for module in ("crm.fetching", "crm.storing", "crm.reading_stage"):
        monkeypatch.setattr(f"{module}.datetime", jumping(datetime))
    monkeypatch.setattr("time.time", lambda: 1.6e9 + (-1) ** next(wall) * 1e6)
    for first in range(0, len(LETTERS), 20):
        dovecot_mailbox.append("INBOX", *LETTERS[first : first + 20])
        report = synced(place, read=True)
        assert report.errors == []
        assert (report.reading.read, report.reading.quarantined) == (20, 0)
    in_step(place, dovecot_mailbox, "INBOX")
