"""The keymap as data: what each key does where, in the words that the bar at the bottom and the help show.

No key needs AltGr on a Swedish keyboard, and none is only to be had by what tmux, VS Code or Windows Terminal
keep for themselves. `tui.manners` holds what a person has put in their place.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.i18n import N_

if TYPE_CHECKING:
    from textual.binding import BindingType


class Key(NamedTuple):
    """`keys` as Textual names them, `shown` as people do; `label` is short for the bar, `help` whole."""

    id: str
    keys: str
    action: str
    shown: str
    label: str
    help: str
    in_bar: bool = True


MOVES: Final = (
    Key("move", "", "", "↑ ↓ PgUp PgDn Home End", N_("Move"), N_("Move in a list or a text"), in_bar=False),
    Key(
        "pane",
        "",
        "",
        "Tab",
        N_("Next pane"),
        N_("Go to the next pane, Shift+Tab to the one before"),
        in_bar=False,
    ),
)
EVERYWHERE: Final = (
    Key(
        "app.undo", "u,ctrl+z", "undo", "u", N_("Undo"), N_("Undo the latest decision, whatever it was about")
    ),
    Key(
        "app.search", "slash", "view('search')", "/", N_("Search"), N_("Search in all letters"), in_bar=False
    ),
    Key(
        "app.copy-trouble",
        "i",
        "copy_trouble",
        "i",
        N_("Copy for IT support"),
        N_("Copy the latest error for IT support"),
        in_bar=False,
    ),
    Key(
        "app.palette",
        "ctrl+p,colon",
        "command_palette",
        "Ctrl+P",
        N_("Go to"),
        N_("Go to an office, person or command by name or phone"),
    ),
    Key("app.views", "", "", "1–7", N_("Views"), N_("Go to a view: each tab above has its number")),
    Key("app.help", "question_mark,f1", "help", "?", N_("Help"), N_("All keys of this place")),
    Key("app.quit", "q", "quit", "q", N_("Quit"), N_("Leave Återkom; Ctrl+Q does so from everywhere")),
)
BEGIN: Final = (
    Key(
        "welcome.begin",
        "",
        "",
        "Enter",
        N_("Begin"),
        N_("Set up a mailbox; where there is one, fetch its mail"),
    ),
)
FOLLOW_UPS: Final = (
    Key("follow-ups.source", "", "", "Enter", N_("Source"), N_("Show the letter with the sentence marked")),
    Key(
        "follow-ups.accept",
        "b",
        "decide('accept')",
        "b",
        N_("Keep watch"),
        N_("Keep watch over it: it will be reminded of"),
    ),
    Key(
        "follow-ups.dismiss",
        "a",
        "decide('dismiss')",
        "a",
        N_("Dismiss"),
        N_("Dismiss: this is nothing to follow up"),
    ),
    Key("follow-ups.done", "k", "decide('done')", "k", N_("Done"), N_("Mark it as done")),
    Key(
        "follow-ups.snooze",
        "s",
        "snooze",
        "s",
        N_("Snooze"),
        N_("Remind me later: asks when, as “on Monday”"),
    ),
    Key(
        "follow-ups.move",
        "f",
        "move",
        "f",
        N_("Date"),
        N_("Change the date: asks for the new one and the reason"),
    ),
    Key("follow-ups.assign", "t", "assign", "t", N_("Assign"), N_("Assign it to someone")),
    Key(
        "follow-ups.mark",
        "",
        "",
        N_("Space"),
        N_("Mark"),
        N_("Mark several: a key then works on all of them"),
    ),
    Key(
        "follow-ups.whose",
        "m",
        "whose",
        "m",
        N_("Mine"),
        N_("Show mine, unassigned or all"),
    ),
    Key(
        "follow-ups.side",
        "v",
        "side",
        "v",
        N_("Side"),
        N_("Show what we owe, they owe or others owe"),
    ),
    Key(
        "follow-ups.waive",
        "l",
        "decide('waive')",
        "l",
        N_("Waive"),
        N_("Waive: it is no longer needed"),
        in_bar=False,
    ),
    Key(
        "follow-ups.settled",
        "g",
        "settled",
        "g",
        N_("Settled"),
        N_("Show what is settled or put off, and back again"),
        in_bar=False,
    ),
    Key(
        "follow-ups.reopen",
        "o",
        "decide('reopen')",
        "o",
        N_("Reopen"),
        N_("Reopen: it is not done after all"),
        in_bar=False,
    ),
    Key(
        "follow-ups.copy",
        "c",
        "copy",
        "c",
        N_("Copy"),
        N_("Copy the sentence, its date and its office"),
        in_bar=False,
    ),
)
LIST: Final = (Key("list.open", "", "", "Enter", N_("Open"), N_("Open what the cursor is on")),)
NOTE: Final = Key(
    "note.new",
    "n",
    "new_note",
    "n",
    N_("New note"),
    N_("Note a phone call, a paper letter or something else about this office, person or letter"),
)
READING: Final = (
    Key("reading.back", "escape", "back", "Esc", N_("Back"), N_("Back to where you came from")),
    Key(
        "reading.next",
        "full_stop",
        "step(1)",
        ". ,",
        N_("Next, previous"),
        N_("The next message of the chain; , is the one before"),
    ),
    Key(
        "reading.previous",
        "comma",
        "step(-1)",
        ",",
        N_("Previous message"),
        N_("The previous message of the chain"),
        in_bar=False,
    ),
    Key(
        "reading.next-thread",
        "greater_than_sign",
        "thread(1)",
        ">",
        N_("Next thread"),
        N_("The next thread, without going back to the list"),
        in_bar=False,
    ),
    Key(
        "reading.previous-thread",
        "less_than_sign",
        "thread(-1)",
        "<",
        N_("Previous thread"),
        N_("The previous thread, without going back to the list"),
        in_bar=False,
    ),
    Key(
        "reading.mention",
        "",
        "",
        "← →",
        N_("Names"),
        N_("Go to a name, date or number in the text; Enter opens its page, or copies it"),
    ),
    Key(
        "reading.reply",
        "r",
        "reply",
        "r",
        N_("Reply"),
        N_("Reply in your mail program: writes a draft there"),
    ),
    Key(
        "reading.links",
        "l",
        "links",
        "l",
        N_("Offices"),
        N_("The offices that this letter concerns, and why; put right here"),
    ),
    Key(
        "reading.documents",
        "d",
        "documents",
        "d",
        N_("Attached"),
        N_("What is attached: save it, and open what was saved"),
    ),
    Key(
        "reading.quotes",
        "c",
        "quotes",
        "c",
        N_("Quotes"),
        N_("Unfold what the letter quotes and forwards, or fold it"),
    ),
    Key(
        "reading.split",
        "e",
        "split",
        "e",
        N_("Own thread"),
        N_("Make this letter, and what answers it, a thread of its own"),
    ),
    Key(
        "reading.headers",
        "h",
        "headers",
        "h",
        N_("Headers"),
        N_("The headers of this mail, its way through servers, and what is odd about it"),
    ),
    Key(
        "reading.private",
        "x",
        "private",
        "x",
        N_("Private"),
        N_("Private – remove from here: asks first, and cannot be undone"),
    ),
    NOTE,
)
BACK: Final = (Key("page.back", "escape", "back", "Esc", N_("Back"), N_("Back to where you came from")),)


# Where letters are typed they are words, not keys: what works there has keys of its own.
TYPING: Final = (
    Key("typing.results", "", "", "Enter", N_("To the results"), N_("Go to what was found")),
    Key("typing.back", "", "", "Esc", N_("Back"), N_("Back to where you came from")),
    Key("typing.palette", "", "", "Ctrl+P", N_("Go to"), N_("Go to an office or a command by its name")),
    Key("typing.help", "", "", "F1", N_("Help"), N_("All keys of this place")),
    Key("typing.quit", "", "", "Ctrl+Q", N_("Quit"), N_("Leave Återkom; Ctrl+Q does so from everywhere")),
)


def bindings(keys: tuple[Key, ...]) -> "list[BindingType]":
    """Textual's bindings for those keys that have an action of ours."""
    from textual.binding import Binding

    return [Binding(k.keys, k.action, k.label, id=k.id, show=False) for k in keys if k.keys]
