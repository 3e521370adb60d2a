"""The full screen: its views under one row of tabs, a line that says how things stand, the keys below."""

import asyncio
import signal
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from tui import dates
from tui.asking import Asking
from tui.backend import Backend, Situation, StoreBackend
from tui.cli.errors import INTERRUPTED, UNEXPECTED, code_of, text_of, text_of_noted
from tui.cli.options import Options
from tui.i18n import _, ngettext
from tui.keys import BACK, EVERYWHERE, FOLLOW_UPS, LIST, READING, TYPING, Key, bindings
from tui.keys_mail import CONTACTS, MAIL, MAILBOXES
from tui.palette import Commands, Offices
from tui.screens.ask import Answered, AskScreen, Question
from tui.screens.contacts import ContactsView
from tui.screens.follow_ups import FollowUpsView
from tui.screens.help import HelpScreen
from tui.screens.mail import MailView
from tui.screens.mailboxes import MailboxesView
from tui.screens.message import MessageScreen
from tui.screens.offices import OfficesView
from tui.screens.search import SearchView
from tui.text import clean_line, line
from tui.widgets.frame import VIEWS, KeyBar, Notice, TabBar

STALE: Final = timedelta(hours=24)
_KEYS: Final[dict[str, tuple[Key, ...]]] = {
    "follow-ups": (*FOLLOW_UPS, *EVERYWHERE),
    "mail": (*MAIL, *EVERYWHERE),
    "offices": (*LIST, *BACK, *EVERYWHERE),
    "contacts": (*CONTACTS, *EVERYWHERE),
    "search": (*LIST, *BACK, *EVERYWHERE),
    "mailboxes": (*MAILBOXES, *EVERYWHERE),
}
_VIEW_CLASSES: Final = {
    "follow-ups": FollowUpsView,
    "mail": MailView,
    "offices": OfficesView,
    "contacts": ContactsView,
    "search": SearchView,
    "mailboxes": MailboxesView,
}
_View = FollowUpsView | MailView | OfficesView | ContactsView | SearchView | MailboxesView


