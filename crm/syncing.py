"""A sync: every folder of every account fetched, side by side, then everything new read or made searchable."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm import messages
from crm.accounts import Prompt, named_accounts
from crm.bootstrap import own_of
from crm.fetching import Failure, Fetched, Run, ask_secrets, fetch_account
from crm.fetching import Listener as Listener  # noqa: PLC0414 (what those who call a sync name)
from crm.lookup import chunks
from crm.rows.accounts import SyncRow
from crm.rows.messages import MessageRow
from crm.settings import Settings
from crm.stopping import side_by_side
from crm.storing import StoredRaws
from crm.waiting import ReadResult, count, forget_reading, free_the_dead, unindexed, unread
from db.schema import Account, Folder, Location, Message
from db.store import Store, StoreError

if TYPE_CHECKING:
    from crm.indexing import Indexer, Item

AT_ONCE = 8  # accounts that are fetched side by side


@dataclass(slots=True)
class SyncReport:
    """A run's rows, and the errors of accounts (or files) that could not be fetched at all."""

    rows: list[SyncRow] = field(default_factory=list)
    errors: list[Failure] = field(default_factory=list)
    reading: ReadResult = field(default_factory=ReadResult)


def sync(
    store: Store,
    settings: Settings,
    names: tuple[str, ...] = (),
    *,
    listener: Listener | None = None,
    prompt: Prompt | None = None,
    lock_timeout: float = 10.0,
    read: bool = True,
    renumbered: bool = False,
) -> SyncReport:
    """Syncs the named accounts, or all; one that fails or hangs does not stop the others, its error is in the report.

    `read` False: what is fetched becomes searchable, and is read another time. Rows and errors are in the order
    of the accounts. Raises NotFound for a name that is none, and StoreErrors of the reading.
    """
    listener = listener or Listener()
    with store.read() as session:
        accounts = named_accounts(session, names)
    run = Run(store, settings, listener, ask_secrets(accounts, prompt), lock_timeout, renumbered)
    bad: set[int] = set()
    with _indexing(run, bad, on=not read) as stored:
        report = _report(_fetched(replace(run, stored=stored), accounts))
    if any(isinstance(error, StoreError) for error in report.errors):
        return report
    report.reading = (
        read_new(store, settings, progress=listener.read)
        if read
        else index_new(store, settings, listener.read, bad)
    )
    report.rows = with_quarantined(store, report)
    return report


def _fetched(run: Run, accounts: Sequence[Account]) -> list[Fetched]:
    return side_by_side([partial(fetch_account, run, account) for account in accounts], run.stop, AT_ONCE)


@contextmanager
def _indexing(run: Run, bad: set[int], *, on: bool) -> Iterator[StoredRaws | None]:
    """Makes what is fetched searchable while more is fetched; at the end it all is, or stands in `bad`."""
    if not on:
        yield None
        return
    with ExitStack() as stack:
        indexing = _WhenNeeded(run, stack)
        yield indexing.put
    if indexing.indexer is not None:
        bad |= indexing.indexer.bad


class _WhenNeeded:
    """An indexer that is made when the first new mail comes, as most runs find none."""

    def __init__(self, run: Run, stack: ExitStack) -> None:
        self.indexer: Indexer | None = None
        self._run = run
        self._stack = stack
        self._turn = threading.Lock()

    def put(self, items: "Sequence[Item]") -> None:
        """As `Indexer.put`, from any thread."""
        with self._turn:
            if self.indexer is None:
                from crm.indexing import Indexer

                run = self._run
                self.indexer = self._stack.enter_context(Indexer(run.store, run.settings, run.listener.read))
        self.indexer.put(items)


def _report(all_fetched: Sequence[Fetched]) -> SyncReport:
    """All accounts' in one; a store that fails for several is one error."""
    report = SyncReport()
    for fetched in all_fetched:
        report.rows += fetched.rows
        if fetched.error is not None and not _said(fetched.error, report.errors):
            report.errors.append(fetched.error)
    return report


def _said(error: Failure, before: Sequence[Failure]) -> bool:
    return isinstance(error, StoreError) and any(str(error) == str(other) for other in before)


def with_quarantined(store: Store, report: SyncReport) -> list[SyncRow]:
    """How many of the mails that this run could not read stand in each folder."""
    counted: dict[tuple[str, str], int] = {}
    with store.read() as session:
        for part in chunks(report.reading.bad):
            found = session.execute(
                select(Account.name, Folder.name, func.count(func.distinct(Location.raw_id)))
                .join(Folder, Folder.account_id == Account.id)
                .join(Location, Location.folder_id == Folder.id)
                .where(Location.raw_id.in_(part))
                .group_by(Account.name, Folder.name)
            )
            for account, folder, number in found:
                counted[account, folder] = counted.get((account, folder), 0) + number
    return [replace(row, quarantined=counted.get((row.account, row.folder), 0)) for row in report.rows]


def unreadable(store: Store, result: ReadResult, limit: int = 20) -> list[MessageRow]:
    """The first `limit` of the mails that a run could not read, as rows with their places and problems."""
    with store.read() as session:
        numbers = session.scalars(
            select(Message.id)
            .where(Message.raw_id.in_(sorted(result.bad)[:limit]), Message.status == "quarantined")
            .order_by(Message.id)
        )
        return messages.rows(session, list(numbers))


def index_new(
    store: Store,
    settings: Settings,
    progress: Callable[[int, int], None] | None = None,
    bad: Collection[int] = (),
) -> ReadResult:
    """Makes searchable what is stored and neither searchable nor read; `bad`: what this run knows to be unreadable."""
    unreadable = set(bad)
    if count(store, unindexed()):
        from crm.indexing import index_missing

        index_missing(store, settings, progress, unreadable)
    return ReadResult(quarantined=len(unreadable), bad=frozenset(unreadable))


def read_new(
    store: Store,
    settings: Settings,
    *,
    again: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ReadResult:
    """Reads what is stored and not read; `again`: everything."""
    if again:
        forget_reading(store)
    free_the_dead(store)
    if not count(store, unread()):
        return ReadResult()
    from crm.intake import IntakeContext
    from crm.reading_stage import read_unread
    from crm.readings import ReadingContext

    with store.read() as session:
        own = own_of(session, settings)
    return read_unread(
        store,
        ReadingContext(
            today=settings.day(),
            zone=settings.zone,
            limits=settings.limits(),
            name_model=settings.name_model,
        ),
        IntakeContext(own=own, today=settings.day(), zone=settings.zone),
        jobs=settings.jobs if jobs is None else jobs,
        limits=settings.worker_limits(),
        progress=progress,
    )
