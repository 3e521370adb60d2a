"""Mail from files into the store: raw bytes first, under an account of their own, then read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.fetching import Failure
from crm.raws import put_raws
from crm.rows.accounts import SyncRow
from crm.settings import Settings
from crm.syncing import Listener, SyncReport, read_new, with_quarantined
from db.schema import Account, Folder, Location
from db.store import Store
from ingest.files import PathUnreadable
from ingest.model import Source
from ingest.sync import Stored

FILES = "files"
_FILES_AT_ONCE = 500
_BYTES_AT_ONCE = 8 * 1024 * 1024


def import_files(
    store: Store,
    settings: Settings,
    sources: Iterable[Source],
    folder: str,
    *,
    listener: Listener | None = None,
) -> SyncReport:
    """Stores every source as a mail of `folder`, then reads what is new.

    A file that cannot be read does not stop the others: its error is in the report.
    """
    listener = listener or Listener()
    started = monotonic()
    new = known = 0
    report = SyncReport()
    for batch in _batches(sources, report.errors):
        with store.write() as session:
            stored = store_files(session, folder, batch, settings.day())
        new, known = new + stored.new, known + stored.known
        listener.fetched(FILES, folder, new + known, 0)
    report.rows = [SyncRow(FILES, folder, new, known, 0, 0, round(monotonic() - started, 3))]
    report.reading = read_new(store, settings, progress=listener.read)
    report.rows = with_quarantined(store, report)
    return report


def _batches(sources: Iterable[Source], errors: list[Failure]) -> Iterator[list[bytes]]:
    """Mails by number and weight; the first file that could not be read comes as an error, after all others."""
    batch: list[bytes] = []
    weight = 0
    try:
        for source in sources:
            if batch and (len(batch) >= _FILES_AT_ONCE or weight + len(source.raw) > _BYTES_AT_ONCE):
                yield batch
                batch, weight = [], 0
            batch.append(source.raw)
            weight += len(source.raw)
    except PathUnreadable as error:
        errors.append(error)
    if batch:
        yield batch


def files_account(session: Session) -> Account:
    """What was imported from files stands under an account of its own."""
    row = session.scalar(select(Account).where(Account.name == FILES, Account.kind == "files"))
    if row is None:
        row = Account(name=FILES, kind="files", state="ok")
        session.add(row)
        session.flush()
    return row


def store_files(session: Session, folder: str, mails: Sequence[bytes], today: date) -> Stored:
    """A batch of imported mails, each once in its folder; running it again adds nothing."""
    account = files_account(session)
    row = session.scalar(select(Folder).where(Folder.account_id == account.id, Folder.name == folder))
    if row is None:
        row = Folder(account_id=account.id, name=folder, uidvalidity=1)
        session.add(row)
        session.flush()
    puts = put_raws(session, mails, today)
    here = set(
        session.scalars(
            select(Location.raw_id).where(
                Location.folder_id == row.id, Location.raw_id.in_([put.id for put in puts])
            )
        )
    )
    last = session.scalar(select(func.max(Location.uid)).where(Location.folder_id == row.id)) or 0
    for raw in dict.fromkeys(put.id for put in puts):
        if raw not in here:
            last += 1
            session.add(Location(folder_id=row.id, uidvalidity=1, uid=last, raw_id=raw))
    row.cursor = last
    new = sum(put.new for put in puts)
    return Stored(new, len(puts) - new)
