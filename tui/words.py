"""One word for one thing: the names of states, sides, kinds and buckets, and a follow-up said in words."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from tui import dates
from tui.i18n import N_, _
from tui.text import clean_line

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow
    from crm.rows.messages import MessageRow
    from crm.rows.people import MailboxRow

BUCKETS: Final[dict[str, str]] = {
    "overdue": N_("Overdue"),
    "due": N_("Due now"),
    "soon": N_("Soon"),
    "later": N_("Later"),
    "undated": N_("No date"),
}
SECTIONS: Final[dict[str, str]] = {
    **BUCKETS,
    "proposed": N_("Proposals to review"),
    "snoozed": N_("Reminded of later"),
    "closed": N_("Closed"),
}
OWES: Final[dict[str, str]] = {"us": N_("We owe"), "them": N_("They owe"), "others": N_("Between others")}
KINDS: Final[dict[str, str]] = {
    "commitment": N_("Commitment"),
    "request": N_("Request"),
    "deadline": N_("Deadline"),
    "meeting": N_("Meeting"),
}
STATES: Final[dict[str, str]] = {
    "proposed": N_("Proposal to review"),
    "accepted": N_("Open follow-up"),
    "done": N_("Done"),
    "kept": N_("Kept"),
    "broken": N_("Broken"),
    "waived": N_("Waived"),
    "dismissed": N_("Dismissed"),
    "cancelled": N_("Cancelled"),
    "lapsed": N_("Lapsed"),
}
DIRECTIONS: Final[dict[str, str]] = {
    "in": N_("Letter to us"),
    "out": N_("Letter from us"),
    "internal": N_("Letter among us"),
    "others": N_("Letter between others"),
}
NOTES: Final[dict[str, str]] = {
    "note": N_("Written note"),
    "call": N_("Phone call"),
    "letter": N_("Paper letter"),
}
ACTIONS: Final[dict[str, str]] = {
    "add": N_("added by hand"),
    "accept": N_("accepted"),
    "dismiss": N_("dismissed"),
    "done": N_("marked done"),
    "waive": N_("waived"),
    "reopen": N_("opened again"),
    "snooze": N_("reminded later"),
    "move": N_("moved"),
    "assign": N_("assigned"),
}
_KEPT: Final[dict[str, str]] = {"request": N_("Answered"), "meeting": N_("Held")}
OBLIGORS: Final[dict[str, str]] = {
    "sender": N_("the sender"),
    "recipient": N_("the recipient"),
    "third_party": N_("someone else"),
    "both": N_("both sides"),
    "unknown": N_("not said"),
}
MESSAGE_KINDS: Final[dict[str, str]] = {
    "received": N_("Received"),
    "attached": N_("Attached"),
    "forwarded": N_("Forwarded"),
    "quoted": N_("Quoted"),
    "note": N_("Written note"),
}
WAITING: Final[dict[str, str]] = {"us": N_("Waiting for us"), "them": N_("Waiting for them")}
AREAS: Final[dict[str, str]] = {
    "required": N_("Required"),
    "chosen": N_("Chosen"),
    "none": N_("No"),
    "unknown": N_("Unknown"),
}
STEPS: Final[dict[str, str]] = {
    "behovsanalys": N_("Needs analysis"),
    "kravspecifikation": N_("Requirements"),
    "lokalsökning": N_("Search for premises"),
    "lokalval": N_("Choice of premises"),
    "ombyggnation": N_("Rebuilding"),
    "installation": N_("Installation"),
    "invigning": N_("Opening ceremony"),
    "i bruk": N_("In use"),
}


def said(table: dict[str, str], key: str | None) -> str:
    """The word for `key`; a key that is not in the table is shown as it is, cleaned."""
    if key is None:
        return ""
    return _(table[key]) if key in table else clean_line(key)


def state(row: "FollowUpRow") -> str:
    """The state as it reads for this kind, a snooze with its day."""
    if row.state == "kept" and row.kind in _KEPT:
        return _(_KEPT[row.kind])
    if row.snoozed_until is not None and row.state in {"proposed", "accepted"}:
        return _("Snoozed until {date}").format(date=dates.day(row.snoozed_until, week=False))
    return said(STATES, row.state)


def window(row: "FollowUpRow") -> str:
    """The window in words, a meeting with its clock time; what has no date says so."""
    days = dates.window(row.due_start, row.due_end, approximate=row.approximate)
    hours = dates.hours(row.start_time, row.end_time)
    return " ".join(part for part in (days, hours) if part) or _("no date")


def confidence(value: float) -> str:
    """Certain, likely or uncertain: words, no decimals."""
    if value >= 0.85:
        return _("Certain")
    return _("Likely") if value >= 0.6 else _("Uncertain")


def office(row: "FollowUpRow") -> str:
    """The office's municipality, or a dash."""
    return clean_line(row.office_name or row.office or "") or "–"


def office_within(row: "FollowUpRow", width: int) -> str:
    """The same in so many cells: where the whole is too long, the place alone, which tells more than the town."""
    whole = office(row)
    place = whole.rpartition(", ")[2]
    return whole if len(whole) <= width else place


def mailbox(box: "MailboxRow | None") -> str:
    """`Name <address>`, whichever of the two there is."""
    if box is None:
        return _("unknown sender")
    name, address = clean_line(box.name or ""), clean_line(box.address or "")
    if name and address:
        return f"{name} <{address}>"
    return name or address or _("unknown sender")


