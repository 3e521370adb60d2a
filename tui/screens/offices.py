"""Offices: all of them in a list, and a page for each that begins with what is owed."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher, Static

from crm.rows import FollowUpRow, MessageRow, OfficeRow, OfficeView
from tui import dates, words
from tui.i18n import _
from tui.keys import BACK, LIST, NOTE, Key, bindings
from tui.screens.noting import Noting
from tui.text import line
from tui.widgets.rows import RowList
from tui.widgets.table import cell
from tui.widgets.view import View

_QUIET = "$foreground 65%"


class OfficeList(RowList):
    """One line for each office."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.offices: Sequence[OfficeRow] = ()

    def put(self, offices: Sequence[OfficeRow]) -> None:
        before = self.current
        self.offices = offices
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def count(self) -> int:
        return len(self.offices)

    def key(self, index: int) -> Hashable | None:
        return self.offices[index].id if 0 <= index < len(self.offices) else None

    def draw(self, index: int, width: int) -> Content:
        return office_line(self.offices[index], width)


def office_line(row: OfficeRow, width: int) -> Content:
    open_ = dates.number(row.follow_ups_open) if row.follow_ups_open else "–"
    last = row.last_message.isoformat() if row.last_message else _("never")
    parts = [
        cell(name(row), 26, "bold"),
        cell(_("Phase {n}").format(n=row.phase) if row.phase else "–", 8),
        cell(open_, 12),
        cell(dates.number(row.messages), 7),
        cell(last, 12),
    ]
    if width >= 116:
        parts += [
            cell(words.said(words.STEPS, row.step), 22),
            line(words.said(words.AREAS, row.vulnerable_area)),
        ]
    return Content.assemble(" ", *(part for p in parts for part in (p, " ")))


def heading(width: int) -> Content:
    labels = [
        (_("Office"), 26),
        (_("Phase"), 8),
        (_("Follow-ups"), 12),
        (_("Letters"), 7),
        (_("Last letter"), 12),
    ]
    if width >= 116:
        labels += [(_("Step"), 22), (_("Vulnerable area"), 20)]
    return Content.assemble(" ", *(part for text, wide in labels for part in (cell(text, wide, _QUIET), " ")))


def name(row: OfficeRow) -> str:
    """`Ånge`, or `Göteborg, Angered` where a municipality has several."""
    return (
        f"{row.municipality}, {row.place}"
        if row.place and row.place != row.municipality
        else row.municipality
    )


class _Line(NamedTuple):
    """A line of an office's page: what Enter opens, or a heading."""

    key: str | None
    content: Content
    message: str | None = None
    sentence: str | None = None


