"""Progress on stderr: only where someone looks at it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from tui.cli.options import Options
from tui.text import clean_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Report(Protocol):
    """`report(text, done, total)`: what is being done, how much of it is, of how much (None: not known).

    `task` names one of several things that go on side by side; each has a line, in the order of their first words.
    May be called from any thread.
    """

    def __call__(self, text: str, done: int, total: int | None, *, task: str = "") -> None: ...

    def end(self) -> None:
        """Nothing goes on for now: no bar stands there."""


class _Silent:
    def __call__(self, text: str, done: int, total: int | None, *, task: str = "") -> None:
        """Shows nothing."""

    def end(self) -> None:
        """Shows nothing."""


class _Bars:
    def __init__(self, live: "Progress", tasks: tuple[str, ...]) -> None:
        self._live = live
        self._tasks: dict[str, TaskID] = {name: live.add_task("", visible=False) for name in tasks}

    def __call__(self, text: str, done: int, total: int | None, *, task: str = "") -> None:
        words = clean_line(text)
        if task not in self._tasks:
            self._tasks[task] = self._live.add_task(words, total=total)
        self._live.update(self._tasks[task], description=words, completed=done, total=total, visible=True)

    def end(self) -> None:
        for number in self._tasks.values():
            self._live.update(number, visible=False)


@contextmanager
def progress(options: Options, tasks: tuple[str, ...] = ()) -> Iterator[Report]:
    """A report function; it shows bars on a terminal and nothing anywhere else. `tasks`: the order of their lines."""
    if options.no_progress or not sys.stderr.isatty():
        yield _Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    words = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True))
    console = Console(stderr=True, highlight=False, markup=False)
    # Lines for the same terminal are printed above the bars; data that goes elsewhere is left alone.
    with Progress(
        words,
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    ) as bars:
        yield _Bars(bars, tasks)
