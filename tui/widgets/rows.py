"""A list that draws only the lines in sight: a million rows cost no more than thirty."""

from collections.abc import Hashable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui.text import content


def draw_line(widget: Widget, content: Content, width: int, base: Style) -> Strip:
    """One line of a widget that draws by lines, cut or filled to `width`, over the style `base`."""
    fitted = content.truncate(width, ellipsis=True, pad=True)
    parse = widget.app.stylesheet.parse_style
    pieces = fitted.render(base, end="", parse_style=lambda style: base + parse(style))
    return Strip([Segment(text, style.rich_style) for text, style in pieces], width)


class RowList(ScrollView, can_focus=True):
    """Lines with a cursor and marks. Subclasses say how many there are and what stands in each."""

    DEFAULT_CSS = """
    RowList { scrollbar-size-vertical: 1; overflow-x: hidden; background: $background; }
    RowList > .rows--cursor { background: $block-cursor-blurred-background; color: $foreground; text-style: bold; }
    RowList:focus > .rows--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    RowList:focus:nocolor > .rows--cursor { text-style: reverse bold; }
    RowList:nocolor > .rows--cursor { text-style: reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "open", show=False),
        Binding("space", "mark", show=False),
    ]

    cursor: var[int] = var(-1)
    """The line under the cursor; -1 for none."""

    class Moved(Message):
        """The cursor came to another line."""

        def __init__(self, rows: "RowList") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "RowList":
            return self.rows

    class Opened(Moved):
        """Enter, or a second click, on a line."""

    class Fitted(Moved):
        """Lines are of another width: names of columns above them follow."""

    can_mark: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.marks: set[Hashable] = set()
        self._fitted = 0

    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, index: int, width: int) -> Content:
        """One line, not yet cut to `width`."""
        raise NotImplementedError

    def key(self, index: int) -> Hashable | None:
        """What stands in a line, the same after a reload; None for a heading, which the cursor passes by."""
        raise NotImplementedError

    @property
    def current(self) -> Hashable | None:
        """The key under the cursor."""
        return self.key(self.cursor) if 0 <= self.cursor < self.count() else None

    @property
    def extent(self) -> Size:
        """How far it scrolls."""
        return Size(0, self.count())

    def reload(self) -> None:
        """The rows have changed: the cursor stays with its key, or at its place in the list."""
        self.virtual_size = self.extent
        self.cursor = self._nearest(max(self.cursor, 0), 1)
        self.refresh()
        self.call_after_refresh(self._show_cursor)
        self.call_after_refresh(self._fit)

    def select(self, key: Hashable | None, otherwise: int = 0) -> None:
        """Puts the cursor on `key`, or near the line `otherwise` when it is not there."""
        found = (
            next((i for i in range(self.count()) if self.key(i) == key), None) if key is not None else None
        )
        self.cursor = self._nearest(otherwise, 1) if found is None else found

    def _nearest(self, index: int, step: int) -> int:
        """The line at or after `index` (step 1) or before it that takes a cursor, else the other way; or -1."""
        for direction in (step, -step):
            at = min(max(index, 0), self.count() - 1)
            while 0 <= at < self.count():
                if self.key(at) is not None:
                    return at
                at += direction
        return -1

    def watch_cursor(self, old: int, new: int) -> None:
        if old == new:
            return
        self.refresh_line(old)
        self.refresh_line(new)
        self._show_cursor()
        if new >= 0:
            self.post_message(self.Moved(self))

    def _show_cursor(self) -> None:
        """Scrolls the cursor into sight, a heading just above it as well."""
        if self.cursor < 0 or not self.size.height:
            return
        above = self.cursor > 0 and self.key(self.cursor - 1) is None
        top = self.cursor - 1 if above else self.cursor
        self.scroll_to_region(
            Region(0, top, 1, self.cursor - top + 1), animate=False, force=True, immediate=True
        )

    @property
    def line_width(self) -> int:
        """The cells of a line: a scrollbar takes one."""
        return self.scrollable_content_region.width

    def _fit(self) -> None:
        if self.line_width != self._fitted:
            self._fitted = self.line_width
            self.post_message(self.Fitted(self))

    def on_resize(self) -> None:
        self.virtual_size = self.extent
        self._show_cursor()
        self._fit()

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        width = self.line_width
        base = self.visual_style
        if not 0 <= index < self.count():
            return Strip.blank(width, base.rich_style)
        if index == self.cursor:
            # The cursor's colours are made for each other: another colour may not be seen on them.
            base = self.get_visual_style("rows--cursor")
            return draw_line(self, content(self.draw(index, width).plain), width, base)
        return draw_line(self, self.draw(index, width), width, base)

    def action_move(self, step: int) -> None:
        at = self.cursor + step
        while 0 <= at < self.count():
            if self.key(at) is not None:
                self.cursor = at
                return
            at += step
        self.scroll_relative(y=step, animate=False)

    def action_page(self, direction: int) -> None:
        page = max(self.size.height - 1, 1)
        self.cursor = self._nearest(self.cursor + direction * page, direction)

    def action_edge(self, direction: int) -> None:
        self.cursor = self._nearest(0 if direction < 0 else self.count() - 1, -direction)

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Opened(self))

    def action_mark(self) -> None:
        if not self.can_mark or self.current is None:
            return
        self.marks ^= {self.current}
        self.refresh()
        self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y
        if 0 <= index < self.count() and self.key(index) is not None:
            if index == self.cursor and event.chain > 1:
                self.action_open()
            self.cursor = index
