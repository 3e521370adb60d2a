"""The HTTP that msal speaks, bounded: https alone, no redirect, no answer without end, nothing of it in an error.

msal takes any object with `get` and `post`. Proxies (`HTTPS_PROXY`, `NO_PROXY`) and authorities (`REQUESTS_CA_BUNDLE`)
are those of the environment, as requests reads them; a password in ~/.netrc is not sent along.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from ingest.errors import AuthorityUnreachable, IngestError, LibraryMissing

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 20.0
ANSWER_SECONDS = 45.0
MAX_BYTES = 1024 * 1024  # the answers of Microsoft's are some kB
CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What msal reads of a response; `text` is JSON, always."""

    status_code: int
    text: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    def raise_for_status(self) -> None:
        """Nothing: what is no answer of the service's own has been refused before."""


class Http:
    """A context manager; raises AuthorityUnreachable and LibraryMissing. `refusal` is the last answer if its status was 4xx, else {}."""

    def __init__(self) -> None:
        self.refusal: Mapping[str, Any] = {}

    def __enter__(self) -> Self:
        try:
            import requests
        except ImportError:
            raise LibraryMissing(reason="requests") from None
        self._session = requests.Session()
        self._session.auth = lambda request: request  # else requests asks ~/.netrc
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, url: str, **given: Any) -> Answer:
        return self._ask("GET", url, given)

    def post(self, url: str, **given: Any) -> Answer:
        return self._ask("POST", url, given)

    def close(self) -> None:
        """Closed by the `with` block."""

    def _ask(self, method: str, url: str, given: Mapping[str, Any]) -> Answer:
        """Errors are returned and raised here: requests' own hold the body that was sent, secrets and all."""
        answer = self._attempt(method, url, given)
        if isinstance(answer, IngestError):
            raise answer
        return answer

    def _attempt(self, method: str, url: str, given: Mapping[str, Any]) -> Answer | AuthorityUnreachable:
        from requests.exceptions import RequestException

        host = host_of(url)
        if host is None:
            return AuthorityUnreachable(reason="not https")
        fields = {name: given.get(name) for name in ("params", "data", "headers")}
        patience = (CONNECT_SECONDS, SILENCE_SECONDS)
        try:
            with self._session.request(
                method, url, **fields, timeout=patience, allow_redirects=False, stream=True
            ) as response:
                return self._read(response, host)
        except (RequestException, OSError, ValueError) as error:
            return AuthorityUnreachable(host=host, reason=_reason(error))

    def _read(self, response: "requests.Response", host: str) -> Answer | AuthorityUnreachable:
        status = response.status_code
        if 300 <= status < 400:
            return AuthorityUnreachable(host=host, reason="redirect")
        if status == 429 or status >= 500:
            return AuthorityUnreachable(host=host, reason=f"HTTP {status}")
        body = _bounded(response)
        told = None if body is None else _object(body)
        if body is None or told is None:
            return AuthorityUnreachable(host=host, reason="not understood")
        self.refusal = told if status >= 400 else {}
        return Answer(status, body.decode("utf-8", "replace"), dict(response.headers))


def host_of(url: str) -> str | None:
    """The host of an https address, with its port where it is not the usual one; None for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        return None
    return parts.hostname if port in {None, 443} else f"{parts.hostname}:{port}"


def _bounded(response: "requests.Response") -> bytes | None:
    """The body, or None for one that is too long or takes too long."""
    ends = time.monotonic() + ANSWER_SECONDS
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES or time.monotonic() > ends:
            return None
    return bytes(body)


def _object(body: bytes) -> dict[str, Any] | None:
    """A JSON object: msal takes nothing else apart without a stumble."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _reason(error: Exception) -> str:
    """A word for what went wrong on the way; the library's own sentence may name a proxy with its password."""
    from requests import exceptions

    kinds: tuple[tuple[type[Exception], str], ...] = (
        (exceptions.ProxyError, "proxy"),
        (exceptions.SSLError, "certificate"),
        (exceptions.Timeout, "silent"),
        (TimeoutError, "silent"),
        (exceptions.ConnectionError, "no connection"),
    )
    found = next((word for kind, word in kinds if isinstance(error, kind)), None)
    if found is None and isinstance(error, OSError) and "CA certificate bundle" in str(error):
        return "no bundle"
    return found or type(error).__name__
