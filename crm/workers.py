"""Worker processes that can be killed: raw bytes in, plain dataclasses out.

Mails travel in chunks, since a message between processes costs as much as reading a short mail. A chunk that takes
longer than one mail may, or that ends its process, is done again mail by mail in a new process, so that exactly
the mail at fault fails and the others go on (an executor would fail every pending task). Processes are started
afresh, so that no lock and no connection of ours is copied into one that reads hostile input, and they load
nothing but the function that they are to run.
"""

import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from crm.errors import WorkerFailed
from crm.processor_time import processor_time
from crm.working import STARTING, Answers, Failure, Loading, Start

Key = TypeVar("Key")
Answer = TypeVar("Answer")

CHUNK = 16  # mails that travel together
CHUNK_BYTES = 256_000  # a chunk is closed when it holds as much
AHEAD = 24  # chunks a process that are on their way, so that it works while its owner writes a whole batch
FOR_ANOTHER = 6  # chunks that wait for each process: starting one takes as long as a few of them
AHEAD_BYTES = 16_000_000  # and bytes of all of them
STARVED = 4  # times as long by the clock a mail may take whose process others keep from the processor
_STEPS = 10  # how often in that time it is looked whether they do
_MEGABYTE = 1_000_000
_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from crm.working import serve; serve(int(sys.argv[1]))"
# One thread is enough for a library that would start one a core and set memory aside for each.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one mail may cost: `seconds` of time and `memory` MB of its process, which beyond `size` MB is replaced.

    On a host with too much to do the seconds are those of the processor, up to `STARVED` times as many by the clock.
    """

    seconds: float = 5.0
    memory: int = 1_500
    size: int = 250


@dataclass(slots=True)
class _Chunk(Generic[Key]):
    keys: list[Key] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, key: Key, raw: bytes) -> None:
        self.keys.append(key)
        self.raws.append(raw)
        self.size += len(raw)


class _Feed(Generic[Key]):
    """The mails of a run, chunk by chunk."""

    def __init__(self, mails: Iterable[tuple[Key, bytes] | None], most: int) -> None:
        self._mails = iter(mails)
        self._most = most
        self.ended = False

    def take(self) -> _Chunk[Key] | None:
        """The next chunk; None if there is no mail at hand, or none any more (`ended`)."""
        chunk: _Chunk[Key] = _Chunk()
        while len(chunk.raws) < self._most and chunk.size < CHUNK_BYTES:
            try:
                mail = next(self._mails)
            except StopIteration:
                self.ended = True
                break
            if mail is None:
                break
            chunk.add(*mail)
        return chunk if chunk.raws else None


@dataclass(slots=True)
class _Run(Generic[Key, Answer]):
    """What is on its way in one run: chunks in and out of the threads, one of which keeps one process busy."""

    feed: _Feed[Key]
    inbox: "SimpleQueue[_Chunk[Key] | None]" = field(default_factory=SimpleQueue)
    outbox: "SimpleQueue[tuple[_Chunk[Key], list[Answer | Failure]] | BaseException]" = field(
        default_factory=SimpleQueue
    )
    threads: list[threading.Thread] = field(default_factory=list)
    waiting: int = 0
    size: int = 0

    def fill(self, jobs: int) -> None:
        """Puts in what there is room for."""
        while not self.feed.ended and self.waiting < AHEAD * jobs and self.size < AHEAD_BYTES:
            chunk = self.feed.take()
            if chunk is None:
                return
            self.waiting, self.size = self.waiting + 1, self.size + chunk.size
            self.inbox.put(chunk)

    def next(self) -> Iterator[tuple[Key, Answer | Failure]]:
        """The next chunk's answers. Raises what has ended a thread."""
        done = self.outbox.get()
        if isinstance(done, BaseException):
            raise done
        chunk, answers = done
        self.waiting, self.size = self.waiting - 1, self.size - chunk.size
        return zip(chunk.keys, answers, strict=True)


def _started(handle: int) -> "subprocess.Popen[bytes]":
    """A process that serves the socket `handle`."""
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(handle), *sys.path],
        pass_fds=[handle],
        env={**os.environ, **_ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # what a library complains of may be a mail's words
    )


class _Stopped(Exception):
    """The pool is closing."""