class OfficePage(RowList):
    """Last contact, what we owe, what they owe, then the correspondence."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.lines: list[_Line] = []

    def put(self, view: OfficeView) -> None:
        self.lines = [
            *_owed(_("We owe"), view.we_owe, _("We owe them nothing that we know of.")),
            *_owed(_("They owe"), view.they_owe, _("They owe us nothing that we know of.")),
            *(_owed(_("Between others"), view.others, "") if view.others else ()),
            *_letters(view.messages),
        ]
        self.cursor = -1
        self.reload()

    def count(self) -> int:
        return len(self.lines)

    def key(self, index: int) -> Hashable | None:
        return self.lines[index].key

    def draw(self, index: int, width: int) -> Content:
        del width
        return self.lines[index].content


def _owed(title: str, rows: Sequence[FollowUpRow], nothing: str) -> list[_Line]:
    lines = [_Line(None, line(f"{title} ({dates.number(len(rows))})" if rows else title, "bold"))]
    if not rows:
        lines.append(_Line(None, Content.assemble("  ", line(nothing, _QUIET))))
    lines += [_Line(f"f{row.id}", _owed_line(row), row.message, row.text) for row in rows]
    return [*lines, _Line(None, Content(""))]


def _owed_line(row: FollowUpRow) -> Content:
    return Content.assemble(
        (f" {words.sign(row)} ", "bold"),
        cell(dates.column(row.due_start, row.due_end, approximate=row.approximate), 12),
        cell(words.state(row), 20),
        " ",
        line(row.text),
    )


def _letters(rows: Sequence[MessageRow]) -> list[_Line]:
    lines = [_Line(None, line(_("Correspondence"), "bold"))]
    if not rows:
        lines.append(_Line(None, Content.assemble("  ", line(_("No letters."), _QUIET))))
    return [*lines, *(_Line(f"m{row.id}", message_line(row), row.id) for row in rows)]


def message_line(row: MessageRow) -> Content:
    """A message in a list: day, sender, subject."""
    return Content.assemble(
        " ",
        cell(row.date.date().isoformat() if row.date else "–", 11),
        cell(words.short_name(row.sender), 24),
        " ",
        line(words.subject(row.subject)),
    )


class OfficesView(Noting, View):
    """The list, and instead of it the page of the office that was opened."""

    DEFAULT_CSS = """
    OfficesView { height: 1fr; layout: vertical; }
    OfficesView ContentSwitcher { height: 1fr; }
    OfficesView #heading { height: 1; background: $surface; }
    OfficesView #facts { height: auto; padding: 0 1; border-bottom: solid $primary; }
    OfficesView #list-side, OfficesView #page-side { height: 1fr; layout: vertical; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = (*LIST, *BACK, NOTE)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False), *bindings((NOTE,))]
    office: OfficeRow | None = None

    class Open(Message):
        """Show a letter of this office."""

        def __init__(self, message: str, sentence: str | None) -> None:
            super().__init__()
            self.message = message
            self.sentence = sentence

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="list-side"):
            with Vertical(id="list-side"):
                yield Static("", id="heading")
                yield OfficeList(id="offices")
            with Vertical(id="page-side"):
                yield Static("", id="facts")
                yield OfficePage(id="office")

    @property
    def rows(self) -> OfficeList:
        return self.query_one(OfficeList)

    @property
    def page_shown(self) -> bool:
        return self.query_one(ContentSwitcher).current == "page-side"

    def load(self) -> None:
        self.ask("offices", lambda b: b.offices(), self._put)

    def _put(self, offices: list[OfficeRow]) -> None:
        self.rows.put(offices)
        said = (
            heading(self.size.width)
            if offices
            else line(_("No offices yet. “aterkom db upgrade” puts them in place."))
        )
        self.query_one("#heading", Static).update(said)

    def on_resize(self) -> None:
        if self.rows.offices:
            self.query_one("#heading", Static).update(heading(self.size.width))

    def focus_first(self) -> None:
        self.query_one("#office" if self.page_shown else "#offices").focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if isinstance(event.rows, OfficePage):
            opened = event.rows.lines[event.rows.cursor]
            if opened.message is not None:
                self.post_message(self.Open(opened.message, opened.sentence))
        else:
            self.open_office(str(event.rows.current))

    def open_office(self, office: str) -> None:
        """Shows an office's page; `office` is its id, code or name."""
        self.ask("office", lambda b: b.office(office), self._show)

    def _show(self, view: OfficeView) -> None:
        self.office = view.office
        situation = self.screens.situation
        self.query_one("#facts", Static).update(
            facts(view.office, situation.today if situation else date.today())
        )
        self.query_one(OfficePage).put(view)
        self.query_one(ContentSwitcher).current = "page-side"
        if self.screens.active_view == "offices":
            self.query_one(OfficePage).focus()

    def action_new_note(self) -> None:
        """About the office whose page is shown, or the one under the cursor."""
        rows = self.rows.offices
        row = self.office if self.page_shown else next((r for r in rows if r.id == self.rows.current), None)
        if row is not None:
            self.ask_note(name(row), office=row.id)

    def action_back(self) -> None:
        self.query_one(ContentSwitcher).current = "list-side"
        self.rows.focus()


def facts(row: OfficeRow, today: date) -> Content:
    """The head of an office's page."""
    last = words.ago(row.last_message, today)
    first = Content.assemble(line(name(row), "bold"), "  ", line(row.code, _QUIET))
    about = [
        _("Phase {n}").format(n=row.phase) if row.phase else "",
        words.said(words.STEPS, row.step),
        _("Vulnerable area: {what}").format(what=words.said(words.AREAS, row.vulnerable_area)),
        _("Responsible: {who}").format(who=row.owner) if row.owner else "",
    ]
    return Content("\n").join(
        [
            first,
            line(_("Last contact: {when}").format(when=last)),
            line(" · ".join(part for part in about if part), _QUIET),
        ]
    )
