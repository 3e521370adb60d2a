"""A list that holds a million: all ids at once, rows by pages as they come into sight."""

from array import array
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from textual.message import Message

from tui.widgets.rows import RowList

PAGE = 100
FIRST = 500
"""Ids that are asked for at first: they are there at once, all others a moment later."""
_KEPT = 20 * PAGE
Row = TypeVar("Row")


class PagedList(RowList, Generic[Row]):
    """Subclasses draw a row; whoever holds the list asks for those that are wanted."""

    class Wanted(Message):
        """Rows are in sight that are not here yet."""

        def __init__(self, rows: "PagedList[Row]", ids: Sequence[int]) -> None:
            super().__init__()
            self.rows = rows
            self.ids = ids

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.ids: Sequence[int] = ()
        self.loaded: dict[int, Row] = {}
        self.asked: set[int] = set()
        self._is_part = False

    def put_ids(self, ids: Sequence[int], *, is_part: bool = False) -> None:
        """Other rows, or the same in another order: those that are here are drawn until they come anew."""
        before, at = self.current, self.cursor
        if self._is_part and not is_part and 0 <= at == self.count() - 1:
            before, at = None, len(ids)  # whoever has gone to the end meant that of the whole
        self._is_part = is_part
        self.ids = array("q", ids)
        if len(self.loaded) > _KEPT:
            self.loaded.clear()
        self.asked.clear()
        self.reload()
        self.select(before, otherwise=max(at, 0))

    def select(self, key: Hashable | None, otherwise: int = 0) -> None:
        """As everywhere, but a million ids are looked through in C."""
        found = key in self.ids if isinstance(key, int) else False
        self.cursor = self.ids.index(key) if found and isinstance(key, int) else self._nearest(otherwise, 1)

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
