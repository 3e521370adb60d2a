"""An error as IT support needs it: what, where, with which versions; no words of letters, no secrets, no locals."""

import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from crm import __version__
from tui.cli.errors import code_of
from tui.text import clean_line


def report(error: BaseException, said: str, more: Sequence[str] = ()) -> str:
    """A few lines to paste into a mail; `said` is what the screen said of it."""
    from importlib.metadata import version

    lines = [
        f"Återkom {__version__}, Python {platform.python_version()}, Textual {version('textual')}, {sys.platform}",
        datetime.now(UTC).isoformat(timespec="seconds"),
        *more,
        f"{type(error).__name__} ({code_of(error)}): {said}",
    ]
    return "\n".join(clean_line(text) for text in [*lines, *_chain(error)]) + "\n"


def _chain(error: BaseException) -> list[str]:
    """The error and what led to it, by place alone: a message may hold what nobody else should read."""
    lines: list[str] = []
    at: BaseException | None = error
    while at is not None and len(lines) < 60:
        lines.append(f"{type(at).__module__}.{type(at).__name__}")
        lines += [
            f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(at.__traceback__)
        ]
        at = at.__cause__ or at.__context__
    return lines


def _short(filename: str) -> str:
    """The last two parts of a path: enough to find the line, nothing of whose machine it is."""
    return "/".join(Path(filename).parts[-2:])
