"""A log as a sheet program opens it: semicolons, because a Swedish Excel takes a comma for a decimal sign.

A cell that begins like a formula gets an apostrophe before it, by which sheet programs know that it is text
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
from collections.abc import Callable
from typing import Final, TextIO

from crm.exporting import LogRow
from crm.rows.people import MailboxRow
from tui.text import clean_line

COLUMNS: Final = ("date", "from", "to", "subject", "number", "message_id", "sha256", "file", "kind", "id")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def open_log(stream: TextIO) -> Callable[[LogRow], None]:
    """Writes the head of a log; gives what writes a row."""
    sheet = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    sheet.writerow(COLUMNS)

    def add(row: LogRow) -> None:
        sheet.writerow([cell(value) for value in _values(row)])

    return add


def cell(text: str) -> str:
    """`text` on one clean line, inert where a sheet program would calculate it."""
    said = clean_line(text)
    return f"'{said}" if text.startswith(_FORMULA) or said.startswith(_FORMULA) else said


def _values(row: LogRow) -> tuple[str, ...]:
    return (
        row.date.isoformat(" ", "seconds") if row.date else "",
        _box(row.sender) if row.sender else "",
        ", ".join(_box(box) for box in row.to),
        row.subject or "",
        row.number,
        row.message_id or "",
        row.sha256,
        row.file,
        row.kind,
        row.id,
    )


def _box(box: MailboxRow) -> str:
    if box.name and box.address:
        return f"{box.name} <{box.address}>"
    return box.name or box.address or ""
