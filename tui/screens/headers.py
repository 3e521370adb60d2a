"""The headers of the letter in sight, over it."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from tui.asking import Asking
from tui.heads import lines
from tui.keys import BACK, EVERYWHERE
from tui.marking import Marking
from tui.text import line
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.page import Page

if TYPE_CHECKING:
    from crm.headers import HeadersRow


class HeadersScreen(Marking, Screen[None], Asking):
    """Asks for the headers of `message`; left with Escape or the key that opened it."""

    DEFAULT_CSS = """
    HeadersScreen { layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,h", "back", show=False)]

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message

    def compose(self) -> ComposeResult:
        yield Page(id="page")
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).keys = (*BACK, *EVERYWHERE)
        self.query_one(Page).focus()
        message = self.message
        self.ask("headers", lambda b: b.headers(message), self._show)

    def _show(self, row: "HeadersRow") -> None:
        parts: list[Content] = []
        for heading, text in lines(row):
            if heading and parts:
                parts.append(Content(""))
            parts.append(line(text, "bold" if heading else ""))
        self.query_one(Page).show(Content("\n").join(parts))

    def action_back(self) -> None:
        self.dismiss(None)
