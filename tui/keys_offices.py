"""The keymap of the offices, as in `tui.keys`."""

from typing import Final

from tui.i18n import N_
from tui.keys import BACK, LIST, Key

_ASSESS: Final = Key(
    "office.assess",
    "l",
    "assess",
    "l",
    N_("Assessment"),
    N_("Say how the office stands: asks for deviation, reason and measure as well"),
)
_OWNER: Final = Key(
    "office.owner", "t", "owner", "t", N_("Assign"), N_("Say who is responsible for the office")
)
_SHAPES: Final = (
    *LIST,
    Key(
        "offices.shape",
        "v",
        "shape",
        "v",
        N_("Show as"),
        N_("Show the offices as a list, as a board by step, or over time"),
    ),
)
OFFICES: Final = (
    *_SHAPES,
    Key("offices.mark", "", "", N_("Space"), N_("Mark"), N_("Mark several: a key then works on all of them")),
    _ASSESS,
    _OWNER,
)
BOARD: Final = (
    *_SHAPES,
    Key("offices.column", "", "", "← →", N_("Column"), N_("Go to the next column, or the one before")),
    _ASSESS,
    _OWNER,
)
PAGE: Final = (
    *LIST,
    *BACK,
    Key(
        "office.accept",
        "b",
        "decide('accept')",
        "b",
        N_("Keep watch"),
        N_("Keep watch over it; on a proposed change: accept it"),
    ),
    Key(
        "office.dismiss",
        "a",
        "decide('dismiss')",
        "a",
        N_("Dismiss"),
        N_("Dismiss it; on a proposed change: reject it, it is not proposed again"),
    ),
    Key("office.done", "k", "decide('done')", "k", N_("Done"), N_("Mark it as done")),
    Key("office.snooze", "s", "snooze", "s", N_("Snooze"), N_("Remind me later: asks when, as “on Monday”")),
    Key(
        "office.move",
        "f",
        "move",
        "f",
        N_("Date"),
        N_("Change the date: asks for the new one and the reason"),
    ),
    Key("office.mark", "", "", N_("Space"), N_("Mark"), N_("Mark several: a key then works on all of them")),
    _ASSESS,
    _OWNER,
)
