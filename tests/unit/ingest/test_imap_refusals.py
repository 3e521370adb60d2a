"""Before a secret leaves: every connection that is not what it should be is given up, and not one byte of it was said.

The server here records all that it is sent, before and inside TLS, whether it makes lines or not.
"""

import base64
import contextlib
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from ingest.errors import (
    ArgumentRefused,
    IngestError,
    PlainRefused,
    ProtocolError,
    ServerUnreachable,
    SignInRefused,
    TlsMissing,
    TlsRefused,
)
from ingest.imap import ImapConfig, ImapSource
from ingest.imap_wire import Limits
from ingest.secrets import Secret
from tests.servers import Certificates

SECRET = "Hemlighet.som-ingen+far_hora~42"
USER = "brevlada@myndighet.example"
LIMITS = Limits(connect=5.0, silence=2.0, command=5.0, session=10.0)
AUTHS = ("password", "xoauth2", "oauthbearer")
OK = b"* OK ready\r\n"
OFFERED = b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER\r\n"


@dataclass
class Recorder:
    """Says `replies` in turn, one for each thing it hears, `%T` being its tag; remembers every byte."""

    greeting: bytes = OK
    replies: tuple[bytes, ...] = ()
    tls: ssl.SSLContext | None = None
    starttls: ssl.SSLContext | None = None
    heard: bytearray = field(default_factory=bytearray)
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            connection.settimeout(10)
            with contextlib.closing(self._secured(connection, self.tls)) as secured:
                self._talk(secured)

    def _secured(self, connection: socket.socket, context: ssl.SSLContext | None) -> socket.socket:
        return connection if context is None else context.wrap_socket(connection, server_side=True)

    def _talk(self, connection: socket.socket) -> None:
        connection.sendall(self.greeting)
        for reply in self.replies:
            tag = self._hear(connection).partition(b" ")[0]
            connection.sendall(reply.replace(b"%T", tag))
            if self.starttls is not None and b"begin TLS" in reply:
                connection = self._secured(connection, self.starttls)
        while self._hear(connection):
            pass

    def _hear(self, connection: socket.socket) -> bytes:
        data = connection.recv(65536)
        self.heard += data
        return data

    def said(self, secret: str) -> bool:
        """Whether the secret, or enough of it to matter, is in what was heard: plain or in base64, however aligned."""
        plain = bytes(self.heard)
        for line in plain.replace(b"=", b"").split():
            with contextlib.suppress(ValueError):
                plain += base64.b64decode(line + b"=" * (-len(line) % 4), validate=True)
        return any(secret[at : at + 6].encode() in plain for at in range(len(secret) - 5))


@pytest.fixture
def recording() -> Iterator[Callable[..., Recorder]]:
    with contextlib.ExitStack() as stack:

        def start(**made: Any) -> Recorder:
            recorder = Recorder(**made)
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            recorder.port = listener.getsockname()[1]
            thread = threading.Thread(target=recorder.serve, args=(listener,), daemon=True)
            thread.start()
            stack.callback(thread.join, 10)
            stack.callback(_unblock, listener)
            return recorder

        yield start


def _unblock(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)


def refused(recorder: Recorder, **changes: Any) -> IngestError:
    """Tries to sign in, and checks what the server heard of it."""
    settings: dict[str, Any] = {"host": "127.0.0.1", "user": USER, "port": recorder.port, "limits": LIMITS}
    with (
        pytest.raises(IngestError) as caught,
        ImapSource(ImapConfig(**{**settings, **changes}), Secret(SECRET)),
    ):
        pass
    assert not recorder.said(SECRET)
    assert SECRET not in str(caught.value)
    return caught.value


