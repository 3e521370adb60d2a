"""Threads that wait for servers, and how they are stopped.

The main thread alone gets the signals of a process. It waits for what the others send it; when it is interrupted it
cuts their connections. What even so does not end (a name that is looked up) holds nothing that the store needs, and
goes with the process: all of them are daemons.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Protocol, TypeVar

Result = TypeVar("Result")

GRACE = 1.5  # seconds that threads have to end; a process has five in all


class Connection(Protocol):
    def cut(self) -> None:
        """From another thread: what waits for the other side ends with an error, at once."""


class Stop:
    """Whether a run is to end, and the connections that are cut then."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._guard = threading.Lock()
        self._connections: set[Connection] = set()

    def __bool__(self) -> bool:
        return self._told.is_set()

    def set(self) -> None:
        """Ends every wait."""
        with self._guard:
            self._told.set()
            for connection in self._connections:
                connection.cut()

    def wait(self, seconds: float) -> bool:
        """Waits that long; True, and sooner, if the run is to end."""
        return self._told.wait(seconds)

    @contextmanager
    def cuts(self, connection: Connection) -> Iterator[None]:
        """While the block lasts, the end of the run is the end of the connection."""
        with self._guard:
            self._connections.add(connection)
            if self:
                connection.cut()
        try:
            yield
        finally:
            with self._guard:
                self._connections.discard(connection)


def start(name: str, work: Callable[[], None]) -> threading.Thread:
    """A thread that keeps no process from ending."""
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def end(stop: Stop, threads: Sequence[threading.Thread]) -> None:
    """Tells the threads to end, and waits for them, GRACE seconds in all."""
    stop.set()
    until = time.monotonic() + GRACE
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))


def side_by_side(works: Sequence[Callable[[], Result]], stop: Stop, at_once: int) -> list[Result]:
    """Runs each in a thread, `at_once` at a time; the results in order, or the first error once all have ended."""
    turns = iter(enumerate(works))
    turn = threading.Lock()
    done: SimpleQueue[tuple[int, Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        while True:
            with turn:
                number, work = next(turns, (0, None))
            if work is None or stop:
                return
            try:
                done.put((number, work(), None))
            except BaseException as error:  # noqa: BLE001 (raised again in the main thread)
                done.put((number, None, error))

    threads = [start(f"sync-{number}", run) for number in range(min(at_once, len(works)))]
    try:
        ended = sorted((done.get() for _ in works), key=lambda item: item[0])
    finally:
        end(stop, threads)
    for _, _, error in ended:
        if error is not None:
            raise error
    return [result for _, result, _ in ended]  # type: ignore[misc]  # None only beside an error
