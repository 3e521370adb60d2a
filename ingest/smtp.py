"""Mail out: one connection to a server that takes mail, over TLS, and a mail whose last byte is given away knowingly.

Until the line with the single dot has left, a server has accepted nothing (RFC 5321, 4.1.1.4). Whoever sends is told
right before that, so that he can note what from then on may have arrived.
"""

import base64
import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, Self

from ingest.errors import (
    IngestError,
    MailNotTaken,
    RecipientRefused,
    RelayPlainRefused,
    RelayTlsMissing,
    RelayTlsRefused,
    SenderRefused,
    ServerTimeout,
    ServerUnreachable,
    SignInRefused,
    TokenNotAccepted,
    Unanswered,
)
from ingest.imap_signin import NOT_OFFERED, Auth, check_token, token_steps
from ingest.imap_wire import Security, is_loopback, tls_context
from ingest.secrets import Credential, Secret

PORTS: dict[Security, int] = {"tls": 465, "starttls": 587, "plain": 25}
SILENCE = 30.0  # seconds that a server may say nothing
DEADLINE = 80.0  # seconds that signing in, or one mail, may take in all

_MECHANISMS: dict[Auth, tuple[str, ...]] = {
    "password": ("PLAIN", "LOGIN"),
    "xoauth2": ("XOAUTH2",),
    "oauthbearer": ("OAUTHBEARER",),
}
_LOST = (OSError, smtplib.SMTPException)


@dataclass(frozen=True, slots=True)
class RelayConfig:
    """How to reach a server that takes mail. `port` None: the usual one; `user` None: it asks for no sign-in."""

    host: str
    hello: str
    security: Security = "tls"
    port: int | None = None
    user: str | None = None
    ca_file: str | None = None
    auth: Auth = "password"

    @property
    def address(self) -> tuple[str, int]:
        return self.host, self.port or PORTS[self.security]


