"""What an account's settings have to be, and how they stand in the store. Pure: no session, no connection.

A personal mailbox is one person's own: nobody may come to fetch more of it than its owner named, so its folders are
named one by one and begin on a day.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from crm.errors import AccountRefused
from db.schema import Account
from ingest.errors import ArgumentRefused, PlainRefused
from ingest.imap import PORTS
from ingest.imap_signin import check_argument
from ingest.imap_wire import is_loopback
from ingest.oauth import MICROSOFT, SCOPES, Flow, SignIn
from ingest.oauth_http import host_of

Security = Literal["tls", "starttls", "plain"]
Auth = Literal["password", "xoauth2", "oauthbearer"]
SECRET_KINDS: Final = ("env", "file", "command", "keyring", "credential")
TOKEN_FIELDS: Final = ("tenant", "client_id", "authority", "login_as", "certificate", "scope")

_NAME = re.compile(r"[A-Za-z0-9._-]{1,200}", re.ASCII)
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,400}", re.ASCII)  # RFC 6749, 3.3
_EVERYBODYS: Final = ("common", "organizations", "consumers")
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What `account add` takes. `secret` is a reference such as `file:/run/secrets/mail`, never the secret.

    `flow` says how access tokens are got, None where the secret is the password or the token itself; the fields
    after it belong to it. `login_as` is who signs in where that is not the mailbox's own user.
    """

    name: str
    host: str
    user: str
    secret: str | None = None
    port: int | None = None
    security: Security = "tls"
    auth: Auth = "password"
    ca_file: str | None = None
    folders: tuple[str, ...] = field(default=())
    exclude: tuple[str, ...] = field(default=())
    since: date | None = None
    personal: bool = False
    flow: Flow | None = None
    tenant: str | None = None
    client_id: str | None = None
    authority: str | None = None
    login_as: str | None = None
    certificate: str | None = None
    scope: str | None = None


def check(new: NewAccount) -> None:
    """Raises ArgumentRefused, PlainRefused, or AccountRefused with what is amiss."""
    _check_words(new)
    if new.security == "plain" and not is_loopback(new.host):
        raise PlainRefused(host=new.host)
    if new.secret is not None:
        check_reference(new.secret)
    _check_token(new)
    if new.personal:
        _check_personal(new)


def _check_words(new: NewAccount) -> None:
    """Nothing may begin a command of its own, or hold what no name has."""
    named = {"host": new.host, "user": new.user, "account": new.name, "login-as": new.login_as}
    paths = {"ca-file": new.ca_file, "certificate": new.certificate, "secret": new.secret}
    for what, text in {**named, **paths}.items():
        if text is not None:
            check_argument(text, what)
    for pattern in (*new.folders, *new.exclude):
        check_argument(pattern, "folder")
    if new.port is not None and not 0 < new.port < 65536:
        raise AccountRefused("port")


def check_reference(text: str) -> None:
    """Refuses what is no reference, without repeating it: somebody may have typed the password itself."""
    kind, _, rest = text.partition(":")
    if text != "prompt" and (kind not in SECRET_KINDS or not rest):
        raise ArgumentRefused(reason="unknown kind of secret")


def _check_token(new: NewAccount) -> None:
    """The first thing that is amiss with how a token is got."""
    given = [name for name in TOKEN_FIELDS if getattr(new, name) is not None]
    amiss = {
        "secret-missing": new.secret is None and new.flow != "device",
        "token-missing": new.flow is None and bool(given),
        "token-mechanism": new.flow is not None and new.auth == "password",
    }
    if new.flow is not None:
        amiss |= {
            "client-id": new.client_id is None or not _NAME.fullmatch(new.client_id),
            "authority": not _is_authority(new.authority),
            "tenant": not _is_tenant(new),
            "scope": new.scope is not None and not _SCOPE.fullmatch(new.scope),
            "secret-of-device": new.flow == "device" and new.secret is not None,
            "certificate-of-device": new.flow == "device" and new.certificate is not None,
            "login-as-of-client": new.flow == "client" and new.login_as is not None,
        }
    for reason, wrong in amiss.items():
        if wrong:
            raise AccountRefused(reason)


