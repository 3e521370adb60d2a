"""A way to a server that can be cut, and that tells how far the server has got."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Relay:
    """Passes bytes on to a port of this machine. `passed` is told how many have come from the server so far."""

    upstream: int
    port: int = 0
    passed: Callable[[int], object] = lambda _count: None
    count: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Ends every connection that there is; new ones are taken."""
        for end in list(self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve(self, listener: socket.socket) -> None:
        """Connection after connection, until the listener is closed."""
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            while True:
                client = stack.enter_context(listener.accept()[0])
                server = stack.enter_context(socket.create_connection(("127.0.0.1", self.upstream)))
                self._open += [client, server]
                for source, target in ((server, client), (client, server)):
                    threading.Thread(target=self._pump, args=(source, target, client), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if target is client:
                    self.count += len(data)
                    self.passed(self.count)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)  # closed later: a close leaves the other thread waiting


@contextlib.contextmanager
def relayed(upstream: int, **settings: Any) -> Iterator[Relay]:
    """A relay on a port of its own, for as long as the block lasts."""
    relay = Relay(upstream, **settings)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay.port = listener.getsockname()[1]
        thread = threading.Thread(target=relay.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield relay
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            relay.cut()
            thread.join(10)