class Relay:
    """A signed-in connection. Raises IngestErrors alone: those of the line, SignInRefused, and what `send` says.

    A credential that has another secret after a refusal gets one more try, on a connection of its own.
    """

    def __init__(self, config: RelayConfig, credential: Credential | None) -> None:
        if config.security == "plain" and not is_loopback(config.host):
            raise RelayPlainRefused(host=config.host)
        self.config = config
        self._name: dict[str, Any] = {"host": config.host, "port": config.address[1]}
        secret = None if credential is None else credential.current()
        try:
            self._open(secret)
        except SignInRefused:
            other = None if credential is None or secret is None else credential.renewed(secret)
            if other is None:
                raise
            self._open(other)

    def _open(self, secret: Secret | None) -> None:
        with self._told():
            self._client = self._connected()
        try:
            with self._told(), _within(self._client, DEADLINE):
                self._secured()
                self._signed_in(secret)
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it without a word: what was sent is confirmed, and all else must not be taken."""
        self._client.close()

    def send(self, sender: str, recipient: str, mail: bytes, before_end: Callable[[], None]) -> None:
        """Gives one mail away. `before_end` is called once, when nothing but its last byte is left.

        Before that: RecipientRefused, SenderRefused, or an error of the line, and it was not taken. After it:
        MailNotTaken where the server says so, Unanswered where nobody knows.
        """
        with self._told(), _within(self._client, DEADLINE):
            self._addressed(sender, recipient)
            self._client.send(_with_dots_doubled(mail))
        before_end()
        try:
            with _within(self._client, DEADLINE):
                self._client.send(b".\r\n")
                code, said = self._client.getreply()
        except _LOST as error:
            raise Unanswered(**self._name, reason=_reason(error)) from None
        if not 200 <= code < 300:
            raise MailNotTaken(**self._name, recipient=recipient, reason=_words(said))

    def _connected(self) -> smtplib.SMTP:
        host, port = self.config.address
        if self.config.security == "tls":
            context = tls_context(self.config.ca_file)
            return smtplib.SMTP_SSL(host, port, self.config.hello, timeout=SILENCE, context=context)
        return smtplib.SMTP(host, port, self.config.hello, timeout=SILENCE)

    def _secured(self) -> None:
        if self.config.security == "plain":
            connection = self._client.sock
            if connection is None or not is_loopback(str(connection.getpeername()[0])):
                raise RelayPlainRefused(host=self.config.host)
        self._client.ehlo_or_helo_if_needed()
        if self.config.security != "starttls":
            return
        if not self._client.has_extn("starttls"):
            raise RelayTlsMissing(**self._name, reason="STARTTLS not offered")
        code, _ = self._client.starttls(context=tls_context(self.config.ca_file))
        if code != 220:
            raise RelayTlsMissing(**self._name, reason="STARTTLS refused")
        self._client.ehlo_or_helo_if_needed()

    def _signed_in(self, secret: Secret | None) -> None:
        """By one mechanism, once: a server counts each refusal, and smtplib's login would try all that it knows."""
        if self.config.user is None or secret is None:
            return
        offered = self._client.esmtp_features.get("auth", "").upper().split()
        known = _MECHANISMS[self.config.auth]
        mechanism = next((name for name in known if name in offered), None)
        facts = {**self._name, "user": self.config.user}
        if mechanism is None:
            named = "no sign-in offered" if len(known) > 1 else known[0] + NOT_OFFERED
            raise SignInRefused(**facts, reason=named)
        if self.config.auth == "password":
            code, said = self._answer(mechanism, self.config.user, secret)
        else:
            code, said = self._token_answer(mechanism, self.config.user, secret)
        if code in {235, 503}:
            return
        if 400 <= code < 500:
            raise ServerUnreachable(**self._name, reason=_words(said))
        refused = SignInRefused if self.config.auth == "password" else TokenNotAccepted
        raise refused(**facts, reason=_words(said))

    def _token_answer(self, mechanism: str, user: str, secret: Secret) -> tuple[int, bytes]:
        """The server's answer to a token; a refusal may come as a challenge, which wants a word before it ends."""
        check_token(user, secret)
        first, last = token_steps(self.config.auth, self.config.address, user, secret)
        code, said = self._client.docmd("AUTH", f"{mechanism} {_base64(first)}")
        return self._client.docmd(_base64(last)) if code == 334 else (code, said)

    def _answer(self, mechanism: str, user: str, secret: Secret) -> tuple[int, bytes]:
        """The server's answer to a sign-in; what smtplib keeps of it is forgotten at once."""
        client = self._client
        client.user, client.password = user, secret.reveal()
        ways = {"PLAIN": client.auth_plain, "LOGIN": client.auth_login}
        try:
            return client.auth(mechanism, ways[mechanism])
        except smtplib.SMTPAuthenticationError as error:
            said = error.smtp_error
            return error.smtp_code, said if isinstance(said, bytes) else str(said).encode()
        except UnicodeEncodeError:
            return 535, b"not ASCII"
        finally:
            client.user = client.password = ""

    def _addressed(self, sender: str, recipient: str) -> None:
        if not (recipient.isascii() and recipient.isprintable() and " " not in recipient):
            raise RecipientRefused(**self._name, recipient=recipient, reason="no address")
        client = self._client
        client.rset()
        code, said = client.mail(sender)
        if not 200 <= code < 300:
            self._refused(code, SenderRefused(**self._name, sender=sender, reason=_words(said)))
        code, said = client.rcpt(recipient)
        if not 200 <= code < 300:
            raise RecipientRefused(**self._name, recipient=recipient, reason=_words(said))
        code, said = client.docmd("DATA")
        if code != 354:
            self._refused(code, MailNotTaken(**self._name, recipient=recipient, reason=_words(said)))

    def _refused(self, code: int, error: IngestError) -> NoReturn:
        """A code of 4xx means: later. 421 ends the connection."""
        if 400 <= code < 500:
            raise ServerUnreachable(**self._name, reason=error.reason) from None
        raise error

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What smtplib and the system raise, as errors of ours."""
        try:
            yield
        except IngestError:
            raise
        except ssl.SSLCertVerificationError as error:
            raise RelayTlsRefused(**self._name, reason=error.verify_message) from None
        except ssl.SSLError as error:
            raise RelayTlsRefused(**self._name, reason=error.reason or "handshake failed") from None
        except TimeoutError:
            raise ServerTimeout(**self._name, reason="silent") from None
        except (*_LOST, ValueError) as error:
            raise ServerUnreachable(**self._name, reason=_reason(error)) from None


@contextlib.contextmanager
def _within(client: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """A server that says a byte now and then keeps nobody longer than this: the line is cut under it."""
    connection = client.sock
    timer = threading.Timer(seconds, _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: socket.socket | None) -> None:
    if connection is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)  # under TLS, whose state is another thread's


def _with_dots_doubled(mail: bytes) -> bytes:
    """Lines end with CRLF, and one that begins with a dot gets a second (RFC 5321, 4.5.2)."""
    lines = mail.splitlines()
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def _base64(said: bytes) -> str:
    return base64.b64encode(said).decode("ascii")


def _words(said: bytes) -> str:
    return said.decode("utf-8", "replace")[:200].strip()


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "closed by the server"
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _words(said if isinstance(said, bytes) else str(said).encode())
    return getattr(error, "strerror", None) or "connection lost"
