"""The reading pane: the chain as a tree, and under it one message of it."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from crm.rows import MessageView
from tui import dates, words
from tui.keys import READING, bindings
from tui.text import clean, line
from tui.widgets.letter import QUIET, letter
from tui.widgets.page import Page
from tui.widgets.rows import RowList

_DEEPEST = 12


class Chain(RowList):
    """The messages of a chain or thread, each under the one that carried it."""

    DEFAULT_CSS = """
    Chain { height: auto; max-height: 30%; min-height: 1; border-bottom: solid $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.messages: Sequence[MessageView] = ()

    def count(self) -> int:
        return len(self.messages)

    def key(self, index: int) -> Hashable | None:
        return index if 0 <= index < len(self.messages) else None

    def draw(self, index: int, width: int) -> Content:
        del width
        view = self.messages[index]
        branch = "   " * (min(view.depth, _DEEPEST) - 1) + "└─ " if view.depth > 0 else ""
        when = dates.moment_column(view.date) if view.date else (view.date_text or "–")
        said = f"{words.short_name(view.sender)} · {when} · {words.said(words.MESSAGE_KINDS, view.kind)}"
        sign = " ▸" if view.follow_ups else ""
        return Content.assemble((f" {branch}", QUIET), line(said), (sign, "bold $text-warning"))


class ReadingPane(Vertical):
    """Shows messages; which one, is for its chain's cursor to say."""

    DEFAULT_CSS = """
    ReadingPane { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(READING[1:])

    class Wanted(Message):
        """Something about the mail of the message in sight: its headers, or to have it removed."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    class Headers(Wanted):
        """Show its headers."""

    class Private(Wanted):
        """It is private: ask, and remove it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.messages: Sequence[MessageView] = ()
        self.sentence: str | None = None

    def compose(self) -> ComposeResult:
        yield Chain(id="chain")
        yield Page(id="page")

    def show(
        self, messages: Sequence[MessageView], *, at: str | None = None, sentence: str | None = None
    ) -> None:
        """Unfolds a chain; `at` is the message to begin with, `sentence` the one that stands out in it."""
        self.messages, self.sentence = messages, sentence
        chain = self.query_one(Chain)
        chain.messages = messages
        chain.display = len(messages) > 1
        chain.cursor = -1
        chain.reload()
        chain.cursor = _first(messages, at)
        self._show_letter()

    def clear(self, text: str = "") -> None:
        """Nothing to read, and why."""
        self.messages = ()
        self.query_one(Chain).display = False
        self.query_one(Page).show(line(text, QUIET))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_letter()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        self.query_one("#page").focus()

    def action_step(self, step: int) -> None:
        self.query_one(Chain).action_move(step)

    def action_headers(self) -> None:
        self._announce(self.Headers)

    def action_private(self) -> None:
        self._announce(self.Private)

    def _announce(self, wanted: type[Wanted]) -> None:
        at = self.query_one(Chain).cursor
        if 0 <= at < len(self.messages):
            self.post_message(wanted(self.messages[at].id))

    def _show_letter(self) -> None:
        at = self.query_one(Chain).cursor
        if not 0 <= at < len(self.messages):
            return
        shown = letter(self.messages[at], self.sentence)
        self.query_one(Page).show(shown.content, shown.target)


def _first(messages: Sequence[MessageView], at: str | None) -> int:
    """The message that was asked for, else the newest with words of its own."""
    for index, view in enumerate(messages):
        if view.id == at:
            return index
    roots = [i for i, view in enumerate(messages) if view.depth == 0 and view.date is not None]
    begin = max(roots, key=lambda i: messages[i].date, default=0)  # type: ignore[arg-type, return-value]
    for index in range(begin, len(messages)):
        if clean(messages[index].body).strip():
            return index
    return begin if messages else -1
