"""Where a sync puts its mail: raw bytes first, then the place where each was seen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, select, update
from sqlalchemy.orm import Session, undefer

from crm.errors import NotFound
from crm.lookup import all_by_column, chunks
from crm.raws import ERASED, Packed, put_packed, unpack
from db.schema import Account, Folder, Location, Raw
from db.store import Store
from ingest.epochs import fingerprint
from ingest.sync import Batch, Cursor, Flags, FolderStatus, InStep, Standing, Stored
from ingest.sync_types import MAX_UID

StoredRaws = Callable[[Sequence[tuple[int, bytes]]], None]

_PAGE_BYTES = 8_000_000  # raw bytes that are looked at together


class StoreSink:
    """Where a sync puts its mail: one account's folders in the store (`ingest.sync.MailSink`).

    `stored` is told after each committed batch the (raw id, bytes) of what was new to the store.
    """

    def __init__(self, store: Store, account: str, today: date, stored: StoredRaws | None = None) -> None:
        self._store = store
        self._account = account
        self._today = today
        self._stored = stored
        self._cursors: dict[str, Cursor] | None = None

    def cursor(self, folder: str) -> Cursor | None:
        """How far the folder is synced, None if never; asked once for all, as nobody else syncs the account."""
        if self._cursors is None:
            self._cursors = self._all_cursors()
        return self._cursors.get(folder)

    def _all_cursors(self) -> dict[str, Cursor]:
        with self._store.read() as session:
            rows = session.execute(
                select(Folder.name, Folder.uidvalidity, Folder.cursor, Folder.status)
                .join(Account, Folder.account_id == Account.id)
                .where(Account.name == self._account, Folder.uidvalidity.is_not(None))
            )
            return {
                name: Cursor(uidvalidity, uid, _in_step(uidvalidity, status))
                for name, uidvalidity, uid, status in rows
                if uidvalidity is not None
            }

    def count(self, folder: str, uidvalidity: int) -> int:
        """How many places there are under that UIDVALIDITY that are not marked gone."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            if row is None:
                return 0
            return session.scalar(select(func.count()).where(_live(row, uidvalidity))) or 0

    def known_uids(
        self, folder: str, uidvalidity: int, first: int = 1, last: int = MAX_UID
    ) -> AbstractSet[int]:
        """Their UIDs, from `first` to `last`."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            if row is None:
                return frozenset()
            among = and_(_live(row, uidvalidity), Location.uid.between(first, last))
            return frozenset(session.scalars(select(Location.uid).where(among)))

    def flags(self, folder: str, uidvalidity: int, uids: Collection[int]) -> Mapping[int, Flags]:
        """The flags of those among `uids` that are known and not marked gone, as they were last seen."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            if row is None:
                return {}
            places = select(Location.uid, Location.flags).where(_live(row, uidvalidity))
            told = (
                pair
                for part in chunks(uids)
                for pair in session.execute(places.where(Location.uid.in_(part)))
            )
            return {uid: tuple(flags.split(" ")) if flags else () for uid, flags in told}

    def standing(self, folder: str, uidvalidity: int) -> Iterator[Standing]:
        """Every mail with a place under that UIDVALIDITY, gone or not; not one that was erased."""
        with self._store.read() as session:
            row = self._folder(session, folder)
            if row is None:
                return
            places = session.execute(
                select(Location.raw_id, Location.internal_date, Raw.size)
                .join(Raw, Location.raw_id == Raw.id)
                .where(Location.folder_id == row.id, Location.uidvalidity == uidvalidity)
                .where(Raw.status != ERASED)
            ).all()
            for page in _by_weight((raw, size, arrived) for raw, arrived, size in places):
                yield from _standing(session, page)

    def store(self, folder: str, batch: Batch) -> Stored:
        """One transaction: raws, places, what is gone, flags, the cursor."""
        packed = [Packed.of(mail.raw) for mail in batch.mails]
        with self._store.write() as session:
            row = self._folder(session, folder) or self._new_folder(session, folder)
            if batch.closes is not None:
                session.execute(update(Location).where(_live(row, batch.closes)).values(gone=True))
            puts = put_packed(session, packed, self._today)
            threaded = [
                put.id for mail, put in zip(batch.mails, puts, strict=True) if mail.thread and not put.new
            ]
            _read_again(session, threaded)
            raws = [put.id for put in puts]
            _put_places(session, row, batch.uidvalidity, [*_came(batch, raws), *_found(session, batch)])
            _mark(session, row, batch)
            row.uidvalidity, row.cursor, row.last_sync = batch.uidvalidity, batch.cursor, datetime.now(UTC)
            row.status = _packed(batch.in_step)
            new = [(put.id, mail.raw) for mail, put in zip(batch.mails, puts, strict=True) if put.new]
        if self._cursors is not None:
            self._cursors[folder] = Cursor(batch.uidvalidity, batch.cursor, batch.in_step)
        if new and self._stored is not None:
            self._stored(new)
        return Stored(len(new), len(batch.mails) - len(new))

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


