"""A long text that is drawn by the lines in sight: a letter of a megabyte scrolls freely.

In it stand spots: words that a cursor goes to, and that are opened.
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.layout import Layout
from tui.widgets.rows import draw_line

LONGEST = 110
"""Cells of a line at most: in a longer one the eye loses its place."""


class Spot(NamedTuple):
    """Words of the text that stand for something."""

    start: int
    end: int
    what: object


class Page(ScrollView, can_focus=True):
    """Shows a text and scrolls to a place in it; left and right go from spot to spot."""

    DEFAULT_CSS = """
    Page { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; padding: 0 1; }
    Page:focus { background: $surface; }
    """
    ALLOW_MAXIMIZE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "spot(-1)", show=False),
        Binding("right", "spot(1)", show=False),
        Binding("enter", "open_spot", show=False),
    ]

    class Opened(Message):
        """Enter, or a second click, on a spot."""

        def __init__(self, what: object) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._layout = Layout("")
        self._spots: Sequence[Spot] = ()
        self._spot = -1
        self._target: int | None = None
        self._wrapped_at = 0

    def show(self, text: Content, target: int | None = None) -> None:
        """A new text, from its beginning or with position `target` in the upper third."""
        self.show_text(text.plain, text.spans, target)

    def show_text(
        self,
        text: str,
        spans: Sequence[Span] = (),
        target: int | None = None,
        spots: Sequence[Spot] = (),
    ) -> None:
        """The same of a text that was cleaned; `spots` in their order."""
        self._layout, self._target, self._wrapped_at = Layout(text, spans), target, 0
        self._spots, self._spot = spots, -1
        self._wrap()

    def on_resize(self) -> None:
        self._wrap()

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if not width or width == self._wrapped_at:
            return
        self._wrapped_at = width
        self._layout.wrap(min(width, LONGEST))
        self.virtual_size = Size(width, len(self._layout.rows))
        row = 0 if self._target is None else self._layout.row_of(self._target)
        self.scroll_to(y=max(row - self.size.height // 3, 0), animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        width = self.size.width
        if not 0 <= index < len(self._layout.rows):
            return Strip.blank(width, self.visual_style.rich_style)
        return draw_line(self, self._layout.draw(index, self._here()), width, self.visual_style)

    def _here(self) -> tuple[Span, ...]:
        if not 0 <= self._spot < len(self._spots):
            return ()
        spot = self._spots[self._spot]
        return (Span(spot.start, spot.end, "bold reverse"),)

    def action_spot(self, step: int) -> None:
        """The next spot below or above; the first one asked for is the first in sight."""
        if not self._spots:
            return
        if self._spot < 0:
            self._spot = self._first_in_sight() if step > 0 else len(self._spots) - 1
        else:
            self._spot = min(max(self._spot + step, 0), len(self._spots) - 1)
        row = self._layout.row_of(self._spots[self._spot].start)
        if not self.scroll_offset.y <= row < self.scroll_offset.y + self.size.height:
            self.scroll_to(y=max(row - self.size.height // 3, 0), animate=False)
        self.refresh()

    def _first_in_sight(self) -> int:
        if not self._layout.rows:
            return 0
        top = self._layout.rows[min(self.scroll_offset.y, len(self._layout.rows) - 1)][0]
        return next((i for i, spot in enumerate(self._spots) if spot.end > top), 0)

    def action_open_spot(self) -> None:
        if 0 <= self._spot < len(self._spots):
            self.post_message(self.Opened(self._spots[self._spot].what))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        row = self.scroll_offset.y + at.y if at is not None else -1
        if at is None or not 0 <= row < len(self._layout.rows):
            return
        position = self._layout.rows[row][0] + at.x
        found = next((i for i, s in enumerate(self._spots) if s.start <= position < s.end), -1)
        if found >= 0 and found == self._spot:
            self.action_open_spot()
        self._spot = found if found >= 0 else self._spot
        self.refresh()
