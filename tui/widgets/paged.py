"""A list that holds a million: ids from its beginning or its end as far as one has gone, rows by pages as they come into sight."""

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.message import Message

from tui.widgets.rows import RowList

PAGE = 50
FIRST = 500
"""Ids that are asked for at first; whoever comes near the last of them gets twice as many."""
_NEAR = 200
_KEPT = 40 * PAGE
_SPARE = 50  # what came meanwhile pushes nothing out that one has seen
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Reach:
    """So many ids of a list from its beginning, or from its end (`last`)."""

    limit: int = FIRST
    last: bool = False


class PagedList(RowList, Generic[Row]):
    """Subclasses draw a row; whoever holds the list asks for what is wanted.

    However long the list is, its end is the beginning of the other order: nobody waits for what lies between.
    """

    class Wanted(Message):
        """Rows are in sight that are not here yet."""

        def __init__(self, rows: "PagedList[Row]", ids: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.ids = ids

    class Longer(Message):
        """The cursor nears what is not here yet: ids of another reach are wanted."""

        def __init__(self, rows: "PagedList[Row]", reach: Reach) -> None:
            super().__init__()
            self.rows = rows
            self.reach = reach

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.ids: Sequence[int] = ()
        self.loaded: dict[int, Row] = {}
        self.asked: set[int] = set()
        self.reach = Reach()
        self.is_whole = True

    def again(self) -> Reach:
        """What is to be asked for to see the same part anew."""
        return Reach(max(FIRST, len(self.ids) + _SPARE), self.reach.last)

    def put_ids(self, ids: Sequence[int], reach: Reach | None = None) -> None:
        """Other rows, or the same in another order: those that are here are drawn until they come anew.

        `reach` is what was asked for; None: these are all.
        """
        before, at, turned = self.current, self.cursor, reach is not None and reach.last != self.reach.last
        from_end = len(self.ids) - at if at >= 0 else 0
        self.is_whole = reach is None or len(ids) < reach.limit
        self.reach = Reach() if reach is None or self.is_whole else reach
        self.ids = array("q", ids)
        if len(self.loaded) > _KEPT:
            self.loaded.clear()
        self.asked.clear()
        if turned:
            before, at = None, len(ids) if reach is not None and reach.last else 0
        elif self.reach.last:
            at = len(ids) - from_end
        with self.prevent(self.Longer):  # where the cursor stands on the way is not where anybody went
            self.reload()
            self.select(before, otherwise=max(at, 0))
        if self.cursor >= 0:
            self.row_at(self.cursor)  # asked for before it is drawn: in a view out of sight nothing is

    def select(self, key: Hashable | None, otherwise: int = 0) -> None:
        """As everywhere, but a million ids are looked through in C."""
        found = key in self.ids if isinstance(key, int) else False
        self.cursor = self.ids.index(key) if found and isinstance(key, int) else self._nearest(otherwise, 1)

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        ahead = new if self.reach.last else self.count() - 1 - new
        if not self.is_whole and new >= 0 and ahead < _NEAR:
            self.post_message(self.Longer(self, Reach(2 * self.count(), self.reach.last)))

    def action_edge(self, direction: int) -> None:
        """To the end of the whole list, or back to its beginning."""
        if self.is_whole or self.reach.last == (direction > 0):
            super().action_edge(direction)
        else:
            self.post_message(self.Longer(self, Reach(FIRST, last=direction > 0)))

    def put_rows(self, rows: dict[int, Row]) -> None:
        self.loaded |= rows
        self.refresh()

    def count(self) -> int:
        return len(self.ids)

    def key(self, index: int) -> Hashable | None:
        return self.ids[index] if 0 <= index < len(self.ids) else None

    def row(self) -> Row | None:
        """The row under the cursor, when it is here."""
        return self.loaded.get(self.ids[self.cursor]) if 0 <= self.cursor < len(self.ids) else None

    def row_at(self, index: int) -> Row | None:
        """The row of a line, as it is known; asks for the page around it once."""
        page = index // PAGE
        if page not in self.asked:
            self.asked.add(page)
            self.post_message(self.Wanted(self, self.ids[page * PAGE : (page + 1) * PAGE]))
        return self.loaded.get(self.ids[index])
