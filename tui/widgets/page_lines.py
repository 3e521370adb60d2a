"""The lines of a page of an office or a contact: what each opens, and what has happened, the same on both."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from tui import happening
from tui.i18n import _
from tui.text import line
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.timeline import Stretch

if TYPE_CHECKING:
    from crm.rows.timeline import TimelineRow

HAPPENED: Final = 50
"""As many entries as the store gives at a time (crm.office_pages, crm.contacts)."""
_QUIET = "$foreground 65%"


class Line(NamedTuple):
    """A line of a page: what Enter opens or copies, or a heading; `drawn` is shown over time where there is room.

    `follow_up` and `proposal` are what can be decided there; `before`: Enter fetches what happened before that entry.
    """

    key: str | None
    content: Content
    message: str | None = None
    sentence: str | None = None
    contact: str | None = None
    copied: str | None = None
    drawn: tuple[Stretch, ...] = ()
    follow_up: str | None = None
    proposal: str | None = None
    before: str | None = None

    @property
    def can_mark(self) -> bool:
        return self.follow_up is not None or self.proposal is not None


class Page(RowList):
    """Lines of which the last may ask for what happened before."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: list[Line] = []

    def count(self) -> int:
        return len(self.lines)

    def key(self, index: int) -> str | None:
        return self.lines[index].key if 0 <= index < len(self.lines) else None

    def draw(self, index: int, width: int) -> Content:
        del width
        return self.lines[index].content

    def put_older(self, rows: "Sequence[TimelineRow]") -> None:
        """A further page of what happened, in place of the line that asked for it."""
        at = next((number for number, shown in enumerate(self.lines) if shown.before is not None), None)
        if at is not None:
            self.lines[at : at + 1] = happened_lines(rows)
            self.reload()


def happened_lines(rows: "Sequence[TimelineRow]") -> Iterator[Line]:
    """Letters, notes and decisions, and a line for those before them where there may be some."""
    for row in rows:
        yield Line(
            f"e{row.id}", happened_line(row), row.note or row.message, row.text if row.follow_up else None
        )
    if len(rows) >= HAPPENED:
        shown = Content.assemble("   ", line(_("Enter: what happened before that"), _QUIET))
        yield Line("more", shown, before=rows[-1].id)


def happened_line(row: "TimelineRow") -> Content:
    """An entry of a timeline: its way, day, who, and what it was unless it is a letter."""
    way = {"in": "→", "out": "←"}.get(row.direction or "", " ")
    said = happening.about(row, numbered=False)
    if row.kind != "message":
        said = f"{happening.what(row)}: {said}"
    return Content.assemble(
        cell(f" {way}", 3),
        cell(row.at.date().isoformat() if row.at else "–", 11),
        cell(row.by or (_("unknown sender") if row.kind == "message" else ""), 20),
        " ",
        line(said),
    )
