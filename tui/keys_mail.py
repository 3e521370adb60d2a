"""The keymap of mail, people and mailboxes, as in `tui.keys`."""

from typing import Final

from tui.i18n import N_
from tui.keys import BACK, LIST, NOTE, READING, TYPING, Key

THREADS: Final = (
    *LIST,
    Key("threads.mark", "", "", N_("Space"), N_("Mark"), N_("Mark several threads: they can be made one")),
    Key("threads.join", "j", "join", "j", N_("Join"), N_("Make the marked threads one")),
)
MAIL: Final = (*THREADS, *READING)
DOCUMENTS: Final = (
    *BACK,
    Key(
        "documents.save", "", "", "Enter", N_("Save"), N_("Save it: asks where, and never writes over a file")
    ),
    Key("documents.open", "o", "open", "o", N_("Open"), N_("Open what was saved, in its own program")),
)
LINKS: Final = (
    *BACK,
    Key("links.toggle", "", "", "Enter", N_("Connect or not"), N_("Connect the office, or take it away")),
    Key("links.find", "slash", "find", "/", N_("Find"), N_("Find an office by its name")),
    Key("links.undo", "u,ctrl+z", "undo_last", "u", N_("Undo"), N_("Undo the latest decision")),
)
_SPLIT: Final = Key("contacts.split", "e", "split", "e", N_("Split"), N_("Take apart who was merged in last"))
CONTACTS: Final = (
    *BACK,
    *LIST,
    Key("contacts.find", "f", "find", "f", N_("Find"), N_("Find by a part of a name or an address")),
    Key(
        "contacts.kind",
        "o",
        "kind",
        "o",
        N_("People or organisations"),
        N_("People instead of organisations, and back"),
    ),
    Key(
        "contacts.alike",
        "d",
        "alike",
        "d",
        N_("There twice?"),
        N_("Those who seem to be there twice, side by side"),
    ),
    Key("contacts.mark", "", "", N_("Space"), N_("Mark"), N_("Mark two: they can be made one")),
    Key(
        "contacts.merge",
        "j",
        "merge",
        "j",
        N_("Merge"),
        N_("Make one of the two that are marked or proposed"),
    ),
    _SPLIT,
    NOTE,
)
CONTACT: Final = (*BACK, *LIST, NOTE, _SPLIT)
"""The page of a contact."""
MAILBOXES: Final = (
    *LIST,
    *BACK,
    Key("mailboxes.fetch", "h", "fetch", "h", N_("Fetch now"), N_("Fetch new mail now; h again stops it")),
    Key(
        "mailboxes.mark",
        "",
        "",
        N_("Space"),
        N_("Mark"),
        N_("Mark several mails that could not be read"),
        in_bar=False,
    ),
    Key("mailboxes.add", "l", "add", "l", N_("New mailbox"), N_("Set up a mailbox: asks, tests it, fetches")),
    Key(
        "mailboxes.copy",
        "c",
        "copy",
        "c",
        N_("Copy for IT support"),
        N_("Copy the error with what IT support needs, without any password"),
    ),
)
# In a field letters are letters; what works there has keys of its own.
FIELDS: Final = (
    Key(
        "fields.next",
        "",
        "",
        "Enter",
        N_("Next, or try it"),
        N_("Go to the next field; from the last one, try it"),
    ),
    *TYPING[1:],
)
PICK: Final = (
    *BACK,
    Key("pick.mark", "", "", N_("Space"), N_("Pick"), N_("Pick the folder, or leave it out")),
    Key("pick.fetch", "", "", "Enter", N_("Fetch them"), N_("Keep the mailbox and fetch what was picked")),
)
