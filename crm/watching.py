"""Watching: every account is kept open, and synced as soon as its server announces a change, or polled.

One thread an account connects, syncs and waits (IDLE where there is it, else the interval); the account's lock is
held while it syncs and never while it waits. The caller's thread takes what they tell, in turn, and reads the new
mail, so that there is one reader and a signal finds it. A server that fails is tried again, later each time; what a
person has to put right (settings, a refused sign-in) ends its account and is not tried again.

Waits are measured by the monotonic clock: a clock that is set on the wall changes nothing.
"""

import math
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore

from crm.accounts import Prompt, named_accounts
from crm.errors import AccountBusy, NotFound
from crm.fetching import Failure, Listener, Run, ask_secrets, connected, fetch, note_failure
from crm.locking import account_lock
from crm.rows.accounts import SyncRow
from crm.settings import Settings
from crm.stopping import end, start
from crm.syncing import AT_ONCE, SyncReport, index_new, read_new, with_quarantined
from db.errors import StoreError, StoreLocked, StoreUnreachable
from db.schema import Account
from db.store import Store
from ingest.backoff import Backoff
from ingest.errors import FolderMissing, IngestError, SourceError
from ingest.imap import ImapSource
from ingest.imap_idle import idle, offers_idle
from ingest.sync import FolderStatus

LEAST = 1.0  # seconds between two syncs of an account, whatever its server says
STEADY = 60.0  # a connection that held as long is a good one: the next failure is the first again


@dataclass(frozen=True, slots=True)
class Connected:
    """Signed in and waiting; `tells`: the server announces changes by itself (IDLE)."""

    account: str
    tells: bool
    seconds: float  # between two looks at what is not told of


