"""The views as a table: a new one is one line here. Which digit leads where is the same on every screen."""

from typing import Final, NamedTuple

from tui.i18n import N_
from tui.keys import Key
from tui.screens.follow_ups import FollowUpsView
from tui.screens.mail import MailView
from tui.screens.offices import OfficesView
from tui.screens.search import SearchView
from tui.widgets.view import View


class Place(NamedTuple):
    """A view: its id, the digit that leads to it, its name in the tabs, and one line for the help."""

    id: str
    key: str
    title: str
    help: str
    made: type[View]


# 4 Contacts, 5 Registration and 7 Mailboxes have their digits already.
VIEWS: Final = (
    Place("follow-ups", "1", N_("Follow-ups"), N_("Follow-ups: what is due or proposed"), FollowUpsView),
    Place("mail", "2", N_("Correspondence"), N_("Correspondence: threads and letters"), MailView),
    Place("offices", "3", N_("Offices"), N_("Offices: one page for each"), OfficesView),
    Place("search", "6", N_("Search"), N_("Search in all letters"), SearchView),
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
