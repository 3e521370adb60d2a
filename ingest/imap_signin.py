"""Signing in: tried once, on one connection, and no secret in what is left behind.

An exception keeps the frames it passed through, and those of imaplib hold the password as it was sent. So whatever
happens inside is turned into an error of ours that is returned, and raised again where no such frame is in reach.
"""

import imaplib
import re
from typing import Any, Literal

from ingest.errors import (
    ArgumentRefused,
    IngestError,
    ProtocolError,
    ServerUnreachable,
    SignInRefused,
    TokenNotAccepted,
)
from ingest.imap_wire import Wire, broken_off
from ingest.secrets import Secret

Auth = Literal["password", "xoauth2", "oauthbearer"]

# Response codes of RFC 5530 by which a server says that it is not about the password, or the folder.
_LATER = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b", re.ASCII | re.IGNORECASE)
_REASON_LENGTH = 200
NOT_OFFERED = " not offered"
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*", re.ASCII)  # RFC 6750, 2.1


def check_argument(value: str, name: str) -> str:
    """A value that may stand in a command: CR, LF and NUL would begin a command of their own."""
    if not value or any(character in value for character in "\r\n\0"):
        raise ArgumentRefused(reason=name)
    return value


def is_for_now(reason: str) -> bool:
    """Whether a server's NO says that it may be another time."""
    return _LATER.search(reason) is not None


def sign_in(wire: Wire, user: str, secret: Secret, auth: Auth) -> None:
    """Raises SignInRefused when the server says no, SourceError when it says nothing sensible."""
    failure = _attempt(wire, user, secret, auth)
    if failure is not None:
        raise failure


def _attempt(wire: Wire, user: str, secret: Secret, auth: Auth) -> IngestError | None:
    facts: dict[str, Any] = {"host": wire.host, "port": wire.port, "user": user}
    try:
        check_argument(user, "user")
        check_argument(secret.reveal(), "secret")
        if auth != "password":
            check_token(user, secret)
        kind, reason = _exchange(wire, user, secret, auth)
    except IngestError as error:
        error.__context__ = None
        return error.with_traceback(None)
    except imaplib.IMAP4.abort as error:
        error.args = (_clean(str(error), secret),)
        return broken_off(error, **facts)
    except imaplib.IMAP4.error as error:
        kind, reason = "NO", str(error)
    except (UnicodeError, ValueError, TypeError, IndexError):
        return ProtocolError(**facts, reason="sign-in")
    return None if kind == "OK" else _refusal(reason, secret, auth, facts)


def check_token(user: str, secret: Secret) -> None:
    r"""Raises ArgumentRefused. Both stand between \1 in what is said (RFC 7628, 3.1): neither may hold one, nor anything else that is unseen."""
    if any(character < " " or character == "\x7f" for character in user):
        raise ArgumentRefused(reason="user")
    if not _BEARER.fullmatch(secret.reveal()):
        raise ArgumentRefused(reason="token")


def _refusal(reason: str, secret: Secret, auth: Auth, facts: dict[str, Any]) -> IngestError:
    told = _clean(reason, secret)
    if is_for_now(reason):
        return ServerUnreachable(**facts, reason=told)
    if "command error: BAD" in reason:
        return ProtocolError(**facts, reason=told)
    refused = SignInRefused if auth == "password" or reason.endswith(NOT_OFFERED) else TokenNotAccepted
    return refused(**facts, reason=told)


def _clean(reason: str, secret: Secret) -> str:
    """The server's words, in case it repeats ours."""
    return reason[: 10 * _REASON_LENGTH].replace(secret.reveal(), "…")[:_REASON_LENGTH]


def _exchange(wire: Wire, user: str, secret: Secret, auth: Auth) -> tuple[str, str]:
    capabilities = {str(capability).upper() for capability in wire.capabilities}
    if auth != "password":
        mechanism = "XOAUTH2" if auth == "xoauth2" else "OAUTHBEARER"
        if f"AUTH={mechanism}" not in capabilities:
            return "NO", mechanism + NOT_OFFERED
        return _authenticate(wire, mechanism, token_steps(auth, (wire.host, wire.port), user, secret))
    if "AUTH=PLAIN" in capabilities:
        return _authenticate(wire, "PLAIN", [f"\0{user}\0{secret.reveal()}".encode()])
    if "LOGINDISABLED" in capabilities:
        return "NO", "LOGINDISABLED"
    return _login(wire, user, secret)


def token_steps(auth: Auth, server: tuple[str, int], user: str, secret: Secret) -> list[bytes]:
    """What is said to a server (host, port), and how a refusal that comes as a challenge is answered (RFC 7628, 3.2.3)."""
    if auth == "xoauth2":
        return [f"user={user}\1auth=Bearer {secret.reveal()}\1\1".encode(), b""]
    name = user.replace("=", "=3D").replace(",", "=2C")
    place = f"host={server[0]}\1port={server[1]}\1"
    return [f"n,a={name},\1{place}auth=Bearer {secret.reveal()}\1\1".encode(), b"\1"]


def _authenticate(wire: Wire, mechanism: str, steps: list[bytes]) -> tuple[str, str]:
    """One answer for each challenge; a server that asks for more is told `*`, which ends it."""
    challenges: list[bytes] = []

    def answer(challenge: bytes) -> bytes | None:
        challenges.append(challenge)
        return steps[len(challenges) - 1] if len(challenges) <= len(steps) else None

    try:
        wire.authenticate(mechanism, answer)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        told = challenges[1].decode("utf-8", "replace") if len(challenges) > 1 else ""
        return "NO", f"{error} {told}".strip()
    return "OK", ""


def _login(wire: Wire, user: str, secret: Secret) -> tuple[str, str]:
    """LOGIN with quoted strings in UTF-8, as servers in use take them; imaplib alone would stop at the first å."""
    kind, data = wire._simple_command("LOGIN", _quoted(user), _quoted(secret.reveal()))  # noqa: SLF001
    if kind == "OK":
        wire.state = "AUTH"
    text = data[-1] if data else b""
    return str(kind), text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _quoted(text: str) -> bytes:
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'
