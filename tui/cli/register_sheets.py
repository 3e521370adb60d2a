"""The sheets of the register: what the registrar is handed, and the e-mail log. No cell of them is a formula."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, TextIO

from crm.rows.people import MailboxRow
from crm.rows.register import LogEntryRow
from tui.cli.sheet import cell

if TYPE_CHECKING:
    from crm.register.handing_over import HandedRow

PAPERS: Final = (
    "id", "number", "date", "from", "to", "subject", "secret", "file", "documents", "message_id", "sha256",
)  # fmt: skip
LOG: Final = ("date", "from", "to", "subject", "number")


def open_papers(stream: TextIO) -> "Callable[[HandedRow], None]":
    """Writes the head of the sheet that the registrar fills in; gives what writes a row."""
    write = _opened(stream, PAPERS)

    def add(row: "HandedRow") -> None:
        message = row.message
        boxes = (_box(message.sender), _boxes((*message.to, *message.cc)))
        ours = (row.secret or "", row.file, row.documents or "")
        hashes = (message.message_id or "", row.sha256)
        write(
            (
                message.id,
                row.number or "",
                _moment(message.date),
                *boxes,
                message.subject or "",
                *ours,
                *hashes,
            )
        )

    return add


def open_email_log(stream: TextIO) -> Callable[[LogEntryRow], None]:
    """Writes the head of the e-mail log; gives what writes a row."""
    write = _opened(stream, LOG)

    def add(row: LogEntryRow) -> None:
        write((_moment(row.date), _box(row.sender), _boxes(row.to), row.subject or "", row.number or ""))

    return add


def _opened(stream: TextIO, columns: Sequence[str]) -> Callable[[Sequence[str]], None]:
    sheet = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    sheet.writerow(columns)
    return lambda values: sheet.writerow([cell(value) for value in values])


def _moment(at: datetime | None) -> str:
    return at.isoformat(" ", "seconds") if at else ""


def _boxes(boxes: Sequence[MailboxRow]) -> str:
    return ", ".join(_box(box) for box in boxes)


def _box(box: MailboxRow | None) -> str:
    if box is None:
        return ""
    return f"{box.name} <{box.address}>" if box.name and box.address else box.name or box.address or ""
