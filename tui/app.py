"""The full screen: one application for all screens, with what every one of them may ask of it."""

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from crm.agenda_rows import Seen
from tui.asking import Asking
from tui.backend import Backend, Situation, StoreBackend
from tui.hangup import INTERRUPTED, watch_terminal
from tui.i18n import _
from tui.keyboard import shown, usable
from tui.keys import EVERYWHERE, READING, Key, bindings
from tui.manners import Manners, Visit
from tui.screens.home import Home
from tui.text import clean, clean_line
from tui.themes import DARK, LIGHT, THEMES
from tui.views import BY_ID, VIEW_KEYS, VIEWS
from tui.widgets.frame import KeyBar, Notice, TabBar
from tui.widgets.view import View

if TYPE_CHECKING:
    from textual.command import Provider

    from tui.backend_home import Undone
    from tui.cli.options import Options


def _commands() -> "type[Provider]":
    """With the palette: the first frame waits for none of its libraries."""
    from tui.palette import Commands

    return Commands


def _places() -> "type[Provider]":
    from tui.palette import Places

    return Places


class AterkomApp(App[int]):
    """Takes whatever answers as a backend; tests give one of their own, and no files of manners."""

    TITLE = "Återkom"
    COMMANDS = {_commands, _places}  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = bindings((*VIEW_KEYS, *EVERYWHERE))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, backend: Backend, manners: Manners | None = None, *, is_ahead: bool = False) -> None:
        """`is_ahead`: all views are made behind the first rows, before anybody asks for them."""
        super().__init__()
        self.is_ahead = is_ahead
        self.backend = backend
        self.manners = manners or Manners()
        self.situation: Situation | None = None
        self.visit: Visit | None = None
        self.seen: Seen | None = None
        self.is_fetching = False
        self._trouble: tuple[Exception, str] | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._wear(self.manners.theme)
        self.set_keymap(self.manners.keymap)

    def _wear(self, name: str) -> None:
        """The look from the beginning: by way of `theme` all styles would be read twice before the first frame."""
        self.set_reactive(App.theme, name)
        dark = self.current_theme.dark
        self.update_classes(
            {f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False
        )
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

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
            self.home.load_all()

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
        from tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder=_("An office, a person, a phone number, a command …")))

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


def run(options: "Options") -> int:
    """Opens the full screen over the store; gives the exit code."""
    backend = StoreBackend(options, alone=True)
    app = AterkomApp(backend, Manners.of_user(options.config), is_ahead=True)
    try:
        return app.run() or 0
    finally:
        app.leave()
        backend.close()
