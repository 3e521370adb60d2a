"""A report as an Excel workbook: a sheet for each table, and a timeline that can be read in black and white.

No cell is a formula: what letters say is written as text, whatever it begins with.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from crm.office_steps import STEPS
from crm.report.model import Figures
from tui import words
from tui.i18n import _
from tui.report import tables, timeline
from tui.report.tables import Kind, Table, Value

_WIDTHS: Final[dict[Kind, int]] = {"text": 18, "long": 42, "count": 11, "number": 11, "day": 12}
_LONGEST: Final = 32_000
"""Excel takes 32 767 signs in a cell."""
_A_LINE: Final = 150
"""Signs of running text in a line of the overview."""
# Each has another hatching, so that it is told without colour.
PATTERNS: Final = (
    "light_horizontal",
    "wide_upward_diagonal",
    "light_vertical",
    "wide_downward_diagonal",
    "large_grid",
    "zigzag",
    "outlined_diamond",
    "percent_75",
)
_PAPER: Final = 9  # A4


def as_sheet(shown: Figures) -> bytes:
    """The workbook's bytes; the same figures give the same bytes."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        book.set_properties({"title": tables.title(shown), "created": datetime.combine(shown.as_of, time())})
        writer = _Writer(book, shown)
        writer.overview(_("Overview"))
        writer.offices(_("Offices"))
        writer.table(_("Steps"), tables.steps(shown))
        writer.table(_("Promises"), tables.promises(shown))
        writer.table(_("Changes"), tables.changes(shown))
        writer.table(_("Answer times"), tables.answers(shown))
        _timeline(writer, _("Timeline"))
    return file.getvalue()


class _Writer:
    """A workbook with its formats."""

    def __init__(self, book: Any, shown: Figures) -> None:
        self.book, self.shown = book, shown
        wrapped = {"text_wrap": True, "valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.formats: dict[Kind, Any] = {
            "text": book.add_format({"valign": "top"}),
            "long": book.add_format(wrapped),
            "count": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "number": book.add_format({"num_format": "0.0", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        }
        self.sums = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})

    def sheet(self, name: str, *, head: int) -> Any:
        """A sheet that prints on A4, lying, one page wide, its heading on every page and frozen on the screen."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_PAPER)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{_plain(tables.title(self.shown))}&R&P/&N")
        if head >= 0:
            sheet.repeat_rows(head)
            sheet.freeze_panes(head + 1, 1)
        return sheet

    def overview(self, name: str) -> None:
        """The totals, below what the report is of."""
        about = tables.about(self.shown)
        head = len(about) + 2
        sheet = self.sheet(name, head=head)
        sheet.write_string(0, 0, tables.title(self.shown), self.title)
        table = tables.overview(self.shown)
        for at, line in enumerate(about, 1):
            sheet.merge_range(at, 0, at, len(table.columns) - 1, "", self.formats["long"])
            sheet.write_string(at, 0, line, self.formats["long"])
            sheet.set_row(at, 15 * (1 + len(line) // _A_LINE))
        self._rows(sheet, table, head)

    def offices(self, name: str) -> None:
        """How each office stands, with its correspondence beside it."""
        standing, letters = tables.standing(self.shown), tables.correspondence(self.shown)
        rows = tuple((*one, *more[1:]) for one, more in zip(standing.rows, letters.rows, strict=True))
        joined = Table(standing.caption, (*standing.columns, *letters.columns[1:]), rows, standing.empty)
        self.table(name, joined)

    def table(self, name: str, table: Table) -> None:
        """A sheet of one table, that can be sorted and filtered."""
        sheet = self.sheet(name, head=0)
        self._rows(sheet, table, 0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _rows(self, sheet: Any, table: Table, head: int) -> None:
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, _WIDTHS[column.kind])
            sheet.write_string(head, at, column.name, self.head)
        for down, row in enumerate(table.rows, head + 1):
            is_sum = table.total and down == head + len(table.rows)
            for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                _write(sheet, down, at, value, self.sums if is_sum else self.formats[column.kind])
        if not table.rows:
            sheet.write_string(head + 1, 0, table.empty)


def _write(sheet: Any, row: int, column: int, value: Value, form: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, form)
        case int() | float():
            sheet.write_number(row, column, value, form)
        case date():
            sheet.write_datetime(row, column, datetime.combine(value, time()), form)
        case _:
            sheet.write_string(row, column, value[:_LONGEST], form)


def _plain(text: str) -> str:
    """A footer obeys what follows an ampersand."""
    return text.replace("&", "&&")


_EPOCH: Final = date(1899, 12, 30)
"""Excel's day 0."""


