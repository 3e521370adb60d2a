"""Where the rows of a long text begin and end: positions alone, so that a megabyte is laid out at once.

Only the rows in sight are ever made into something that can be drawn.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.cells import cell_len
from textual.content import Content, Span

from tui.text import spanned

Row = tuple[int, int]
"""Start and end of a row in the text."""

# Everything else may take two cells or none: it is measured character by character.
_MAYBE_WIDE: Final = re.compile("[^\n\\x20-\u02ff\u2010-\u2027\u202f-\u205e\u20ac]")
_BLOCK: Final = 4096


def rows_of(text: str, width: int) -> list[Row]:
    """The rows of `text` at `width` cells, broken at blanks where there are some."""
    rows: list[Row] = []
    start = 0
    is_narrow = _MAYBE_WIDE.search(text) is None
    while True:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start <= width and (is_narrow or cell_len(text[start:end]) <= width):
            rows.append((start, end))
        else:
            rows.extend(_broken(text, start, end, width))
        if end == len(text):
            return rows
        start = end + 1


def _broken(text: str, start: int, end: int, width: int) -> Iterator[Row]:
    """One line that may be too long."""
    is_narrow = _MAYBE_WIDE.search(text, start, end) is None
    while True:
        room = width if is_narrow else _fitting(text, start, end, width)
        if end - start <= room:
            yield start, end
            return
        blank = text.rfind(" ", start + 1, start + room + 1)
        yield start, blank if blank > 0 else start + room
        start = blank + 1 if blank > 0 else start + room


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """How many characters from `start` fit into `width` cells; one at least, so that it goes on."""
    used = 0
    for position in range(start, end):
        used += cell_len(text[position])
        if used > width:
            return max(position - start, 1)
    return end - start


@dataclass(slots=True)
class Layout:
    """A text, its styles, and its rows at one width."""

    text: str
    spans: Sequence[Span] = ()
    rows: list[Row] = field(default_factory=list)
    _blocks: dict[int, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for span in self.spans:
            for block in range(span.start // _BLOCK, span.end // _BLOCK + 1):
                self._blocks.setdefault(block, []).append(span)

    def wrap(self, width: int) -> None:
        """Lays the rows out anew."""
        self.rows = rows_of(self.text, width)

    def row_of(self, position: int) -> int:
        """The row in which a position of the text stands."""
        return max(bisect_right(self.rows, (position, len(self.text) + 1)) - 1, 0)

    def draw(self, row: int, more: Iterable[Span] = ()) -> Content:
        """One row as it is drawn; `more` are styles over the others."""
        start, end = self.rows[row]
        inside = [
            Span(max(s.start, start) - start, min(s.end, end) - start, s.style)
            for s in (*self._over(start, end), *more)
            if s.start < end and s.end > start
        ]
        return spanned(self.text[start:end], inside)

    def _over(self, start: int, end: int) -> Iterator[Span]:
        first, last = start // _BLOCK, end // _BLOCK
        yield from self._blocks.get(first, ())
        for block in range(first + 1, last + 1):
            yield from (s for s in self._blocks.get(block, ()) if s.start // _BLOCK == block)