@dataclass(frozen=True, slots=True)
class Synced:
    """A look at an account, with what was read of it; rows of folders in which nothing was new are left out."""

    account: str
    report: SyncReport


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something did not go, and is tried again in so many seconds; `account` None: the reading."""

    account: str | None
    error: Failure
    seconds: float


@dataclass(frozen=True, slots=True)
class Ended:
    """An account that is not tried again until a person has seen to it."""

    account: str
    error: Exception


Happening = Connected | Synced | Waiting | Ended


@dataclass(frozen=True, slots=True)
class _Looked:
    """What an account's thread sends after a sync; `first`: of this connection."""

    account: str
    rows: tuple[SyncRow, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class _Broken:
    """An unexpected error: it ends the watch."""

    error: BaseException


_News = SimpleQueue[Connected | Waiting | Ended | _Looked | _Broken]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a watch goes, in seconds: looks at a folder that is not told of, and tries after a failure."""

    interval: float = 120.0
    least: float = LEAST
    backoff: tuple[float, float] | None = None

    def tries(self) -> Backoff:
        return Backoff() if self.backoff is None else Backoff(*self.backoff)


def watch(
    store: Store,
    settings: Settings,
    names: tuple[str, ...] = (),
    *,
    listener: Listener | None = None,
    prompt: Prompt | None = None,
    lock_timeout: float = 10.0,
    read: bool = True,
    renumbered: bool = False,
    pace: Pace | None = None,
) -> Generator[Happening, None, None]:
    """Syncs the named accounts, or all, again and again, and yields what happens; ends when no account is left.

    Close it, or interrupt it, to end everything that it has started. Raises NotFound for a name that is none,
    and the StoreErrors that do not pass by themselves.
    """
    with store.read() as session:
        accounts = named_accounts(session, names)
    asked = ask_secrets(accounts, prompt)
    run = Run(store, settings, listener or Listener(), asked, lock_timeout, renumbered)
    pace = pace or Pace(settings.watch_interval)
    news: _News = SimpleQueue()
    news.put(_Looked("", (), first=True))  # what an earlier run has left unread does not wait for any server
    turns = BoundedSemaphore(AT_ONCE)
    watchers = [_Watcher(run, one.name, news, pace, turns) for one in accounts]
    threads = [start(f"watch-{one.name}", one.run_until_ended) for one in watchers]
    try:
        yield from _Desk(run, news, read, pace, len(threads)).happenings()
    finally:
        end(run.stop, threads)


@dataclass(slots=True)
class _Desk:
    """Takes what the accounts' threads send, and reads the new mail."""

    run: Run
    news: _News
    read: bool
    pace: Pace
    left: int
    unread: bool = False  # something is stored that could not be read yet
    # Of each folder, at its last look.
    problems: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def happenings(self) -> Iterator[Happening]:
        tries = self.pace.tries()
        wait: float | None = None
        while self.left or self.unread:
            try:
                told = self.news.get(timeout=wait)
            except Empty:
                told = _Looked("", (), first=False)
            if isinstance(told, _Broken):
                raise told.error
            if not isinstance(told, _Looked):
                self.left -= isinstance(told, Ended)
                yield told
                continue
            wait = None
            try:
                yield from self._taken_in(told)
                tries.reset()
            except (StoreLocked, StoreUnreachable) as error:
                wait = tries.next()
                yield Waiting(None, error, wait)

    def _taken_in(self, told: _Looked) -> Iterator[Synced]:
        """Reads what is new; the rows that are worth a line, with what of them could not be read."""
        report = SyncReport(rows=[row for row in told.rows if self._worth_a_line(row) or told.first])
        if told.first or self.unread or any(row.new for row in told.rows):
            self.unread = True
            yield from self._read_or_tell(told.account, report)
            self.unread = False
        if report.rows or report.reading.quarantined:
            yield Synced(told.account, report)

    def _worth_a_line(self, row: SyncRow) -> bool:
        """Something came or went, or a problem that was not there the last time."""
        before = self.problems.get((row.account, row.folder), ())
        self.problems[row.account, row.folder] = row.problems
        return bool(row.new or row.gone or (row.problems and row.problems != before))

    def _read_or_tell(self, account: str, report: SyncReport) -> Iterator[Synced]:
        """What was fetched is reported even where it cannot be read."""
        try:
            self._read(report)
        except StoreError:
            if report.rows:
                yield Synced(account, report)
            raise

    def _read(self, report: SyncReport) -> None:
        run = self.run
        if self.read:
            report.reading = read_new(run.store, run.settings, progress=run.listener.read)
        else:
            report.reading = index_new(run.store, run.settings, run.listener.read)
        report.rows = with_quarantined(run.store, report)


@dataclass(slots=True)
class _Watcher:
    """One account, in a thread of its own."""

    run: Run
    name: str
    news: _News
    pace: Pace
    turns: BoundedSemaphore  # so many accounts are busy at once
    first: bool = True
    last: float = -math.inf  # when the last sync began, by the monotonic clock
    folder: str | None = None  # the one whose changes the server tells

    def run_until_ended(self) -> None:
        """The thread: connects and stays, and comes back after what passes by itself."""
        try:
            self._persist()
        except BaseException as error:  # noqa: BLE001 (raised again in the caller's thread)
            self.news.put(_Broken(error))

    def _persist(self) -> None:
        tries = self.pace.tries()
        while not self.run.stop:
            began = time.monotonic()
            try:
                self._stay()
            except (SourceError, FolderMissing, AccountBusy, StoreLocked, StoreUnreachable) as error:
                if time.monotonic() - began >= STEADY:
                    tries.reset()
                self._come_back(error, tries.next(str(getattr(error, "reason", ""))))
            except (IngestError, NotFound) as error:
                self._note(error)
                self.news.put(Ended(self.name, error))
                return

    def _come_back(self, error: Failure, seconds: float) -> None:
        if not self.run.stop:
            self._note(error)
            self.news.put(Waiting(self.name, error, seconds))
            self.run.stop.wait(seconds)

    def _note(self, error: Exception) -> None:
        """In the store as well, for the screen; it has been told even where that fails."""
        if isinstance(error, IngestError):
            with suppress(StoreLocked, StoreUnreachable):
                note_failure(self.run, self.name, error)

    def _stay(self) -> None:
        """Signs in, syncs whenever there is something, and waits in between; returns when the run is to end."""
        with self.run.store.read() as session:  # anew: it may have been changed meanwhile
            (account,) = named_accounts(session, (self.name,))
        with ExitStack() as stack:
            with self.turns:
                source = stack.enter_context(connected(self.run, account, lasting=True))
            tells = offers_idle(source)
            told = False
            while not self.run.stop:
                seen = self._status(source)
                self._sync(account, source)
                if not told:
                    self.news.put(Connected(self.name, tells, self.pace.interval))
                    told = True
                if not tells:
                    self.run.stop.wait(self.pace.interval)
                elif self.folder is None or self._status(source) == seen:
                    tells = self._told(source)

    def _told(self, source: ImapSource) -> bool:
        """Waits until the server announces a change, or the other folders are due; False if it announces none."""
        if self.folder is None:
            return False
        until = time.monotonic() + self.pace.interval
        while not self.run.stop and (left := until - time.monotonic()) > 0:
            woken = idle(source, left)
            if woken != "quiet":
                return woken == "changed"
        return True

    def _status(self, source: ImapSource) -> FolderStatus | None:
        """Opens the folder that is watched. A change from then on is announced, or seen the next time."""
        if self.folder is None:
            return None
        try:
            return source.select(self.folder)
        except FolderMissing:  # deleted since; the sync finds what else there is
            self.folder = None
            return None

    def _sync(self, account: Account, source: ImapSource) -> None:
        """Under the account's lock, and not too soon after the last one; what came is reported even if it breaks off."""
        if self.run.stop.wait(max(0.0, self.last + self.pace.least - time.monotonic())):
            return
        self.last = time.monotonic()
        rows: list[SyncRow] = []
        try:
            with self.turns, account_lock(self.run.store, self.name, self.run.lock_timeout):
                fetch(self.run, account, source, rows)
        finally:
            self.news.put(_Looked(self.name, tuple(rows), self.first))
        self.first = False
        self.folder = _watched(rows)


def _watched(rows: Sequence[SyncRow]) -> str | None:
    """The inbox, else the first folder of those that are there."""
    there = [
        row.folder
        for row in rows
        if not any(told.startswith(("folder_missing", "folder_refused")) for told in row.problems)
    ]
    return next((name for name in there if name.upper() == "INBOX"), there[0] if there else None)
