"""What the home view shows first, asked for in a process of its own: it loads the store's libraries while this one paints.

Half a second of a start went to libraries that nobody looks at. Whatever goes wrong there, the screen asks for itself.
"""

import pickle
import subprocess
import sys
from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm.agenda_rows import Agenda, News, Seen
    from crm.rows.follow_ups import FollowUpRow
    from tui.backend import Situation
    from tui.cli.options import Options

AHEAD: Final = "ahead"
"""The version of the store that was looked at: none of this process, so the next look asks for everything anew."""
_ENDS_WITHIN: Final = 2.0


class Answers(NamedTuple):
    """What the home view asks at first, and what it is told."""

    situation: "Situation"
    must_ask_who: bool
    since: "Seen | None"
    news: "News"
    agenda: "Agenda"
    rows: "Sequence[FollowUpRow]"


class FirstLook:
    """A process that looks; each of its answers is given once."""

    def __init__(self, options: "Options") -> None:
        self._turn = Lock()
        self._given: set[str] = set()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tui.look_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C at the terminal is the screen's
        )
        if self._process.stdin is not None:
            with suppress(BrokenPipeError), self._process.stdin as way:
                pickle.dump(options, way)

    def take(self, name: str) -> Any:
        """The answer of that name, waited for; None the second time, and where there is none."""
        with self._turn:
            if self._answers is None or name in self._given:
                return None
            self._given.add(name)
            return getattr(self._answers, name)

    @cached_property
    def _answers(self) -> Answers | None:
        told = self._process.stdout.read() if self._process.stdout is not None else b""
        try:
            return pickle.loads(told) if self._process.wait() == 0 else None  # noqa: S301 (our own process wrote it)
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return None

    def close(self) -> None:
        """Ends it, where it still looks."""
        self._process.terminate()
        try:
            self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
