"""Which command stands where: nothing of it is loaded before it is called."""

from typing import Final

from tui.cli.frame import Lazy
from tui.i18n import N_

_AT: Final = "tui.cli.commands"

COMMANDS: Final[dict[str, Lazy]] = {
    "inspect": Lazy(f"{_AT}.inspect:inspect", N_("Read letters from files and show what stands in them")),
    "account": Lazy(f"{_AT}.account:account", N_("Add, change, test and list mailboxes")),
    "sync": Lazy(f"{_AT}.sync:sync", N_("Fetch new mail and read it")),
    "read": Lazy(f"{_AT}.sync:read", N_("Read mail that is fetched but not read")),
    "import": Lazy(f"{_AT}.files:import_", N_("Import mail from files and folders")),
    "export": Lazy(
        f"{_AT}.export:export", N_("Write mail to an mbox or a folder, with a log for a sheet program")
    ),
    "private": Lazy(f"{_AT}.private:private", N_("Remove private mail from here, for ever")),
    "privacy": Lazy(
        f"{_AT}.privacy:privacy", N_("What is held of a person: put it together, or dispose of it")
    ),
    "doctor": Lazy(f"{_AT}.doctor:doctor", N_("Say what is in order, and what to do about what is not")),
    "reminders": Lazy(f"{_AT}.reminders:reminders", N_("What is due today, and soon")),
    "follow-ups": Lazy(
        f"{_AT}.follow_ups:follow_ups", N_("Promises and requests: list, accept, dismiss, move …")
    ),
    "note": Lazy(f"{_AT}.notes:note", N_("Write down a phone call, a paper letter, something to remember")),
    "absence": Lazy(f"{_AT}.absence:absence", N_("Say who is away, and who stands in")),
    "messages": Lazy(f"{_AT}.messages:messages", N_("List messages")),
    "threads": Lazy(f"{_AT}.threads:threads", N_("List correspondence by thread")),
    "offices": Lazy(f"{_AT}.offices:offices", N_("List service offices, show one, set what holds for it")),
    "plan": Lazy(
        f"{_AT}.plan:plan", N_("Plans: list, take in a revision, compare two; reports to the government")
    ),
    "people": Lazy(f"{_AT}.people:people", N_("List people")),
    "organisations": Lazy(f"{_AT}.people:organisations", N_("List organisations")),
    "link": Lazy(f"{_AT}.links:link", N_("Connect a message to an office")),
    "unlink": Lazy(f"{_AT}.links:unlink", N_("Remove a connection")),
    "explain": Lazy(
        f"{_AT}.links:explain", N_("Say why a message is connected to an office, and why not to another")
    ),
    "search": Lazy(f"{_AT}.search:search", N_("Find messages by words")),
    "register": Lazy(
        f"{_AT}.register:register", N_("Judge mail for the diary; list what waits; hand over, log")
    ),
    "report": Lazy(
        f"{_AT}.report:report",
        N_("Figures for a report to the government: the same for a day whenever they are asked for"),
    ),
    "undo": Lazy(f"{_AT}.follow_ups:undo", N_("Take back your latest decision")),
    "audit": Lazy(f"{_AT}.audit:audit", N_("Who decided what, and whether the log of it is intact")),
    "db": Lazy(f"{_AT}.db:db", N_("Make, upgrade, back up and check the store")),
    "demo": Lazy(f"{_AT}.demo:demo", N_("See it work on an invented mailbox")),
    "serve": Lazy(f"{_AT}.serve:serve", N_("Show the full screen in a browser on this machine")),
    "tui": Lazy(f"{_AT}.tui:tui", N_("Open the full screen")),
}
