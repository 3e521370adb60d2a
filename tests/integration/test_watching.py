"""Staying: woken by the server or asking again, coming back after failures, giving the lock back, ending at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

import crm.watching
from crm.accounts import config_of
from crm.bootstrap import open_store
from crm.errors import AccountBusy
from crm.locking import account_lock
from crm.settings import load
from crm.syncing import sync
from crm.watching import Connected, Ended, Happening, Pace, Synced, Waiting, watch
from db.errors import StoreLocked
from db.schema import Message
from db.store import Store
from ingest.errors import ServerTimeout, ServerUnreachable, SignInRefused
from tests.integration.accounts import in_step, put, state
from tests.integration.letters import BROKEN
from tests.mails import mail
from tests.relay import relayed
from tests.servers import SHORT, MailServer, Scripted

Kind = TypeVar("Kind", Connected, Ended, Synced, Waiting)
TOLD = Pace(
    interval=600, least=0, backoff=(0.01, 0.05)
)  # whatever happens, happens because the server told it
ASKS = replace(TOLD, interval=0.05)
LETTERS = tuple(mail(f"Brev {number}.", message_id=f"<{number}@x.example>") for number in range(6))


@pytest.fixture
def place(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as store:
        yield store


@contextmanager
def watching(store: Store, *names: str, pace: Pace = TOLD, **how: Any) -> Iterator[Iterator[Happening]]:
    """A watch, until the block ends; then nothing of it is left."""
    settings = load(database_url=store.url)
    with closing(watch(store, settings, names, pace=pace, **{"read": False, **how})) as happenings:
        yield happenings
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("watch-")]


def until(happenings: Iterator[Happening], kind: type[Kind]) -> Kind:
    """The next happening of a kind."""
    return next(one for one in happenings if isinstance(one, kind))


def came(happenings: Iterator[Happening]) -> dict[str, tuple[int, int]]:
    """New and gone of each folder, at the next look that found anything."""
    for one in happenings:
        if isinstance(one, Synced) and (
            found := {row.folder: (row.new, row.gone) for row in one.report.rows if row.new or row.gone}
        ):
            return found
    raise AssertionError("it ended")


@pytest.mark.dovecot
def test_a_server_that_tells_wakes_it(place: Store, dovecot_mailbox: MailServer, tmp_path: Path) -> None:
    server = dovecot_mailbox
    server.append("INBOX", LETTERS[0])
    put(place, server, tmp_path)
    with watching(place) as happenings:
        assert came(happenings) == {"INBOX": (1, 0)}
        assert until(happenings, Connected).tells
        server.append("INBOX", LETTERS[1])
        assert came(happenings) == {"INBOX": (1, 0)}
        server.append("INBOX", LETTERS[2])
        assert came(happenings) == {"INBOX": (1, 0)}
        server.expunge("INBOX", 1)
        assert came(happenings) == {"INBOX": (0, 1)}
    assert state(place) == ("ok", None)


@pytest.mark.dovecot
def test_other_folders_are_looked_at_every_so_often(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    server = dovecot_mailbox
    server.create("Skickat")
    put(place, server, tmp_path)
    with watching(place, pace=ASKS) as happenings:
        assert until(happenings, Connected).tells
        server.append("Skickat", LETTERS[0])
        assert came(happenings) == {"Skickat": (1, 0)}


@pytest.mark.dovecot
def test_a_server_that_tells_nothing_is_asked(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crm.watching, "offers_idle", lambda _source: False)
    put(place, dovecot_mailbox, tmp_path)
    with watching(place, pace=ASKS) as happenings:
        assert not until(happenings, Connected).tells
        dovecot_mailbox.append("INBOX", LETTERS[0])
        assert came(happenings) == {"INBOX": (1, 0)}


@pytest.mark.dovecot
def test_a_connection_that_is_lost_is_made_anew(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    server = dovecot_mailbox
    with relayed(server.port) as relay:
        put(place, replace(server, port=relay.port, tls_port=None), tmp_path)
        with watching(place) as happenings:
            until(happenings, Connected)
            for letter in LETTERS[:3]:
                relay.cut()
                waiting = until(happenings, Waiting)
                assert isinstance(waiting.error, ServerUnreachable)
                assert waiting.seconds <= 0.05
                server.append("INBOX", letter)
                assert came(happenings) == {"INBOX": (1, 0)}
    in_step(place, server, "INBOX")


@pytest.mark.dovecot
def test_a_refused_sign_in_is_tried_once_and_keeps_no_other_from_going_on(
    place: Store, dovecot_mailbox: MailServer, scripted: Callable[..., Scripted], tmp_path: Path
) -> None:
    refusing = scripted(AUTHENTICATE=b"+ \r\n%N%T NO [AUTHENTICATIONFAILED] no\r\n")
    put(place, MailServer(refusing.port, "anna", "fel"), tmp_path, "fel")
    put(place, dovecot_mailbox, tmp_path)
    with watching(place) as happenings:
        ended = until(happenings, Ended)
        dovecot_mailbox.append("INBOX", LETTERS[0])
        assert came(happenings) == {"INBOX": (1, 0)}
    assert (ended.account, type(ended.error)) == ("fel", SignInRefused)
    assert state(place, "fel") == ("problem", "SignInRefused")
    assert sum(b"AUTHENTICATE" in line for line in refusing.heard) == 1
    with watching(place, "fel") as happenings:
        assert [type(one) for one in happenings] == [Ended]


@pytest.mark.dovecot
def test_while_it_waits_another_sync_has_the_account(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    put(place, dovecot_mailbox, tmp_path)
    with watching(place) as happenings:
        until(happenings, Connected)
        for letter in LETTERS[:3]:
            dovecot_mailbox.append("INBOX", letter)
            report = sync(place, load(database_url=place.url), ("post",), read=False)
            assert report.errors == []
    in_step(place, dovecot_mailbox, "INBOX")


@pytest.mark.dovecot
def test_an_account_that_is_held_is_waited_for(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    put(place, dovecot_mailbox, tmp_path)
    with watching(place, lock_timeout=0) as happenings:
        with account_lock(place, "post", 10):
            assert isinstance(until(happenings, Waiting).error, AccountBusy)
        assert until(happenings, Connected).account == "post"


@pytest.mark.dovecot
def test_a_store_that_is_locked_is_waited_for(
    sqlite_url: str, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    with open_store(sqlite_url) as other, open_store(sqlite_url, lock_timeout=0.05) as store:
        put(store, dovecot_mailbox, tmp_path)
        dovecot_mailbox.append("INBOX", *LETTERS)
        with watching(store) as happenings:
            with other.write():
                assert isinstance(until(happenings, Waiting).error, StoreLocked)
            assert came(happenings) == {"INBOX": (len(LETTERS), 0)}
        in_step(store, dovecot_mailbox, "INBOX")


def test_what_comes_is_read(place: Store, pymap: MailServer, tmp_path: Path) -> None:
    put(place, pymap, tmp_path)
    pymap.append("INBOX", LETTERS[0], BROKEN)
    with watching(place, read=True) as happenings:
        report = until(happenings, Synced).report
        assert [(row.new, row.quarantined) for row in report.rows if row.new] == [(2, 1)]
        assert report.reading.read == 1
        pymap.append("INBOX", LETTERS[1])
        assert until(happenings, Synced).report.reading.read == 1
    with place.read() as session:
        assert session.query(Message).where(Message.kind == "received").count() == 3


@pytest.mark.dovecot
def test_a_watched_folder_that_is_deleted_and_made_anew(
    place: Store, dovecot_mailbox: MailServer, tmp_path: Path
) -> None:
    server = dovecot_mailbox
    server.create("Kontor")
    server.append("Kontor", LETTERS[0])
    put(place, server, tmp_path, folders=("Kontor",))
    with watching(place, pace=ASKS) as happenings:
        assert came(happenings) == {"Kontor": (1, 0)}
        with server.arrange() as client:
            client.delete("Kontor")
        assert came(happenings) == {"Kontor": (0, 1)}
        server.create("Kontor")
        server.append("Kontor", LETTERS[1])
        assert came(happenings) == {"Kontor": (1, 0)}


@pytest.mark.dovecot
def test_a_problem_that_stays_is_told_once(place: Store, dovecot_mailbox: MailServer, tmp_path: Path) -> None:
    server = dovecot_mailbox
    put(place, server, tmp_path, folders=("INBOX", "Borta"))
    with watching(place, pace=ASKS) as happenings:
        rows = until(happenings, Synced).report.rows
        assert [row.folder for row in rows if row.problems] == ["Borta"]
        for letter in LETTERS[:2]:
            server.append("INBOX", letter)
            assert [row.folder for row in until(happenings, Synced).report.rows] == ["INBOX"]
        server.create("Borta")
        server.append("Borta", LETTERS[2])
        assert came(happenings) == {"Borta": (1, 0)}


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limits of tests."""
    monkeypatch.setattr("crm.fetching.config_of", lambda account: replace(config_of(account), limits=SHORT))


