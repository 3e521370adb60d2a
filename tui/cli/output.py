"""What a command prints: JSON Lines or a table on stdout, words for people on stderr."""

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, Final

import click

from crm.rows.follow_ups import FollowUpView, ReminderRow
from crm.rows.messages import MessageRow
from crm.rows.notes import AbsenceRow
from crm.rows.reading_pane import MessageView
from crm.rows.register import LogEntryRow
from crm.rows.timeline import WithTimeline
from tui.text import UNSAFE, clean_line

_GAP: Final = "  "
_LEAST: Final = 16
"""Cells that the column which gives way keeps in any case."""
_RENAMED: Final[dict[type, dict[str, str]]] = {
    MessageRow: {"sender": "from"},
    MessageView: {"sender": "from"},
    AbsenceRow: {"first": "from", "last": "to"},
    LogEntryRow: {"sender": "from"},
}


def plain(value: object) -> Any:
    """`value` as JSON has it, with the contract's field names: days and times ISO, clock times HH:MM.

    A datetime without offset is a mistake of ours and raises ValueError.
    """
    if isinstance(value, ReminderRow):
        return {
            "bucket": value.bucket,
            **plain(value.follow_up),
            "on_behalf_of": value.on_behalf_of,
        }
    if isinstance(value, WithTimeline):
        return {**plain(value.shown), "timeline": plain(value.timeline)}
    if isinstance(value, FollowUpView):
        return {**plain(value.follow_up), "history": plain(value.history)}
    if is_dataclass(value) and not isinstance(value, type):
        names = _RENAMED.get(type(value), {})
        return {names.get(f.name, f.name): plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            if value.tzinfo is None:
                raise ValueError(value)
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(type(value).__name__)


def json_text(value: object) -> str:
    r"""JSON with every character that a terminal could obey as `\uXXXX`, so that offsets stay exact."""
    return UNSAFE.sub(_escaped, json.dumps(plain(value), ensure_ascii=False, allow_nan=False))


def _escaped(found: Any) -> str:
    return json.dumps(found.group())[1:-1]


def print_json(rows: Iterable[object]) -> None:
    """One JSON object a line, UTF-8 whatever the terminal's encoding."""
    for row in rows:
        click.echo(json_text(row).encode())


def print_line(text: str, indent: int = 0) -> None:
    """One cleaned line of data, `indent` cells in."""
    click.echo(" " * indent + clean_line(text))


def say(text: str) -> None:
    """One line of narration on stderr."""
    click.echo(clean_line(text), err=True)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, wide: int | None = None) -> None:
    """A table that fits the terminal, or whole plain lines when piped.

    `head` is translated text; None in a row is an empty cell; `wide` is the column that gives way first
    (otherwise the last).
    """
    cells = [["" if c is None else clean_line(str(c)) for c in row] for row in rows]
    if not cells:
        return
    if sys.stdout.isatty():
        _print_fitting(head, cells, len(head) - 1 if wide is None else wide)
    else:
        for row in cells:
            click.echo("\t".join(row))


def _print_fitting(head: Sequence[str], cells: Sequence[Sequence[str]], wide: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, name in enumerate(head):
        # What a row is called by is typed again: it is never cut.
        least = max(len(row[0]) for row in cells) if at == 0 else _LEAST if at == wide else None
        table.add_column(
            Text(name),
            no_wrap=at != wide,
            overflow="ellipsis" if at != wide else "fold",
            min_width=least,
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=shutil.get_terminal_size().columns, highlight=False, markup=False).print(table)
