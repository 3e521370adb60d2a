"""Tokens for XOAUTH2 and OAUTHBEARER, got by msal: a person signs in with a code, or the application by itself.

A token is kept (`ingest.oauth_cache`) and used while it lasts, without msal and without a connection. When it has
ended, or the mail server refused it, one program at a time gets a new one; the others find that one in the file.

- `device` (RFC 8628): `sign_in_by_code` once, with a person at another screen; renewed from then on without one.
- `client` (RFC 6749, 4.4): with a client secret, or a certificate and its private key.

msal is loaded when a token has to be got. What it and requests raise holds secrets in its frames, so nothing of it
is raised on: errors are returned out of their reach and raised afresh.
"""

import json
import logging
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from ingest.errors import (
    AuthorityUnreachable,
    IngestError,
    LibraryMissing,
    TokenFileDamaged,
    TokenMissing,
    TokenRefused,
)
from ingest.oauth_cache import LONGEST_SECONDS, Token, TokenFile
from ingest.oauth_http import Http, host_of
from ingest.oauth_key import client_certificate
from ingest.oauth_refusals import Shown, refusal_of
from ingest.secrets import Secret

if TYPE_CHECKING:
    import msal

Flow = Literal["device", "client"]

MICROSOFT: Final = "https://login.microsoftonline.com"
# https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
SCOPES: Final[Mapping[Flow, str]] = {
    "device": "https://outlook.office.com/IMAP.AccessAsUser.All",
    "client": "https://outlook.office365.com/.default",
}

_BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*", re.ASCII)  # RFC 6750, 2.1
_SHORTEST_WAIT, _LONGEST_WAIT = 1, 60
_LONGEST_CODE = 3600.0
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SignIn:
    """How an account gets its tokens; nothing here is secret.

    `authority` is the https address with the tenant in it; `login_as` who signs in, where that is not the mailbox;
    `certificate` the path of a PEM file, whose private key is then the account's secret.
    """

    account: str
    flow: Flow
    authority: str
    client_id: str
    scope: str
    login_as: str | None = None
    certificate: str | None = None

    @property
    def facts(self) -> dict[str, str | None]:
        return {"account": self.account, "host": host_of(self.authority)}


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person is told: open `address`, write `code`, within `seconds`."""

    address: str
    code: str
    seconds: float


class TokenSource:
    """A Credential that gives tokens. `told` hears of what was put right on the way (TokenFileDamaged)."""

    def __init__(
        self,
        sign_in: SignIn,
        file: TokenFile,
        client_secret: Secret | None = None,
        told: Callable[[IngestError], None] = lambda _error: None,
    ) -> None:
        self._sign_in = sign_in
        self._file = file
        self._client_secret = client_secret
        self._told = told
        self._damaged = False

    def current(self) -> Secret:
        """The kept token while it lasts, else a new one."""
        kept = self._kept()
        if kept is not None and kept.lasts(time.time()):
            return kept.access
        return self._renew(refused=None)

    def renewed(self, refused: Secret) -> Secret | None:
        """A new token in place of a kept one; None where the refused one is new: another would be refused as well."""
        kept = self._kept()
        if kept is not None and kept.access == refused and kept.is_new(time.time()):
            return None
        return self._renew(refused)

    def _renew(self, refused: Secret | None) -> Secret:
        with self._file.locked():
            kept = self._kept()
            if kept is not None and kept.lasts(time.time()) and kept.access != refused:
                return kept.access  # another program was here before us
            token = _returned(self._got(kept))
            self._file.write(token)
        return token.access

    def _kept(self) -> Token | None:
        """What is kept; a damaged file is said, and then as good as none."""
        try:
            return self._file.read()
        except TokenFileDamaged as error:
            error.facts.setdefault("account", self._sign_in.account)
            if not self._damaged:
                self._told(error)
            self._damaged = True
            return None

    def _got(self, kept: Token | None) -> Token | IngestError:
        if self._sign_in.flow == "client":
            return _by_itself(self._sign_in, self._client_secret)
        if kept is None or kept.notes is None:
            return TokenMissing(**self._sign_in.facts)
        return _without_a_person(self._sign_in, kept)


def sign_in_by_code(
    sign_in: SignIn, file: TokenFile, show: Callable[[DeviceCode], None], wait: Callable[[float], object]
) -> Token:
    """Shows a code, waits until a person has signed in with it elsewhere, and keeps the token.

    `wait` is called with seconds between two questions. Raises TokenRefused, AuthorityUnreachable, LibraryMissing
    and what TokenFile raises.
    """
    with file.locked():
        pass  # before a person has gone to the trouble: can it be kept at all?
    token = _returned(_by_code(sign_in, show, wait))
    with file.locked():
        file.write(token)
    return token


def _returned(got: Token | IngestError) -> Token:
    if isinstance(got, IngestError):
        raise got
    return got


def _by_itself(sign_in: SignIn, client_secret: Secret | None) -> Token | IngestError:
    def ask(http: Http) -> Token | IngestError:
        credential = _client_credential(sign_in, client_secret or Secret(""))
        app = _library().ConfidentialClientApplication(client_credential=credential, **_common(sign_in, http))
        return _token_in(app.acquire_token_for_client([sign_in.scope]), sign_in)

    return _asked(sign_in, ask)


def _client_credential(sign_in: SignIn, secret: Secret) -> str | dict[str, str]:
    if sign_in.certificate is None:
        return secret.reveal()
    return client_certificate(sign_in.certificate, secret)


def _without_a_person(sign_in: SignIn, kept: Token) -> Token | IngestError:
    """By the refresh token that msal keeps in its notes; with every renewal there may come another one."""

    def ask(http: Http) -> Token | IngestError:
        app, notes = _person_app(sign_in, http, kept.notes)
        accounts = app.get_accounts()
        if not accounts:
            return TokenMissing(**sign_in.facts)
        told = app.acquire_token_silent_with_error([sign_in.scope], accounts[0], force_refresh=True)
        token = _token_in(told or {}, sign_in)
        return token if isinstance(token, IngestError) else _noted(token, notes, kept.user)

    return _asked(sign_in, ask)


def _by_code(
    sign_in: SignIn, show: Callable[[DeviceCode], None], wait: Callable[[float], object]
) -> Token | IngestError:
    def ask(http: Http) -> Token | IngestError:
        app, notes = _person_app(sign_in, http, None)
        flow = app.initiate_device_flow([sign_in.scope])
        code = _code_in(flow, sign_in)
        if isinstance(code, IngestError):
            return code
        show(code)
        told = _polled(app, flow, code.seconds, wait)
        token = _token_in(told, sign_in)
        if isinstance(token, IngestError):
            return token
        user = _who(told)
        if sign_in.login_as and user and user.casefold() != sign_in.login_as.casefold():
            return TokenRefused(**sign_in.facts, reason="another", user=user)
        return _noted(token, notes, user)

    return _asked(sign_in, ask)


def _polled(
    app: "msal.PublicClientApplication",
    flow: dict[str, Any],
    seconds: float,
    wait: Callable[[float], object],
) -> Mapping[str, Any]:
    """Asks until the person is done, as often as the service allows, and no longer than the code is good for.

    msal's own loop sleeps, and does not even that where the interval is 0: it is left after one question.
    """
    ends = time.monotonic() + seconds
    while True:
        flow["interval"] = min(max(flow["interval"], _SHORTEST_WAIT), _LONGEST_WAIT)
        wait(float(flow["interval"]))
        told: Mapping[str, Any] = app.acquire_token_by_device_flow(flow, exit_condition=lambda _flow: True)
        if told.get("error") not in {"authorization_pending", "slow_down"}:
            return told
        if time.monotonic() >= ends:
            return {"error": "expired_token"}


def _asked(sign_in: SignIn, ask: Callable[[Http], Token | IngestError]) -> Token | IngestError:
    """Whatever msal raises, as an error of ours that holds none of its frames."""
    with Http() as http:
        try:
            return ask(http)
        except IngestError as error:
            error.__context__ = error.__cause__ = None
            told = {**sign_in.facts, **error.facts}
            return type(error)(**told)
        except ImportError:
            return LibraryMissing(**sign_in.facts, reason="msal")
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError) as error:
            if http.refusal:
                return _refusal(http.refusal, sign_in)
            return AuthorityUnreachable(**sign_in.facts, reason="not understood", code=type(error).__name__)


def _library() -> Any:
    """The library, mute: its log tells the service's answers and the person's code word by word."""
    import msal

    logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
    return msal


def _common(sign_in: SignIn, http: Http) -> dict[str, Any]:
    """The authority is taken as it was named: no other host is asked whether it is one."""
    return {
        "client_id": sign_in.client_id,
        "authority": sign_in.authority,
        "http_client": http,
        "instance_discovery": False,
    }


def _person_app(sign_in: SignIn, http: Http, notes: Secret | None) -> tuple[Any, Any]:
    library = _library()
    cache = library.SerializableTokenCache()
    if notes is not None:
        cache.deserialize(notes.reveal())
    return library.PublicClientApplication(token_cache=cache, **_common(sign_in, http)), cache


def _noted(token: Token, notes: Any, user: str | None) -> Token:
    """With what msal needs for a renewal, without what it does not: access token and identity."""
    kept = json.loads(notes.serialize())
    for name in ("AccessToken", "IdToken"):
        kept.pop(name, None)
    return replace(token, notes=Secret(json.dumps(kept)), user=user)


def _token_in(told: Mapping[str, Any], sign_in: SignIn) -> Token | IngestError:
    """The token of an answer; a token with other characters than RFC 6750 has could say more than it should."""
    access = told.get("access_token")
    if access is None:
        return _refusal(told, sign_in)
    seconds = _number(told.get("expires_in"), 0.0)
    if not isinstance(access, str) or not _BEARER.fullmatch(access):
        return AuthorityUnreachable(**sign_in.facts, reason="not understood")
    now = time.time()
    return Token(Secret(access), now + min(max(seconds, 0.0), LONGEST_SECONDS), got=now)


def _refusal(told: Mapping[str, Any], sign_in: SignIn) -> IngestError:
    shown: Shown = "certificate" if sign_in.certificate else "secret"
    return refusal_of(told, "code" if sign_in.flow == "device" else shown, **sign_in.facts)


def _code_in(flow: Mapping[str, Any], sign_in: SignIn) -> DeviceCode | IngestError:
    """What the service says to show: an https address and a short code, else nothing is shown."""
    if "error" in flow:
        return _refusal(flow, sign_in)
    address, code = flow.get("verification_uri"), flow.get("user_code")
    seconds = min(max(_number(flow.get("expires_in"), 900.0), 0.0), _LONGEST_CODE)
    shown = (
        text for text in (address, code) if isinstance(text, str) and text.isascii() and text.isprintable()
    )
    if len(list(shown)) < 2 or not host_of(str(address)) or max(len(str(address)), len(str(code))) > _SHOWN:
        return AuthorityUnreachable(**sign_in.facts, reason="not understood")
    return DeviceCode(str(address), str(code), seconds)


def _who(told: Mapping[str, Any]) -> str | None:
    """Who signed in, as the service names them; foreign text."""
    claims = told.get("id_token_claims")
    name = claims.get("preferred_username") if isinstance(claims, dict) else None
    return name[:_SHOWN] if isinstance(name, str) else None


def _number(value: object, default: float) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]  # anything may stand in JSON
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) else default
