"""Mailboxes as a screen shows them: each with its folders, and what in them could not be read."""

from collections.abc import Sequence

from sqlalchemy import Boolean, ColumnElement, func, select, type_coerce
from sqlalchemy.orm import Session

from crm import messages
from crm.account_settings import NewAccount, check, with_whole_paths, write
from crm.accounts import list_accounts, try_account
from crm.rows import COUNTED
from crm.rows.accounts import FolderRow, MailboxView
from crm.rows.messages import MessageRow
from db.schema import Account, Folder, Location, Message
from ingest.imap import AccountReport

QUARANTINED = 200


def mailboxes(session: Session) -> list[MailboxView]:
    """Every mailbox that is fetched, by name."""
    folders = _folders(session)
    return [MailboxView(row, tuple(folders.get(row.name, ()))) for row in list_accounts(session)]


def _folders(session: Session) -> dict[str, Sequence[FolderRow]]:
    """Mails are counted up to one more than `COUNTED`: nobody waits for a number that nobody reads."""
    there = _counted(session, Location.gone.is_(False))
    away = _counted(session, _gone(session))
    found: dict[str, list[FolderRow]] = {}
    for account, number, name, last in session.execute(
        select(Account.name, Folder.id, Folder.name, Folder.last_sync)
        .join(Folder, Folder.account_id == Account.id)
        .order_by(Account.name, Folder.name)
    ):
        found.setdefault(account, []).append(FolderRow(name, there[number], away[number], last))
    return dict(found)


def _gone(session: Session) -> ColumnElement[bool]:
    """As the index of those says it, or the store does not see that it serves."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return type_coerce(Location.gone, Boolean) if is_postgresql else Location.gone.is_(True)


def _counted(session: Session, which: ColumnElement[bool]) -> dict[int, int]:
    """Folder → how many of its places are such."""
    some = select(Location.id).where(Location.folder_id == Folder.id, which).limit(COUNTED + 1)
    many = select(func.count()).select_from(some.correlate(Folder).subquery()).scalar_subquery()
    return dict(session.execute(select(Folder.id, many)).all())


def quarantined(session: Session, *, limit: int = QUARANTINED) -> list[MessageRow]:
    """The mails that came last of those that could not be read, with the reasons.

    Along the index of those alone: few are so, and by their dates a million others lie between.
    """
    chosen = select(Message.id).where(Message.status == "quarantined").order_by(Message.id.desc())
    return messages.rows(session, list(session.scalars(chosen.limit(limit))))


def try_new(new: NewAccount) -> AccountReport:
    """Signs in to a mailbox that is not added yet, and looks round; changes nothing. Raises what `add_account` does,
    and ingest's errors.
    """
    check(new)
    row = Account(name=new.name)
    write(row, with_whole_paths(new))
    return try_account(row)
