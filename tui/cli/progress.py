"""Progress on stderr: only where someone looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.cli.options import Options
from tui.text import clean_line

Report = Callable[[str, int, int | None], None]
"""`report(text, done, total)`: what is being done, how much of it is, of how much (None: not known)."""


@contextmanager
def progress(options: Options) -> Iterator[Report]:
    """A report function; it shows a bar on a terminal and nothing anywhere else."""
    if options.no_progress or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    words = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True))
    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(
        words, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)

        def report(text: str, done: int, total: int | None) -> None:
            bar.update(task, description=clean_line(text), completed=done, total=total)

        yield report


def _silent(text: str, done: int, total: int | None) -> None:
    del text, done, total
