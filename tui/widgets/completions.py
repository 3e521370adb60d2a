"""What can stand at the cursor of a search, each explained; the marked one is put in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.i18n import _
from tui.operators import CHOICES, OPERATORS
from tui.text import line
from tui.widgets.table import cell

if TYPE_CHECKING:
    from crm.rows.searching import Completion

SHOWN: Final = 6
_QUIET = "$foreground 65%"


class Completions(Static):
    """A line for each; it takes no focus: the field that is typed in moves its mark."""

    DEFAULT_CSS = """
    Completions { height: auto; padding: 0 1; display: none; }
    """

    class Taken(Message):
        """A click on one."""

        def __init__(self, taken: "Completion") -> None:
            super().__init__()
            self.taken = taken

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__("", id=id)
        self.rows: Sequence[Completion] = ()
        self.at = 0

    def put(self, rows: "Sequence[Completion]") -> None:
        self.rows, self.at = rows[:SHOWN], 0
        self.display = bool(self.rows)
        self._draw()

    def move(self, step: int) -> bool:
        """Whether there was another to mark."""
        if not 0 <= self.at + step < len(self.rows):
            return False
        self.at += step
        self._draw()
        return True

    @property
    def marked(self) -> "Completion | None":
        return self.rows[self.at] if self.rows else None

    def _draw(self) -> None:
        self.update(
            Content("\n").join(completion_line(row, marked=at == self.at) for at, row in enumerate(self.rows))
        )

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self.rows):
            self.post_message(self.Taken(self.rows[event.y]))


def completion_line(row: "Completion", *, marked: bool) -> Content:
    shown = cell(row.text.strip(), 26, "bold" if marked else "")
    return Content.assemble("▸ " if marked else "  ", shown, " ", line(explained(row), _QUIET))


def explained(row: "Completion") -> str:
    """What an operator, or one of its choices, asks for."""
    if row.choice is not None:
        return _(CHOICES.get(f"{row.operator}:{row.choice}", OPERATORS.get(row.operator, "")))
    return _(OPERATORS[row.operator]) if row.operator in OPERATORS else ""
