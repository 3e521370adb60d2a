"""The screen behind all others: the views under one row of tabs, a line that says how things stand, the keys below."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from tui import dates
from tui.asking import Asking
from tui.backend import Situation
from tui.i18n import _, ngettext
from tui.keys import EVERYWHERE
from tui.marking import Marking
from tui.text import line
from tui.views import BY_ID, HOME, VIEWS
from tui.widgets.frame import KeyBar, Notice, TabBar
from tui.widgets.view import View

if TYPE_CHECKING:
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
_BREATH: Final = 0.05  # between two views that are made ahead, for keys


class Home(Marking, Screen[None], Asking):
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
        self.ask("who", lambda b: b.remember_who(name), lambda _done: self.load_all(), keep=True)

    def load(self) -> None:
        """Asks how things stand, then for what the view in sight shows."""
        self.ask("situation", lambda b: b.situation(), self._put_situation)

    def _put_situation(self, situation: Situation) -> None:
        if self.screens.situation is None:
            self.ask("asks-who", lambda b: b.must_ask_who(), self._ask_who)
        self._put_summary(situation)
        self._load_view(self.view)

    def _load_view(self, view: View) -> None:
        """Notes of which version of the store it is what is asked for now."""
        if self.screens.situation is not None:
            view.version = self.screens.situation.version
            view.load()

    def load_all(self) -> None:
        """The view in sight now, every other one when it comes into sight: what they show hangs on more than the store."""
        self._forget()
        self.load()

    def _forget(self) -> None:
        for view in self._made():
            view.version = None

    def on_asking_trouble(self) -> None:
        """What could not be loaded is asked for anew when it comes into sight."""
        self._forget()

    def get_ready(self) -> None:
        """Once, when the first rows stand there: whoever goes to another view does not wait for what it is made of."""
        if not self._is_ready:
            self._is_ready = True
            self.ask("views", lambda _b: [place.view for place in VIEWS], lambda _views: self._warm())

    def _warm(self) -> None:
        self.screens.check_keys()
        self.ask("warm", lambda b: b.warm(), lambda _done: self._make_ahead())

    def _make_ahead(self) -> None:
        """The other views, one after the other between two keys, out of sight and with what they show."""
        made = {view.id for view in self._made()}
        missing = next((place for place in VIEWS if place.id not in made), None)
        if missing is not None and self.screens.is_ahead:
            view = missing.view(id=missing.id)
            view.display = False
            self.query_one("#views").mount(view)
            view.call_after_refresh(self._load_view, view)
            self.set_timer(_BREATH, self._make_ahead)

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
                self.query_one("#standing", Static).update(said, layout=False)

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

    def _made(self) -> list[View]:
        return [view for view in self.query_one("#views").children if isinstance(view, View)]

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
        self._load_anew()
        return self.view

    def _load_anew(self) -> None:
        """A view that is as the store was at the last look waits for the next one alone."""
        situation = self.screens.situation
        same = situation is not None and self.view.version == situation.version
        if same and not self.screens.is_fetching:
            self._look()
        else:
            self._load_view(self.view)

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
        self.load_all()

    def on_mail_view_removed(self, event: "MailView.Removed") -> None:
        self._removed(event.said)

    def _removed(self, said: str | None) -> None:
        """A mail was removed: every view is drawn anew."""
        if said is not None:
            self.query_one(Notice).say(said)
            self.load()


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
