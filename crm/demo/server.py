"""A real IMAP server (pymap) on loopback, in a process of its own, filled with the invented mails."""

import contextlib
import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crm.demo.mailbox import INBOX, PASSWORD, USER, load_mails
from crm.errors import DemoUnavailable

HOST = "127.0.0.1"
START = 30.0


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Where the demonstration's mailbox is, and how many mails lie in it."""

    host: str
    port: int
    mails: int


@contextlib.contextmanager
def serve(
    port: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Iterator[DemoServer]:
    """The server, filled, for as long as the block lasts. Raises DemoUnavailable."""
    port = port or _free_port()
    process = _start(port)
    try:
        _wait(process, port)
        yield DemoServer(HOST, port, _fill(port, progress))
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _start(port: int) -> subprocess.Popen[bytes]:
    try:
        import pymap  # noqa: F401 (asked for here, so that its absence is one clear line)
    except ImportError:
        raise DemoUnavailable("pymap") from None
    listen = ["--host", HOST, "--port", str(port), "--no-tls"]
    mailbox = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [sys.executable, "-W", "ignore", "-c", "from pymap.main import main; main()", *listen, *mailbox]
    # A process group of its own: Ctrl+C in the screen is not meant for the server.
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise DemoUnavailable(f"the mail server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1) as connection:
            if connection.recv(4) == b"* OK":
                return
        time.sleep(0.05)
    raise DemoUnavailable("the mail server did not answer")


def _fill(port: int, progress: Callable[[int, int], None] | None) -> int:
    """Puts every mail into its folder, byte for byte (imaplib's own append would rewrite line ends)."""
    mails = list(load_mails())
    with imaplib.IMAP4(HOST, port) as client:
        # Small commands and their answers alternate: without this each waits for the other's acknowledgement.
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.login(USER, PASSWORD)
        for folder in dict.fromkeys(mail.folder for mail in mails):
            if folder != INBOX:
                client.create(folder)
        for done, mail in enumerate(mails, start=1):
            _append(client, mail.folder, mail.raw)
            if progress is not None:
                progress(done, len(mails))
    return len(mails)


def _append(client: imaplib.IMAP4, folder: str, raw: bytes) -> None:
    client.literal = raw  # type: ignore[assignment]  # what append() sets, after it has changed the bytes
    kind, data = client._simple_command("APPEND", folder)  # noqa: SLF001
    if kind != "OK":
        raise DemoUnavailable(str(data))
