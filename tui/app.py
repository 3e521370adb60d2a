"""The full screen: views under one row of tabs, a line that says how things stand, the keys below."""

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from crm.agenda_rows import Seen
from tui import dates
from tui.asking import Asking
from tui.backend import Backend, Situation, StoreBackend
from tui.hangup import INTERRUPTED, watch_terminal
from tui.i18n import _, ngettext
from tui.keys import EVERYWHERE, READING, Key, bindings, shown, usable
from tui.manners import Manners, Visit
from tui.palette import Commands, Places
from tui.text import clean, clean_line, line
from tui.themes import DARK, LIGHT, THEMES
from tui.views import BY_ID, HOME, VIEW_KEYS, VIEWS
from tui.widgets.frame import KeyBar, Notice, TabBar
from tui.widgets.view import View

if TYPE_CHECKING:
    from tui.backend_home import Undone
    from tui.cli.options import Options
    from tui.screens.ask import Answered
    from tui.screens.mail import MailView
    from tui.screens.mailboxes import MailboxesView
    from tui.screens.offices import OfficesView
    from tui.screens.search import SearchView

STALE: Final = timedelta(hours=24)
_BESIDE: Final = frozenset({"version", "fetch", "views", "warm"})
"""Questions whose answers no list waits for."""
LOOK: Final = 1.0
"""Seconds between two looks at whether somebody else has changed the store."""


