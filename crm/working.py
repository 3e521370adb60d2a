"""The inside of a worker process: raw bytes come in, what one function makes of them goes out.

The process reads hostile input, so it bounds itself: memory, no core file (it would hold letters), and an alarm
of the kernel that ends it when a mail hangs and its owner is no longer there to do so. It loads the named
function and nothing else, and never opens the store.
"""

import importlib
import os
import resource
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from crm.collecting import collect_seldom

Work = Callable[[bytes], Any]

_IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a function gave no answer for a mail: a code, a colon and what there is to say."""

    problem: str


@dataclass(frozen=True, slots=True)
class Start:
    """What a process gets at its start.

    `work` names a function ("module:function") that is called once with `setup` and gives the function from
    bytes to answer. `memory` bounds the process, `size` is what it may have grown to after a chunk before it
    asks to be replaced (both bytes); after `alarm` seconds with one chunk it ends by itself.
    """

    work: str
    setup: Any
    memory: int
    size: int
    alarm: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of a chunk, in its order; `tired`: the process has grown and wants to be replaced."""

    answers: list[Any]
    tired: bool


class Loading(NamedTuple):
    """Said before the answers of a chunk that is the first to need something large: that is no mail's time."""


STARTING = 60.0  # seconds a process may take to load what it needs


class _Serving(NamedTuple):
    pipe: Connection
    alarm: float


_serving: _Serving | None = None


def announce_loading() -> None:
    """Says, in a process at work, that what comes now is loading."""
    if _serving is not None:
        signal.setitimer(signal.ITIMER_REAL, STARTING + _serving.alarm)
        _serving.pipe.send(Loading())


def serve(handle: int) -> None:
    """Works through the chunks that come through the socket `handle`, until it is closed."""
    for number in _IGNORED:  # the owner has these signals too, and ends us by closing the socket
        signal.signal(number, signal.SIG_IGN)
    pipe = Connection(handle)
    try:
        start: Start = pipe.recv()
        work = _loaded(start, pipe)
        if work is not None:
            _work(pipe, work, start)
    except (EOFError, OSError):
        return  # the owner is gone, and so are we


def _loaded(start: Start, pipe: Connection) -> Work | None:
    """The function, once the process is bounded; the owner hears None, or why there is none."""
    _bound(start.memory)
    module, _, name = start.work.partition(":")
    try:
        work: Work = getattr(importlib.import_module(module), name)(start.setup)
    except Exception as error:  # noqa: BLE001 (the owner raises it as an error of its own)
        pipe.send(Failure(place_of(error)))
        return None
    collect_seldom()
    pipe.send(None)
    return work


def _bound(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _work(pipe: Connection, work: Work, start: Start) -> None:
    global _serving  # noqa: PLW0603 (a process serves one owner)
    _serving = _Serving(pipe, start.alarm)
    size = max(start.size, 2 * _size())
    while True:
        raws: Sequence[bytes] = pipe.recv()
        signal.setitimer(signal.ITIMER_REAL, start.alarm)
        answers = [_answer(work, raw, start.memory) for raw in raws]
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(Answers(answers, tired=_size() > size))


def _answer(work: Work, raw: bytes, memory: int) -> Any:
    """What the function gives; one that fails fails for this mail alone."""
    try:
        return work(raw)
    except MemoryError:
        return Failure(f"limit-memory: {memory // 1_000_000} MB")
    except Exception as error:  # noqa: BLE001 (whatever it is, the raw mail is kept and says so)
        return Failure(f"reader-failed: {place_of(error)}")


def place_of(error: Exception) -> str:
    """What kind of error it was and where it arose; never its text, which may be a mail's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _size() -> int:
    """Bytes of memory that the process holds now; where the system does not tell, the most it ever held."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