def serving(pem: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_the_recorder_would_have_noticed(recording: Callable[..., Recorder]) -> None:
    """The control: over a connection that is as it should be, the secret is heard."""
    for auth in AUTHS:
        recorder = recording(
            replies=(OFFERED + b"%T OK done\r\n", b"+ \r\n", b"%T NO no\r\n", b"%T NO no\r\n")
        )
        config = ImapConfig("127.0.0.1", USER, "plain", recorder.port, auth=auth, limits=LIMITS)  # type: ignore[arg-type]
        with pytest.raises(IngestError), ImapSource(config, Secret(SECRET)):
            pass
        assert recorder.said(SECRET)


@pytest.mark.parametrize("auth", AUTHS)
@pytest.mark.parametrize(
    ("greeting", "replies", "error"),
    [
        (OK, (OFFERED.replace(b" STARTTLS", b"") + b"%T OK done\r\n",), TlsMissing),
        (OK, (OFFERED + b"%T OK done\r\n", b"%T NO not now\r\n"), TlsMissing),
        (OK, (OFFERED + b"%T OK done\r\n", b"%T BAD what\r\n"), TlsMissing),
        (OK, (OFFERED + b"%T OK done\r\n", b"%T OK go\r\nno TLS at all, only words"), ProtocolError),
        (
            OK,
            (OFFERED + b"%T OK done\r\n", b"%T OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"),
            IngestError,
        ),
        (OK, (OFFERED + b"%T OK done\r\n", b"%T OK begin\r\n* PREAUTH x\r\n"), ProtocolError),
        (b"* PREAUTH welcome\r\n", (OFFERED + b"%T OK done\r\n",), TlsMissing),
        (b"* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n", (OFFERED + b"%T OK done\r\n",), TlsMissing),
        (
            b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n",
            (b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n",),
            TlsMissing,
        ),
        (b"* BYE no\r\n", (), ServerUnreachable),
    ],
    ids=[
        "stripped",
        "NO",
        "BAD",
        "words",
        "injected",
        "injected PREAUTH",
        "PREAUTH",
        "PREAUTH 2",
        "code",
        "BYE",
    ],
)
def test_starttls_that_is_taken_away(
    recording: Callable[..., Recorder],
    auth: str,
    greeting: bytes,
    replies: tuple[bytes, ...],
    error: type[IngestError],
) -> None:
    failure = refused(recording(greeting=greeting, replies=replies), security="starttls", auth=auth)
    assert isinstance(failure, error)
    assert failure.exit_code == 4


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("kind", ["wrong_name_file", "expired_file", "self-signed", "stranger"])
def test_a_certificate_that_does_not_hold(
    recording: Callable[..., Recorder], certificates: Certificates, tmp_path: Path, security: str, kind: str
) -> None:
    pem = {"self-signed": str(tmp_path / "self.pem"), "stranger": certificates.cert_file}
    if kind == "self-signed":
        _self_signed(tmp_path / "self.pem")
    context = serving(pem[kind] if kind in pem else getattr(certificates, kind))
    trusted = certificates.stranger_ca_file if kind == "stranger" else certificates.ca_file
    if security == "tls":
        recorder = recording(tls=context)
    else:
        recorder = recording(replies=(OFFERED + b"%T OK done\r\n", b"%T OK begin TLS\r\n"), starttls=context)
    failure = refused(recorder, security=security, ca_file=trusted)
    assert isinstance(failure, TlsRefused)
    assert failure.reason


def _self_signed(path: Path) -> None:
    """A certificate for 127.0.0.1 that vouches for itself alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))


def _old(context: ssl.SSLContext) -> ssl.SSLContext:
    """TLS 1.1 and no newer, which Python warns of and OpenSSL allows at its lowest level."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1_1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def test_a_server_that_speaks_tls_1_1_alone(
    recording: Callable[..., Recorder], certificates: Certificates
) -> None:
    control = recording(tls=_old(serving(certificates.cert_file)))
    with socket.create_connection(("127.0.0.1", control.port), 5) as plain:
        client = _old(ssl.create_default_context(cafile=certificates.ca_file))
        with client.wrap_socket(plain, server_hostname="127.0.0.1") as secured:
            assert secured.version() == "TLSv1.1"
    recorder = recording(tls=_old(serving(certificates.cert_file)))
    failure = refused(recorder, security="tls", ca_file=certificates.ca_file)
    assert isinstance(failure, TlsRefused)
    assert failure.reason
    assert "VERSION" in failure.reason.upper() or "ALERT" in failure.reason.upper()


@pytest.mark.parametrize("auth", AUTHS)
def test_preauth_inside_tls(
    recording: Callable[..., Recorder], certificates: Certificates, auth: str
) -> None:
    """Somebody else's mailbox, for all we know: it is not read."""
    recorder = recording(
        greeting=b"* PREAUTH welcome\r\n",
        replies=(OFFERED + b"%T OK done\r\n",),
        tls=serving(certificates.cert_file),
    )
    failure = refused(recorder, security="tls", ca_file=certificates.ca_file, auth=auth)
    assert (type(failure), failure.reason) == (ProtocolError, "PREAUTH")


@pytest.mark.parametrize("host", ["imap.example", "192.0.2.7", "2001:db8::7", "localhost.example"])
@pytest.mark.parametrize("auth", AUTHS)
def test_unencrypted_to_another_machine(recording: Callable[..., Recorder], host: str, auth: str) -> None:
    recorder = recording()
    failure = refused(recorder, security="plain", host=host, auth=auth)
    assert (type(failure), failure.exit_code) == (PlainRefused, 2)
    assert recorder.heard == b""


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
@pytest.mark.parametrize("offered", [b"AUTH=PLAIN", b"AUTH=PLAIN AUTH=LOGIN", b""])
def test_a_token_is_not_said_as_a_password(
    recording: Callable[..., Recorder], auth: str, offered: bytes
) -> None:
    recorder = recording(replies=(b"* CAPABILITY IMAP4rev1 " + offered + b"\r\n%T OK done\r\n",))
    failure = refused(recorder, security="plain", auth=auth)
    assert isinstance(failure, SignInRefused)
    assert b"AUTHENTICATE" not in recorder.heard
    assert b"LOGIN" not in recorder.heard


def test_a_password_is_not_said_where_login_is_switched_off(recording: Callable[..., Recorder]) -> None:
    recorder = recording(replies=(b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2\r\n%T OK done\r\n",))
    assert isinstance(refused(recorder, security="plain"), SignInRefused)


BAD = ["\r", "\n", "\0", "\r\nA1 LOGOUT"]


@pytest.mark.parametrize("auth", AUTHS)
@pytest.mark.parametrize("bad", BAD, ids=ascii)
def test_line_breaks_in_user_and_host(recording: Callable[..., Recorder], auth: str, bad: str) -> None:
    for changes in ({"user": USER + bad}, {"host": f"127.0.0.1{bad}"}):
        recorder = recording(replies=(OFFERED + b"%T OK done\r\n",))
        failure = refused(recorder, **{"security": "plain", "auth": auth, **changes})
        assert (type(failure), failure.exit_code) == (ArgumentRefused, 2)
        assert b"LOGOUT" not in recorder.heard


@pytest.mark.parametrize("auth", AUTHS)
@pytest.mark.parametrize("bad", BAD, ids=ascii)
def test_line_breaks_in_the_secret(recording: Callable[..., Recorder], auth: str, bad: str) -> None:
    recorder = recording(replies=(OFFERED + b"%T OK done\r\n",))
    config = ImapConfig("127.0.0.1", USER, "plain", recorder.port, auth=auth, limits=LIMITS)  # type: ignore[arg-type]
    with pytest.raises(ArgumentRefused), ImapSource(config, Secret(SECRET + bad)):
        pass
    assert not recorder.said(SECRET)


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
@pytest.mark.parametrize("bad", ["\1", "\1\1", "\t", "\x7f", "\x1b"], ids=ascii)
def test_control_characters_between_what_a_mechanism_says(
    recording: Callable[..., Recorder], auth: str, bad: str
) -> None:
    r"""\1 ends a field there: a user name could say another user's."""
    recorder = recording(replies=(OFFERED + b"%T OK done\r\n",))
    failure = refused(recorder, security="plain", auth=auth, user=f"{USER}{bad}user=annan")
    assert (type(failure), failure.reason) == (ArgumentRefused, "user")
