"""What a search finds, and the searches that are kept, as rows."""

from collections.abc import Hashable, Sequence

from textual.content import Content

from crm.rows.messages import MessageRow
from crm.rows.searching import SavedSearchRow
from tui import dates, words
from tui.i18n import _, ngettext
from tui.text import line
from tui.widgets.rows import RowList
from tui.widgets.table import cell, figure

_QUIET = "$foreground 65%"


class ResultList(RowList):
    """One line a letter: its heads, and where in it the words stand."""

    can_mark = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.results: Sequence[MessageRow] = ()

    def put(self, results: Sequence[MessageRow]) -> None:
        self.results = results
        self.cursor = -1
        self.marks &= {row.id for row in results}
        self.reload()

    def chosen(self) -> list[MessageRow]:
        """The marked letters in the order of the list, else the one under the cursor."""
        chosen = self.marks or {self.current}
        return [row for row in self.results if row.id in chosen]

    def put_more(self, results: Sequence[MessageRow]) -> None:
        """The same from its beginning, and further: the cursor stays."""
        before = self.current
        self.results = results
        self.reload()
        self.select(before)

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
            line(row.snippet or "", _QUIET),
        ]
        mark = "■" if row.id in self.marks else " "
        return Content.assemble((mark, "bold $text-accent"), *parts)


def heading(width: int) -> Content:
    """The names of the columns, over rows that are as wide."""
    wide = width >= 110
    parts: list[Content | str] = [
        " ",
        cell(_("Date"), 11),
        cell(_("From"), 24 if wide else 16),
        " ",
        cell(_("Subject"), 40 if wide else 24),
        " ",
        line(_("What it says")),
    ]
    return Content.assemble(*parts).stylize(_QUIET)


class SavedList(RowList):
    """The searches that are kept: name, how many letters, what is asked for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.saved: Sequence[SavedSearchRow] = ()

    def put(self, saved: Sequence[SavedSearchRow]) -> None:
        self.saved = saved
        self.reload()

    @property
    def row(self) -> SavedSearchRow | None:
        """The search under the cursor."""
        return self.saved[self.cursor] if 0 <= self.cursor < len(self.saved) else None

    def count(self) -> int:
        return len(self.saved)

    def key(self, index: int) -> Hashable | None:
        return self.saved[index].id if 0 <= index < len(self.saved) else None

    def draw(self, index: int, width: int) -> Content:
        row = self.saved[index]
        wide = 40 if width >= 110 else 26
        return Content.assemble(
            " ", cell(row.name, wide, "bold"), " ", figure(counted(row), 14), line(row.query, _QUIET)
        )


def counted(row: SavedSearchRow) -> str:
    """`12 brev`, `över 1 000`; nothing where it asks for what is no longer there."""
    if row.messages is None:
        return ""
    if row.more:
        return _("over {n}").format(n=dates.number(row.messages))
    return ngettext("{n} letter", "{n} letters", row.messages).format(n=dates.number(row.messages))
