"""A meeting in the line of Swedish with which it stands in a mail's text: what, when, where."""

from dataclasses import replace
from datetime import datetime

from ingest.model import Meeting

_DAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_TITLES = {
    "CANCEL": "Inställt möte",
    "COUNTER": "Förslag till ny mötestid",
    "DECLINECOUNTER": "Avböjt förslag till mötestid",
    "REFRESH": "Fråga om möte",
}
_ANSWERS = {"ACCEPTED": "tackar ja", "DECLINED": "tackar nej", "TENTATIVE": "tackar ja preliminärt"}
_PERIODS = {"DAILY": "dag", "WEEKLY": "vecka", "MONTHLY": "månad", "YEARLY": "år"}
_WEEKDAYS = dict(zip("MO TU WE TH FR SA SU".split(), _DAYS, strict=True))


def with_line(meeting: Meeting) -> Meeting:
    """The meeting with its `line`: "Möte: Visning, torsdag 14 oktober 2021 kl. 10:00–11:30, Stadshuset"."""
    parts = [meeting.summary or "utan rubrik", _when(meeting), meeting.location, meeting.recurrence]
    return replace(meeting, line=f"{_title(meeting)}: {', '.join(filter(None, parts))}")


def _title(meeting: Meeting) -> str:
    if meeting.method == "REPLY":
        answer = _ANSWERS.get(meeting.answer)
        return f"Svar på mötesinbjudan ({answer})" if answer else "Svar på mötesinbjudan"
    return _TITLES.get(meeting.method, "Möte")


def _when(meeting: Meeting) -> str:
    start, end = meeting.start, meeting.end
    if start.date() == end.date():
        if meeting.all_day:
            return _day(start)
        clock = f"{start:%H:%M}" if end == start else f"{start:%H:%M}–{end:%H:%M}"
        return f"{_day(start)} kl. {clock}"
    if meeting.all_day:
        return f"{_day(start)} – {_day(end)}"
    return f"{_day(start)} kl. {start:%H:%M} – {_day(end)} kl. {end:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def recurrence(rule: str) -> str | None:
    """RFC 5545's RRULE in words: "varannan vecka (tisdag), 10 gånger"; None without one that can be read."""
    from icalendar import vRecur

    try:
        found = vRecur.from_ical(rule[:500]) if rule else {}
    except ValueError:
        return None
    period = _PERIODS.get(str((found.get("FREQ") or [""])[0]).upper())
    if period is None:
        return None
    words = _every(period, _first_number(found.get("INTERVAL")))
    days = [
        _WEEKDAYS[day] for each in found.get("BYDAY") or [] if (day := str(each)[-2:].upper()) in _WEEKDAYS
    ]
    if days:
        words += f" ({', '.join(days[:7])})"
    if count := _first_number(found.get("COUNT")):
        words += f", {count} gånger"
    until = (found.get("UNTIL") or [None])[0]
    return words + (f", till och med {until:%Y-%m-%d}" if hasattr(until, "year") else "")


def _first_number(values: object) -> int:
    first = values[0] if isinstance(values, list) and values else 0
    return first if isinstance(first, int) else 0


def _every(period: str, interval: int) -> str:
    neuter = period == "år"
    if interval <= 1:
        return f"varje {period}"
    if interval == 2:
        return f"{'vartannat' if neuter else 'varannan'} {period}"
    return f"{'vart' if neuter else 'var'} {interval}:e {period}"
