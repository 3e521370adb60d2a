"""Reminders as a sheet (XLSX): a page for each bucket, days that can be sorted, text that is never calculated."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import xlsxwriter

from crm.rows.follow_ups import FollowUpRow, ReminderRow
from tui import dates, words
from tui.cli.sheet import cell
from tui.i18n import N_, _

_DAY: Final = "yyyy-mm-dd"
_FIRST: Final = date(1900, 3, 1)  # Excel counts 29 February 1900, which never was
COLUMNS: Final[tuple[tuple[str, int], ...]] = (
    (N_("Id"), 8),
    (N_("From"), 12),
    (N_("To"), 12),
    (N_("Clock"), 12),
    (N_("About"), 10),
    (N_("Office"), 18),
    (N_("Side"), 16),
    (N_("Kind"), 12),
    (N_("State"), 20),
    (N_("Responsible"), 16),
    (N_("Sentence"), 70),
    (N_("Said by"), 28),
    (N_("Document"), 22),
    (N_("Number"), 18),
)
_WRAPPED: Final = 10


def workbook(rows: Sequence[ReminderRow], today: date) -> bytes:
    """The file's bytes; one sheet says so where there is nothing. Rows come in the order of their buckets."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        for bucket, found in groupby(rows, key=lambda row: row.bucket):
            _page(book, words.said(words.BUCKETS, bucket), found, today)
        if not rows:
            _page(book, _("Nothing is due"), (), today)
    return stream.getvalue()


def _page(book: Any, title: str, rows: Iterable[ReminderRow], today: date) -> None:
    page = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        "text": book.add_format({"valign": "top"}),
        "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
        "day": book.add_format({"num_format": _DAY, "valign": "top", "align": "left"}),
    }
    for at, (name, width) in enumerate(COLUMNS):
        page.set_column(at, at, width)
        page.write_string(0, at, _(name), heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        _line(page, last, row.follow_up, formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(COLUMNS) - 1)
    _printable(page, f"{title} {dates.day(today)}")


def _line(page: Any, number: int, row: FollowUpRow, formats: dict[str, Any]) -> None:
    for at, value in enumerate(_values(row)):
        if isinstance(value, date) and value >= _FIRST:
            page.write_datetime(number, at, value, formats["day"])
        elif value:
            said = value.isoformat() if isinstance(value, date) else cell(value)
            page.write_string(number, at, said, formats["wrapped" if at == _WRAPPED else "text"])


def _values(row: FollowUpRow) -> tuple[str | date | None, ...]:
    """As COLUMNS name them; of a marked one the dates and the number."""
    when = (row.id, row.due_start, row.due_end, dates.hours(row.start_time, row.end_time))
    about = _("about") if row.approximate else ""
    if row.secret:
        return (*when, about, "", "", "", _("Marked confidential"), "", "", "", "", row.number)
    return (
        *when,
        about,
        row.office_name or row.office,
        words.said(words.OWES, row.owes),
        words.said(words.KINDS, row.kind),
        words.state(row),
        row.assignee,
        row.text,
        row.sender,
        row.source,
        row.number,
    )


def _printable(page: Any, title: str) -> None:
    """Lying A4, as wide as one page, the head on each, numbered."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{_literal(title)}")
    page.set_footer("&C&P / &N")


def _literal(title: str) -> str:
    """A header's own signs begin with &."""
    return title.replace("&", "&&")
