"""Search: words in, letters out, newest first."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from crm.rows import MessageRow
from tui import dates, words
from tui.backend import LISTED
from tui.i18n import _, ngettext
from tui.keys import BACK, LIST, Key
from tui.text import line
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.view import View

_PAUSE = 0.15


class ResultList(RowList):
    """Two lines a letter: its heads, and where in it the words stand."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.results: Sequence[MessageRow] = ()

    def put(self, results: Sequence[MessageRow]) -> None:
        self.results = results
        self.cursor = -1
        self.reload()

    def count(self) -> int:
        return len(self.results)

    def key(self, index: int) -> Hashable | None:
        return self.results[index].id if 0 <= index < len(self.results) else None

    def draw(self, index: int, width: int) -> Content:
        row = self.results[index]
        wide = width >= 110
        parts: list[Content | str] = [
            cell(row.date.date().isoformat() if row.date else "–", 11),
            cell(words.short_name(row.sender), 24 if wide else 16),
            " ",
            cell(words.subject(row.subject), 40 if wide else 24, "bold"),
            " ",
            line(row.snippet or "", "$foreground 65%"),
        ]
        return Content.assemble(" ", *parts)


class SearchView(View):
    """Asks a moment after the last letter typed; Enter goes to the results."""

    DEFAULT_CSS = """
    SearchView { height: 1fr; layout: vertical; }
    SearchView Input { height: 3; }
    SearchView #count { height: 1; padding: 0 1; color: $foreground 65%; }
    SearchView ResultList { height: 1fr; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = (*LIST, *BACK)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("down", "to_results", show=False),
    ]
    _typing: Timer | None = None

    class Open(Message):
        """Show a letter that was found."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    def compose(self) -> ComposeResult:
        yield Input(placeholder=_("Words in subject or text, for example: Ånge premises"), id="query")
        yield Static("", id="count")
        yield ResultList(id="results")

    @property
    def rows(self) -> ResultList:
        return self.query_one(ResultList)

    def put_words(self, words: str) -> None:
        """Searches for these words."""
        self.query_one(Input).value = words

    def load(self) -> None:
        self._search()

    def focus_first(self) -> None:
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_PAUSE, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._search()
        self.rows.focus()

    def _search(self) -> None:
        text = self.query_one(Input).value.strip()
        if text:
            self.ask("search", lambda b: b.search(text, LISTED), self._put)
        else:
            self.rows.put(())
            self.query_one("#count", Static).update(
                line(_("Type what you look for; every word must be there."))
            )

    def _put(self, results: list[MessageRow]) -> None:
        if not self.query_one(Input).value.strip():
            return
        self.rows.put(results)
        self.query_one("#count", Static).update(line(_found(len(results))))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        self.post_message(self.Open(str(event.rows.current)))

    def action_back(self) -> None:
        self.query_one(Input).focus()

    def action_to_results(self) -> None:
        self.rows.focus()


def _found(many: int) -> str:
    if many >= LISTED:
        return _("The newest {n}, newest first. One more word narrows it.").format(n=dates.number(many))
    if not many:
        return _("Nothing found. Fewer words find more.")
    return ngettext("{n} letter", "{n} letters, newest first", many).format(n=dates.number(many))
