"""Contacts: people and organisations by name, a page for each, and those who seem to be there twice."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Input, Static

from crm.rows.people import AlikeRow, ContactView, OrganisationRow, PersonRow
from tui import dates
from tui.backend_mail import ContactKind
from tui.i18n import _, ngettext
from tui.keys import BACK, Key, bindings
from tui.keys_mail import CONTACT, CONTACTS
from tui.screens.contact_page import ContactPage, facts, side_by_side
from tui.screens.noting import Noting
from tui.text import clean_line, line
from tui.widgets.beside import Beside
from tui.widgets.contact_rows import AlikeList, ContactList, heading
from tui.widgets.paged import PagedList, Reach
from tui.widgets.rows import RowList
from tui.widgets.view import View

_QUIET = "$foreground 65%"
_PAUSE = 0.12
_WIDE = 110
_FOUND = 200  # what a filter gives at most


class ContactsView(Noting, View):
    """A list that is filtered as one types; instead of it a contact's page, or the pairs."""

    DEFAULT_CSS = """
    ContactsView { height: 1fr; layout: vertical; }
    ContactsView ContentSwitcher { height: 1fr; }
    ContactsView ContactList { width: 2fr; }
    ContactsView #list-side, ContactsView #page-side, ContactsView #alike-side { height: 1fr; layout: vertical; }
    ContactsView Input { height: 3; }
    ContactsView #heading, ContactsView #alike-heading { height: 1; padding: 0; background: $surface; }
    ContactsView #nobody { height: auto; padding: 1 2; display: none; }
    ContactsView #facts { height: auto; padding: 0 1; border-bottom: solid $primary; }
    ContactsView AlikeList { height: 1fr; }
    ContactsView #pair { height: auto; max-height: 60%; padding: 0 1; border-top: solid $primary; }
    """
    KEYS: ClassVar[tuple[Key, ...]] = CONTACTS

    @property
    def keys(self) -> tuple[Key, ...]:
        """Only from a page is there a way back, and something to note."""
        if self.side == "page-side":
            return CONTACT
        return CONTACTS[len(BACK) :] if self.side == "list-side" else CONTACTS

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CONTACTS), Binding("down", "to_list", show=False)]
    _typing: Timer | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self.kind: ContactKind = "person"
        self.contact = ""
        self.contact_name = ""

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="list-side"):
            with Vertical(id="list-side"):
                yield Input(placeholder=_("A part of a name or an address"), id="words")
                yield Static("", id="heading")
                yield Static("", id="nobody")
                with Horizontal():
                    yield ContactList(id="contacts")
                    yield Beside(ContactPage(id="beside"))
            with Vertical(id="page-side"):
                yield Static("", id="facts")
                yield ContactPage(id="contact")
            with Vertical(id="alike-side"):
                yield Static("", id="alike-heading")
                yield AlikeList(id="alike")
                yield Static("", id="pair")

    @property
    def rows(self) -> ContactList:
        return self.query_one(ContactList)

    @property
    def side(self) -> str:
        """What is in sight: list-side, page-side or alike-side."""
        return self.query_one(ContentSwitcher).current or "list-side"

    def load(self) -> None:
        if self.side == "page-side":
            self.open_contact(self.contact)
        elif self.side == "alike-side":
            self._ask_alike()
        self._find()

    def on_resize(self) -> None:
        self.query_one(Beside).fit(self.size.width)
        self.call_after_refresh(self._fitted)

    def _fitted(self) -> None:
        self._say_heading()
        self._show_beside()

    def _say_heading(self) -> None:
        """The names of the columns, over rows that are as wide."""
        self.query_one("#heading", Static).update(heading(self.kind, self.rows.line_width), layout=False)

    def on_row_list_fitted(self, event: RowList.Fitted) -> None:
        if event.rows is self.rows:
            event.stop()
            self._say_heading()

    def _show_beside(self) -> None:
        """The page of the contact under the cursor, where there is room for it."""
        beside, number = self.query_one(Beside), self.rows.current
        if beside.display and number is not None:
            contact = f"{self.kind[0]}{number}"
            self.ask("beside", lambda b: b.contact(contact), self._put_beside)

    def _put_beside(self, view: ContactView) -> None:
        beside, page = self.query_one(Beside), self.query_one(Beside).page
        beside.put_head(facts(view, self.screens.today))
        if isinstance(page, ContactPage):
            page.put(view)

    def focus_first(self) -> None:
        firsts = {"list-side": "#contacts", "page-side": "#contact", "alike-side": "#alike"}
        self.put_focus(self.query_one(firsts[self.side]))

    def put_words(self, words: str) -> None:
        """The list of those whose name or address holds these words."""
        self._show_side("list-side")
        self.query_one(Input).value = words

    def open_contact(self, contact: str) -> None:
        """The page of a person (p…) or organisation (o…)."""
        self.ask("contact", lambda b: b.contact(contact), self._show_contact)

    def open_item(self, name: str) -> None:
        self.open_contact(name)

    def _show_side(self, side: str) -> None:
        self.query_one(ContentSwitcher).current = side
        if self.screens.active_view == "contacts":
            self.focus_first()

    # The list.

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_PAUSE, self._find)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._find()
        self.rows.focus()

    def _find(self) -> None:
        self._load(self.rows.again())

    def _load(self, reach: Reach) -> None:
        kind, text = self.kind, self.query_one(Input).value
        self.ask(
            "contacts",
            lambda b: b.contact_ids(kind, text, reach.limit, last=reach.last),
            partial(self._put_ids, text, reach),
        )

    def on_paged_list_longer(self, event: PagedList.Longer) -> None:
        event.stop()
        self._load(event.reach)

    def _put_ids(self, text: str, reach: Reach, ids: list[int]) -> None:
        self.rows.put_ids(ids, None if text.strip() else reach)
        self._say_heading()
        nobody = self.query_one("#nobody", Static)
        nobody.display = not ids or (len(ids) >= _FOUND > 0 and bool(text.strip()))
        if not ids:
            said = (
                _("Nobody found. Fewer letters find more; o looks among organisations or people.")
                if text.strip()
                else _("Nobody yet: people and organisations come from the letters that are read.")
            )
            nobody.update(line(said))
        else:
            nobody.update(
                line(_("The first {n}. One more letter narrows it.").format(n=dates.number(len(ids))))
            )

    def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        event.stop()
        kind, ids = self.kind, list(event.ids)
        self.ask(f"page-{kind}-{ids[0]}", lambda b: b.contact_page(kind, ids), self._put_rows)

    def _put_rows(self, rows: Sequence[PersonRow | OrganisationRow]) -> None:
        self.rows.put_rows({int(row.id[1:]): row for row in rows})

    def action_find(self) -> None:
        self._show_side("list-side")
        self.query_one(Input).focus()

    def action_to_list(self) -> None:
        if self.side == "list-side":
            self.rows.focus()

    def action_kind(self) -> None:
        self.kind = "organisation" if self.kind == "person" else "person"
        self.rows.marks.clear()
        self.rows.put_ids(())
        self._show_side("list-side")
        self._find()

    # A page.

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if isinstance(event.rows, AlikeList):
            self._show_pair()
        elif event.rows is self.rows:
            self._show_beside()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if isinstance(event.rows, ContactPage):
            self._open_line(event.rows)
        elif isinstance(event.rows, AlikeList):
            if (pair := event.rows.pair()) is not None:
                self.open_contact(pair.person)
        else:
            self.open_contact(f"{self.kind[0]}{event.rows.current}")

    def _open_line(self, page: ContactPage) -> None:
        opened = page.lines[page.cursor]
        if opened.before is not None:
            contact, before = self.contact, opened.before
            self.ask("older", lambda b: b.contact_happened(contact, before), page.put_older)
        elif opened.message is not None:
            self.post_message(self.Open(opened.message, opened.sentence))
        elif opened.contact is not None:
            self.open_contact(opened.contact)
        elif opened.copied is not None:
            text = clean_line(opened.copied)
            self.app.copy_to_clipboard(text)
            self.say(_("Copied: {text}").format(text=text))

    def _show_contact(self, view: ContactView) -> None:
        row = view.person or view.organisation
        if row is None:
            return
        self.contact, self.contact_name = row.id, row.name
        self.query_one("#facts", Static).update(facts(view, self.screens.today))
        self.query_one("#contact", ContactPage).put(view)
        self._show_side("page-side")

    def action_back(self) -> None:
        """From the field or a page to the list; in the list what was typed goes."""
        if self.side != "list-side":
            self._show_side("list-side")
        elif self.query_one(Input).has_focus or not self.query_one(Input).value:
            self.rows.focus()
        else:
            self.query_one(Input).value = ""

    # Those who are there twice.

    def action_alike(self) -> None:
        self._show_side("alike-side")
        self._ask_alike()

    def _ask_alike(self) -> None:
        if not self.query_one(AlikeList).count():
            self.query_one("#alike-heading", Static).update(line(_("Comparing all names …"), _QUIET))
        self.ask("alike", lambda b: b.alike(), self._put_alike)

    def _put_alike(self, pairs: list[AlikeRow]) -> None:
        self.query_one(AlikeList).put(pairs)
        many = ngettext("{n} pair that may be one", "{n} pairs that may be one", len(pairs))
        said = many.format(n=dates.number(len(pairs))) if pairs else _("Nobody seems to be there twice.")
        self.query_one("#alike-heading", Static).update(line(said, _QUIET))
        self._show_pair()

    def _show_pair(self) -> None:
        pair = self.query_one(AlikeList).pair()
        self.query_one("#pair", Static).display = pair is not None
        if pair is not None:
            ids = [int(pair.person[1:]), int(pair.other[1:])]
            self.ask("pair", lambda b: b.contact_page("person", ids), self._put_pair)

    def _put_pair(self, rows: Sequence[PersonRow | OrganisationRow]) -> None:
        people = [row for row in rows if isinstance(row, PersonRow)]
        if len(people) == 2:
            shown = side_by_side(people[0], people[1], self.size.width - 2)
            self.query_one("#pair", Static).update(shown)

    # Decisions.

    def action_merge(self) -> None:
        one, other = self._two()
        if one is None or other is None:
            self.say(_("Mark with Space the two that are one."))
            return
        first, second = one, other
        self.ask("merge", lambda b: b.merge_contacts(first, second), self._merged, keep=True)

    def _two(self) -> tuple[str | None, str | None]:
        """The pair in sight, or the two that are marked: the first in the list is who stays."""
        if self.side == "alike-side":
            pair = self.query_one(AlikeList).pair()
            return (pair.person, pair.other) if pair else (None, None)
        chosen = {*self.rows.marks, self.rows.current} if len(self.rows.marks) == 1 else self.rows.marks
        if self.side != "list-side" or len(chosen) != 2:
            return None, None
        one, other = sorted((n for n in chosen if isinstance(n, int)), key=list(self.rows.ids).index)
        return f"{self.kind[0]}{one}", f"{self.kind[0]}{other}"

    def _merged(self, stays: str) -> None:
        del stays
        self.rows.marks.clear()
        self.say(_("They are one now.") + " " + _("u undoes it."))
        self.load()

    def action_new_note(self) -> None:
        """About the person whose page is shown."""
        if self.side == "page-side" and self.contact.startswith("p"):
            self.ask_note(self.contact_name, person=self.contact)
        else:
            self.say(_("Notes are about a person: open the page of one."))

    def action_split(self) -> None:
        person = self.contact if self.side == "page-side" else f"p{self.rows.current}"
        if self.side == "alike-side" or not person.startswith("p") or self.kind != "person":
            self.say(_("Only people can be taken apart: go to the one who is two."))
            return
        if self.side == "list-side" and self.rows.marks - {self.rows.current}:
            self.say(_("One is taken apart at a time: Space takes the marks away."))
            return
        self.ask("split", lambda b: b.split_person(person), self._split, keep=True)

    def _split(self, many: int) -> None:
        del many
        self.say(_("They are two now.") + " " + _("u undoes it."))
        self.load()
