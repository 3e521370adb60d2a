"""SIGTERM, SIGINT and SIGHUP end a sync within five seconds, with 130, whatever it waits for; nothing is left of it."""

import contextlib
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.integration.commands import Machine, ended, said_once
from tests.integration.letters import many
from tests.integration.test_mailboxes import PATIENCE, add, crlf, ends_with_130, gone
from tests.servers import MailServer, Scripted, free_port

SELECTED = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n%T OK [READ-ONLY] done\r\n"
FOUND = {"EXAMINE": SELECTED, "SEARCH": b"* SEARCH 1\r\n", "STATUS": b"%T NO ask otherwise\r\n"}
LISTED = b'* LIST () "/" INBOX\r\n'


def start(machine: Machine, *words: str) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    return ended(machine.start("--lang", "en", *words, stdout=subprocess.DEVNULL))


def said(process: subprocess.Popen[bytes], words: str) -> None:
    """Waits for a line on stderr."""
    assert process.stderr is not None
    assert any(words in line.decode() for line in process.stderr)


class Silent:
    """A server that takes connections and says nothing; `taken` is set when there is one."""

    def __init__(self, listener: socket.socket) -> None:
        self.port: int = listener.getsockname()[1]
        self.taken = threading.Event()
        self._listener = listener
        self._connections: list[socket.socket] = []

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._connections.append(self._listener.accept()[0])
                self.taken.set()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._connections:
            connection.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Silent(listener)
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        yield server
        server.close()
        thread.join(10)


@pytest.mark.parametrize("watch", [(), ("--watch",)], ids=["once", "watch"])
def test_while_a_server_does_not_greet(machine: Machine, silent: Silent, watch: tuple[str, ...]) -> None:
    add(machine, MailServer(silent.port, "anna", "hemligt"))
    with start(machine, "sync", *watch) as process:
        assert silent.taken.wait(PATIENCE)
        ends_with_130(process)


@pytest.mark.parametrize("watch", [(), ("--watch",)], ids=["once", "watch"])
def test_while_mail_does_not_come(
    machine: Machine, scripted: Callable[..., Scripted], watch: tuple[str, ...]
) -> None:
    asked = threading.Event()
    script = scripted(**FOUND, LIST=LISTED, FETCH=None)
    script.heard = _Heard(asked)
    add(machine, MailServer(script.port, "anna", "hemligt"))
    with start(machine, "sync", *watch) as process:
        assert asked.wait(PATIENCE)
        ends_with_130(process)


class _Heard(list[bytes]):
    """Lines that a server has heard; tells when a FETCH is among them."""

    def __init__(self, asked: threading.Event) -> None:
        super().__init__()
        self._asked = asked

    def append(self, line: bytes) -> None:
        super().append(line)
        if b"FETCH" in line:
            self._asked.set()


def test_with_a_command_that_gives_the_secret(machine: Machine) -> None:
    ready = machine.home / "asked"
    with socket.create_server(("127.0.0.1", 0)):
        command = f"command:sh -c 'exec 9>{ready}; exec sleep 600'"
        words = ("--host", "localhost", "--port", str(free_port()), "--security", "plain", "--user", "anna")
        machine("account", "add", "post", *words, "--secret", command)
        with start(machine, "sync") as process:
            while not ready.exists() and process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.01)
            ends_with_130(process)


@pytest.mark.dovecot
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_while_it_watches(machine: Machine, dovecot_mailbox: MailServer, name: str) -> None:
    add(machine, dovecot_mailbox)
    with start(machine, "sync", "--watch") as process:
        said(process, "post: connected; the server tells")
        process.send_signal(getattr(signal, name))
        assert process.wait(5) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == b""
        assert gone(process.pid)


def test_while_it_waits_to_come_back(machine: Machine) -> None:
    add(machine, MailServer(free_port(), "anna", "hemligt"))
    with start(machine, "sync", "--watch") as process:
        said(process, "Next try in")
        ends_with_130(process)
    (row,) = machine("account", "list", "--json").rows
    assert (row["state"], row["problem"]["kind"]) == ("problem", "ServerUnreachable")


@pytest.mark.dovecot
def test_while_it_reads(machine: Machine, dovecot_mailbox: MailServer) -> None:
    letters = [crlf(letter) for letter in many(300)]
    dovecot_mailbox.append("INBOX", *letters)
    add(machine, dovecot_mailbox)
    with start(machine, "sync", "--watch", "-v") as process:
        while not _children(process.pid) and process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        ends_with_130(process)
    assert machine("sync", "--json").rows[0]["new"] in {0, len(letters)}
    assert len(machine("messages", "--json", "--limit", "0").rows) == len(letters)


def _children(pid: int) -> str:
    """The processes that a process has started."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123 (a kernel's file)
        return file.read()
    return ""


def test_a_refused_sign_in_ends_a_watch_that_has_no_other_mailbox(
    machine: Machine, scripted: Callable[..., Scripted]
) -> None:
    refusing = scripted(AUTHENTICATE=b"+ \r\n%N%T NO [AUTHENTICATIONFAILED] no\r\n")
    add(machine, MailServer(refusing.port, "anna", "fel"))
    with start(machine, "sync", "--watch") as process:
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    lines = told.decode().splitlines()
    assert lines[0].startswith("Watching")
    assert "refused" in lines[1]
    assert "post" in lines[1]
    assert lines[2].startswith("post: no longer watched")
    assert len(lines) == 3
    assert sum(b"AUTHENTICATE" in line for line in refusing.heard) == 1


def test_without_a_mailbox_there_is_nothing_to_watch(machine: Machine) -> None:
    said_once(machine("sync", "--watch"), "account add")


def test_watching_and_renumbered_do_not_go_together(machine: Machine) -> None:
    told = machine("sync", "--watch", "--renumbered", code=2)
    assert "--renumbered" in told.err