def test_a_server_that_asks_for_time_gets_it(
    place: Store, scripted: Callable[..., Scripted], tmp_path: Path
) -> None:
    throttled = b"%T BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds\r\n"
    script = scripted(LIST=throttled)
    put(place, MailServer(script.port, "anna", "hemligt"), tmp_path)
    with watching(place) as happenings:
        assert 92.4 <= until(happenings, Waiting).seconds <= 120


@pytest.mark.parametrize("reply", ["greeting", "LIST"])
def test_a_silent_server_is_given_up_and_tried_again(
    place: Store,
    scripted: Callable[..., Scripted],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reply: str,
) -> None:
    quick(monkeypatch)
    script = scripted(**{reply: None})
    put(place, MailServer(script.port, "anna", "hemligt"), tmp_path)
    with watching(place) as happenings:
        for _ in range(3):
            assert isinstance(until(happenings, Waiting).error, ServerTimeout)
        assert state(place) == ("problem", "ServerTimeout")


def test_without_accounts_it_ends(place: Store) -> None:
    with watching(place) as happenings:
        assert list(happenings) == []


def test_an_error_that_nobody_foresaw_is_not_hidden(
    place: Store, scripted: Callable[..., Scripted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(crm.watching, "fetch", broken)
    put(place, MailServer(scripted().port, "anna", "hemligt"), tmp_path)
    with watching(place) as happenings, pytest.raises(ZeroDivisionError):
        list(happenings)
