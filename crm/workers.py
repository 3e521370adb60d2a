"""Reading in processes that can be killed: raw bytes in, plain dataclasses out.

A mail that takes longer than its deadline, or that ends its process, is quarantined; the others go on in a
new process (an executor would fail every pending task). Processes are spawned, so that no lock and no
connection of ours is copied into one that reads hostile input; they never open the store.
"""

import contextlib
import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from crm.errors import WorkerFailed
from crm.reading import ReadingContext, ReadMail, read_mail

if TYPE_CHECKING:
    from nlp.reader import Reader

Key = TypeVar("Key")

DEADLINE = 5.0  # seconds a mail may take
START = 60.0  # seconds a process may take to load the language


def _read(raw: bytes, reader: "Reader", context: ReadingContext) -> ReadMail:
    """A mail on which the reader itself fails is quarantined; the others are read."""
    try:
        return read_mail(raw, reader, context)
    except Exception as error:  # noqa: BLE001 (whatever it is, the raw mail is kept and says so)
        return quarantined(raw, f"reader-failed: {place_of(error)}")


def place_of(error: Exception) -> str:
    """What kind of error it was and where it arose; never its text, which may be a mail's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _serve(pipe: Connection) -> None:
    """The reading process: answers each mail in turn, until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that owns the store
    from nlp.reader import Reader

    reader = Reader()
    try:
        pipe.send(True)
        while True:
            raw, context = pipe.recv()
            pipe.send(_read(raw, reader, context))
    except (EOFError, OSError):
        return  # the owner is gone, and so are we


_serve_target: Callable[[Connection], None] = _serve


@dataclass(slots=True)
class _Process:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False


@dataclass(slots=True)
class _Job(Generic[Key]):
    """A mail in a process. Only one at a time: two big writes towards each other would wait for ever."""

    key: Key
    raw: bytes
    worker: _Process
    deadline: float


def quarantined(raw: bytes, problem: str) -> ReadMail:
    """What stands for a mail that could not be read: its hash and the reason."""
    return ReadMail(hashlib.sha256(raw).hexdigest(), "quarantined", (problem,), ())


class ReaderPool:
    """`jobs` reading processes (0: one a processor), each started when first needed. Use it with `with`."""

    def __init__(self, context: ReadingContext, jobs: int = 0, deadline: float = DEADLINE) -> None:
        self._context = context
        self._jobs = jobs or os.cpu_count() or 1
        self._deadline = deadline
        self._spawn = get_context("spawn")
        self._idle: list[_Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every process."""
        while self._idle:
            _end(self._idle.pop())

    def read(self, mails: Iterable[tuple[Key, bytes]]) -> Iterator[tuple[Key, ReadMail]]:
        """Reads every mail and gives each as it gets done, in any order; takes none before it has room."""
        waiting = iter(mails)
        busy: list[_Job[Key]] = []
        try:
            while True:
                while len(busy) < self._jobs and (mail := next(waiting, None)) is not None:
                    busy.append(self._begin(*mail))
                if not busy:
                    return
                yield from self._done(busy)
        finally:
            for job in busy:  # an answer that nobody waits for would be taken for the next one's
                _end(job.worker)

    def _begin(self, key: Key, raw: bytes) -> _Job[Key]:
        worker = self._idle.pop() if self._idle else self._started()
        job = _Job(key, raw, worker, time.monotonic() + (self._deadline if worker.ready else START))
        if worker.ready:
            self._send(job)
        return job

    def _started(self) -> _Process:
        ours, theirs = self._spawn.Pipe()
        process = self._spawn.Process(target=_serve_target, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return _Process(process, ours)

    def _send(self, job: _Job[Key]) -> None:
        job.deadline = time.monotonic() + self._deadline
        with contextlib.suppress(OSError):  # it has died: its pipe says so when the answer is waited for
            job.worker.pipe.send((job.raw, self._context))

    def _done(self, busy: list[_Job[Key]]) -> Iterator[tuple[Key, ReadMail]]:
        """Waits for the next answers or the next deadline, and takes what is done out of `busy`."""
        soonest = min(job.deadline for job in busy)
        ready = connection.wait([job.worker.pipe for job in busy], max(0.0, soonest - time.monotonic()))
        for job in list(busy):
            if job.worker.pipe in ready:
                answer = self._answer(job)
            elif job.deadline <= time.monotonic():
                answer = self._failed(job, f"limit-time: not read in {self._deadline:g} s")
            else:
                continue
            if answer is not None:
                busy.remove(job)
                yield job.key, answer

    def _answer(self, job: _Job[Key]) -> ReadMail | None:
        """What the process said: that it is ready (then it gets its mail), the mail as read, or nothing more."""
        try:
            answer = job.worker.pipe.recv()
        except (EOFError, OSError):
            job.worker.process.join()
            return self._failed(job, f"reader-died: the process ended with {job.worker.process.exitcode}")
        if isinstance(answer, ReadMail):
            self._idle.append(job.worker)
            return answer
        job.worker.ready = True
        self._send(job)
        return None

    def _failed(self, job: _Job[Key], problem: str) -> ReadMail:
        """A mail that ends or holds up its process is quarantined, and the process with it."""
        if not job.worker.ready:
            raise WorkerFailed(problem)
        _end(job.worker)
        return quarantined(job.raw, problem)


def _end(worker: _Process) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()