def _timeline(writer: _Writer, name: str) -> None:
    """The chart, and below it the days that it is drawn from."""
    rows = timeline.rows(writer.shown)
    sheet = writer.sheet(name, head=-1)
    if not rows:
        sheet.write_string(0, 0, _("No step has a date."))
        return
    below = max(22, 5 + len(rows)) + 2
    _write_days(writer, sheet, rows, below)
    sheet.insert_chart(0, 0, _chart(writer, name, rows, below))


def _write_days(writer: _Writer, sheet: Any, rows: Sequence[timeline.Row], below: int) -> None:
    sheet.set_column(0, 2 * len(STEPS), _WIDTHS["text"])
    sheet.write_string(below, 0, _("Office"), writer.head)
    for at, step in enumerate(STEPS):
        said = words.said(words.STEPS, step)
        sheet.write_string(below, 1 + 2 * at, _("Days before: {step}").format(step=said), writer.head)
        sheet.write_string(below, 2 + 2 * at, said, writer.head)
    for down, row in enumerate(rows, below + 1):
        sheet.write_string(down, 0, row.office.name)
        for at, days in enumerate((*stacked(row), 0)):
            sheet.write_number(down, 1 + at, days)


def stacked(row: timeline.Row) -> list[int]:
    """Days of nothing and days of a step, by turns, for every step: what a stacked bar is made of.

    The first counts from Excel's day 0. A step that begins before the one before it has ended is drawn from there on.
    """
    bars = {bar.step: bar for bar in row.bars}
    at, days = 0, []
    for step in STEPS:
        bar = bars.get(step)
        if bar is None:
            days += [0, 0]
            continue
        start = max((bar.start - _EPOCH).days, at)
        end = max((bar.end - _EPOCH).days + 1, start)
        days += [start - at, end - start]
        at = end
    return days


def _chart(writer: _Writer, name: str, rows: Sequence[timeline.Row], below: int) -> Any:
    chart = writer.book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = below + 1, below + len(rows)
    hidden = []
    # LibreOffice counts what the legend leaves out from the other end: a last gap makes both ends alike.
    for at in range(2 * len(STEPS) + 1):
        is_gap = at % 2 == 0
        look = {"fill": {"none": True}, "border": {"none": True}} if is_gap else _pattern(at // 2)
        hidden += [at] if is_gap else []
        chart.add_series(
            {
                "name": [name, below, 1 + at],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1 + at, last, 1 + at],
                "gap": 40,
                **look,
            }
        )
    start, end = timeline.span(list(rows))
    chart.set_title({"name": tables.title(writer.shown), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis(
        {
            "min": (start - _EPOCH).days,
            "max": (end - _EPOCH).days + 1,
            "major_unit": max((end - start).days // 8, 30),
            "num_format": "yyyy-mm",
            "num_font": {"size": 9, "rotation": -45},
            "major_gridlines": {"visible": True, "line": {"color": "#999999", "dash_type": "dash"}},
        }
    )
    chart.set_legend({"position": "bottom", "delete_series": hidden})
    chart.set_size({"width": 1080, "height": max(22, 5 + len(rows)) * 20})
    return chart


def _pattern(step: int) -> dict[str, Any]:
    pattern = {"pattern": PATTERNS[step], "fg_color": "#000000", "bg_color": "#FFFFFF"}
    return {"pattern": pattern, "border": {"color": "#000000", "width": 0.75}}
