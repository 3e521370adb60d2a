"""The register in words: how a mail was judged, what is suggested and why, and what does not fit in a sheet."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm.rows.messages import MessageRow
from crm.rows.register import RegistrationRow, SuggestionRow
from tui import dates
from tui.i18n import N_, _, ngettext
from tui.text import clean_line

UNJUDGED: Final = N_("Not assessed")
STATES: Final[dict[str, str]] = {
    "minor": N_("Of minor importance"),
    "ordered": N_("Kept in order"),
    "not_public": N_("Not an official document"),
    "sent": N_("With the registrar"),
    "number": N_("Registered {number}"),
}
_SUGGESTED: Final[dict[str, str]] = {
    "minor": N_("Of minor importance"),
    "ordered": N_("Keep in order"),
    "not_public": N_("Not an official document"),
    "sent": N_("To the registrar"),
    "number": N_("Register under {number}"),
}
_REASONS: Final[dict[str, str]] = {
    "automatic": N_("a program sent it"),
    "newsletter": N_("a newsletter"),
    "draft": N_("an internal draft: {detail}"),
    "names": N_("the mail names the number"),
    "thread": N_("its thread is registered"),
    "thanks": N_("thanks and nothing else"),
    "meeting": N_("only about when to meet"),
    "decision": N_("a decision or the like: {detail}"),
    "documents": N_("with a document: {detail}"),
    "their_number": N_("it names somebody else's case: {detail}"),
    "matter": N_("it promises or asks for something"),
}
_NO_SUGGESTION: Final[dict[str, str]] = {
    "unreadable": N_("No suggestion: it could not be read, look at the original"),
    "none": N_("No suggestion: judge it yourself"),
}
_MISFITS: Final[dict[str, str]] = {
    "unnamed": N_("it names no mail"),
    "not_found": N_("there is no mail “{detail}” here"),
    "not_received": N_("it names a message that came inside another mail: {detail}"),
    "ambiguous": N_("it may mean several mails: {detail}. Fill in id"),
    "erased": N_("the mail was private and has been removed"),
    "disagree": N_("its id, message_id and sha256 mean different mails: {detail}"),
    "twice": N_("the mail stands further up with the number {detail}"),
    "not_a_number": N_("“{detail}” cannot be a number in a diary"),
    "other_number": N_("the mail is registered already, under {detail}; change it with: aterkom register"),
}


def state(row: RegistrationRow | None) -> str:
    """How a mail was judged, with its number and its mark; `Not assessed` where nobody did."""
    if row is None:
        return _(UNJUDGED)
    said = _(STATES[row.state]).format(number=clean_line(row.number or ""))
    return f"{said}, {mark(row)}" if row.secret else said


def short_state(row: MessageRow) -> str:
    """In a list: the number, or a word; where nobody judged that of its thread with a question mark, or nothing."""
    if row.registration is None:
        number = clean_line(row.proposed_number or "")
        return f"{number}?" if number else ""
    return clean_line(row.registration.number or "") or _(STATES[row.registration.state])


def beside(subject: str, judged: str) -> str:
    """A subject with what the register says of it, if anything."""
    return f"{subject} ({judged})" if judged else subject


def mark(row: RegistrationRow) -> str:
    """The mark beside the state, with its provision."""
    return _("marked confidential ({provision})").format(provision=clean_line(row.secret or ""))


def suggestion(row: SuggestionRow) -> str:
    """What the machine would say, and why."""
    said = _no_suggestion(row) if row.state is None else _suggested(row)
    if row.secret:
        told = _("another mail of the thread is marked confidential ({provision})")
        said = f"{said}; {told.format(provision=clean_line(row.secret))}"
    return said


def _no_suggestion(row: SuggestionRow) -> str:
    return _(_NO_SUGGESTION.get(row.reason, _NO_SUGGESTION["none"]))


def _suggested(row: SuggestionRow) -> str:
    text = _SUGGESTED[row.state] if row.state else ""
    said = _(text).format(number=clean_line(row.number or ""))
    reason = _(_REASONS[row.reason]).format(detail=clean_line(row.detail or ""))
    return _("{state} ({reason})").format(state=said, reason=reason.removesuffix(": "))


def age(days: int | None) -> str:
    """For how long a mail has waited."""
    if days is None:
        return ""
    return ngettext("{n} working day", "{n} working days", days).format(n=dates.number(days))


def misfit(line: int, reason: str, detail: str) -> str:
    """A line of a sheet that does not fit."""
    why = _(_MISFITS[reason]).format(detail=clean_line(detail))
    return _("Line {line}: {why}.").format(line=line, why=why)


def judged_at(at: datetime, zone: str) -> str:
    """A moment of the history, in our zone."""
    return dates.moment_column(at.astimezone(ZoneInfo(zone)))