def _is_authority(address: str | None) -> bool:
    """An https address: the client's secret is sent to whatever issues tokens."""
    if address is None:
        return True
    plain = len(address) <= _LONGEST and address.isascii() and address.isprintable() and " " not in address
    return plain and host_of(address) is not None and not {"?", "#", "\\"} & set(address)


def _is_tenant(new: NewAccount) -> bool:
    """A tenant of its own: an application that signs in by itself belongs to one."""
    if new.tenant is None:
        return new.authority is not None and bool(_path(new.authority))
    everybodys = new.tenant.lower() in _EVERYBODYS
    return bool(_NAME.fullmatch(new.tenant)) and not (everybodys and new.flow == "client")


def _path(address: str) -> str:
    return address.partition("://")[2].partition("/")[2].strip("/")


def _check_personal(new: NewAccount) -> None:
    if not new.folders or any(not pattern.strip("*%?./\\ ") for pattern in new.folders):
        raise AccountRefused("personal-folders")
    if new.since is None:
        raise AccountRefused("personal-since")


def with_whole_paths(new: NewAccount) -> NewAccount:
    """Absolute paths, since a scheduled run starts in another folder. `~` stays: whoever syncs has a home of their own."""
    secret = new.secret
    if secret is not None and secret.startswith("file:"):
        secret = f"file:{_whole(secret.removeprefix('file:'))}"
    certificate, ca_file = (path and _whole(path) for path in (new.certificate, new.ca_file))
    return replace(new, secret=secret, certificate=certificate, ca_file=ca_file)


def _whole(path: str) -> str:
    return path if path.startswith("~") else str(Path(path).absolute())


def write(row: Account, new: NewAccount) -> None:
    """Puts checked settings into an account's row."""
    row.kind, row.personal = "imap", new.personal
    row.host, row.port = new.host, new.port or PORTS[new.security]
    row.user, row.secret = new.user, new.secret
    row.security, row.auth, row.ca_file = new.security, new.auth, new.ca_file
    row.folders, row.exclude, row.since = list(new.folders), list(new.exclude), new.since
    told = {"flow": new.flow, **{name: getattr(new, name) for name in TOKEN_FIELDS}}
    row.sign_in = {name: value for name, value in told.items() if value is not None} or None


def settings_of(row: Account) -> NewAccount:
    """The settings of an account's row; the port None where it is the usual one."""
    security: Any = row.security or "tls"
    told = row.sign_in or {}
    return NewAccount(
        name=row.name,
        host=row.host or "",
        user=row.user or "",
        secret=row.secret,
        port=None if row.port == PORTS[security] else row.port,
        security=security,
        auth=row.auth or "password",  # type: ignore[arg-type]  # write() puts no other
        ca_file=row.ca_file,
        folders=tuple(row.folders),
        exclude=tuple(row.exclude),
        since=row.since,
        personal=row.personal,
        flow=told.get("flow"),
        **{name: told.get(name) for name in TOKEN_FIELDS},
    )


def sign_in_of(row: Account) -> SignIn | None:
    """How an account gets its tokens; None where its secret is all there is."""
    told = row.sign_in or {}
    flow: Flow | None = told.get("flow")
    if flow is None:
        return None
    base = (told.get("authority") or MICROSOFT).rstrip("/")
    return SignIn(
        account=row.name,
        flow=flow,
        authority=f"{base}/{told['tenant']}" if told.get("tenant") else base,
        client_id=told.get("client_id", ""),
        scope=told.get("scope") or SCOPES[flow],
        login_as=told.get("login_as"),
        certificate=told.get("certificate"),
    )
