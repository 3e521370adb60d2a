"""The bytes between us and an IMAP server: sockets, TLS, time limits and size limits under the stdlib's imaplib.

imaplib reads whatever it is told to: a literal of 10 GB, a line without end, one byte every 29 seconds. And it keeps
the last commands, LOGIN among them, for a traceback. This module replaces its reading and keeps nothing.
"""

import contextlib
import imaplib
import io
import ipaddress
import re
import selectors
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ingest.errors import (
    CaFileUnreadable,
    IngestError,
    MailboxClosed,
    PlainRefused,
    ProtocolError,
    ServerTimeout,
    ServerUnreachable,
    SourceError,
    TlsMissing,
    TlsRefused,
)

Security = Literal["tls", "starttls", "plain"]

RECEIVE = 64 * 1024
_COMMAND = re.compile(r"\Acommand: [A-Z]{1,20} => ")  # what imaplib puts before a server's words


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and a count. `silence` is for each single read, the others for all of what they name."""

    connect: float = 30.0
    silence: float = 30.0
    command: float = 900.0
    session: float = 6 * 3600.0
    line: int = 32 * 1024 * 1024  # a SEARCH over three million mails is one line
    literal: int = 256 * 1024 * 1024  # no server known takes larger mails
    response: int = 512 * 1024 * 1024
    lines: int = 3_000_000  # in a response: imaplib keeps each, and the flags of a million mails are as many


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name alone: `localhost`, 127.0.0.0/8, ::1. Names are not looked up."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def tls_context(ca_file: str | None) -> ssl.SSLContext:
    """Verified, by the system's authorities or `ca_file` alone; TLS 1.2 at least; raises CaFileUnreadable."""
    try:
        context = ssl.create_default_context(cafile=str(Path(ca_file).expanduser()) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise CaFileUnreadable(ref=ca_file, reason=error.strerror or type(error).__name__) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Wire(imaplib.IMAP4):
    """imaplib's client over a connection of ours. Raises our errors for time, size, TLS and a broken line."""

    def __init__(self, host: str, port: int, security: Security, ca_file: str | None, limits: Limits) -> None:
        if security == "plain" and not is_loopback(host):
            raise PlainRefused(host=host)
        self.limits = limits
        self.security = security
        self._context = None if security == "plain" else tls_context(ca_file)
        self._buffer = bytearray()
        self._received = self._lines = 0
        self._session_ends = time.monotonic() + limits.session
        self._command_ends = time.monotonic() + limits.command
        self._name: dict[str, Any] = {"host": host, "port": port}
        super().__init__(host, port)

    # What imaplib calls: open, read, readline, send, shutdown.

    def open(self, host: str = "", port: int = 993, timeout: float | None = None) -> None:  # noqa: ARG002
        self.host, self.port = host, port
        self.sock = self._connected()
        if self.security == "tls":
            self._wrap()

    def read(self, size: int) -> bytes:
        if size > self.limits.literal:
            raise ProtocolError(**self._name, reason=f"literal of {size} bytes")
        if size <= len(self._buffer):
            return self._take(size)
        whole = io.BytesIO()  # gives its bytes away without a copy, and a mail may be large
        while (missing := size - whole.tell()) > 0:
            if not self._buffer:
                self._receive()
            whole.write(self._take(min(missing, len(self._buffer))))
        return whole.getvalue()

    def readline(self) -> bytes:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > self.limits.line:
                raise ProtocolError(**self._name, reason="line without end")
            self._receive()
        self._lines += 1
        if self._lines > self.limits.lines:
            raise ProtocolError(**self._name, reason=f"response of more than {self.limits.lines} lines")
        return self._take(end + 1)

    def send(self, data: bytes) -> None:  # type: ignore[override]
        """A command begins: its own deadline begins with it."""
        now = time.monotonic()
        self._command_ends = now + self.limits.command
        self._received = self._lines = 0
        self.sock.settimeout(self._patience(now))
        try:
            self.sock.sendall(data)
        except TimeoutError:
            raise ServerTimeout(**self._name, reason="does not read") from None
        except OSError as error:
            raise ServerUnreachable(**self._name, reason=error.strerror) from None

    def shutdown(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def cut(self) -> None:
        """From another thread: whoever reads or writes here is told that the connection has ended."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(
                self.sock, socket.SHUT_RDWR
            )  # under TLS, whose state is the other thread's

    def readable(self, seconds: float) -> bool:
        """Waits for the server to say something, `seconds` at most; also where it ends the connection."""
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.sock, selectors.EVENT_READ)
            while not self._buffer:
                self.sock.settimeout(0)
                try:
                    self._buffer += self.sock.recv(RECEIVE)
                    break
                except (BlockingIOError, ssl.SSLWantReadError):  # TLS has messages of its own
                    if not selector.select(max(0.0, until - time.monotonic())):
                        return False
                except OSError:
                    break  # whoever reads next is told
        return True

    def hurry(self, seconds: float) -> None:
        """What is still to be said may take no longer than this."""
        self._session_ends = min(self._session_ends, time.monotonic() + seconds)

    def begin_tls(self) -> None:
        """STARTTLS, and nothing that was said before it is believed after it.

        Raises TlsMissing where it is not offered or refused, or where the server signs us in before it (PREAUTH).
        """
        if self.state != "NONAUTH":
            raise TlsMissing(**self._name, reason="PREAUTH")
        if "STARTTLS" not in self.capabilities:
            raise TlsMissing(**self._name, reason="STARTTLS not offered")
        try:
            kind, _ = self._simple_command("STARTTLS")
        except imaplib.IMAP4.error:
            kind = "BAD"
        if kind != "OK":
            raise TlsMissing(**self._name, reason="STARTTLS refused")
        if self._buffer:
            raise ProtocolError(**self._name, reason="data between STARTTLS and TLS")
        self._wrap()
        self.untagged_responses.clear()
        self._get_capabilities()

    # imaplib's own debugging would keep and print commands, passwords among them.

    def _mesg(self, s: str, secs: float | None = None) -> None:
        """Say nothing."""

    def _log(self, line: str) -> None:
        """Keep nothing."""

    def _connected(self) -> socket.socket:
        """The first address that answers; all of them together get the limit, none of them more than half."""
        ends = time.monotonic() + self.limits.connect
        reason: str | None = "no address"
        timed_out = False
        for family, kind, protocol, address in self._addresses():
            left = ends - time.monotonic()
            if left <= 0:
                break
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(min(left, self.limits.connect / 2))
            # imaplib sends an answer and its line end apart: Nagle's algorithm would hold the second for 40 ms.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                connection.connect(address)
            except OSError as error:
                connection.close()
                reason, timed_out = error.strerror, isinstance(error, TimeoutError)
            else:
                return connection
        if timed_out:
            raise ServerTimeout(**self._name, reason="connect")
        raise ServerUnreachable(**self._name, reason=reason)

    def _addresses(self) -> list[tuple[int, int, int, Any]]:
        """What the name stands for; without encryption nothing but this machine counts, whatever the name says."""
        try:
            found = socket.getaddrinfo(self.host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "no such name"
            raise ServerUnreachable(**self._name, reason=reason) from None
        return [
            (family, kind, protocol, address)
            for family, kind, protocol, _, address in found
            if self.security != "plain" or is_loopback(str(address[0]))
        ]

    def _wrap(self) -> None:
        """The handshake; the connection is closed if it fails."""
        if self._context is None:
            raise TlsMissing(**self._name, reason="not configured")
        self.sock.settimeout(self._patience(time.monotonic()))
        try:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host.strip("[]"))
        except IngestError:
            raise
        except OSError as error:
            self.sock.close()
            raise _handshake_error(error, self._name) from None

    def _patience(self, now: float) -> float:
        """Seconds until the next of three limits; never 0, which would mean non-blocking."""
        left = min(self.limits.silence, self._command_ends - now, self._session_ends - now)
        return max(left, 0.001)

    def _receive(self) -> None:
        """One read from the server into the buffer."""
        now = time.monotonic()
        if now >= min(self._command_ends, self._session_ends):
            raise ServerTimeout(**self._name, reason="deadline")
        self.sock.settimeout(self._patience(now))
        try:
            data = self.sock.recv(RECEIVE)
        except TimeoutError:
            late = time.monotonic() >= min(self._command_ends, self._session_ends)
            raise ServerTimeout(**self._name, reason="deadline" if late else "silent") from None
        except OSError as error:
            raise ServerUnreachable(**self._name, reason=error.strerror or "connection lost") from None
        if not data:
            raise ServerUnreachable(**self._name, reason="closed by the server")
        self._received += len(data)
        if self._received > self.limits.response:
            raise ProtocolError(**self._name, reason=f"response of more than {self.limits.response} bytes")
        self._buffer += data

    def _take(self, size: int) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken


def broken_off(error: imaplib.IMAP4.error, **facts: Any) -> SourceError:
    """An `abort` of imaplib's means that the line was cut, closed with BYE, or not understood."""
    reason, bye = _told(error)
    if "authenticated but not connected" in reason:  # Exchange: signed in, without a right to this mailbox
        return MailboxClosed(**facts, reason=reason)
    strange = "unexpected" in reason or "unterminated" in reason
    if not strange and (isinstance(error, imaplib.IMAP4.abort) or bye):
        return ServerUnreachable(**facts, reason=reason)
    return ProtocolError(**facts, reason=reason)


def _told(error: imaplib.IMAP4.error) -> tuple[str, bool]:
    """The server's words without imaplib's, as part of a sentence; and whether it was a BYE instead of a welcome."""
    told = error.args[0] if error.args else ""
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    words = _COMMAND.sub("", text).removeprefix("* BYE ")
    return words.strip(" .")[:200], text.startswith("* BYE")


def _handshake_error(error: OSError, name: dict[str, Any]) -> IngestError:
    if isinstance(error, TimeoutError):
        return ServerTimeout(**name, reason="TLS handshake")
    if isinstance(error, ssl.SSLCertVerificationError):
        return TlsRefused(**name, reason=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return TlsRefused(**name, reason=error.reason or "handshake failed")
    return ServerUnreachable(**name, reason=error.strerror or "connection lost")
