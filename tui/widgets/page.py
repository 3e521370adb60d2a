"""A long text that is wrapped once and drawn by the lines in sight: a letter of a megabyte scrolls freely."""

from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.rows import draw_line


class Page(ScrollView, can_focus=True):
    """Shows a `Content` and scrolls to a place in it."""

    DEFAULT_CSS = """
    Page { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; padding: 0 1; }
    Page:focus { background: $surface; }
    """
    ALLOW_MAXIMIZE: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._text = Content("")
        self._target: int | None = None
        self._rows: list[Content] = []
        self._wrapped_at = 0

    def show(self, text: Content, target: int | None = None) -> None:
        """A new text, from its beginning or with position `target` in the upper third."""
        self._text, self._target, self._wrapped_at = text, target, 0
        self._wrap()

    def on_resize(self) -> None:
        self._wrap()

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if not width or width == self._wrapped_at:
            return
        self._wrapped_at = width
        row = self._fill(width)
        self.virtual_size = Size(width, len(self._rows))
        self.scroll_to(y=max(row - self.size.height // 3, 0), animate=False)
        self.refresh()

    def _fill(self, width: int) -> int:
        """Wraps every line that is too long, and gives the row in which the target stands."""
        self._rows = []
        position, row = 0, 0
        for part in self._text.split("\n", allow_blank=True):
            if self._target is not None and position <= self._target:
                row = len(self._rows) + (self._target - position) // width
            self._rows += [part] if part.cell_length <= width else part.wrap(width)
            position += len(part) + 1
        return row

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        width = self.size.width
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, self.visual_style.rich_style)
        return draw_line(self, self._rows[index], width, self.visual_style)
