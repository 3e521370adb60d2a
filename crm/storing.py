"""Where a sync puts its mail: raw bytes first, then the place where each was seen."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.errors import NotFound
from crm.lookup import chunks
from crm.raws import Put, put_raws
from db.schema import Account, Folder, Location
from db.store import Store
from ingest.sync import Cursor, FetchedMail, Stored


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
