"""The views as a table: a new one is one line here. Which digit leads where is the same on every screen."""

from importlib import import_module
from typing import Final, NamedTuple

from tui.i18n import N_
from tui.keys import Key
from tui.screens.follow_ups import FollowUpsView
from tui.widgets.view import View


class Place(NamedTuple):
    """A view: its id, the digit that leads to it, its name in the tabs, one line for the help, and its class.

    A class that is named (`module:Class`) is imported when the view is first asked for.
    """

    id: str
    key: str
    title: str
    help: str
    made: type[View] | str

    @property
    def view(self) -> type[View]:
        """The class. Raises TypeError where the table names something else."""
        if not isinstance(self.made, str):
            return self.made
        module, _colon, name = self.made.partition(":")
        found = getattr(import_module(module), name)
        if not (isinstance(found, type) and issubclass(found, View)):
            raise TypeError(self.made)
        return found


VIEWS: Final = (
    Place("follow-ups", "1", N_("Follow-ups"), N_("Follow-ups: what is due or proposed"), FollowUpsView),
    Place(
        "mail",
        "2",
        N_("Correspondence"),
        N_("Correspondence: threads and letters"),
        "tui.screens.mail:MailView",
    ),
    Place("offices", "3", N_("Offices"), N_("Offices: one page for each"), "tui.screens.offices:OfficesView"),
    Place(
        "contacts",
        "4",
        N_("Contacts"),
        N_("Contacts: people and organisations"),
        "tui.screens.contacts:ContactsView",
    ),
    Place(
        "register",
        "5",
        N_("Registration"),
        N_("Registration: mails to judge for the diary"),
        "tui.screens.register:RegisterView",
    ),
    Place("search", "6", N_("Search"), N_("Search in all letters"), "tui.screens.search:SearchView"),
    Place(
        "mailboxes",
        "7",
        N_("Mailboxes"),
        N_("Mailboxes: fetch now, and what could not be fetched or read"),
        "tui.screens.mailboxes:MailboxesView",
    ),
)
HOME: Final = VIEWS[0].id
BY_ID: Final = {place.id: place for place in VIEWS}
VIEW_KEYS: Final = tuple(
    Key(
        f"app.view.{place.id}",
        place.key,
        f"view('{place.id}')",
        place.key,
        place.title,
        place.help,
        in_bar=False,
    )
    for place in VIEWS
)
