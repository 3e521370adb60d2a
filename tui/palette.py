"""The command palette: what can be done here, and whatever the store finds by a name, a number or some words."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual import on
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from crm.agenda_rows import Found
from tui import words
from tui.backend import Backend
from tui.i18n import _
from tui.keyboard import shown
from tui.keys import Key
from tui.text import clean_line, line
from tui.themes import NAMES
from tui.views import VIEWS

if TYPE_CHECKING:
    from crm.rows.messages import MessageRow
    from crm.rows.searching import SavedSearchRow
    from tui.app import AterkomApp

LETTERS = 5
_ENOUGH = 3  # letters of a word from which letters are looked through
T = TypeVar("T")
_FOLD = str.maketrans("åäöéèüæø", "aaoeeuao")


def folded(text: str) -> str:
    """Lower case without dots and rings: "ange" finds Ånge."""
    return text.lower().translate(_FOLD)


class Palette(CommandPalette):
    """Enter means what was typed: it waits for what that finds, and opens nothing that stood there before."""

    _is_awaited = False

    @on(Input.Submitted)
    def _wait(self, event: Input.Submitted) -> None:
        if any(self._searches(worker) and not worker.is_finished for worker in self.workers):
            event.stop()
            event.prevent_default()
            self._is_awaited = True

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if self._is_awaited and self._searches(event.worker) and event.state is WorkerState.SUCCESS:
            self._is_awaited = False
            self._select_or_command()

    def _searches(self, worker: Worker[object]) -> bool:
        return worker.node is self and worker.group == self._GATHER_COMMANDS_GROUP


class Commands(Provider):
    """Views, what the view in sight can do, and manners."""

    async def discover(self) -> Hits:
        for said, run, key in self._all():
            yield DiscoveryHit(_shown(said, key), run, text=said)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        wanted = folded(query)
        for said, run, key in self._all():
            score = 1.5 if folded(said).startswith(wanted) else 0.6 if wanted in folded(said) else 0.0
            if score or matcher.match(said) > 0:
                yield Hit(score or 0.3, _shown(said, key), run, text=said)

    @property
    def _app(self) -> "AterkomApp":
        return cast("AterkomApp", self.app)

    def _all(self) -> Iterator[tuple[str, Callable[[], object], str]]:
        app = self._app
        for place in VIEWS:
            yield _(place.title), partial(app.show_view, place.id), place.key
        yield from self._here()
        yield _("Undo"), app.action_undo, app.key_of("app.undo")
        for theme, name in NAMES.items():
            yield _("Look: {name}").format(name=_(name)), partial(app.choose_theme, theme), ""
        yield _("Set up a mailbox"), app.set_up_mailbox, ""
        yield _("Change keys"), app.action_change_keys, ""
        yield _("What is new is seen"), app.action_all_seen, ""
        yield (
            _("Copy the latest error for IT support"),
            app.action_copy_trouble,
            app.key_of("app.copy-trouble"),
        )
        yield _("Fetch what is new from the store"), app.action_reload, ""
        yield _("Help"), app.action_help, app.key_of("app.help")
        yield _("Quit"), partial(app.exit, 0), app.key_of("app.quit")

    def _here(self) -> Iterator[tuple[str, Callable[[], object], str]]:
        """What the keys of the view in sight do, by their words."""
        app = self._app
        if len(app.screen_stack) > 2:  # the palette lies over something else than a view
            return
        for key in app.home.view.keys:
            if key.action:
                yield _(key.help).partition(":")[0], partial(self._run, key), shown(key, app.manners.keymap)

    async def _run(self, key: Key) -> None:
        await self._app.run_action(key.action, self._app.home.view)


def _shown(said: str, key: str) -> Content:
    return Content.assemble(line(said), "  ", line(key, "$foreground 60%")) if key else line(said)


class Places(Provider):
    """Offices, people and organisations by name or phone; letters by words; the searches that are kept.

    Asked of the store, in a thread; what is kept once, when the palette opens.
    """

    _saved: "Sequence[SavedSearchRow]" = ()

    async def startup(self) -> None:
        self._saved = await _asked(cast("AterkomApp", self.app), lambda b: b.saved_searches())

    async def discover(self) -> Hits:
        app = cast("AterkomApp", self.app)
        for row in self._saved:
            yield DiscoveryHit(_kept(row), partial(app.search_for, row.query), text=clean_line(row.name))

    async def search(self, query: str) -> Hits:
        app = cast("AterkomApp", self.app)
        wanted = query.strip()
        for rank, found in enumerate(await _asked(app, lambda b: b.find(wanted))):
            score = (2.0 if _begins(found, wanted) else 0.9) - rank / 1000
            yield Hit(score, _found(found), partial(_open, app, found), text=clean_line(found.name))
        if len(wanted) >= _ENOUGH:
            for rank, row in enumerate(await _asked(app, lambda b: b.search(wanted, LETTERS))):
                said = words.subject(row.subject)
                yield Hit(0.2 - rank / 1000, _letter(row), partial(app.open_letter, row.id), text=said)
        for kept in self._saved:
            if folded(wanted) in folded(kept.name):
                yield Hit(1.0, _kept(kept), partial(app.search_for, kept.query), text=clean_line(kept.name))
        said = _("Search letters for “{words}”").format(words=wanted)
        yield Hit(0.1, line(said), partial(app.search_for, wanted), text=clean_line(said))


async def _asked(app: "AterkomApp", ask: Callable[[Backend], Sequence[T]]) -> Sequence[T]:
    """What the store gives; one that fails finds nothing, and says why in the line below."""
    try:
        return await asyncio.to_thread(ask, app.backend)
    except Exception as error:  # noqa: BLE001 - the palette stays usable
        app.complain(error)
        return ()


def _begins(found: Found, wanted: str) -> bool:
    digits = sum(c.isdigit() for c in wanted) >= 4
    return digits or folded(found.name).startswith(folded(wanted))


async def _open(app: "AterkomApp", found: Found) -> None:
    if found.kind == "office":
        await app.open_office(found.id)
    else:
        await app.open_contact(found.id)


def _found(found: Found) -> Content:
    kinds = {"office": _("Office"), "person": _("Person"), "organisation": _("Organisation")}
    about = ", ".join(part for part in (kinds[found.kind], clean_line(found.about)) if part)
    return Content.assemble(line(found.name, "bold"), "  ", line(about, "$foreground 60%"))


def _kept(row: "SavedSearchRow") -> Content:
    from tui.widgets.search_rows import counted

    about = ", ".join(part for part in (_("Search"), counted(row)) if part)
    return Content.assemble(line(row.name, "bold"), "  ", line(about, "$foreground 60%"))


def _letter(row: "MessageRow") -> Content:
    when = row.date.date().isoformat() if row.date else ""
    about = ", ".join(part for part in (_("Letter"), words.short_name(row.sender), when) if part)
    return Content.assemble(line(words.subject(row.subject)), "  ", line(about, "$foreground 60%"))