class Home(Asking, Screen[None]):
    """The views; only the one in sight is asked to load."""

    DEFAULT_CSS = """
    Home { layout: vertical; }
    Home #standing { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; }
    Home #views { height: 1fr; }
    Home.-high FollowUpsView #detail { height: 10; }
    Home.-wide MailView { layout: horizontal; }
    Home.-wide MailView #list-side { width: 2fr; height: 1fr; display: block; }
    Home.-wide MailView ReadingPane { width: 3fr; border-top: none; border-left: solid $primary; }
    """

    _standing: Content | None = None
    _last: str = HOME
    _is_ready = False

    def compose(self) -> ComposeResult:
        yield TabBar(VIEWS)
        yield Static(line(_("Opening the store …")), id="standing")
        with ContentSwitcher(initial=HOME, id="views"):
            yield BY_ID[HOME].view(id=HOME)
        yield Notice(id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        self.view.focus_first()
        # The first frame waits for nothing: the store's libraries are loaded after it.
        self.call_after_refresh(self.load)
        self.set_interval(LOOK, self._look)

    def _ask_who(self, asks: bool) -> None:
        """Somebody else has set the mailbox up: all that is missing is whose decisions these are."""
        from tui.screens.ask import AskScreen, Question

        if asks:
            question = Question(_("Your name"), self.screens.user, needed=False)
            self.app.push_screen(
                AskScreen(_("Who are you? It stands beside what you decide."), [question]), self._named
            )

    def _named(self, answer: "Answered | None") -> None:
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
        self._put_summary(situation)
        self.view.load()

    def get_ready(self) -> None:
        """Once, when the first rows stand there: whoever goes to another view does not wait for what it is made of."""
        if not self._is_ready:
            self._is_ready = True
            self.ask("views", lambda _b: [place.view for place in VIEWS], lambda _views: self._warm())

    def _warm(self) -> None:
        self.screens.check_keys()
        self.ask("warm", lambda b: b.warm(), lambda _done: None)

    def _put_summary(self, situation: Situation) -> None:
        self.screens.arrive(situation)
        self.show_standing()

    def show_standing(self) -> None:
        """The line at the top, as true as it is now: mail grows old while nobody does anything."""
        situation = self.screens.situation
        if situation is not None:
            said = standing(situation, self.size.width - 2)
            if said != self._standing:
                self._standing = said
                self.query_one("#standing", Static).update(said)

    def on_resize(self) -> None:
        self.show_standing()

    def _look(self) -> None:
        """Has anybody else changed the store? Asked every second; only then is anything loaded."""
        if self.screens.situation is not None:
            self.show_standing()
            self.ask("version", lambda b: b.version(), self._seen)

    def _seen(self, version: str) -> None:
        """Loads what was changed, unless it is being loaded: in a sync every second would throw away the one before."""
        situation = self.screens.situation
        if situation is not None and version != situation.version and not self._is_loading():
            self.load()

    def _is_loading(self) -> bool:
        return any(
            worker.node in {self, self.view} and not worker.is_finished and worker.group not in _BESIDE
            for worker in self.workers
        )

    @property
    def view(self) -> View:
        """The view in sight."""
        return self.query_one(f"#{self.query_one(TabBar).active}", View)

    async def show_view(self, view: str) -> View:
        """Brings a view into sight, made when it is first asked for: the first frame waits for one alone."""
        switcher = self.query_one("#views", ContentSwitcher)
        if not switcher.query(f"#{view}"):
            await switcher.mount(BY_ID[view].view(id=view))
        if view != self.query_one(TabBar).active:
            self._last = self.query_one(TabBar).active
        self.query_one(TabBar).active = view
        switcher.current = view
        self.query_one(Notice).clear()
        self.view.focus_first()
        if self.screens.situation is not None:
            self.view.load()
        return self.view

    async def show_last(self) -> None:
        """The view before this one."""
        await self.show_view(self._last)

    def on_descendant_focus(self) -> None:
        """The keys that work where the cursor is."""
        typing = isinstance(self.focused, Input)
        self.query_one(KeyBar).keys = self.view.keys_typed if typing else (*self.view.keys, *EVERYWHERE)

    async def on_tab_bar_chosen(self, event: TabBar.Chosen) -> None:
        await self.show_view(event.view)

    def on_view_open(self, event: View.Open) -> None:
        self._open(event.message, event.sentence)

    def _open(self, message: str, sentence: str | None = None) -> None:
        from tui.screens.message import MessageScreen
        from tui.screens.note import NoteScreen

        if message.startswith("n"):
            self.app.push_screen(NoteScreen(message))
            return
        self.app.push_screen(MessageScreen(message, sentence), self._removed)

    def on_view_said(self, event: View.Said) -> None:
        self.query_one(Notice).say(event.said)

    def on_view_changed(self, event: View.Changed) -> None:
        self.query_one(Notice).say(event.said)
        self.ask("summary", lambda b: b.situation(), self._put_summary)

    async def on_view_open_office(self, event: View.OpenOffice) -> None:
        await self.screens.open_office(event.office)

    def on_offices_view_open(self, event: "OfficesView.Open") -> None:
        self._open(event.message, event.sentence)

    def on_search_view_open(self, event: "SearchView.Open") -> None:
        self._open(event.message)

    def on_mailboxes_view_mail_fetched(self, event: "MailboxesView.MailFetched") -> None:
        """Whichever view is in sight by now shows what came."""
        del event
        self.load()

    def on_mail_view_removed(self, event: "MailView.Removed") -> None:
        self._removed(event.said)

    def _removed(self, said: str | None) -> None:
        """A mail was removed: every view is drawn anew."""
        if said is not None:
            self.query_one(Notice).say(said)
            self.load()


class AterkomApp(App[int]):
    """Takes whatever answers as a backend; tests give one of their own, and no files of manners."""

    TITLE = "Återkom"
    COMMANDS = {Commands, Places}  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = bindings((*VIEW_KEYS, *EVERYWHERE))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, backend: Backend, manners: Manners | None = None) -> None:
        super().__init__()
        self.backend = backend
        self.manners = manners or Manners()
        self.situation: Situation | None = None
        self.visit: Visit | None = None
        self.seen: Seen | None = None
        self.is_fetching = False
        self._trouble: tuple[Exception, str] | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.manners.theme
        self.set_keymap(self.manners.keymap)

    def check_keys(self) -> None:
        """Goes on without what cannot be had of the file of keys, and says so."""
        places = [keys for _place, keys in self.places()]
        good, wrong = usable(self.manners.keymap, places, (*EVERYWHERE, *VIEW_KEYS))
        if wrong:
            self.manners.keymap = good
            self._use_keymap()
            told = ", ".join(f"{name} = {keys}" for name, keys in wrong.items())
            said = _("Not taken from the file of keys: {what}.").format(what=clean_line(told))
            self.say(f"{said} {_('Unknown, taken, or not to be had on every keyboard.')}")

    def get_default_screen(self) -> Screen[None]:
        return Home()

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            watch_terminal(lambda: loop.call_soon_threadsafe(self.exit, INTERRUPTED))
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self.exit, INTERRUPTED)
                except (ValueError, RuntimeError, NotImplementedError):
                    return  # not the main thread: whoever runs us there listens for signals itself

    def arrive(self, situation: Situation) -> None:
        """How things stand; the first time, when this user was here before."""
        if self.situation is None:
            self.visit = self.manners.visit(situation.user, situation.store)
            if self.manners.problem:
                self.say(_("The file of keys cannot be read: {what}").format(what=self.manners.problem))
        self.situation = situation

    def leave(self) -> None:
        """Notes how far was seen. What cannot be written is said by nobody: the screen is gone."""
        with suppress(OSError):
            self.manners.forget_copied()
            if self.situation is not None and self.seen is not None:
                now = datetime.now(UTC).astimezone()
                self.manners.leave(self.situation.user, self.situation.store, Visit(now, self.seen))

    def action_all_seen(self) -> None:
        """What is new is new no longer."""
        if self.seen is not None:
            self.visit = Visit(datetime.now(UTC).astimezone(), self.seen)
            self.home.load()

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

    async def action_view(self, view: str) -> None:
        await self.show_view(view)

    async def show_view(self, view: str) -> View:
        """Brings a view into sight, from wherever we are."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        return await self.home.show_view(view)

    async def open_office(self, office: str) -> None:
        """An office's page, from wherever we are."""
        from tui.screens.offices import OfficesView

        view = await self.show_view("offices")
        if isinstance(view, OfficesView):
            view.open_office(office)

    async def open_contact(self, contact: str) -> None:
        """The page of a person or organisation, by its id, from wherever we are."""
        view = await self.show_view("contacts")
        view.open_item(contact)

    async def find_contact(self, words: str) -> None:
        """The contacts whose name holds these words, from wherever we are."""
        from tui.screens.contacts import ContactsView

        view = await self.show_view("contacts")
        if isinstance(view, ContactsView):
            view.put_words(words)

    async def set_up_mailbox(self) -> None:
        """The assistant, from wherever we are."""
        from tui.screens.mailboxes import MailboxesView

        view = await self.show_view("mailboxes")
        if isinstance(view, MailboxesView):
            view.action_add()

    async def fetch_mail(self) -> None:
        """Fetches what is new, where one can see how far it is."""
        from tui.screens.mailboxes import MailboxesView

        view = await self.show_view("mailboxes")
        if isinstance(view, MailboxesView) and not self.is_fetching:
            view.action_fetch()

    async def search_for(self, words: str) -> None:
        """The search view with these words, from wherever we are."""
        from tui.screens.search import SearchView

        view = await self.show_view("search")
        if isinstance(view, SearchView):
            view.put_words(words)

    def open_letter(self, message: str) -> None:
        """A letter over whatever is in sight."""
        from tui.screens.message import MessageScreen

        self.push_screen(MessageScreen(message))

    def say(self, text: str) -> None:
        """One line on the screen in sight."""
        for screen in reversed(self.screen_stack):
            for notice in screen.query(Notice):
                notice.say(text)
                return

    def action_undo(self) -> None:
        self.home.ask("undo", lambda b: b.undo(), self._undone, keep=True)

    def _undone(self, undone: "Undone") -> None:
        from tui.screens.acting import Acting
        from tui.undone import undone_said

        self.say(undone_said(undone))
        self.home.load()
        # What shows a letter reads it again.
        for place in (self.home.view, self.screen):
            if isinstance(place, Acting):
                place.reread()

    def copy(self, text: str) -> None:
        """To the clipboard by OSC 52; a terminal that takes none leaves a file."""
        cleaned = clean(text)
        self.copy_to_clipboard(cleaned)
        try:
            path = self.manners.put_aside(cleaned)
        except OSError:
            path = None
        said = _("Copied.")
        if path is not None:
            said += " " + _("If nothing comes when you paste, it is in {file} until you leave.").format(
                file=path
            )
        self.notify(clean_line(said), markup=False)

    def action_copy_trouble(self) -> None:
        if self._trouble is None:
            self.say(_("There was no error to copy."))
        else:
            from tui.support import report

            error, said = self._trouble
            store = self.situation.store if self.situation else ""
            self.copy(report(error, said, [store] if store else []))

    def action_help_quit(self) -> None:
        """Ctrl+C copies where text is selected; elsewhere it is pressed by those who want to leave."""
        for notice in self.screen.query(Notice):
            notice.say(_("Leave with q, or with Ctrl+Q from everywhere."))

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen
        from tui.screens.message import MessageScreen

        if isinstance(self.screen, HelpScreen):
            return
        here = READING if isinstance(self.screen, MessageScreen) else self.home.view.keys
        self.push_screen(HelpScreen(_(BY_ID[self.active_view].title), here, (*VIEW_KEYS, *EVERYWHERE)))

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_("An office, a person, a phone number, a command …"))
            )

    async def action_quit(self) -> None:
        self.exit(0)

    def action_light_or_dark(self) -> None:
        self.choose_theme(LIGHT.name if self.current_theme.dark else DARK.name)

    def choose_theme(self, name: str) -> None:
        """Another look, kept for the next time."""
        self.theme = name
        try:
            self.manners.choose_theme(name)
        except OSError as error:
            self.complain(error)

    def action_change_keys(self) -> None:
        from tui.screens.keys import KeysScreen

        self.push_screen(KeysScreen())

    def places(self) -> list[tuple[str, tuple[Key, ...]]]:
        """Every place with the keys of its own; those that work everywhere first."""
        here = [(_(place.title), place.view.KEYS) for place in VIEWS]
        return [(_("Everywhere"), (*EVERYWHERE, *VIEW_KEYS)), *here]

    def rebind(self, key: str, keys: str | None) -> None:
        """Another key, from now on and the next time."""
        try:
            self.manners.rebind(key, keys)
        except OSError as error:
            self.complain(error)
        self._use_keymap()

    def _use_keymap(self) -> None:
        self.set_keymap(self.manners.keymap)
        for bar in self.home.query(KeyBar):
            bar.refresh(layout=True)

    def action_reload(self) -> None:
        self.home.load()

    def _fatal_error(self) -> None:
        """An error of our own ends the screen with where it arose, and none of the words and secrets that it had at hand."""
        from rich.text import Text

        from tui.support import report

        error = self._exception or RuntimeError()
        said = _("The screen had to stop. IT support needs these lines:")
        self._exit_renderables.append(Text(f"{said}\n{report(error, '–')}"))
        self._close_messages_no_wait()

    def on_asking_trouble(self, event: Asking.Trouble) -> None:
        from crm.errors import NothingToUndo

        if isinstance(event.error, NothingToUndo):
            self.say(_line_of(event.error))  # nothing that IT support could do about it
            return
        again = self._trouble is not None and self._trouble[1] == _line_of(event.error)
        if event.question != "version" or not again:  # asked every second, said once
            self.complain(event.error)

    def complain(self, error: Exception) -> None:
        """An error from the store as one line on the screen in sight."""
        self._trouble = (error, _line_of(error))
        self.complain_of(_line_of(error))

    def complain_of(self, said: str) -> None:
        """What went wrong, in words, on the screen in sight."""
        for screen in reversed(self.screen_stack):
            for notice in screen.query(Notice):
                notice.complain(
                    said, _("{key}: Copy for IT support").format(key=self.key_of("app.copy-trouble"))
                )
                return

    def key_of(self, name: str) -> str:
        """The key of something that works everywhere, as people write it."""
        key = next(key for key in EVERYWHERE if key.id == name)
        return shown(key, self.manners.keymap)


