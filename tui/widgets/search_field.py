"""The field in which a search is written."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.text import clean_line
from tui.widgets.completions import Completions

if TYPE_CHECKING:
    from crm.rows.searching import Completion


class Field(Input):
    """Tab puts in the completion that is marked, arrows mark another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down", "mark(1)", show=False),
        Binding("up", "mark(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor of the field came to another place."""

    class Leave(Message):
        """On to what was found."""

    @property
    def completions(self) -> Completions:
        return self.screen.query_one(Completions)

    def watch_selection(self) -> None:
        self.post_message(self.Moved())

    def action_complete(self) -> None:
        taken = self.completions.marked
        if taken is None:
            self.screen.focus_next()
        else:
            self.take(taken)

    def take(self, taken: "Completion") -> None:
        """Puts it in; the cursor stands behind it."""
        rest = self.value[taken.end :].lstrip() if taken.text.endswith(" ") else self.value[taken.end :]
        text = clean_line(taken.text.rstrip()) + (" " if taken.text.endswith(" ") else "")
        self.value = self.value[: taken.start] + text + rest
        self.cursor_position = taken.start + len(text)

    def action_mark(self, step: int) -> None:
        if not self.completions.move(step) and step > 0:
            self.post_message(self.Leave())
