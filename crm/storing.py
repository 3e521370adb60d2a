"""Raw mail into the store: bytes by SHA-256 first, then the place where each was seen."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm.errors import NotFound
from crm.lookup import by_column, chunks
from db.schema import Account, Folder, Location, Raw
from db.store import Store
from ingest.sync import Cursor, FetchedMail, Stored

FILES = "files"


@dataclass(frozen=True, slots=True)
class Put:
    """The row of a raw, and whether it is new to the store."""

    raw: Raw
    new: bool


def pack(raw: bytes) -> bytes:
    """Bytes as `Raw.content` keeps them."""
    return zlib.compress(raw, 6)


def unpack(row: Raw) -> bytes:
    """The exact bytes of a raw."""
    return zlib.decompress(row.content)


def put_raws(session: Session, mails: Iterable[bytes], today: date) -> list[Put]:
    """Stores what is not there yet; gives a row for each, in order. Two queries, whatever their number."""
    hashes = [(hashlib.sha256(raw).hexdigest(), raw) for raw in mails]
    rows = by_column(session, Raw, Raw.sha256, {digest for digest, _ in hashes})
    puts = []
    for digest, raw in hashes:
        new = digest not in rows
        if new:
            rows[digest] = Raw(sha256=digest, size=len(raw), content=pack(raw), taken_in_on=today)
            session.add(rows[digest])
        puts.append(Put(rows[digest], new))
    session.flush()
    return puts


class StoreSink:
    """Where a sync puts its mail: one account's folders in the store (`ingest.sync.MailSink`)."""

    def __init__(self, store: Store, account: str, today: date) -> None:
        self._store = store
        self._account = account
        self._today = today

    def cursor(self, folder: str) -> Cursor | None:
        """How far the folder is synced, None if never."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            return None if row is None or row.uidvalidity is None else Cursor(row.uidvalidity, row.cursor)

    def known_uids(self, folder: str, uidvalidity: int) -> AbstractSet[int]:
        """UIDs stored under that UIDVALIDITY and not marked gone."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            if row is None:
                return frozenset()
            return frozenset(
                session.scalars(
                    select(Location.uid).where(
                        Location.folder_id == row.id,
                        Location.uidvalidity == uidvalidity,
                        Location.gone.is_(False),
                    )
                )
            )

    def store_batch(
        self, folder: str, uidvalidity: int, mails: Sequence[FetchedMail], cursor: int, gone: Collection[int]
    ) -> Stored:
        """One transaction: raws, places, what is gone, the cursor."""
        with self._store.write() as session:
            row = self._folder(session, folder) or self._new_folder(session, folder)
            puts = put_raws(session, (mail.raw for mail in mails), self._today)
            _put_places(session, row, uidvalidity, list(zip(mails, puts, strict=True)))
            for part in chunks(gone):
                session.execute(
                    update(Location)
                    .where(
                        Location.folder_id == row.id,
                        Location.uidvalidity == uidvalidity,
                        Location.uid.in_(part),
                    )
                    .values(gone=True)
                )
            row.uidvalidity, row.cursor, row.last_sync = uidvalidity, cursor, datetime.now(UTC)
            new = sum(put.new for put in puts)
            return Stored(new, len(puts) - new)

    def _folder(self, session: Session, name: str) -> Folder | None:
        return session.scalar(
            select(Folder)
            .join(Account, Folder.account_id == Account.id)
            .where(Account.name == self._account, Folder.name == name)
        )

    def _new_folder(self, session: Session, name: str) -> Folder:
        account = session.scalar(select(Account.id).where(Account.name == self._account))
        if account is None:
            raise NotFound("account", self._account)
        row = Folder(account_id=account, name=name)
        session.add(row)
        session.flush()
        return row


def _put_places(
    session: Session, folder: Folder, uidvalidity: int, mails: Sequence[tuple[FetchedMail, Put]]
) -> None:
    """A place that is there already takes the new raw and is no longer gone: a UIDVALIDITY may come back."""
    there = {}
    for part in chunks([mail.uid for mail, _ in mails]):
        rows = session.scalars(
            select(Location).where(
                Location.folder_id == folder.id, Location.uidvalidity == uidvalidity, Location.uid.in_(part)
            )
        )
        there.update({row.uid: row for row in rows})
    for mail, put in mails:
        place = there.get(mail.uid)
        if place is None:
            place = Location(folder_id=folder.id, uidvalidity=uidvalidity, uid=mail.uid)
            session.add(place)
        place.raw_id, place.gone, place.internal_date = put.raw.id, False, mail.internal_date


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
                Location.folder_id == row.id, Location.raw_id.in_([put.raw.id for put in puts])
            )
        )
    )
    last = session.scalar(select(func.max(Location.uid)).where(Location.folder_id == row.id)) or 0
    for raw in dict.fromkeys(put.raw.id for put in puts):
        if raw not in here:
            last += 1
            session.add(Location(folder_id=row.id, uidvalidity=1, uid=last, raw_id=raw))
    row.cursor = last
    new = sum(put.new for put in puts)
    return Stored(new, len(puts) - new)
