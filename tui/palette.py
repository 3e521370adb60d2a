"""The command palette: views, manners, and the offices that the store finds by name."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from crm.rows import OfficeRow
from tui.i18n import _
from tui.screens.offices import name
from tui.text import line
from tui.widgets.frame import VIEWS

if TYPE_CHECKING:
    from tui.app import AterkomApp

LIMIT = 30


class Commands(Provider):
    """What can be done from everywhere."""

    async def discover(self) -> Hits:
        for said, run in self._all():
            yield DiscoveryHit(line(said), run, text=said)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for said, run in self._all():
            score = matcher.match(said)
            if score > 0:
                yield Hit(score, matcher.highlight(said), run, text=said)

    def _all(self) -> Iterator[tuple[str, Callable[[], object]]]:
        app = cast("AterkomApp", self.app)
        for view, label in VIEWS.items():
            yield _(label), partial(app.show_view, view)
        yield _("Set up a mailbox"), app.set_up_mailbox
        yield _("Light or dark"), app.action_light_or_dark
        yield _("Fetch what is new from the store"), app.action_reload
        yield _("Help"), app.action_help
        yield _("Quit"), app.exit


class Offices(Provider):
    """Offices by name, asked of the store in a thread; and its letters by words."""

    async def search(self, query: str) -> Hits:
        app = cast("AterkomApp", self.app)
        offices = await asyncio.to_thread(_offices, app, query)
        for office in offices:
            said = name(office)
            yield Hit(0.9, line(said), partial(app.open_office, office.id), text=said)
        said = _("Search letters for “{words}”").format(words=query)
        yield Hit(0.1, line(said), partial(app.search_for, query), text=said)


def _offices(app: "AterkomApp", query: str) -> list[OfficeRow]:
    """At most LIMIT offices whose name holds the words; a store that fails finds nothing."""
    try:
        rows = app.backend.offices()
    except Exception as error:  # noqa: BLE001 - the palette stays usable, the line below it says why
        app.call_from_thread(app.complain, error)
        return []
    wanted = folded(query)
    return [row for row in rows if wanted in folded(name(row))][:LIMIT]


def folded(text: str) -> str:
    """Lower case without the dots and rings of å, ä and ö: "ange" finds Ånge."""
    return text.lower().translate(str.maketrans("åäöé", "aaoe"))