def short_name(box: "MailboxRow | None") -> str:
    """The name alone where there is one."""
    if box is None:
        return _("unknown sender")
    return clean_line(box.name or box.address or "") or _("unknown sender")


def quoted(text: str) -> str:
    """A sentence of a letter in the interface's quotation marks."""
    return _("“{text}”").format(text=clean_line(text))


def origin(row: "FollowUpRow") -> str:
    """Who said it, and in which document if not in the letter itself."""
    source = _("in the document {name}").format(name=clean_line(row.source)) if row.source else ""
    return ", ".join(part for part in (clean_line(row.sender or ""), source) if part)


def people(row: "FollowUpRow") -> str:
    """Who said it, and whom it is about if that is somebody else."""
    said, who = clean_line(row.sender or ""), clean_line(row.who or "")
    return " → ".join(dict.fromkeys(part for part in (said, who) if part)) or "–"


def copied(row: "FollowUpRow") -> str:
    """A follow-up as it is pasted elsewhere: its window, office and side, the sentence, who said it."""
    head = ", ".join((window(row), office(row), said(OWES, row.owes)))
    return f"{head}: {quoted(row.text)}" + (f" – {origin(row)}" if origin(row) else "")


def letter_copied(row: "MessageRow") -> str:
    """A letter as it is pasted elsewhere: its day, sender, subject and number."""
    day = row.date.date().isoformat() if row.date else _("no date")
    return f"{day} {short_name(row.sender)}: {subject(row.subject)} ({row.id})"


def subject(text: str | None) -> str:
    """A subject, or words for its absence."""
    return clean_line(text or "") or _("(no subject)")


def ago(day: date | None, today: date) -> str:
    """A day and how long ago that was, in weeks from two weeks on."""
    if day is None:
        return _("never")
    weeks = (today - day).days // 7
    shown = dates.day(day)
    return shown if weeks < 2 else _("{date}, {n} weeks ago").format(date=shown, n=dates.number(weeks))


REASONS: Final[dict[str, str]] = {
    "address": N_("an address in the letter is theirs"),
    "subject": N_("named in the subject"),
    "mention": N_("named in the text"),
    "document": N_("named in an attached document"),
    "chain": N_("named elsewhere in the chain"),
    "thread": N_("named elsewhere in the thread"),
    "person": N_("decided by a person"),
    "signature": N_("named in the signature"),
    "taught-thread": N_("the same thread was decided on"),
    "taught-sender": N_("the same sender was decided on"),
    "taught-domain": N_("the same domain was decided on"),
    "list": N_("one of many in a list"),
    "metropolitan": N_("a metropolitan area, not the municipality"),
    "postal": N_("only the town of a postal address"),
    "organisation": N_("only in the name of another organisation"),
    "own-signature": N_("only in our own signature"),
    "automatic": N_("only named in a letter that no person wrote"),
    "aside": N_("named, but not what the letter is about"),
}
LIKENESS: Final[dict[str, str]] = {
    "same": N_("same name"),
    "order": N_("other order"),
    "fuller": N_("one name more"),
    "initial": N_("an initial"),
    "spelling": N_("spelling"),
    "surname": N_("other surname"),
    "house": N_("same organisation"),
    "phone": N_("same phone"),
    "local": N_("same name in the address"),
}
# Why a letter or a note shows that a promise is kept (`crm.keeping.KeptReason`).
KEPT_BY: Final[dict[str, str]] = {
    "in-window": N_("came when it was promised"),
    "announced": N_("says that it comes"),
    "answered": N_("answers what was asked"),
    "replied": N_("a reply in the thread that puts nothing off"),
    "content": N_("whoever waited says that all is well"),
    "noted": N_("the note's own words"),
}
RULES: Final[dict[str, str]] = {
    "promise": N_("something is promised"),
    "request": N_("something is asked for"),
    "deadline": N_("a last day is named"),
    "meeting": N_("a meeting is named"),
    "plan": N_("it stands in the plan"),
    "duty": N_("an internal day before a report"),
}


def reason(text: str) -> str:
    """Why a message is connected to an office."""
    kind, _colon, detail = text.partition(": ")
    known = said(REASONS, kind)
    return f"{known} ({clean_line(detail)})" if detail else known


def rule(row: "FollowUpRow") -> str:
    """How sure we are, and what was understood; the rule's own name stands in `--json`."""
    if not row.rule:
        return _("Written by hand")
    family = next((part for part in row.rule.split(".") if part in RULES), "")
    understood = [_(RULES[family])] if family in RULES else []
    return " · ".join([confidence(row.confidence), *understood])


def sign(row: "FollowUpRow") -> str:
    """`?` before what nobody has judged yet, a bullet before the rest."""
    return "?" if row.state == "proposed" else "•"


def first_promised(moved: Mapping[str, str | None]) -> str:
    """`tors 21 okt 2021 (v. 42): Cia ringde`: the first date of a moved one, and why it was moved."""
    start, end = (date.fromisoformat(day) if day else None for day in (moved["due_start"], moved["due_end"]))
    said = dates.window(start, end) or _("no date")
    return f"{said}: {clean_line(because)}" if (because := moved.get("because")) else said


def evidence(found: Mapping[str, str]) -> str:
    """The letter or note that shows it, with its day and why it does: `m2, 2021-10-25, svar i tråden`."""
    shown = [clean_line(found[name]) for name in ("message", "note") if found.get(name)]
    reason = KEPT_BY.get(found.get("reason", ""))
    return ", ".join(
        [*shown, *([found["date"]] if found.get("date") else []), *([_(reason)] if reason else [])]
    )
