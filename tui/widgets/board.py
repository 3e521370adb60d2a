"""Offices in columns, by the step at which they are, or by phase where there is no room for so many."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from crm.office_steps import STEPS
from crm.rows.offices import OfficeRow
from tui import dates, words
from tui.i18n import _
from tui.widgets.office_rows import name, sign
from tui.widgets.rows import RowList, draw_line
from tui.widgets.table import cell

BY_STEP = 126
"""Cells from which on each step has a column of its own."""
_BESIDE = 34
_QUIET = "$foreground 65%"


class Column(NamedTuple):
    """A heading in words and the offices below it."""

    title: str
    offices: tuple[OfficeRow, ...]


def columns(offices: Sequence[OfficeRow], width: int) -> list[Column]:
    """Every office in exactly one column; columns without one stay, so that each has its place."""
    titles: dict[Hashable, str] = {}
    if width >= BY_STEP:
        titles[None] = _("No step yet")
        titles |= {kind: words.said(words.STEPS, kind) for kind in STEPS}
        return _sorted_into(titles, [(row.step if row.step in titles else None, row) for row in offices])
    phases = sorted({row.phase for row in offices if row.phase is not None})
    titles |= {n: _("Phase {n}").format(n=n) for n in phases}
    if any(row.phase is None for row in offices):
        titles[None] = _("Phase not known")
    return _sorted_into(titles, [(row.phase, row) for row in offices])


def _sorted_into(titles: Mapping[Hashable, str], rows: Sequence[tuple[Hashable, OfficeRow]]) -> list[Column]:
    below: dict[Hashable, list[OfficeRow]] = {key: [] for key in titles}
    for key, row in rows:
        below[key].append(row)
    return [Column(titles[key], tuple(found)) for key, found in below.items()]


def widths(many: int, width: int) -> list[int]:
    """Cells of each of so many columns; together exactly `width`."""
    return [width * (at + 1) // many - width * at // many for at in range(many)]


def board_heading(offices: Sequence[OfficeRow], width: int) -> Content:
    """The titles of the columns with how many stand in each."""
    found = columns(offices, width)
    wide = widths(len(found), width)
    return Content("").join(
        _title(column, room).truncate(room, pad=True) for column, room in zip(found, wide, strict=True)
    )


def _title(column: Column, room: int) -> Content:
    """Its number is never cut away."""
    many = f"({dates.number(len(column.offices))})"
    wide = max(min(len(column.title), room - len(many) - 2), 1)
    return Content.assemble(" ", cell(column.title, wide, _QUIET), " ", cell(many, len(many), _QUIET))


class Board(RowList):
    """The cursor is an office's place in reading order: down the first column, then the next."""

    DEFAULT_CSS = "Board { overflow-y: scroll; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.offices: Sequence[OfficeRow] = ()
        self.silent: frozenset[str] = frozenset()
        self.columns: list[Column] = []
        self.places: list[tuple[int, int]] = []

    def put(self, offices: Sequence[OfficeRow], silent: frozenset[str]) -> None:
        self.offices, self.silent = offices, silent
        self._arrange()

    def _arrange(self) -> None:
        before = self.current
        self.columns = columns(self.offices, self._room)
        self.places = [(x, y) for x, column in enumerate(self.columns) for y in range(len(column.offices))]
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width

    @property
    def extent(self) -> Size:
        return Size(0, max((len(column.offices) for column in self.columns), default=0))

    def count(self) -> int:
        return len(self.places)

    def key(self, index: int) -> Hashable | None:
        if not 0 <= index < len(self.places):
            return None
        x, y = self.places[index]
        return self.columns[x].offices[y].id

    def on_resize(self) -> None:
        self._arrange()

    def watch_cursor(self, old: int, new: int) -> None:
        if old != new:
            self.refresh()
            self._show_cursor()
            if new >= 0:
                self.post_message(self.Moved(self))

    def _show_cursor(self) -> None:
        if 0 <= self.cursor < len(self.places) and self.size.height:
            shown = Region(0, self.places[self.cursor][1], 1, 1)
            self.scroll_to_region(shown, animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        row, base = self.scroll_offset.y + y, self.visual_style
        at = self.places[self.cursor] if 0 <= self.cursor < len(self.places) else None
        strips = []
        for x, (content, room) in enumerate(self._cells(row)):
            style = self.get_visual_style("rows--cursor") if at == (x, row) else base
            strips.append(draw_line(self, content, room, style))
        return Strip.join(strips) if strips else Strip.blank(self._room, base.rich_style)

    def _cells(self, row: int) -> Iterator[tuple[Content, int]]:
        if self.columns:
            for column, room in zip(self.columns, widths(len(self.columns), self._room), strict=True):
                is_there = row < len(column.offices)
                yield (self._cell(column.offices[row], room) if is_there else Content("")), room

    def _cell(self, row: OfficeRow, room: int) -> Content:
        mark = sign(row, self.silent)
        if room < _BESIDE or self._room >= BY_STEP:
            return Content.assemble((f"{mark} ", "bold"), cell(name(row), max(room - 3, 1)))
        step = words.said(words.STEPS, row.step)
        return Content.assemble((f"{mark} ", "bold"), cell(name(row), 17), " ", cell(step, room - 21, _QUIET))

    def draw(self, index: int, width: int) -> Content:
        x, y = self.places[index]
        return self._cell(self.columns[x].offices[y], width)

    def action_across(self, step: int) -> None:
        """The next column that holds an office, at the same height or at its end."""
        if not 0 <= self.cursor < len(self.places):
            return
        x, y = self.places[self.cursor]
        there = range(x + step, len(self.columns) if step > 0 else -1, step)
        column = next((at for at in there if self.columns[at].offices), None)
        if column is not None:
            self.cursor = self.places.index((column, min(y, len(self.columns[column].offices) - 1)))

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
        edge = 0
        for x, room in enumerate(widths(len(self.columns), self._room) if self.columns else ()):
            place = (x, self.scroll_offset.y + event.y)
            if edge <= event.x < edge + room and place in self.places:
                index = self.places.index(place)
                if index == self.cursor and event.chain > 1:
                    self.action_open()
                self.cursor = index
            edge += room
