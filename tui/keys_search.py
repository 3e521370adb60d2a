"""The keymap of the search, as in `tui.keys`."""

from typing import Final

from tui.i18n import N_
from tui.keys import BACK, LIST, TYPING, Key

SEARCH: Final = (
    *LIST,
    *BACK,
    Key("search.mark", "", "", N_("Space"), N_("Mark"), N_("Mark several: a key then works on all of them")),
    Key("search.copy", "c", "copy", "c", N_("Copy"), N_("Copy day, sender and subject of the letters")),
    Key("search.save", "s", "save", "s", N_("Keep"), N_("Keep this search by a name: asks for it")),
    Key(
        "search.remove",
        "x",
        "remove",
        "x",
        N_("Keep no longer"),
        N_("Keep this search no longer: on one that is kept"),
    ),
)
TYPED: Final = (
    Key("typing.complete", "", "", "Tab", N_("Complete"), N_("Put in what is marked; ↑ ↓ mark another")),
    *TYPING,
)
