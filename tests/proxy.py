"""A TCP proxy between a client and an IMAP server, by which tests hide capabilities and break connections.

What it does happens at a byte or before a command, never after a time: so a test is the same on every machine.
"""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["cut", "stall", "trickle"]
RECEIVE = 64 * 1024
PACE = 0.02  # seconds between two bytes of a trickle


@dataclass
class Proxy:
    """`hidden` capabilities are overwritten in what the server says, letter for letter.

    After `limit` bytes to the client, counted over each connection, the `fault` happens: the connection is cut,
    nothing more is passed on, or one byte at a time. `before` is a word of a command and what is done, once,
    before the server gets it; `struck` when it was. `heard` are the client's lines.
    """

    target: int
    hidden: frozenset[str] = frozenset()
    limit: int | None = None
    fault: Fault = "cut"
    before: tuple[bytes, Callable[[], None]] | None = None
    struck: bool = False
    heard: list[bytes] = field(default_factory=list)
    passed: int = 0
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        """Connection after connection, until the listener is closed."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client, socket.create_connection(("127.0.0.1", self.target)) as server:
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                upwards = threading.Thread(target=self._upwards, args=(client, server), daemon=True)
                upwards.start()
                self._downwards(server, client)
                for end in (client, server):
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                upwards.join()

    def _upwards(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError), client.makefile("rb") as lines:
            for line in lines:
                self.heard.append(line)
                if self.before is not None and self.before[0] in line:
                    (_, act), self.before, self.struck = self.before, None, True
                    act()
                server.sendall(line)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _downwards(self, server: socket.socket, client: socket.socket) -> None:
        self.passed = 0
        with contextlib.suppress(OSError):
            while data := server.recv(RECEIVE):
                if not self._pass(self._edited(data), client):
                    return

    def _pass(self, data: bytes, client: socket.socket) -> bool:
        """False when the connection has come to its end."""
        room = len(data) if self.limit is None else max(0, self.limit - self.passed)
        client.sendall(data[:room])
        self.passed += min(room, len(data))
        rest = data[room:]
        if not rest and self.passed != self.limit:
            return True
        if self.fault == "stall":
            with contextlib.suppress(OSError):
                while client.recv(RECEIVE, socket.MSG_PEEK) and not self.ended.wait(PACE):
                    continue  # until the client gives up
        for at in range(len(rest)) if self.fault == "trickle" else ():
            client.sendall(rest[at : at + 1])
            self.ended.wait(PACE)
        self.passed += len(rest)
        return self.fault == "trickle"

    def _edited(self, data: bytes) -> bytes:
        for word in self.hidden:
            pattern = rb"(?<=[ \[])" + re.escape(word.encode()) + rb"(?=[\] \r])"
            data = re.sub(pattern, b"X" * len(word), data)
        return data


@contextlib.contextmanager
def between(target: int, **settings: object) -> Iterator[Proxy]:
    """A proxy to a port of this machine, for as long as the block lasts."""
    proxy = Proxy(target, **settings)  # type: ignore[arg-type]  # the fields of Proxy
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
