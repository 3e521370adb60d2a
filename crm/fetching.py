"""Fetching one account: its secret, its lock, its connection, its folders, and what is noted of it."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import select, update

from crm.accounts import Prompt, config_of, secret_of
from crm.errors import AccountBusy
from crm.locking import account_lock
from crm.rows.accounts import SyncRow
from crm.settings import Settings
from crm.stopping import Stop
from crm.storing import StoredRaws, StoreSink
from db.schema import Account, Folder
from db.store import Store, StoreError
from ingest.errors import IngestError
from ingest.imap import ImapSource
from ingest.sync import FolderResult, SyncProblem, sync_mailbox

PROMPT = "prompt"
Failure = IngestError | AccountBusy | StoreError


@dataclass(slots=True)
class Listener:
    """Callbacks of a run while it goes on, from any thread; each does nothing unless it is set."""

    fetched: Callable[[str, str, int, int], None] = lambda _account, _folder, _done, _todo: None
    read: Callable[[int, int], None] = lambda _done, _todo: None
    mended: Callable[[IngestError], None] = lambda _error: None  # what was put right while signing in


@dataclass(frozen=True, slots=True)
class Run:
    """What all accounts of a run have in common. `asked`: the secrets that somebody typed, by account."""

    store: Store
    settings: Settings
    listener: Listener = field(default_factory=Listener)
    asked: dict[str, str] = field(default_factory=dict, repr=False)
    lock_timeout: float = 10.0
    renumbered: bool = False
    stored: StoredRaws | None = None
    stop: Stop = field(default_factory=Stop)


@dataclass(slots=True)
class Fetched:
    """What a look at an account came to: a row a folder, and what ended it, if anything did."""

    rows: list[SyncRow] = field(default_factory=list)
    error: Failure | None = None


def ask_secrets(accounts: Iterable[Account], prompt: Prompt | None) -> dict[str, str]:
    """What has to be typed is typed now, one account after the other, before anything runs side by side."""
    if prompt is None:
        return {}
    return {one.name: prompt(one.name) for one in accounts if one.secret == PROMPT}


def fetch_account(run: Run, account: Account) -> Fetched:
    """Signs in, brings every folder up to date and leaves; what goes wrong with the account is in the result."""
    fetched = Fetched()
    try:
        with account_lock(run.store, account.name, run.lock_timeout), connected(run, account) as source:
            fetch(run, account, source, fetched.rows)
    except IngestError as error:
        fetched.error = error
        note_failure(run, account.name, error)
    except (AccountBusy, StoreError) as error:
        fetched.error = error
    return fetched


@contextmanager
def connected(run: Run, account: Account, *, lasting: bool = False) -> Iterator[ImapSource]:
    """A signed-in connection, which the end of the run cuts. `lasting`: no deadline for the whole of it."""
    config = config_of(account)
    if lasting:
        config = replace(config, limits=replace(config.limits, session=math.inf))
    typed = run.asked.get(account.name)
    secret = secret_of(account, None if typed is None else lambda _reference: typed, run.listener.mended)
    source = ImapSource(config, secret)
    with run.stop.cuts(source), source:
        yield source


def fetch(run: Run, account: Account, source: ImapSource, rows: list[SyncRow]) -> None:
    """Brings every chosen folder up to date; each adds its row as it is done. The account's lock is held.

    Raises what source and store raise; what was stored until then stays.
    """
    problems: list[SyncProblem] = []
    choice, results = sync_mailbox(
        source,
        StoreSink(run.store, account.name, run.settings.day(), run.stored),
        patterns=account.folders,
        exclude=account.exclude,
        synced=_synced(run.store, account),
        received_since=account.since,
        progress=lambda folder, done, todo: run.listener.fetched(account.name, folder, done, todo),
        renumbered=run.renumbered,
    )
    for result in results:
        problems += result.problems
        rows.append(_row(account.name, result))
    found = {"kind": problems[0].kind, "folder": problems[0].folder} if problems else None
    state = "problem" if problems else "ok"
    _note(
        run.store,
        account.name,
        sent_folder=choice.sent,
        state=state,
        problem=found,
        last_sync=datetime.now(UTC),
    )


def note_failure(run: Run, account: str, error: IngestError) -> None:
    """Keeps in the store what an account failed on; not that its connection was cut because the run ends."""
    error.facts.setdefault("account", account)
    if not run.stop:
        problem = {"kind": type(error).__name__, **error.facts}
        _note(run.store, account, state="problem", problem=problem)


def _synced(store: Store, account: Account) -> list[str]:
    """The account's folders that the store has: what stood in one that was renamed or deleted is gone from there."""
    with store.read() as session:
        return list(session.scalars(select(Folder.name).where(Folder.account_id == account.id)))


def _note(store: Store, account: str, **values: object) -> None:
    with store.write() as session:
        session.execute(update(Account).where(Account.name == account).values(**values))


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
    if problem.kind == "epoch_mismatch":
        return f"epoch_mismatch: {problem.matched} of {problem.known}, {problem.listed} listed"
    place = f"uid {problem.uid}, {problem.size} bytes" if problem.uid else problem.folder
    return f"{problem.kind}: {place}"