class _Worker:
    """One process and the socket to it. Used by one thread at a time, but for `kill`."""

    def __init__(self, start: Start, seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = _started(theirs.fileno())
        # A process that is halted neither reads nor writes: no wait for it is without end.
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(seconds) + 1, 0))
        self._pipe = Connection(ours.detach())
        self._start = start

    def ready(self) -> None:
        """Waits until the function is loaded. Raises WorkerFailed."""
        try:
            self._pipe.send(self._start)
            problem = self._pipe.recv() if self._pipe.poll(STARTING) else Failure(f"{STARTING:g} s")
        except (EOFError, OSError):
            problem = Failure(f"ended with {self._process.wait()}")
        if isinstance(problem, Failure):
            raise WorkerFailed(problem.problem)

    def ask(self, raws: Sequence[bytes], seconds: float) -> Answers | Failure:
        """What became of these mails together; Failure if the process took too long or has ended."""
        try:
            self._pipe.send(raws)
            said = self._pipe.recv() if self._answers_within(seconds) else None
            while isinstance(said, Loading):
                said = self._pipe.recv() if self._pipe.poll(STARTING + seconds) else None
        except (EOFError, OSError):
            self._process.kill()
            return Failure(f"reader-died: the process ended with {self._process.wait()}")
        if said is None:
            return Failure(f"limit-time: not read in {seconds:g} s")
        answers: Answers = said
        return answers

    def _answers_within(self, seconds: float) -> bool:
        """Whether it answers in so many seconds by the clock, or of the processor while others keep it from that."""
        pid, until = self._process.pid, monotonic() + STARVED * seconds
        before = processor_time(pid)
        answered = self._pipe.poll(seconds)
        while not answered and before is not None and monotonic() < until:
            now = processor_time(pid)
            if now is None or not now.wants_more or now.seconds - before.seconds >= seconds:
                break
            answered = self._pipe.poll(seconds / _STEPS)
        return answered

    def kill(self) -> None:
        """Ends the process; whoever waits for its answer hears so."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process and forgets it."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


class WorkerPool(Generic[Answer]):
    """`jobs` processes (0: one a processor) that run one function over mails, each started when first needed.

    `work` names a function, "module:function"; a process calls it once with `setup` (anything that can be
    pickled) and what it gives is called with the bytes of each mail. Only that module is loaded in the process:
    one that imports no language library starts in a tenth of a second. Use the pool with `with`.
    """

    def __init__(
        self,
        work: str,
        setup: Any = None,
        *,
        jobs: int = 0,
        limits: WorkerLimits | None = None,
        chunk: int = CHUNK,
    ) -> None:
        limits = limits or WorkerLimits()
        memory, size = limits.memory * _MEGABYTE, limits.size * _MEGABYTE
        self._start = Start(work, setup, memory, size, (STARVED + 1) * limits.seconds + 1)
        self._seconds = limits.seconds
        self._jobs = jobs or os.cpu_count() or 1
        self._chunk = chunk
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._stopping = threading.Event()
        self._run: _Run[Any, Answer] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every process."""
        while self._idle:
            self._idle.pop().end()

    @property
    def idle(self) -> bool:
        """Whether no answer is on its way: what feeds `run` may then wait for mail, and gives None otherwise."""
        return self._run is None or self._run.waiting == 0

    def run(self, mails: Iterable[tuple[Key, bytes] | None]) -> Iterator[tuple[Key, Answer | Failure]]:
        """Works on every mail and gives each as it gets done, in any order; takes none before there is room.

        `mails` may give None for "none at hand just now", and is then asked again after the next answer; where
        none is awaited (`idle`) it should wait itself. One run at a time. Raises WorkerFailed where no process
        can be started, and what `mails` raises.
        """
        run: _Run[Key, Answer] = _Run(_Feed(mails, self._chunk))
        self._run = run
        self._stopping.clear()
        try:
            while run.waiting or not run.feed.ended:
                run.fill(self._jobs)
                while len(run.threads) < min(-(-run.waiting // FOR_ANOTHER), self._jobs):
                    run.threads.append(self._thread(run))
                if run.waiting:
                    yield from run.next()
        finally:
            self._stop(run)

    def _thread(self, run: "_Run[Key, Answer]") -> threading.Thread:
        thread = threading.Thread(target=self._keep, args=(run,), name="worker-pool", daemon=True)
        thread.start()
        return thread

    def _keep(self, run: "_Run[Key, Answer]") -> None:
        """Brings chunk after chunk to a process, and what fails to the owner of the run."""
        try:
            while (chunk := run.inbox.get()) is not None:
                run.outbox.put((chunk, self._answers(chunk.raws)))
        except _Stopped:
            return
        except BaseException as error:  # noqa: BLE001 (raised again where the answers are waited for)
            run.outbox.put(error)

    def _answers(self, raws: list[bytes]) -> list[Answer | Failure]:
        """One answer a mail; where the mails fail together each is done alone."""
        together = self._ask(raws)
        if not isinstance(together, Failure):
            return together
        return [together] if len(raws) == 1 else [self._answers([raw])[0] for raw in raws]

    def _ask(self, raws: list[bytes]) -> list[Answer | Failure] | Failure:
        worker = self._taken()
        result = worker.ask(raws, self._seconds)
        with self._lock:
            self._busy.discard(worker)
            spent = isinstance(result, Failure) or result.tired or self._stopping.is_set()
            if not spent:
                self._idle.append(worker)
        if spent:
            worker.end()
        return result if isinstance(result, Failure) else result.answers

    def _taken(self) -> _Worker:
        """A process that waits for mail, else a new one."""
        with self._lock:
            if self._stopping.is_set():
                raise _Stopped
            worker = self._idle.pop() if self._idle else None
            if worker is not None:
                self._busy.add(worker)
                return worker
        worker = _Worker(self._start, self._seconds)
        with self._lock:
            self._busy.add(worker)
            if self._stopping.is_set():  # while it was being started nobody could end it
                worker.kill()
        try:
            worker.ready()
        except BaseException:
            with self._lock:
                self._busy.discard(worker)
            worker.end()
            raise
        return worker

    def _stop(self, run: "_Run[Key, Answer]") -> None:
        """Ends the threads; a process at work is ended: its answer would be taken for the next one's."""
        with self._lock:
            self._stopping.set()
            for worker in self._busy:
                worker.kill()
        for _ in run.threads:
            run.inbox.put(None)
        for thread in run.threads:
            thread.join()
