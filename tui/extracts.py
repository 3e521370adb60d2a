"""What is held of a person, in words: a heading for each kind of record, a line for each record, and what the law adds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from tui import dates, words
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.privacy.compiling import Record

Facts = Mapping[str, Any]

HEADINGS: Final[dict[str, str]] = {
    "person": N_("Data subject extract"),
    "name": N_("Names"),
    "address": N_("Addresses"),
    "phone": N_("Phone numbers"),
    "affiliation": N_("Titles and employers"),
    "message": N_("Letters that they wrote, got or are named in"),
    "mention": N_("Sentences that name them"),
    "follow-up": N_("Follow-ups"),
    "decision": N_("What was decided on these follow-ups"),
    "note": N_("Notes"),
    "arrangement": N_("Joined or split by staff"),
    "absence": N_("Absences"),
    "activity": N_("Work in the system"),
    "office": N_("Service offices"),
    "saved-search": N_("Saved searches"),
    "issued-report": N_("Reports to the government that were issued"),
    "event": N_("Events of the log that name them"),
    "source": N_("Where the data comes from"),
    "purpose": N_("What it is kept for"),
    "legal-basis": N_("Legal basis"),
    "recipient": N_("Who gets to see it"),
    "storage": N_("How long it is kept"),
    "right": N_("Your rights"),
}
ROLES: Final[dict[str, str]] = {
    "author": N_("sender"),
    "to": N_("recipient"),
    "cc": N_("copy"),
    "named": N_("named"),
    "owes": N_("owes it"),
    "owed": N_("is owed it"),
    "both": N_("owes it with others"),
    "assigned": N_("responsible"),
    "about": N_("about them"),
    "away": N_("away"),
    "deputy": N_("deputy"),
    "owner": N_("responsible"),
    "responsible": N_("responsible"),
    "contact": N_("contact person"),
}
_ADDRESSES: Final[dict[str, str]] = {
    "person": N_("own address"),
    "unknown": N_("unclear whose"),
    "function": N_("function mailbox"),
    "list": N_("mailing list"),
}
_ARRANGED: Final[dict[str, str]] = {"merge": N_("joined"), "split": N_("split")}
_WHERE: Final[dict[str, str]] = {"subject": N_("subject"), "body": N_("text"), "document": N_("document")}
STATIC: Final[tuple[tuple[str, str], ...]] = (
    (
        "source",
        N_("Headers, signatures and words of the letters; what staff wrote down in notes and decisions."),
    ),
    ("purpose", N_("To follow up what was promised and asked by mail when service offices are set up.")),
    ("purpose", N_("To keep official documents in order and to find them.")),
    ("legal-basis", N_("[to be filled in by the agency]")),
    ("recipient", N_("Staff who work with the mailboxes, and the registrar.")),
    (
        "recipient",
        N_(
            "Whoever asks for an official document, where no secrecy applies. Nothing is sent to another service or country by the program."
        ),
    ),
    ("recipient", N_("[other recipients: to be filled in by the agency]")),
    (
        "storage",
        N_("Until the agency disposes of it by a decision of its own; registered documents are archived."),
    ),
    ("storage", N_("[decision and time: to be filled in by the agency]")),
    (
        "right",
        N_("You may ask for correction, erasure or restriction of the data, and object to its being used."),
    ),
    (
        "right",
        N_(
            "You may complain to the Swedish Authority for Privacy Protection (Integritetsskyddsmyndigheten)."
        ),
    ),
    ("right", N_("No decision on you is made by a machine: rules propose, a person decides.")),
)


def static() -> Iterator[tuple[str, str]]:
    """What belongs to every extract: kind and text."""
    for kind, text in STATIC:
        yield kind, _(text)


def heading(kind: str) -> str:
    """Above the records of a kind."""
    return _word(HEADINGS, kind)


def told(record: "Record") -> str:
    """A record as one line; what came by mail is not cleaned here."""
    return _LINES[record.kind](record.facts)


def _word(table: Mapping[str, str], key: str) -> str:
    """What stands in one of these tables, in the interface's language."""
    return _(table[key])


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None) -> str:
    return dates.moment_column(at) if at else _("no date")


