"""Mailboxes: added, listed, tested. A secret is kept as a reference, never as a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.errors import AlreadyThere, NotFound
from crm.rows import AccountRow
from db.schema import Account
from ingest import secrets
from ingest.errors import ArgumentRefused, PlainRefused
from ingest.imap import PORTS, AccountReport, ImapConfig
from ingest.imap import test_account as test_imap
from ingest.imap_signin import check_argument
from ingest.imap_wire import is_loopback

Prompt = Callable[[str], str]
SECRET_KINDS = ("env", "file", "command", "keyring", "credential")
Security = Literal["tls", "starttls", "plain"]
Auth = Literal["password", "xoauth2", "oauthbearer"]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What `account add` takes. `secret` is a reference such as `file:/run/secrets/mail`."""

    name: str
    host: str
    user: str
    secret: str
    port: int | None = None
    security: Security = "tls"
    auth: Auth = "password"
    ca_file: str | None = None
    folders: tuple[str, ...] = field(default=())
    exclude: tuple[str, ...] = field(default=())
    since: date | None = None


def add_account(session: Session, new: NewAccount) -> AccountRow:
    """Adds an account; makes no connection.

    Raises AlreadyThere, PlainRefused, or ArgumentRefused (a secret that is no reference among them).
    """
    for text, what in ((new.host, "host"), (new.user, "user"), (new.name, "account")):
        check_argument(text, what)
    for pattern in (*new.folders, *new.exclude):
        check_argument(pattern, "folder")
    if new.security == "plain" and not is_loopback(new.host):
        raise PlainRefused(host=new.host)
    _check_reference(new.secret)
    if session.scalar(select(Account.id).where(Account.name == new.name)) is not None:
        raise AlreadyThere("account", new.name)
    return put_account(session, new)


def put_account(session: Session, new: NewAccount) -> AccountRow:
    """Writes an account, over one of the same name; what was fetched for it stays."""
    row = session.scalar(select(Account).where(Account.name == new.name)) or Account(name=new.name)
    row.host, row.port = new.host, new.port or PORTS[new.security]
    row.user, row.secret = new.user, new.secret
    row.security, row.auth, row.ca_file = new.security, new.auth, new.ca_file
    row.folders, row.exclude, row.since = list(new.folders), list(new.exclude), new.since
    session.add(row)
    session.flush()
    return _row(row)


def _check_reference(text: str) -> None:
    """Refuses what is no reference, without repeating it: somebody may have typed the password itself."""
    kind, _, rest = text.partition(":")
    if text != "prompt" and (kind not in SECRET_KINDS or not rest):
        raise ArgumentRefused(reason="unknown kind of secret")


def list_accounts(session: Session) -> list[AccountRow]:
    """Every mailbox, by name; what was imported from files is none."""
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


def secret_of(row: Account, prompt: Prompt | None = None) -> secrets.Secret:
    """The account's secret, fetched from where its reference points. Raises ingest's settings errors."""
    return secrets.resolve(row.secret or "", prompt=prompt)


def try_account(row: Account, prompt: Prompt | None = None) -> AccountReport:
    """Signs in and looks round; changes nothing. Raises ingest's errors."""
    return test_imap(config_of(row), secret_of(row, prompt))


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
    )
