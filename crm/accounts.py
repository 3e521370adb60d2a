"""Mailboxes: added, changed, removed, listed, tested, signed in to. A secret is kept as a reference, never as a value."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.account_settings import NewAccount as NewAccount  # noqa: PLC0414 (what those who add one name)
from crm.account_settings import check, settings_of, sign_in_of, with_whole_paths, write
from crm.errors import AccountRefused, AlreadyThere, NotFound
from crm.rows.accounts import AccountRow, RemovedAccount, SignedIn
from crm.settings import data_dir
from db.schema import Account, Folder, Location
from ingest import secrets
from ingest.errors import IngestError
from ingest.imap import AccountReport, ImapConfig
from ingest.imap import test_account as test_imap
from ingest.oauth import DeviceCode, TokenSource, sign_in_by_code
from ingest.oauth_cache import TokenFile

Prompt = Callable[[str], str]
Told = Callable[[IngestError], None]
FORMER = "former"  # an account that was removed: what was fetched for it hangs on it


def add_account(session: Session, new: NewAccount) -> AccountRow:
    """Adds an account; makes no connection. One that was removed comes back where it was.

    Raises AlreadyThere, AccountRefused, PlainRefused, or ArgumentRefused (a secret that is no reference among them).
    """
    check(new)
    there = session.scalar(select(Account).where(Account.name == new.name))
    if there is not None and not (there.kind == FORMER and (there.host, there.user) == (new.host, new.user)):
        raise AlreadyThere("account", new.name)
    return put_account(session, with_whole_paths(new))


def put_account(session: Session, new: NewAccount) -> AccountRow:
    """Writes an account, over one of the same name; what was fetched for it stays."""
    row = session.scalar(select(Account).where(Account.name == new.name)) or Account(name=new.name)
    write(row, new)
    session.add(row)
    session.flush()
    return _row(row)


def change_account(session: Session, name: str, changes: Mapping[str, Any]) -> AccountRow:
    """Changes settings of an account, by the names of NewAccount's fields.

    Another host or user is another mailbox once mail was fetched: its numbers mean other mails. Raises NotFound,
    and what `add_account` raises.
    """
    row = named_accounts(session, (name,))[0]
    old = settings_of(row)
    new = replace(old, **changes)
    check(new)
    if (new.host, new.user) != (old.host, old.user) and _folders(session, row):
        raise AccountRefused("another-mailbox")
    before = token_file(row)
    write(row, with_whole_paths(new))
    session.flush()
    after = token_file(row)
    if before is not None and (after is None or after.path != before.path):
        before.remove()
    return _row(row)


def remove_account(session: Session, name: str) -> RemovedAccount:
    """Forgets how to sign in, and the token; what was fetched stays, and says where it came from. Raises NotFound."""
    row = named_accounts(session, (name,))[0]
    kept = token_file(row)
    removed = kept is not None and kept.remove()
    if _folders(session, row):
        row.kind, row.state, row.problem = FORMER, FORMER, None
        row.secret = row.sign_in = row.auth = row.ca_file = row.security = None
    else:
        session.delete(row)
    mails = (
        select(func.count(func.distinct(Location.raw_id)))
        .join(Folder, Location.folder_id == Folder.id)
        .where(Folder.account_id == row.id)
    )
    return RemovedAccount(name=name, messages=session.scalar(mails) or 0, token_removed=removed)


def _folders(session: Session, row: Account) -> bool:
    return session.scalar(select(Folder.id).where(Folder.account_id == row.id).limit(1)) is not None


def list_accounts(session: Session) -> list[AccountRow]:
    """Every mailbox, by name; what was imported from files is none, nor is one that was removed."""
    return [_row(row) for row in _imap(session)]


def _imap(session: Session) -> list[Account]:
    return list(session.scalars(select(Account).where(Account.kind == "imap").order_by(Account.name)))


def named_accounts(session: Session, names: tuple[str, ...]) -> list[Account]:
    """The named mailboxes, or all. Raises NotFound."""
    rows = {row.name: row for row in _imap(session)}
    for name in names:
        if name not in rows:
            raise NotFound("account", name)
    return [rows[name] for name in names] if names else list(rows.values())


def config_of(row: Account) -> ImapConfig:
    """How to connect to an account."""
    return ImapConfig(
        host=row.host or "",
        user=row.user or "",
        security=row.security or "tls",  # type: ignore[arg-type]  # add_account writes no other
        port=row.port,
        ca_file=row.ca_file,
        auth=row.auth or "password",  # type: ignore[arg-type]  # add_account writes no other
    )


def secret_of(
    row: Account, prompt: Prompt | None = None, told: Told = lambda _error: None
) -> secrets.Credential:
    """What signs in to an account: its secret from where the reference points, or a source of tokens.

    A token is got when the connection is made. `told` hears of what was put right on the way. Raises ingest's
    settings errors.
    """
    sign_in, file = sign_in_of(row), token_file(row)
    if sign_in is None or file is None:
        return secrets.resolve(row.secret or "", prompt=prompt)
    given = None if row.secret is None else secrets.resolve(row.secret, prompt=prompt)
    return TokenSource(sign_in, file, given, told)


def token_file(row: Account) -> TokenFile | None:
    """Where an account's token is kept; other settings have another file. None for one without tokens."""
    if sign_in_of(row) is None:
        return None
    told = json.dumps([row.name, row.user, row.sign_in], sort_keys=True)
    bare = re.sub(r"[^a-z0-9-]+", "-", row.name.lower())[:40].strip("-")
    return TokenFile(data_dir() / "tokens" / f"{bare}-{sha256(told.encode()).hexdigest()[:12]}.json")


def log_in(row: Account, show: Callable[[DeviceCode], None], wait: Callable[[float], object]) -> SignedIn:
    """Lets a person sign in with a code at another screen, and keeps the token. Raises AccountRefused, IngestErrors.

    `show` is called once with address and code, `wait` with seconds between two questions to the service.
    """
    sign_in, file = sign_in_of(row), token_file(row)
    if sign_in is None or file is None or sign_in.flow != "device":
        raise AccountRefused("no-person")
    token = sign_in_by_code(sign_in, file, show, wait)
    return SignedIn(row.name, token.user, datetime.fromtimestamp(token.expires, UTC))


def try_account(
    row: Account, prompt: Prompt | None = None, told: Told = lambda _error: None
) -> AccountReport:
    """Signs in and looks round; changes nothing. Raises ingest's errors."""
    return test_imap(config_of(row), secret_of(row, prompt, told))


def _row(row: Account) -> AccountRow:
    problem: Mapping[str, Any] | None = row.problem
    return AccountRow(
        name=row.name,
        host=row.host,
        port=row.port,
        user=row.user,
        security=row.security,
        folders=tuple(row.folders),
        sent_folder=row.sent_folder,
        last_sync=row.last_sync,
        state=row.state,
        problem={key: str(value) for key, value in problem.items()} if problem else None,
        auth=row.auth or "password",
        token=(row.sign_in or {}).get("flow"),
        personal=row.personal,
        since=row.since,
    )
