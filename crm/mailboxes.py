"""Mailboxes as a screen shows them: each with its folders, and what in them could not be read."""

from collections.abc import Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm import messages
from crm.account_settings import NewAccount, check, with_whole_paths, write
from crm.accounts import list_accounts, try_account
from crm.messages import MessageQuery
from crm.rows import FolderRow, MailboxView, MessageRow
from db.schema import Account, Folder, Location
from ingest.imap import AccountReport

QUARANTINED = 200


def mailboxes(session: Session) -> list[MailboxView]:
    """Every mailbox that is fetched, by name."""
    folders = _folders(session)
    return [MailboxView(row, tuple(folders.get(row.name, ()))) for row in list_accounts(session)]


def _folders(session: Session) -> dict[str, Sequence[FolderRow]]:
    standing = func.count(case((Location.gone.is_(False), Location.id)))
    gone = func.count(case((Location.gone.is_(True), Location.id)))
    found: dict[str, list[FolderRow]] = {}
    for account, name, last, there, away in session.execute(
        select(Account.name, Folder.name, Folder.last_sync, standing, gone)
        .join(Folder, Folder.account_id == Account.id)
        .outerjoin(Location, Location.folder_id == Folder.id)
        .group_by(Account.name, Folder.id, Folder.name, Folder.last_sync)
        .order_by(Account.name, Folder.name)
    ):
        found.setdefault(account, []).append(FolderRow(name, there, away, last))
    return dict(found)


def quarantined(session: Session, *, limit: int = QUARANTINED) -> list[MessageRow]:
    """The newest mails that could not be read, with the reasons."""
    return messages.list_messages(session, MessageQuery(quarantined=True, limit=limit))


def try_new(new: NewAccount) -> AccountReport:
    """Signs in to a mailbox that is not added yet, and looks round; changes nothing. Raises what `add_account` does,
    and ingest's errors.
    """
    check(new)
    row = Account(name=new.name)
    write(row, with_whole_paths(new))
    return try_account(row)
