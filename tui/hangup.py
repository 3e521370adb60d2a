"""When the terminal is gone, so are we: a closed window may leave no signal behind, and nobody reads what is drawn."""

import os
import select
import sys
import threading
from collections.abc import Callable
from typing import Final

INTERRUPTED: Final = 130
"""As in tui.cli.errors, which is not loaded before the first frame."""
GRACE: Final = 4.0
"""Seconds for an orderly end; the contract allows five."""


def watch_terminal(end: Callable[[], object]) -> None:
    """Waits in a thread, at no cost, until the terminal is hung up; then `end` is called, and the process ends for certain."""
    try:
        waiting = select.poll()
        waiting.register(sys.stdin.fileno(), 0)  # a hang-up is told without being asked for
    except (AttributeError, OSError, ValueError):
        return  # no poll on this system, or no terminal: somebody else shows us
    threading.Thread(target=_wait, args=(waiting, end), name="hang-up", daemon=True).start()


def _wait(waiting: "select.poll", end: Callable[[], object]) -> None:
    waiting.poll()
    last = threading.Timer(GRACE, os._exit, (INTERRUPTED,))
    last.daemon = True
    last.start()
    end()
