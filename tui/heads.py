"""The headers of a mail in words: its fields, its way, and what is odd about it; one line each, not yet cleaned."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tui import dates
from tui.cli.reasons import problem
from tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm.headers import HeadersRow, HopRow

Line = tuple[bool, str]
"""Whether it is a heading, and what it says."""

# By mail-parser's names for them.
_DEFECTS: Final = {
    "AddressHeaderDefect": N_("an address is not written as the rules say"),
    "CharsetDecodeDefect": N_("its characters are not those that it claims"),
    "DateHeaderDefect": N_("its date is not written as the rules say"),
    "MimeHeaderDefect": N_("a part describes itself wrongly"),
    "ReceivedHeaderDefect": N_("a server noted its passage in a form that nobody knows"),
    "StartBoundaryNotFoundDefect": N_("a part of it does not begin where it should"),
}
_ANOMALIES: Final = {
    "more than once": N_("it stands more than once"),
    "date-out-of-range": N_("the date cannot be"),
    "invalid-calendar-date": N_("there is no such day"),
    "invalid-date-syntax": N_("it is no date"),
    "invalid-time": N_("there is no such time"),
    "invalid-zone": N_("there is no such time zone"),
    "weekday-mismatch": N_("the weekday is another"),
    "ambiguous-angle-address": N_("it may mean several addresses"),
    "invalid-angle-address": N_("it is no address"),
    "invalid-display-name": N_("the name is not written as the rules say"),
    "invalid-or-ambiguous-address": N_("it is no address, or may mean several"),
    "invalid-utf8": N_("its characters cannot be read"),
}


def lines(row: "HeadersRow") -> Iterator[Line]:
    """Everything, in the order in which one looks: what is odd, the way, the fields as they came."""
    odd = [*map(_defect, row.defects), *map(_anomaly, row.anomalies)]
    yield True, _("What is odd")
    yield from ((False, text) for text in dict.fromkeys(odd))
    if not odd:
        yield False, _("Nothing.")
    yield True, _("The way, oldest first")
    yield from ((False, _hop(number, hop)) for number, hop in enumerate(row.hops, 1))
    if not row.hops:
        yield False, _("No server has noted its passage.")
    yield True, _("Headers")
    yield from ((False, f"{field.name}: {field.value}") for field in row.fields)


def _defect(told: str) -> str:
    return f"{_(_DEFECTS[told])} ({told})" if told in _DEFECTS else problem(told)


def _anomaly(told: str) -> str:
    """`date: invalid-zone` in words; what nobody has words for stays as it is."""
    header, _colon, reason = told.partition(": ")
    known = [_(_ANOMALIES[code]) for code in reason.split(",") if code in _ANOMALIES]
    return f"{header}: {', '.join(known)}" if known else told


def _hop(number: int, hop: "HopRow") -> str:
    """`2. 2021-06-07 09:00:03 mx.example → imap.example (ESMTP), 2 s senare`."""
    when = f"{hop.date:%Y-%m-%d %H:%M:%S} UTC" if hop.date else _("unknown date")
    way = f"{hop.sender or '?'} → {hop.by or '?'}"
    protocol = f" ({hop.protocol})" if hop.protocol else ""
    return f"{number}. {when} {way}{protocol}{_delay(hop.delay)}"


def _delay(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 0:
        return ", " + _("{time} earlier: a clock is wrong").format(time=_span(-seconds))
    return ", " + _("{time} later").format(time=_span(seconds))


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7_200:
        return f"{seconds / 60:.0f} min"
    hours = round(seconds / 3600)
    if hours < 48:
        return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
    days = round(seconds / 86_400)
    return ngettext("{n} day", "{n} days", days).format(n=dates.number(days))
