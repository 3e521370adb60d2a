"""The keymap of the register's queue, as in `tui.keys`."""

from typing import Final

from tui.i18n import N_
from tui.keys import LIST, Key

REGISTER: Final = (
    *LIST,
    Key(
        "register.accept",
        "b",
        "accept",
        "b",
        N_("As suggested"),
        N_("Judge as suggested: each mail as its own line says"),
    ),
    Key("register.minor", "r", "judge('minor')", "r", N_("Minor"), N_("Of minor importance")),
    Key("register.ordered", "h", "judge('ordered')", "h", N_("Kept in order"), N_("Kept in order")),
    Key(
        "register.not-public",
        "e",
        "judge('not_public')",
        "e",
        N_("Not official"),
        N_("Not an official document"),
    ),
    Key("register.sent", "t", "judge('sent')", "t", N_("Registrar"), N_("With the registrar")),
    Key(
        "register.number",
        "d",
        "number",
        "d",
        N_("Registered"),
        N_("Registered under a number: asks for it"),
    ),
    Key(
        "register.secret",
        "s",
        "secret",
        "s",
        N_("Confidential"),
        N_("Confidential: asks for the provision, and for the number; without one it goes to the registrar"),
    ),
    Key(
        "register.mark", "", "", N_("Space"), N_("Mark"), N_("Mark several: a key then works on all of them")
    ),
    Key(
        "register.alike",
        "a",
        "alike",
        "a",
        N_("Mark alike"),
        N_("Mark all in sight with the same suggestion and reason"),
    ),
    Key(
        "register.order",
        "o",
        "order",
        "o",
        N_("Oldest first"),
        N_("The oldest first, and back to the newest"),
        in_bar=False,
    ),
)
