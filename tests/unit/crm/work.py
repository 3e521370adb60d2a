"""Functions for worker processes: each does what the mail says."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

from crm.working import announce_loading

HELD: list[bytes | bytearray] = []


def by_name(setup: object) -> Callable[[bytes], str]:
    """What the process calls once; `setup` comes back beside every answer."""

    def work(raw: bytes) -> str:
        DEEDS.get(raw, _nothing)()
        return f"{raw.decode()} {setup}"

    return work


def pid(_setup: object) -> Callable[[bytes], int]:
    """Which process it was; b"larger" makes it larger by 80 MB."""

    def work(raw: bytes) -> int:
        if raw == b"larger":
            HELD.append(bytes(range(256)) * 312_500)
        if raw == b"hang":
            _hang()
        return os.getpid()

    return work


def loads_late(_setup: object) -> Callable[[bytes], bytes]:
    """Longer than a mail may take; b"load" says first that it is loading, and again after it did not load."""

    def work(raw: bytes) -> bytes:
        if raw == b"load":
            announce_loading()
            announce_loading()
        threading.Event().wait(1.5)
        return raw

    return work


def refuses(_setup: object) -> Callable[[bytes], str]:
    raise OSError("no such library")


def _nothing() -> None:
    pass


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _crash() -> None:
    ctypes.string_at(0)


def _halt() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _hang() -> None:
    threading.Event().wait()


def _grow() -> None:
    HELD.append(bytearray(3_000_000_000))


def _recurse() -> None:
    _recurse()


def _raise() -> None:
    raise ValueError("words of a mail")


DEEDS: dict[bytes, Callable[[], None]] = {
    b"die": _die,
    b"crash": _crash,
    b"halt": _halt,
    b"hang": _hang,
    b"grow": _grow,
    b"recurse": _recurse,
    b"raise": _raise,
}


def loaded(_setup: object) -> Callable[[bytes], list[str]]:
    """The modules that the process has loaded."""
    return lambda _raw: sorted(sys.modules)
