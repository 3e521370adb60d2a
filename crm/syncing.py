"""A sync: every folder of every account fetched, then everything new read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import func, select, update

from crm import messages
from crm.accounts import Prompt, config_of, named_accounts, secret_of
from crm.bootstrap import own_of
from crm.errors import AccountBusy
from crm.intake import IntakeContext
from crm.locking import account_lock
from crm.lookup import chunks
from crm.reading import ReadingContext
from crm.reading_stage import ReadResult, forget_reading, read_unread
from crm.rows import MessageRow, SyncRow
from crm.settings import Settings
from crm.storing import StoreSink
from db.schema import Account, Folder, Location, Message
from db.store import Store
from ingest.errors import IngestError
from ingest.imap import ImapSource
from ingest.sync import FolderResult, SyncProblem, sync_mailbox


@dataclass(slots=True)
class Watch:
    """What a run tells while it goes on; each does nothing unless it is set."""

    fetched: Callable[[str, str, int, int], None] = lambda _account, _folder, _done, _todo: None
    read: Callable[[int, int], None] = lambda _done, _todo: None


@dataclass(slots=True)
class SyncReport:
    """A run's rows, and the errors of accounts (or files) that could not be fetched at all."""

    rows: list[SyncRow] = field(default_factory=list)
    errors: list[IngestError | AccountBusy] = field(default_factory=list)
    reading: ReadResult = field(default_factory=ReadResult)


def sync(
    store: Store,
    settings: Settings,
    names: tuple[str, ...] = (),
    *,
    watch: Watch | None = None,
    prompt: Prompt | None = None,
    lock_timeout: float = 10.0,
    read: bool = True,
) -> SyncReport:
    """Syncs the named accounts, or all; one that fails does not stop the others, its error is in the report.

    Raises NotFound for a name that is none, and StoreErrors.
    """
    watch = watch or Watch()
    report = SyncReport()
    with store.read() as session:
        accounts = named_accounts(session, names)
    for account in accounts:
        try:
            with account_lock(store, account.name, lock_timeout):
                _sync_account(store, settings, account, report, watch, prompt)
        except AccountBusy as error:
            report.errors.append(error)
    if read:
        report.reading = read_new(store, settings, progress=watch.read)
        report.rows = with_quarantined(store, report)
    return report


def _sync_account(
    store: Store,
    settings: Settings,
    account: Account,
    report: SyncReport,
    watch: Watch,
    prompt: Prompt | None,
) -> None:
    sink = StoreSink(store, account.name, settings.day())
    problems: list[SyncProblem] = []
    try:
        with ImapSource(config_of(account), secret_of(account, prompt)) as source:
            choice, results = sync_mailbox(
                source,
                sink,
                patterns=account.folders,
                exclude=account.exclude,
                synced=_synced(store, account),
                received_since=account.since,
                progress=lambda folder, done, todo: watch.fetched(account.name, folder, done, todo),
            )
            _note(store, account, sent_folder=choice.sent)
            for result in results:
                problems += result.problems
                report.rows.append(_row(account.name, result))
    except IngestError as error:
        report.errors.append(error)
        _note(store, account, state="problem", problem={"kind": type(error).__name__, **error.facts})
        return
    state = "problem" if problems else "ok"
    found = {"kind": problems[0].kind, "folder": problems[0].folder} if problems else None
    _note(store, account, state=state, problem=found, last_sync=datetime.now(UTC))


def _synced(store: Store, account: Account) -> list[str]:
    """The account's folders that the store has: what stood in one that was renamed or deleted is gone from there."""
    with store.read() as session:
        return list(session.scalars(select(Folder.name).where(Folder.account_id == account.id)))


def _note(store: Store, account: Account, **values: object) -> None:
    with store.write() as session:
        session.execute(update(Account).where(Account.id == account.id).values(**values))


def _row(account: str, result: FolderResult) -> SyncRow:
    return SyncRow(
        account=account,
        folder=result.folder,
        new=result.new,
        known=result.known,
        gone=result.gone,
        quarantined=0,
        seconds=round(result.seconds, 3),
        problems=tuple(_problem(problem) for problem in result.problems),
    )


def _problem(problem: SyncProblem) -> str:
    place = f"uid {problem.uid}, {problem.size} bytes" if problem.uid else problem.folder
    return f"{problem.kind}: {place}"


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
    with store.read() as session:
        own = own_of(session, settings)
    return read_unread(
        store,
        ReadingContext(today=settings.day(), zone=settings.zone),
        IntakeContext(own=own, today=settings.day(), zone=settings.zone),
        jobs=settings.jobs if jobs is None else jobs,
        progress=progress,
    )