def _seen(facts: Facts) -> str:
    first, last = _day(facts["seen_first"]), _day(facts["seen_last"])
    return _("seen {first} – {last}").format(first=first, last=last) if first and last else ""


def _person(facts: Facts) -> str:
    return _joined(facts["name"], facts["id"], _("as of {day}").format(day=_day(facts["as_of"])))


def _affiliation(facts: Facts) -> str:
    ended = facts["ended_on"]
    until = _("ended {day}").format(day=_day(ended)) if ended else ""
    return _joined(facts["title"], facts["unit"], facts["organisation"], _seen(facts), until)


def _roles(names: Any) -> str:
    return ", ".join(_word(ROLES, name) for name in names)


def _message(facts: Facts) -> str:
    number = _("number {number}").format(number=facts["number"]) if facts["number"] else ""
    if not facts["roles"]:
        return _joined(_moment(facts["date"]), _("Marked confidential"), number)
    subject = words.subject(facts["subject"])
    return _joined(_moment(facts["date"]), facts["id"], _roles(facts["roles"]), subject, number)


def _mention(facts: Facts) -> str:
    where = facts["document"] or _word(_WHERE, facts["field"])
    return _joined(f"{facts['message']} ({where})", facts["text"])


def _follow_up(facts: Facts) -> str:
    text = facts["text"] if facts["text"] is not None else _("Marked confidential")
    window = dates.column(facts["due_start"], facts["due_end"])
    return _joined(
        facts["id"], _word(ROLES, facts["role"]), _word(words.STATES, facts["state"]), window, text
    )


def _decision(facts: Facts) -> str:
    action = _word(words.ACTIONS, facts["action"]) if facts["action"] in words.ACTIONS else facts["action"]
    return _joined(_moment(facts["at"]), facts["follow_up"], action, facts["because"])


def _note(facts: Facts) -> str:
    taken_back = _("taken back") if facts["removed"] else ""
    kind = _word(words.NOTES, facts["note_kind"])
    return _joined(_moment(facts["at"]), kind, _word(ROLES, facts["role"]), taken_back, facts["text"])


def _absence(facts: Facts) -> str:
    return _joined(f"{_day(facts['from'])} – {_day(facts['to'])}", _word(ROLES, facts["role"]))


def _activity(facts: Facts) -> str:
    count = ngettext("{n} event", "{n} events", facts["events"]).format(n=facts["events"])
    return _joined(facts["login"], count, f"{_moment(facts['first'])} – {_moment(facts['last'])}")


def _office(facts: Facts) -> str:
    return _joined(facts["municipality"], facts["place"], _word(ROLES, facts["role"]), facts["step"])


def _static(facts: Facts) -> str:
    return str(facts["text"])


def _source(facts: Facts) -> str:
    return _static(facts) if "text" in facts else _joined(facts["name"], facts["address"])


_LINES: Final[dict[str, Callable[[Facts], str]]] = {
    "person": _person,
    "name": lambda facts: _joined(facts["name"], _seen(facts)),
    "address": lambda facts: _joined(facts["address"], _word(_ADDRESSES, facts["address_kind"])),
    "phone": lambda facts: str(facts["number"]),
    "affiliation": _affiliation,
    "message": _message,
    "mention": _mention,
    "follow-up": _follow_up,
    "decision": _decision,
    "note": _note,
    "arrangement": lambda facts: _joined(_moment(facts["at"]), _word(_ARRANGED, facts["action"])),
    "absence": _absence,
    "activity": _activity,
    "office": _office,
    "saved-search": lambda facts: _joined(facts["name"], facts["query"]),
    "issued-report": lambda facts: _joined(facts["report"], _day(facts["as_of"]), facts["text"]),
    "event": lambda facts: _joined(_moment(facts["at"]), facts["action"]),
    "source": _source,
    "purpose": _static,
    "legal-basis": _static,
    "recipient": _static,
    "storage": _static,
    "right": _static,
}
