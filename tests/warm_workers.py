"""Reading processes that start at once: forked from one in which the language is loaded already.

A process takes a second to load it, and the tests start a thousand. What they are asked and how they end stays the
same. The tests of the pool itself, and commands that run in a process of their own, start theirs afresh.
"""

import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from crm import workers

_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; from tests.warm_workers import breed; breed(int(sys.argv[1]))"
)
_NUMBER = struct.Struct("i")
_COLD = workers._started


def breed(handle: int) -> None:
    """The process that the others are forked from: a socket in, the number of a process that serves it out.

    A number in is a process whose exit code is wanted.
    """
    _load()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with socket.socket(fileno=handle) as owner:
        while True:
            message, handles, _, _ = socket.recv_fds(owner, _NUMBER.size, 1)
            if not message:
                return
            if handles:
                owner.sendall(_NUMBER.pack(_forked(handles[0], owner)))
            else:
                _, status = os.waitpid(_NUMBER.unpack(message)[0], 0)
                owner.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _load() -> None:
    """Here alone: whoever only starts processes has no need of the language."""
    from datetime import date

    import crm.indexing_process  # noqa: F401 (what else is started)
    from crm.collecting import collect_seldom
    from crm.reading_process import reading
    from crm.readings import ReadingContext
    from nlp.models import OURS
    from nlp.trained import name_model

    if (model := name_model(OURS)) is not None:
        model.load()
    reading(ReadingContext(today=date(2021, 6, 8)))(b"Subject: Hej\n\nVi talas vid i maj.")
    collect_seldom()


def _forked(handle: int, owner: socket.socket) -> int:
    from crm.working import serve

    number = os.fork()
    if number == 0:
        owner.close()
        try:
            serve(handle)
        finally:
            os._exit(0)
    os.close(handle)
    return number


class Breeder:
    """The process that the others are forked from, as its owner sees it; started when first asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: socket.socket | None = None

    def close(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.wait()

    def start(self, handle: int) -> "Forked":
        """A process that serves the socket `handle`."""
        return Forked(self, self._ask(b"\0" * _NUMBER.size, [handle]))

    def exit_code(self, number: int) -> int:
        """That of a process that has ended."""
        return self._ask(_NUMBER.pack(number), [])

    def _ask(self, message: bytes, handles: list[int]) -> int:
        with self._lock:
            pipe = self._pipe or self._started()
            socket.send_fds(pipe, [message], handles)
            answer: int = _NUMBER.unpack(pipe.recv(_NUMBER.size))[0]
            return answer

    def _started(self) -> socket.socket:
        self._pipe, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(handle), *sys.path],
                pass_fds=[handle],
                env={**os.environ, **workers._ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        return self._pipe


class Forked:
    """What a pool does with a process: ends it and waits for its exit code."""

    def __init__(self, breeder: Breeder, number: int) -> None:
        self._breeder, self.pid = breeder, number
        self._code: int | None = None
        self._handle = os.pidfd_open(number)

    def __del__(self) -> None:
        os.close(self._handle)

    def kill(self) -> None:
        if self._code is None:
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> int:
        if self._code is None:
            with selectors.DefaultSelector() as selector:
                selector.register(self._handle, selectors.EVENT_READ)
                selector.select()
            self._code = self._breeder.exit_code(self.pid)
        return self._code


@pytest.fixture(scope="session")
def breeder() -> Iterator[Breeder]:
    with closing(Breeder()) as made:
        yield made


@pytest.fixture(scope="session", autouse=True)
def _warm_workers(breeder: Breeder) -> Iterator[None]:
    """Once for all tests: one more fixture for each of ten thousand is many seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_started", breeder.start)
        yield


@pytest.fixture
def cold_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading processes are started as a user's are."""
    monkeypatch.setattr(workers, "_started", _COLD)
