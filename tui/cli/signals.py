"""The signals that end a process: they are like Ctrl+C, and the end comes for certain within the contract's five seconds.

A Python handler runs in the main thread alone, between two of its steps: a signal that another thread was given, or that
comes in the instant before the main thread begins to wait, is noticed when that wait is over, and a handler that starts a
thread may wait for the very lock that it broke in on. So who sees to the end is there from the beginning, and hears of
each signal through a pipe that the interpreter itself writes to.
"""

import os
import signal
import threading
import time
from types import FrameType
from typing import Final

from tui.hangup import GRACE, INTERRUPTED

_SIGNALS: Final = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_UNNOTICED: Final = 0.2
"""Seconds after which a signal that the main thread has not seen is sent to it once more."""


class Interrupted(KeyboardInterrupt):
    """SIGINT, SIGTERM or SIGHUP came."""


def listen_for_signals() -> None:
    """From now on they raise `Interrupted` in the main thread; after four seconds the process is gone in any case."""
    ending = _Ending()
    threading.Thread(target=ending.wait, name="signals", daemon=True).start()
    for number in _SIGNALS:
        signal.signal(number, ending.interrupt)


class _Ending:
    """What is known of a process's end, and the pipe by which it is told of."""

    def __init__(self) -> None:
        self._noticed = False
        self._process = os.getpid()
        self._told, self._tell = os.pipe()
        os.set_blocking(self._tell, False)
        signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        os.register_at_fork(after_in_child=_forget)

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """The handler: it takes no lock, as it may have broken in on whoever holds one."""
        del frame
        self._noticed = True
        if os.getpid() == self._process:
            os.write(
                self._tell, bytes([number])
            )  # an event loop may have a wake-up of its own in place of ours
        raise Interrupted

    def wait(self) -> None:
        """In a thread of its own: the first signal, and what has to follow."""
        while not (came := _SIGNALS.intersection(os.read(self._told, 64))):
            pass
        time.sleep(_UNNOTICED)
        if not self._noticed:
            signal.pthread_kill(threading.main_thread().ident or 0, min(came))
        time.sleep(GRACE - _UNNOTICED)
        os._exit(INTERRUPTED)


def _forget() -> None:
    """A forked process has our pipe and not our thread: its signals are no news to us."""
    signal.set_wakeup_fd(-1)
