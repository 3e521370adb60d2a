"""Offices one in a line: as a table, and over time."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from crm.office_steps import Window
from crm.rows.offices import OfficeRow
from tui import dates, office_words, words
from tui.i18n import _
from tui.text import content, line
from tui.widgets import timeline
from tui.widgets.rows import RowList
from tui.widgets.table import cell, figure

if TYPE_CHECKING:
    from crm.office_pages import OfficeMap

LATE = "!"
SILENT = "…"
_QUIET = "$foreground 65%"
_WIDE = 116


def name(row: OfficeRow) -> str:
    """`Ånge`, or `Göteborg, Angered` where a municipality has several."""
    return (
        f"{row.municipality}, {row.place}"
        if row.place and row.place != row.municipality
        else row.municipality
    )


def sign(row: OfficeRow, silent: frozenset[str]) -> str:
    """`!` before an office where something is late, `…` before one without contact for too long."""
    if row.late:
        return LATE
    return SILENT if row.id in silent else " "


def legend() -> str:
    """What the signs before an office mean."""
    return f"{LATE} " + _("late") + f"  {SILENT} " + _("no contact for long")


class OfficeList(RowList):
    """One line for each office."""

    can_mark = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.offices: Sequence[OfficeRow] = ()
        self.silent: frozenset[str] = frozenset()

    def put(self, offices: Sequence[OfficeRow], silent: frozenset[str]) -> None:
        before = self.current
        self.offices, self.silent = offices, silent
        self.marks &= {row.id for row in offices}
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def count(self) -> int:
        return len(self.offices)

    def key(self, index: int) -> Hashable | None:
        return self.offices[index].id if 0 <= index < len(self.offices) else None

    def draw(self, index: int, width: int) -> Content:
        row = self.offices[index]
        return office_line(row, width, self.silent, marked=row.id in self.marks)

    def chosen(self) -> list[str]:
        """The marked offices in the order of the list, else the one under the cursor."""
        if self.marks:
            return [row.id for row in self.offices if row.id in self.marks]
        return [str(self.current)] if self.current is not None else []


def office_line(
    row: OfficeRow, width: int, silent: frozenset[str] = frozenset(), *, marked: bool = False
) -> Content:
    open_ = dates.number(row.follow_ups_open) if row.follow_ups_open else "–"
    last = row.last_message.isoformat() if row.last_message else _("never")
    parts = [
        cell(name(row), 26, "bold"),
        cell(_("Phase {n}").format(n=row.phase) if row.phase else "–", 6),
        figure(open_, 12),
        figure(dates.number(row.messages), 6),
        cell(last, 12),
    ]
    if width >= _WIDE:
        parts += [
            cell(words.said(words.STEPS, row.step) or "–", 20),
            cell(words.said(office_words.ASSESSMENTS, row.assessment) or "–", 19),
            cell(words.said(words.AREAS, row.vulnerable_area), 16),
            line(row.owner or ""),
        ]
    mark = sign(row, silent)
    marks = (("■" if marked else " ", "bold $text-accent"), (f"{mark} ", "bold"))
    return Content.assemble(*marks, *(part for p in parts for part in (p, " ")))


def heading(width: int) -> Content:
    parts = [
        cell(_("Office"), 26),
        cell(_("Phase"), 6),
        figure(_("Follow-ups"), 12),
        figure(_("Letters"), 6),
        cell(_("Last letter"), 12),
    ]
    if width >= _WIDE:
        labels = [(_("Step"), 20), (_("Assessment"), 19), (_("Vulnerable area"), 16), (_("Responsible"), 20)]
        parts += [cell(text, wide) for text, wide in labels]
    return Content.assemble("   ", *(part for p in parts for part in (p, " "))).stylize(_QUIET)


class OfficeTimes(OfficeList):
    """One line for each office, with what is planned and done over a scale of months."""

    DEFAULT_CSS = "OfficeTimes { overflow-y: scroll; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.today = date.today()
        self.drawn: Mapping[str, Sequence[timeline.Stretch]] = {}

    def put_map(self, found: "OfficeMap", today: date) -> None:
        self.today = today
        self.drawn = {
            row.id: timeline.stretches(
                found.steps.get(row.id, ()), found.phases.get(row.phase or 0, Window()), today
            )
            for row in found.offices
        }
        self._scales: dict[int, timeline.Scale] = {}
        self.put(found.offices, found.silent)

    def scale(self, width: int) -> timeline.Scale:
        """The scale beside the names, the same for every line."""
        if width not in self._scales:
            known = (each for drawn in self.drawn.values() for each in drawn)
            self._scales[width] = timeline.scale_over(known, self.today, width - _names(width))
        return self._scales[width]

    def draw(self, index: int, width: int) -> Content:
        row = self.offices[index]
        bar = content(timeline.bar(self.drawn[row.id], self.scale(width), self.today))
        mark = sign(row, self.silent)
        marked = "■" if row.id in self.marks else " "
        signs = ((marked, "bold $text-accent"), (f"{mark} ", "bold"))
        return Content.assemble(*signs, cell(name(row), _names(width) - 4, "bold"), " ", bar)

    def heading(self, width: int) -> Content:
        """Years and months over the lines, and what the signs mean."""
        scale = self.scale(width)
        bar = content(" " * _names(width) + timeline.years(scale, self.today))
        label = content(" " * _names(width) + timeline.months(scale))
        return Content("\n").join([line(_meaning(self.today), _QUIET), bar, label])


def _names(width: int) -> int:
    return 30 if width >= _WIDE else 21


def _meaning(today: date) -> str:
    signs = [
        (timeline.PLANNED, _("planned")),
        (timeline.ABOUT, _("about")),
        (timeline.DONE, _("done")),
        (timeline.TODAY, dates.day(today, week=False)),
    ]
    return "  ".join(f"{sign_} {meaning}" for sign_, meaning in signs) + "  " + legend()