class Home(Asking, Screen[None]):
    """The views; only the one in sight is asked to load."""

    DEFAULT_CSS = """
    Home { layout: vertical; }
    Home #standing { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; }
    Home #views { height: 1fr; }
    Home.-wide FollowUpsView { layout: horizontal; }
    Home.-wide FollowUpsView FollowUpList { width: 2fr; height: 1fr; }
    Home.-wide FollowUpsView #welcome { width: 1fr; }
    Home.-wide FollowUpsView #detail { width: 1fr; height: 1fr; border-top: none; border-left: solid $primary; }
    Home.-wide MailView { layout: horizontal; }
    Home.-wide MailView ThreadList { width: 2fr; height: 1fr; }
    Home.-wide MailView ReadingPane { width: 3fr; border-top: none; border-left: solid $primary; }
    """

    def compose(self) -> ComposeResult:
        yield TabBar()
        yield Static(line(_("Opening the store …")), id="standing")
        with ContentSwitcher(initial="follow-ups", id="views"):
            for view, made in _VIEW_CLASSES.items():
                yield made(id=view)
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show_view("follow-ups")
        # The first frame waits for nothing: the store's libraries are loaded after it.
        self.call_after_refresh(self.load)

    def _ask_who(self, asks: bool) -> None:
        """Somebody else has set the mailbox up: all that is missing is whose decisions these are."""
        if asks:
            question = Question(_("Your name"), self.screens.user, needed=False)
            self.app.push_screen(
                AskScreen(_("Who are you? It stands beside what you decide."), [question]), self._named
            )

    def _named(self, answer: Answered | None) -> None:
        if answer is None:
            return
        name = answer.texts[0]
        self.ask("who", lambda b: b.remember_who(name), lambda _done: self.load(), keep=True)

    def load(self) -> None:
        """Asks how things stand, then for what the view in sight shows."""
        self.ask("situation", lambda b: b.situation(), self._put_situation)

    def _put_situation(self, situation: Situation) -> None:
        if self.screens.situation is None:
            self.ask("asks-who", lambda b: b.must_ask_who(), self._ask_who)
        self.screens.situation = situation
        self.query_one("#standing", Static).update(standing(situation))
        self.view.load()

    @property
    def view(self) -> _View:
        """The view in sight."""
        found = self.query_one(f"#{self.query_one(TabBar).active}")
        if not isinstance(found, _View):
            raise TypeError(found)
        return found

    def show_view(self, view: str) -> None:
        self.query_one(TabBar).active = view
        self.query_one("#views", ContentSwitcher).current = view
        self.query_one(Notice).clear()
        self.view.focus_first()
        if self.screens.situation is not None:
            self.view.load()

    def on_descendant_focus(self) -> None:
        """The keys that work where the cursor is."""
        typing = isinstance(self.focused, Input)
        self.query_one(KeyBar).keys = TYPING if typing else _KEYS[self.query_one(TabBar).active]

    def on_tab_bar_chosen(self, event: TabBar.Chosen) -> None:
        self.show_view(event.view)

    def on_follow_ups_view_source(self, event: FollowUpsView.Source) -> None:
        if event.row.message is None:
            self.query_one(Notice).say(_("This was written by hand: there is no letter to show."))
        else:
            self.app.push_screen(MessageScreen(event.row.message, event.row.text), self._removed)

    def on_follow_ups_view_changed(self, event: FollowUpsView.Changed) -> None:
        self.query_one(Notice).say(event.said)
        self.ask("summary", lambda b: b.situation(), self._put_summary)

    def _put_summary(self, situation: Situation) -> None:
        self.screens.situation = situation
        self.query_one("#standing", Static).update(standing(situation))

    def on_offices_view_open(self, event: OfficesView.Open) -> None:
        self.app.push_screen(MessageScreen(event.message, event.sentence), self._removed)

    def on_contacts_view_open(self, event: ContactsView.Open) -> None:
        self.app.push_screen(MessageScreen(event.message), self._removed)

    def on_mailboxes_view_open(self, event: MailboxesView.Open) -> None:
        self.app.push_screen(MessageScreen(event.message), self._removed)

    def on_mailboxes_view_mail_fetched(self, event: MailboxesView.MailFetched) -> None:
        del event
        self.ask("summary", lambda b: b.situation(), self._put_summary)

    def on_search_view_open(self, event: SearchView.Open) -> None:
        self.app.push_screen(MessageScreen(event.message), self._removed)

    def on_mail_view_removed(self, event: MailView.Removed) -> None:
        self._removed(event.said)

    def _removed(self, said: str | None) -> None:
        """A mail was removed: every view is drawn anew."""
        if said is not None:
            self.query_one(Notice).say(said)
            self.load()