def _line_of(error: Exception) -> str:
    """What went wrong; a fault of our own is called that, with its kind for whoever looks after us."""
    from tui.cli.errors import UNEXPECTED, code_of, text_of

    if code_of(error) != UNEXPECTED:
        return text_of(error)
    return _("Something went wrong in Återkom itself ({what}). Nothing that was saved is lost.").format(
        what=f"{type(error).__name__}: {text_of(error)}"
    )


def standing(situation: Situation, width: int = 0) -> Content:
    """Which day it is taken to be, when mail was fetched, and how much waits for a look; in few words where `width` is short."""
    whole = Content(" · ").join(_standing(situation, briefly=False))
    if 0 < width < whole.cell_length:
        return Content(" · ").join(_standing(situation, briefly=True))
    return whole


def _standing(situation: Situation, *, briefly: bool) -> list[Content]:
    summary = situation.summary
    parts = []
    if situation.pinned:
        shown = dates.day(situation.today, weekday=False, week=False)
        said = _("As of {date}") if briefly else _("Showing {date} as today")
        parts.append(line(said.format(date=shown), "bold $text-warning"))
    parts.append(_fetched(situation))
    if summary.proposed:
        said = ngettext("{n} proposal to review", "{n} proposals to review", summary.proposed)
        if briefly:
            said = ngettext("{n} proposal", "{n} proposals", summary.proposed)
        parts.append(line(said.format(n=dates.number(summary.proposed))))
    if summary.quarantined:
        said = ngettext("{n} letter could not be read", "{n} letters could not be read", summary.quarantined)
        if briefly:
            said = ngettext("{n} unreadable letter", "{n} unreadable letters", summary.quarantined)
        parts.append(line(said.format(n=dates.number(summary.quarantined)), "$text-warning"))
    return parts


def _fetched(situation: Situation) -> Content:
    """When mail was last fetched; after a day without, a warning."""
    last = situation.summary.last_sync
    if situation.summary.problem:
        from tui.cli.errors import text_of_noted

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


def run(options: "Options") -> int:
    """Opens the full screen over the store; gives the exit code."""
    backend = StoreBackend(options, alone=True)
    app = AterkomApp(backend, Manners.of_user(options.config))
    try:
        return app.run() or 0
    finally:
        app.leave()
        backend.close()
