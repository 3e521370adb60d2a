"""A page beside its list, in a window that has room for both; the cursor stays in the list."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.widgets.page_lines import Page

ROOMY = 180
"""Cells of a view from which on both have room."""


class Beside(Vertical):
    """The head and the lines of what the list's cursor is on."""

    DEFAULT_CSS = """
    Beside { width: 3fr; height: 1fr; border-left: solid $primary; display: none; }
    Beside Static { height: auto; padding: 0 1; border-bottom: solid $panel; }
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        page.can_focus = False
        self.page = page

    def compose(self) -> ComposeResult:
        yield Static("")
        yield self.page

    def fit(self, width: int) -> bool:
        """Shows it where a view of so many cells has room; gives whether it does."""
        has_room = width >= ROOMY
        if has_room != self.display:  # even the same again lays everything out anew
            self.display = has_room
        return has_room

    def put_head(self, head: Content) -> None:
        """What stands above the lines."""
        self.query_one(Static).update(head)