def _live(folder: Folder, uidvalidity: int) -> ColumnElement[bool]:
    """The places of a folder's epoch that are not gone."""
    return and_(
        Location.folder_id == folder.id, Location.uidvalidity == uidvalidity, Location.gone.is_(False)
    )


def _by_weight(places: Iterable[tuple[int, int, datetime | None]]) -> Iterator[dict[int, datetime | None]]:
    """Pages of raw id → INTERNALDATE, each as light as one mail or `_PAGE_BYTES`."""
    page: dict[int, datetime | None] = {}
    weight = 0
    for raw, size, arrived in places:
        if page and (weight + size > _PAGE_BYTES or raw in page):
            yield page
            page, weight = {}, 0
        page[raw] = arrived
        weight += size
    if page:
        yield page


def _standing(session: Session, page: Mapping[int, datetime | None]) -> list[Standing]:
    rows = [
        row
        for part in chunks(page)
        for row in session.scalars(select(Raw).options(undefer(Raw.content)).where(Raw.id.in_(part)))
    ]
    found = [Standing(row.sha256, fingerprint(unpack(row), row.size), page[row.id]) for row in rows]
    session.expunge_all()
    return found


def _read_again(session: Session, raws: Sequence[int]) -> None:
    """Mails that had no thread of the server's and now have one: reading puts them into it."""
    told = exists().where(Location.raw_id == Raw.id, Location.thread.is_not(None))
    for part in chunks(raws):
        waiting = and_(Raw.id.in_(part), Raw.status != ERASED, ~told)
        session.execute(update(Raw).where(waiting).values(reader_version=0))


Values = dict[str, Any]  # the columns of a place


def _came(batch: Batch, raws: Sequence[int]) -> Iterator[Values]:
    for mail, raw in zip(batch.mails, raws, strict=True):
        yield {
            "uid": mail.uid,
            "raw_id": raw,
            "internal_date": mail.internal_date,
            "flags": " ".join(mail.flags),
            "thread": mail.thread,
        }


def _found(session: Session, batch: Batch) -> Iterator[Values]:
    """Places of mails that are there already, if only as a tombstone."""
    hashes = {place.sha256 for place in batch.places}
    ids = {row.sha256: row.id for row in all_by_column(session, Raw, Raw.sha256, hashes)} if hashes else {}
    for place in batch.places:
        yield {
            "uid": place.uid,
            "raw_id": ids[place.sha256],
            "internal_date": place.internal_date,
            "flags": " ".join(place.flags),
            "thread": None,
        }


def _put_places(session: Session, folder: Folder, uidvalidity: int, places: Sequence[Values]) -> None:
    """A place that is there already takes the new raw and is no longer gone: a UIDVALIDITY may come back."""
    here = {"folder_id": folder.id, "uidvalidity": uidvalidity, "gone": False}
    there: dict[int, int] = {}
    for part in chunks([place["uid"] for place in places]):
        known = select(Location.uid, Location.id).where(
            Location.folder_id == folder.id, Location.uidvalidity == uidvalidity, Location.uid.in_(part)
        )
        there.update((uid, number) for uid, number in session.execute(known))
    fresh = [here | place for place in places if place["uid"] not in there]
    again = [here | place | {"id": there[place["uid"]]} for place in places if place["uid"] in there]
    if fresh:
        session.execute(insert(Location), fresh)
    if again:
        session.execute(update(Location), again)


def _mark(session: Session, folder: Folder, batch: Batch) -> None:
    """What is gone, and flags that are others than before: those of one kind in one statement."""
    alike: dict[Flags, list[int]] = {}
    for uid, flags in batch.flags.items():
        alike.setdefault(flags, []).append(uid)
    for flags, uids in alike.items():
        _update(session, folder, batch.uidvalidity, uids, flags=" ".join(flags))
    _update(session, folder, batch.uidvalidity, batch.gone, gone=True)


def _update(
    session: Session, folder: Folder, uidvalidity: int, uids: Collection[int], **values: object
) -> None:
    for part in chunks(uids):
        among = and_(
            Location.folder_id == folder.id, Location.uidvalidity == uidvalidity, Location.uid.in_(part)
        )
        session.execute(update(Location).where(among).values(**values))


def _packed(in_step: InStep | None) -> dict[str, Any] | None:
    """As `Folder.status` keeps it; its UIDVALIDITY is the folder's own."""
    if in_step is None:
        return None
    status = in_step.status
    return {
        "uidnext": status.uidnext,
        "messages": status.exists,
        "unseen": status.unseen,
        "modseq": status.modseq,
        "known": in_step.known,
        "since": in_step.since and in_step.since.isoformat(),
    }


def _in_step(uidvalidity: int, kept: Mapping[str, Any] | None) -> InStep | None:
    if kept is None:
        return None
    status = FolderStatus(uidvalidity, kept["uidnext"], kept["messages"], kept["unseen"], kept["modseq"])
    return InStep(status, kept["known"], kept["since"] and date.fromisoformat(kept["since"]))
