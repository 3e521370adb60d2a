"""Contacts as rows: people or organisations, and pairs that may be one."""

from collections.abc import Hashable, Sequence

from textual.content import Content

from crm.rows.people import AlikeRow, OrganisationRow, PersonRow
from tui import dates, words
from tui.backend_mail import ContactKind
from tui.i18n import _
from tui.text import line
from tui.widgets.paged import PagedList
from tui.widgets.rows import RowList
from tui.widgets.table import cell, figure

_QUIET = "$foreground 65%"
_WIDE = 110


class ContactList(PagedList[PersonRow | OrganisationRow]):
    """One line for each: name, what and where, how often and when last."""

    can_mark = True

    def draw(self, index: int, width: int) -> Content:
        row = self.row_at(index)
        if row is None:
            return line("…", _QUIET)
        mark = "■" if self.ids[index] in self.marks else " "
        return Content.assemble((f"{mark} ", "bold"), *_cells(row, width))


def _cells(row: PersonRow | OrganisationRow, width: int) -> list[Content | str]:
    address = next((box.address for box in row.addresses if box.address), "")
    if isinstance(row, PersonRow):
        middle = ", ".join(part for part in (row.title, row.organisation) if part)
    else:
        middle = row.domain or ""
    parts: list[Content | str] = [
        cell(row.name, 26, "bold"),
        " ",
        cell(middle, _middle(width)),
        " ",
        figure(dates.number(row.messages), 5),
        cell(row.last_message.isoformat() if row.last_message else "–", 13),
    ]
    return [*parts, line(address, _QUIET)] if width >= _WIDE else parts


def heading(kind: ContactKind, width: int) -> Content:
    """What the columns hold."""
    middle = _("Title, organisation") if kind == "person" else _("Domain")
    parts = [
        cell(_("Name"), 27),
        cell(middle, _middle(width) + 1),
        figure(_("Letters"), 5),
        cell(_("Last letter"), 13),
        cell(_("Address"), 20) if width >= _WIDE else Content(""),
    ]
    return Content.assemble("  ", *parts).stylize(_QUIET)


def _middle(width: int) -> int:
    return 42 if width >= _WIDE else 27


class AlikeList(RowList):
    """A pair in a line: how surely they are one, and why."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.pairs: Sequence[AlikeRow] = ()

    def put(self, pairs: Sequence[AlikeRow]) -> None:
        before = self.current
        self.pairs = pairs
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def pair(self) -> AlikeRow | None:
        """The pair under the cursor."""
        return self.pairs[self.cursor] if 0 <= self.cursor < len(self.pairs) else None

    def count(self) -> int:
        return len(self.pairs)

    def key(self, index: int) -> Hashable | None:
        row = self.pairs[index]
        return (row.person, row.other)

    def draw(self, index: int, width: int) -> Content:
        row = self.pairs[index]
        wide = 30 if width >= _WIDE else 22
        why = ", ".join(words.said(words.LIKENESS, reason) for reason in row.reasons)
        return Content.assemble(
            " ",
            cell(row.name, wide, "bold"),
            " = ",
            cell(row.other_name, wide, "bold"),
            " ",
            cell(words.confidence(row.score), 9),
            line(why, _QUIET),
        )