class AterkomApp(App[int]):
    """Takes whatever answers as a backend; tests give one of their own."""

    TITLE = "Återkom"
    COMMANDS = {Commands, Offices}  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.situation: Situation | None = None

    def get_default_screen(self) -> Screen[None]:
        return Home()

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self.exit, INTERRUPTED)
                except (ValueError, RuntimeError, NotImplementedError):
                    return  # not the main thread: whoever runs us there listens for signals itself

    @property
    def home(self) -> Home:
        found = self.screen_stack[0]
        if not isinstance(found, Home):
            raise TypeError(found)
        return found

    @property
    def active_view(self) -> str:
        return self.home.query_one(TabBar).active

    @property
    def user(self) -> str:
        return clean_line(self.situation.user) if self.situation else ""

    @property
    def today(self) -> date:
        return self.situation.today if self.situation else date.today()

    def action_view(self, view: str) -> None:
        self.show_view(view)

    def show_view(self, view: str) -> None:
        """Brings a view into sight, from wherever we are."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.home.show_view(view)

    def open_office(self, office: str) -> None:
        """An office's page, from wherever we are."""
        self.show_view("offices")
        self.home.query_one(OfficesView).open_office(office)

    def open_contact(self, contact: str) -> None:
        """The page of a person or organisation, by its id, from wherever we are."""
        self.show_view("contacts")
        self.home.query_one(ContactsView).open_contact(contact)

    def find_contact(self, words: str) -> None:
        """The contacts whose name holds these words, from wherever we are."""
        self.show_view("contacts")
        self.home.query_one(ContactsView).put_words(words)

    def set_up_mailbox(self) -> None:
        """The assistant, from wherever we are."""
        self.show_view("mailboxes")
        self.home.query_one(MailboxesView).action_add()

    def search_for(self, words: str) -> None:
        """The search view with these words, from wherever we are."""
        self.show_view("search")
        self.home.query_one(SearchView).put_words(words)

    def action_help_quit(self) -> None:
        """Ctrl+C copies where text is selected; elsewhere it is pressed by those who want to leave."""
        for notice in self.screen.query(Notice):
            notice.say(_("Leave with q, or with Ctrl+Q from everywhere."))

    def action_help(self) -> None:
        if isinstance(self.screen, HelpScreen):
            return
        keys = READING if isinstance(self.screen, MessageScreen) else _KEYS[self.active_view]
        here = [key for key in keys if key not in EVERYWHERE]
        self.push_screen(HelpScreen(_(VIEWS[self.active_view]), here))

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("An office, a view or a command …")))

    async def action_quit(self) -> None:
        self.exit(0)

    def action_light_or_dark(self) -> None:
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def action_reload(self) -> None:
        self.home.load()

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        self.complain(event.error)

    def complain(self, error: Exception) -> None:
        """An error from the store as one line on the screen in sight."""
        self.complain_of(_line_of(error))

    def complain_of(self, text: str) -> None:
        """What went wrong, in words, on the screen in sight."""
        for screen in reversed(self.screen_stack):
            for notice in screen.query(Notice):
                notice.complain(text)
                return


def _line_of(error: Exception) -> str:
    """What went wrong; a fault of our own is called that, with its kind for whoever looks after us."""
    if code_of(error) != UNEXPECTED:
        return text_of(error)
    return _("Something went wrong in Återkom itself ({what}). Nothing that was saved is lost.").format(
        what=f"{type(error).__name__}: {text_of(error)}"
    )


def standing(situation: Situation) -> Content:
    """Which day it is taken to be, when mail was fetched, and how much waits for a look."""
    summary = situation.summary
    parts = []
    if situation.pinned:
        shown = dates.day(situation.today, weekday=False, week=False)
        parts.append(line(_("Showing {date} as today").format(date=shown), "bold $text-warning"))
    parts.append(_fetched(situation))
    if summary.proposed:
        said = ngettext("{n} proposal to review", "{n} proposals to review", summary.proposed)
        parts.append(line(said.format(n=dates.number(summary.proposed))))
    if summary.quarantined:
        said = ngettext("{n} letter could not be read", "{n} letters could not be read", summary.quarantined)
        parts.append(line(said.format(n=dates.number(summary.quarantined)), "$text-warning"))
    return Content(" · ").join(parts)


def _fetched(situation: Situation) -> Content:
    """When mail was last fetched; after a day without, a warning."""
    last = situation.summary.last_sync
    if situation.summary.problem:
        why = text_of_noted(situation.summary.problem)
        return line(_("Fetching failed: {why}").format(why=why), "bold $text-error")
    if last is None:
        known = situation.summary.accounts
        return line(_("Nothing fetched yet") if known else _("No mailbox yet"), "$text-warning")
    now = datetime.now(UTC)
    here = last.astimezone()
    if now - last > STALE and not situation.pinned:
        said = _("Nothing fetched since {date} – mail may be missing")
        return line(said.format(date=dates.day(here.date(), week=False)), "bold $text-warning")
    when = dates.clock(here.time()) if here.date() == now.astimezone().date() else dates.moment_column(here)
    return line(_("Fetched {time}").format(time=when))


def run(options: Options) -> int:
    """Opens the full screen over the store; gives the exit code."""
    backend = StoreBackend(options)
    try:
        return AterkomApp(backend).run() or 0
    finally:
        backend.close()
