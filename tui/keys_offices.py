"""The keymap of the offices, as in `tui.keys`."""

from typing import Final

from tui.i18n import N_
from tui.keys import BACK, LIST, Key

OFFICES: Final = (
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
BOARD: Final = (
    *OFFICES,
    Key("offices.column", "", "", "← →", N_("Column"), N_("Go to the next column, or the one before")),
)
PAGE: Final = (
    *LIST,
    *BACK,
    Key(
        "office.assess",
        "b",
        "assess",
        "b",
        N_("Assessment"),
        N_("Say how the office stands: asks for deviation, reason and measure as well"),
    ),
    Key("office.owner", "t", "owner", "t", N_("Assign"), N_("Say who is responsible for the office")),
)
