"""A real SMTP server on loopback that keeps what it is given, and refuses what it is told to refuse."""

import base64
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.servers import Certificates

USER, PASSWORD = "aterkom@statenssc.se", "hemligt"


@dataclass
class MailDrop:
    """aiosmtpd's handler: `mails` are (recipient, bytes) as they came; `refused` are answers by recipient."""

    port: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    at_end: str = "250 OK"
    tries: int = 0
    token: str = ""  # the one that signs in

    async def handle_RCPT(  # noqa: N802 (the name that aiosmtpd looks for)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.at_end.startswith("250"):
            self.mails += [(address, envelope.content) for address in envelope.rcpt_tos]
        return self.at_end

    def authenticator(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        self.tries += 1
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802
        """As Google and Microsoft do it: what is amiss comes as a challenge, which is answered with nothing."""
        return await self._by_token(server, args, f"user={USER}\1auth=Bearer {self.token}\1\1")

    async def auth_OAUTHBEARER(self, server: Any, args: list[str]) -> AuthResult:  # noqa: N802
        place = f"host=localhost\1port={self.port}\1"
        return await self._by_token(server, args, f"n,a={USER},\1{place}auth=Bearer {self.token}\1\1")

    async def _by_token(self, server: Any, args: list[str], wanted: str) -> AuthResult:
        self.tries += 1
        if self.token and base64.b64decode(args[1]).decode() == wanted:
            return AuthResult(success=True, auth_data=USER)
        await server.challenge_auth('{"status":"400"}')
        return AuthResult(success=False, handled=False)

    def letters(self) -> dict[str, EmailMessage]:
        """The last mail of each recipient, parsed."""
        return {to: message_from_bytes(raw, policy=policy.default) for to, raw in self.mails}


@contextmanager
def maildrop(
    certificates: Certificates, security: str = "tls", cert: str | None = None
) -> Iterator[MailDrop]:
    """With implicit TLS, STARTTLS or neither; whoever signs in has to be USER."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert or certificates.cert_file, certificates.key_file if cert is None else None)
    drop = MailDrop()
    options: dict[str, Any] = {"authenticator": drop.authenticator, "auth_require_tls": security != "plain"}
    if security == "tls":
        options["ssl_context"] = context
        options["auth_require_tls"] = False  # aiosmtpd knows of TLS that STARTTLS has begun alone
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        drop.port = probe.getsockname()[1]
    controller = Controller(drop, hostname="127.0.0.1", port=drop.port, **options)
    controller.start()
    try:
        yield drop
    finally:
        controller.stop()
