"""A sign-in service on loopback: https with a throw-away certificate, the device code flow and client credentials.

It answers what a test puts into it, counts, and remembers everything that it was told.
"""

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.servers import Certificates, access_token

TENANT = "6f7c1a52-0000-4000-8000-5c5c5c5c5c5c"
CLIENT_ID = "2b0e4d9a-1111-4111-8111-0a0a0a0a0a0a"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

Answer = dict[str, Any] | bytes
Post = tuple[str, dict[str, str]]


@dataclass
class Authority:
    """`answers` by grant type: a list to be used up (an `int` before an answer is its status), else what is usual."""

    port: int = 0
    mailbox: str = "brevlada@myndighet.example"
    person: str = "anna@myndighet.example"
    code: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, list[tuple[int, Answer]]] = field(default_factory=dict, repr=False)
    posts: list[Post] = field(default_factory=list, repr=False)
    gets: list[str] = field(default_factory=list)
    seconds: int = 3600
    held: threading.Event | None = None
    asked: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.url}/{TENANT}"

    def grants(self) -> list[str]:
        """The grant types that were asked for, in their order."""
        return [told["grant_type"] for _, told in self.posts if "grant_type" in told]

    def refuse(self, grant: str, *codes: int, error: str = "invalid_grant") -> None:
        """The next answer to `grant` is a refusal as Microsoft words it."""
        said = " ".join(f"AADSTS{code}: hemligt-ord Trace ID: 0" for code in codes)
        told = {"error": error, "error_description": said, "error_codes": list(codes)}
        self.answers.setdefault(grant, []).append((400, told))

    def get(self, path: str) -> tuple[int, Answer]:
        self.gets.append(path)
        if not path.startswith(f"/{TENANT}/"):
            said = "AADSTS90002: Tenant not found."
            return 400, {"error": "invalid_tenant", "error_description": said, "error_codes": [90002]}
        base = f"{self.address}/oauth2/v2.0"
        told = {
            "issuer": f"{self.address}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "device_authorization_endpoint": f"{base}/devicecode",
        }
        return 200, {**told, **self.discovery}

    def post(self, path: str, told: dict[str, str]) -> tuple[int, Answer]:
        self.posts.append((path, told))
        self.asked.set()
        if self.held is not None:
            self.held.wait(30)
        grant = told.get("grant_type", "code")
        waiting = self.answers.get(grant)
        if waiting:
            return waiting.pop(0)
        return 200, self._code() if grant == "code" else self._tokens(grant)

    def _code(self) -> Answer:
        told = {
            "device_code": "hemlig-apparatkod",
            "user_code": "ABCD-1234",
            "verification_uri": f"{self.url}/device",
            "expires_in": 900,
            "interval": 0,
            "message": "x",
        }
        return {**told, **self.code}

    def _tokens(self, grant: str) -> Answer:
        number = len(self.posts)
        told = {
            "token_type": "Bearer",
            "access_token": access_token(self.mailbox, jti=str(number)),
            "expires_in": self.seconds,
        }
        if grant == "client_credentials":
            return told
        now = int(time.time())
        identity = access_token(
            "",
            aud=CLIENT_ID,
            sub="s",
            preferred_username=self.person,
            oid="o",
            tid=TENANT,
            exp=now + 3600,
            email=None,
        )
        client_info = "eyJ1aWQiOiJvIiwidXRpZCI6InQifQ"  # {"uid":"o","utid":"t"}
        return {
            **told,
            "refresh_token": f"hemlig-fornyelse-{number}",
            "id_token": identity,
            "client_info": client_info,
            "scope": "https://outlook.office.com/IMAP.AccessAsUser.All",
        }


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(*authority.get(urlsplit(self.path).path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(*authority.post(self.path, told))

        def _answer(self, status: int, answer: Answer) -> None:
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status in {302, 307}:
                self.send_header("Location", f"{authority.url}/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    return Handler


@contextlib.contextmanager
def answering(authority: Authority, cert_file: str) -> Iterator[Authority]:
    """The service on a port of its own, for as long as the block lasts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert_file)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(authority)) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who hangs up is no error here
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        authority.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield authority
        finally:
            server.shutdown()
            thread.join(10)


@pytest.fixture
def authority(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """A sign-in service whose certificate this process trusts, by the variable that an administrator would set."""
    pytest.importorskip("msal", reason="msal is missing; get it with: pip install 'aterkom[oauth]'")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificates.ca_file)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with answering(Authority(), certificates.cert_file) as service:
        yield service
