"""The day's list: sections of follow-ups, above them what is new; rows come by pages, ids are there at once."""

from bisect import bisect
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content
from textual.message import Message

from crm.agenda_rows import Agenda, NewsRow, Section
from tui import dates, words
from tui.i18n import _, ngettext
from tui.text import line
from tui.widgets.rows import RowList
from tui.widgets.table import cell

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow

PAGE = 100
NEWS_SHOWN = 4
WIDE, WIDEST, ROOMY = 116, 140, 180
QUIET = "$foreground 65%"
_SECTION_STYLES: dict[str, str] = {"overdue": "bold $text-error", "due": "bold $text-warning"}


class Heading(NamedTuple):
    """A line that the cursor passes by."""

    title: str
    style: str = "bold"


class NewsLine(NamedTuple):
    """What is new at one office."""

    row: NewsRow

    @property
    def key(self) -> str:
        """Never that of a follow-up."""
        return f"news {self.row.office or ''}"


class More(NamedTuple):
    """So many offices have news that are not shown."""

    many: int


_Line = str | Heading | NewsLine | More


class AgendaList(RowList):
    """Keys are the ids of follow-ups, or of news."""

    can_mark: ClassVar[bool] = True

    class Wanted(Message):
        """Rows are in sight that are not here yet, or not as they are now."""

        def __init__(self, ids: Sequence[str]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: list[_Line] = []
        self.loaded: dict[str, FollowUpRow] = {}
        self._at: dict[_Line, int] = {}
        self._begins: list[int] = []
        self._asked: set[int] = set()
        self._news: list[_Line] = []
        self.today = date.min
        self._agenda = Agenda(())

    def put(self, agenda: Agenda, decided: Collection[str] = ()) -> None:
        """A new list. The cursor stays with its row, or where work goes on when that one was `decided` and has left."""
        before, at, old_lines = self.current, self.cursor, self.lines
        was_in = self._section(before)
        self._agenda = agenda
        self._lay()
        self.marks = {key for key in self.marks if key in self._at}
        self._asked.clear()
        self.loaded = {name: row for name, row in self.loaded.items() if name in self._at}
        self.reload()
        moved = before in decided and was_in != self._section(before)
        following = _following(old_lines, at, decided) if moved else [before]
        self._go(following, at)
        if self.cursor >= 0:
            self._want(self.cursor)  # before it is drawn: nobody waits for a first frame without rows

    def put_news(self, rows: Sequence[NewsRow], title: str) -> None:
        """What is new stands above everything; no rows take it away."""
        before = self.current
        self._news = [Heading(title), *(NewsLine(row) for row in rows[:NEWS_SHOWN])] if rows else []
        if len(rows) > NEWS_SHOWN:
            self._news.append(More(len(rows) - NEWS_SHOWN))
        self._lay()
        self.reload()
        self._go([before], 0)

    def _lay(self) -> None:
        lines: list[_Line] = list(self._news)
        self._begins = []
        for section, names in self._agenda.sections:
            title = f"{_(words.SECTIONS[section])} ({dates.number(len(names))})"
            self._begins.append(len(lines))
            lines.append(Heading(title, _SECTION_STYLES.get(section, "bold")))
            lines += names
        self.lines = lines
        self._at = dict(zip(lines, range(len(lines)), strict=True))  # sixty thousand, while a key waits

    def _section(self, key: Hashable | None) -> Section | None:
        at = self._at.get(key) if isinstance(key, str) else None
        return self._agenda.sections[bisect(self._begins, at) - 1][0] if at is not None else None

    def _go(self, keys: Iterable[Hashable | None], otherwise: int) -> None:
        """To the first of those keys that is here; at first to the first follow-up, below what is new."""
        found = next((self._place(key) for key in keys if key is not None and self._place(key) >= 0), -1)
        self.cursor = found if found >= 0 else self._nearest(max(otherwise, len(self._news)), 1)

    def _place(self, key: Hashable) -> int:
        if isinstance(key, str) and key in self._at:
            return self._at[key]
        return next(
            (at for at, item in enumerate(self._news) if isinstance(item, NewsLine) and item.key == key), -1
        )

    def put_rows(self, rows: "Iterable[FollowUpRow]") -> None:
        """Rows that were wanted."""
        self.loaded |= {row.id: row for row in rows if row.id in self._at}
        self.refresh()

    def count(self) -> int:
        return len(self.lines)

    def key(self, index: int) -> Hashable | None:
        item = self.lines[index]
        return item if isinstance(item, str) else item.key if isinstance(item, NewsLine) else None

    @property
    def item(self) -> _Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if 0 <= self.cursor < len(self.lines) else None

    def row(self) -> "FollowUpRow | None":
        """The follow-up under the cursor, when it is here."""
        return self.loaded.get(self.item) if isinstance(self.item, str) else None

    def chosen(self) -> tuple[str, ...]:
        """The marked follow-ups in the order of the list, else the one under the cursor."""
        if self.marks:
            return tuple(sorted((str(key) for key in self.marks), key=lambda name: self._at.get(name, 0)))
        return (self.item,) if isinstance(self.item, str) else ()

    def action_mark(self) -> None:
        if isinstance(self.item, str):
            super().action_mark()

    def draw(self, index: int, width: int) -> Content:
        item = self.lines[index]
        if isinstance(item, str):
            self._want(index)
            row = self.loaded.get(item)
            late = row is not None and (row.due_end or date.max) < self.today
            return row_line(row, width, marked=item in self.marks, late=late) if row else line("   …", QUIET)
        if isinstance(item, Heading):
            return _heading(item, width)
        return _news_line(item) if isinstance(item, NewsLine) else _more_line(item)

    def _want(self, index: int) -> None:
        """Asks for the page around a line, once."""
        page = index // PAGE
        if page not in self._asked:
            self._asked.add(page)
            around = self.lines[page * PAGE : (page + 1) * PAGE]
            self.post_message(self.Wanted([item for item in around if isinstance(item, str)]))


def _following(lines: Sequence[_Line], at: int, decided: Collection[str]) -> list[str]:
    """Where work goes on: below the cursor, or else above it, in what was not decided."""
    below = [item for item in lines[at + 1 : at + 1 + PAGE] if isinstance(item, str) and item not in decided]
    above = [
        item
        for item in lines[max(at - PAGE, 0) : max(at, 0)]
        if isinstance(item, str) and item not in decided
    ]
    return [*below, *reversed(above)]


def _heading(item: Heading, width: int) -> Content:
    title = line(item.title, item.style)
    bar = "─" * max(width - title.cell_length - 3, 0)
    return Content.assemble(" ", title, " ", (bar, "$foreground 25%"))


def _news_line(item: NewsLine) -> Content:
    row = item.row
    return Content.assemble(
        "   ", cell(row.office_name or _("Without an office"), 20, "bold"), " ", line(news_said(row))
    )


def news_said(row: NewsRow) -> str:
    """`3 new letters, 1 proposal`; `1 200+` where it may be more."""
    parts, more = [], "+" if row.at_least else ""
    if row.messages:
        letters = ngettext("{n} new letter", "{n} new letters", row.messages)
        parts.append(letters.format(n=dates.number(row.messages) + more))
    if row.proposals:
        proposals = ngettext("{n} proposal", "{n} proposals", row.proposals)
        parts.append(proposals.format(n=dates.number(row.proposals) + more))
    return ", ".join(parts)


def _more_line(item: More) -> Content:
    said = ngettext("and {n} office more", "and {n} offices more", item.many).format(
        n=dates.number(item.many)
    )
    return Content.assemble("   ", line(said, QUIET))


def row_line(row: "FollowUpRow", width: int, *, marked: bool = False, late: bool = False) -> Content:
    """One follow-up on one line: when, which office, whose turn, and the sentence; who where there is room."""
    parts: list[Content | str | tuple[str, str]] = [
        ("■" if marked else " ", "bold $text-accent"),
        (f"{words.sign(row)} ", "bold"),
        cell(when(row, width), when_width(width), "$text-error" if late else ""),
        " ",
        cell(words.office_within(row, office_width(width)), office_width(width), "bold"),
        " ",
        cell(words.said(words.OWES, row.owes), side_width(width)),
        " ",
    ]
    if width >= WIDEST:
        parts += [cell(words.people(row), people_width(width), QUIET), " "]
    if width >= WIDE:
        parts += [cell(row.assignee or "–", responsible_width(width)), " "]
    return Content.assemble(*parts, line(row.text))


def columns(width: int) -> Content:
    """The names of the columns, over rows that are drawn as wide."""
    parts: list[Content | str] = [
        "   ",
        cell(_("When"), when_width(width)),
        " ",
        cell(_("Office"), office_width(width)),
        " ",
    ]
    parts += [cell(_("Side"), side_width(width)), " "]
    if width >= WIDEST:
        parts += [cell(_("Who"), people_width(width)), " "]
    if width >= WIDE:
        parts += [cell(_("Responsible"), responsible_width(width)), " "]
    return Content.assemble(*parts, line(_("Sentence"))).stylize(QUIET)


def office_width(width: int) -> int:
    """The cells of the office's column: the longest name of a town whole, where there is room its place as well."""
    return 14 if width < WIDEST else 18 if width < ROOMY else 22


def side_width(width: int) -> int:
    """The cells of the column that says whose turn it is; English needs two more."""
    return 12 if width < WIDEST else 14


def people_width(width: int) -> int:
    """The cells of the column that says who."""
    return 22 if width < ROOMY else 34


def responsible_width(width: int) -> int:
    """The cells of the column that says whose it is."""
    return 10 if width < WIDEST else 16


def when_width(width: int) -> int:
    """The cells of the window's column."""
    if width < WIDE:
        return 12
    return 31 if width < WIDEST else 36


def when(row: "FollowUpRow", width: int) -> str:
    """The window in the room that there is."""
    said = dates.window if width >= WIDE else dates.column
    return said(row.due_start, row.due_end, approximate=row.approximate) or "–"
