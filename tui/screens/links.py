"""The offices that a letter concerns, each with its reason; Enter connects one or takes it away."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from crm.rows.messages import LinkRow
from crm.rows.offices import OfficeRow
from crm.rows.reading_pane import MessageView
from tui import words
from tui.asking import Asking
from tui.i18n import _
from tui.keys import EVERYWHERE, TYPING, bindings
from tui.keys_mail import LINKS
from tui.palette import folded
from tui.screens.offices import name
from tui.text import line
from tui.widgets.frame import KeyBar, Notice
from tui.widgets.rows import RowList
from tui.widgets.table import cell

if TYPE_CHECKING:
    from tui.backend_home import Undone

_QUIET = "$foreground 65%"


class LinkList(RowList):
    """Connected offices first, then all others by name; what is typed leaves those that hold it."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.offices: Sequence[OfficeRow] = ()
        self.links: dict[str, LinkRow] = {}
        self.shown: list[OfficeRow] = []
        self.words = ""

    def sort_lines(self) -> None:
        """Puts the lines in order; the cursor stays where it was."""
        before = self.current
        found = [row for row in self.offices if folded(self.words) in folded(name(row))]
        self.shown = sorted(found, key=lambda row: (row.code not in self.links, name(row)))
        self.reload()
        self.select(before, otherwise=max(self.cursor, 0))

    def count(self) -> int:
        return len(self.shown)

    def key(self, index: int) -> Hashable | None:
        return self.shown[index].id if 0 <= index < len(self.shown) else None

    def draw(self, index: int, width: int) -> Content:
        del width
        row = self.shown[index]
        link = self.links.get(row.code)
        if link is None:
            return Content.assemble("   ", cell(name(row), 26))
        return Content.assemble(
            (" ✓ ", "bold $text-success"),
            cell(name(row), 26, "bold"),
            cell(words.confidence(link.confidence), 10),
            line(_why(link), _QUIET),
        )


def _why(link: LinkRow) -> str:
    by = f" ({link.decided_by})" if link.decided_by else ""
    return words.reason(link.reason) + by


class LinksScreen(Screen[bool], Asking):
    """Gives whether anything was changed."""

    DEFAULT_CSS = """
    LinksScreen { layout: vertical; }
    LinksScreen #title { height: auto; padding: 0 1; background: $panel; text-style: bold; }
    LinksScreen Input { height: 3; }
    LinksScreen LinkList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LINKS),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self, view: MessageView) -> None:
        super().__init__()
        self.message = view.id
        self.subject = view.subject
        self.first = view.links
        self.changed = False

    def compose(self) -> ComposeResult:
        said = _("Offices of: {subject}").format(subject=words.subject(self.subject))
        yield Static(line(said), id="title")
        yield Input(placeholder=_("/ finds an office by its name"), id="words")
        yield LinkList(id="offices")
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self._put_links(self.first)
        self.rows.focus()
        self.ask("offices", lambda b: b.offices(), self._put_offices)

    @property
    def rows(self) -> LinkList:
        return self.query_one(LinkList)

    def on_descendant_focus(self) -> None:
        keys = TYPING if isinstance(self.focused, Input) else (*LINKS, *EVERYWHERE[1:])
        self.query_one(KeyBar).keys = keys

    def _put_offices(self, offices: list[OfficeRow]) -> None:
        self.rows.offices = offices
        self.rows.sort_lines()

    def _put_links(self, links: Sequence[LinkRow]) -> None:
        self.rows.links = {link.office: link for link in links}
        self.rows.sort_lines()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.rows.words = event.value.strip()
        self.rows.sort_lines()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.rows.focus()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        row = self.rows.shown[self.rows.cursor]
        message, office = self.message, row.id
        if row.code in self.rows.links:
            said = _("Taken away: {office}.").format(office=name(row))
            self.ask("link", lambda b: b.unlink(message, office), partial(self._decided, said), keep=True)
        else:
            said = _("Connected: {office}.").format(office=name(row))
            self.ask("link", lambda b: b.link(message, office), partial(self._decided, said), keep=True)

    def _decided(self, said: str, links: list[LinkRow]) -> None:
        self.changed = True
        self._put_links(links)
        self.query_one(Notice).say(f"{said} " + _("u undoes it."))

    def action_find(self) -> None:
        self.query_one(Input).focus()

    def action_to_list(self) -> None:
        self.rows.focus()

    def action_undo_last(self) -> None:
        self.ask("undo", lambda b: b.undo(), self._undone, keep=True)

    def _undone(self, undone: "Undone") -> None:
        del undone
        self.changed = True
        message = self.message
        self.ask("chain", lambda b: _links_of(b.chain(message), message), self._put_links)
        self.query_one(Notice).say(_("Undone: everything is as it was before that."))

    def action_back(self) -> None:
        """From the field to the list, from the list to the letter."""
        field = self.query_one(Input)
        if field.has_focus:
            field.value = ""
            self.rows.focus()
        else:
            self.dismiss(self.changed)


def _links_of(views: Sequence[MessageView], message: str) -> tuple[LinkRow, ...]:
    return next((view.links for view in views if view.id == message), ())
