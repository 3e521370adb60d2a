"""Invitations (text/calendar: RFC 5545, 5546, and what Outlook and Google make of it) to `Meeting`s.

icalendar reads each line and value; the components are walked here, so that one broken line costs that line, and no
rule of a time zone that a mail defines is ever evaluated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ingest import charset, meeting_words
from ingest.limits import Budget
from ingest.model import Mailbox, Meeting

if TYPE_CHECKING:
    from ingest.parts import Part

SWEDEN = ZoneInfo("Europe/Stockholm")
_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_MAX_LINES = 20_000
_MAX_LINE = 20_000
_MAX_MEETINGS = 20
_MAX_ATTENDEES = 500
_WANTED = frozenset(
    "METHOD DTSTART DTEND DURATION SUMMARY DESCRIPTION COMMENT LOCATION ORGANIZER ATTENDEE UID SEQUENCE RRULE STATUS RECURRENCE-ID TZID "
    "TZOFFSETTO BEGIN END X-RECURRENCE-TEXT X-MICROSOFT-CDO-ALLDAYEVENT".split()
)
# Where clocks change as in the European Union, by the hours of their winter time.
_EUROPEAN = {0: "Europe/London", 1: "Europe/Stockholm", 2: "Europe/Helsinki"}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class _Event:
    lines: dict[str, list[_Line]] = field(default_factory=dict)

    def first(self, name: str) -> _Line | None:
        return next(iter(self.lines.get(name, [])), None)

    def value(self, name: str) -> str:
        line = self.first(name)
        return line.value if line else ""


def is_calendar(part: "Part") -> bool:
    """True for a part that is a calendar by its type or, as a document, by its name."""
    return part.content_type in _TYPES or (part.filename or "").lower().endswith(".ics")


def meetings(parts: "list[Part]", budget: Budget) -> tuple[Meeting, ...]:
    """The meetings of a mail's calendars, each once (an invitation often comes as an alternative and as a document)."""
    found: dict[tuple[object, ...], Meeting] = {}
    for part in parts:
        if part.children or not is_calendar(part) or len(found) >= _MAX_MEETINGS:
            continue
        data, left = part.content(budget), max(0, budget.calendars)
        budget.calendars -= len(data)
        if len(data) > left:
            budget.report("limit-text", f"part {part.path} has {len(data)} bytes, {left} read")
        text, _ = charset.decode(data[:left], part.parameters.get("charset") or "utf-8")
        for each in read(text, part.parameters.get("method", "")):
            found.setdefault((each.method, each.uid, each.start, each.summary), each)
    return tuple(found.values())[:_MAX_MEETINGS]


def as_text(found: tuple[Meeting, ...], *, alone: bool) -> str:
    """A line for each meeting; what is said of them below it where the mail itself says nothing (`alone`)."""
    if not alone:
        return "\n".join(each.line for each in found)
    return "\n\n".join("\n\n".join(filter(None, (each.line, each.description))) for each in found)


def read(text: str, method: str = "") -> Iterator[Meeting]:
    """The meetings of a calendar, at most 20; of a series its rule, not what differs now and then. Never raises."""
    stack: list[str] = []
    zones: dict[str, _Zone] = {}
    zone, event = _Zone(), _Event()
    events: list[_Event] = []
    for line in _lines(text):
        if line.name == "BEGIN":
            stack.append(line.value.upper())
            zone, event = (
                (_Zone() if stack[-1] == "VTIMEZONE" else zone),
                (_Event() if stack[-1] == "VEVENT" else event),
            )
        elif line.name == "END":
            if line.value.upper() == "VTIMEZONE":
                zones.setdefault(zone.name, zone)
            elif line.value.upper() == "VEVENT" and len(events) < 500:
                events.append(event)
            stack = stack[:-1]
        elif stack[-1:] == ["VEVENT"]:
            event.lines.setdefault(line.name, []).append(line)
        elif "VTIMEZONE" in stack[-2:]:
            zone.take(stack[-1], line)
        elif line.name == "METHOD":
            method = line.value
    if stack[-1:] == ["VEVENT"]:
        events.append(event)  # the calendar ends too early
    yield from _meetings(events, method.strip().upper() or "PUBLISH", zones)


def _lines(text: str) -> Iterator[_Line]:
    from icalendar.parser import Contentline

    unfolded = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "")
    for raw in unfolded.split("\n", _MAX_LINES)[:_MAX_LINES]:
        name = raw[:40].partition(":")[0].partition(";")[0].strip().upper()
        if name not in _WANTED:
            continue
        try:
            _, parameters, value = Contentline(raw[:_MAX_LINE]).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            continue
        plain = {
            key.upper(): each if isinstance(each, str) else ",".join(each) for key, each in parameters.items()
        }
        yield _Line(name, plain, charset.clean(value)[0].strip())


@dataclass(slots=True)
class _Zone:
    """A zone that the calendar defines: its name, and what its clocks are ahead of UTC in winter and summer."""

    name: str = ""
    winter: str = ""
    summer: str = ""

    def take(self, component: str, line: _Line) -> None:
        if line.name == "TZID":
            self.name = line.value
        elif line.name == "TZOFFSETTO" and component == "DAYLIGHT":
            self.summer = line.value
        elif line.name == "TZOFFSETTO":
            self.winter = line.value

    def known(self) -> tzinfo | None:
        """A zone of Europe where there is a summer time an hour ahead; else the offset, the whole year."""
        offset = _offset(self.winter)
        if offset is None:
            return None
        hours = offset.total_seconds() / 3600
        summer = _offset(self.summer)
        if hours in _EUROPEAN and summer == offset + timedelta(hours=1):
            return ZoneInfo(_EUROPEAN[int(hours)])
        return timezone(offset)


def _offset(spelled: str) -> timedelta | None:
    """`+0100`, `-023000` (RFC 5545, 3.3.14)."""
    digits = spelled[1:]
    if (
        spelled[:1] not in {"+", "-"}
        or len(digits) not in {4, 6}
        or not (digits.isascii() and digits.isdigit())
    ):
        return None
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    if offset >= timedelta(hours=24):
        return None
    return -offset if spelled[0] == "-" else offset


def _meetings(events: list[_Event], method: str, zones: Mapping[str, _Zone]) -> Iterator[Meeting]:
    masters = {event.value("UID") for event in events if not event.first("RECURRENCE-ID")}
    count = 0
    for event in events:
        if event.first("RECURRENCE-ID") and event.value("UID") in masters:
            continue
        found = _meeting(event, method, zones)
        if found is not None and count < _MAX_MEETINGS:
            count += 1
            yield found


def _meeting(event: _Event, method: str, zones: Mapping[str, _Zone]) -> Meeting | None:
    begun = _moment(event.first("DTSTART"), zones)
    if begun is None:
        return None
    start, all_day = begun
    end, ends_whole = _end(event, start, zones, all_day=all_day)
    if ends_whole and end > start:
        end -= timedelta(days=1)  # the first day that is no longer part of it
    cancelled = event.value("STATUS").upper() == "CANCELLED"
    sequence = event.value("SEQUENCE")[:9]
    attendees = event.lines.get("ATTENDEE", [])[:_MAX_ATTENDEES]
    bare = Meeting(
        method="CANCEL" if cancelled else method[:20],
        summary=_one_line(event.value("SUMMARY")),
        start=start,
        end=max(start, end),
        all_day=all_day,
        location=_one_line(event.value("LOCATION")) or None,
        description=(event.value("DESCRIPTION") or event.value("COMMENT")).strip(),
        organizer=_party(event.first("ORGANIZER")),
        attendees=tuple(box for line in attendees if (box := _party(line))),
        uid=event.value("UID")[:500] or None,
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() else 0,
        recurrence=_one_line(event.value("X-RECURRENCE-TEXT"))
        or meeting_words.recurrence(event.value("RRULE")),
        answer=next((line.parameters.get("PARTSTAT", "").upper() for line in attendees), "")
        if method == "REPLY"
        else "",
    )
    return meeting_words.with_line(bare)


def _end(
    event: _Event, start: datetime, zones: Mapping[str, _Zone], *, all_day: bool
) -> tuple[datetime, bool]:
    """When it ends, and whether that is the day after its last one."""
    ended = _moment(event.first("DTEND"), zones)
    if ended is not None:
        return ended[0], all_day
    lasts = _value(event.value("DURATION"))
    if isinstance(lasts, timedelta) and timedelta() <= lasts < timedelta(days=3_660):
        return start + lasts, all_day
    return start, False


def _value(spelled: str) -> object:
    from icalendar import vDDDTypes

    try:
        value: object = vDDDTypes.from_ical(spelled.strip()[:40])  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return value


def _moment(line: _Line | None, zones: Mapping[str, _Zone]) -> tuple[datetime, bool] | None:
    """(time in Sweden, whether a whole day is meant); a time without a zone is Swedish."""
    found = _value(line.value) if line else None
    if line is None or not isinstance(found, date) or not 1970 <= found.year <= 2200:
        return None
    if not isinstance(found, datetime):
        return datetime(found.year, found.month, found.day, tzinfo=SWEDEN), True
    if found.tzinfo is None:
        found = found.replace(tzinfo=_zone(line.parameters.get("TZID", ""), zones))
    return found.astimezone(SWEDEN), False


def _zone(name: str, zones: Mapping[str, _Zone]) -> tzinfo:
    """By its name in the zone data, by Outlook's name for it, by its definition in the calendar; else Sweden's."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    cleaned = name.strip(" \"'")
    if cleaned.upper() in {"UTC", "GMT", "Z", "ETC/UTC"}:
        return UTC
    for candidate in (cleaned, WINDOWS_TO_OLSON.get(cleaned, ""), "/".join(cleaned.split("/")[-2:])):
        if "/" in candidate.strip("/") and (found := _named(candidate)):
            return found
    defined = zones.get(name) or zones.get(cleaned)
    return (defined.known() if defined else None) or SWEDEN


def _named(name: str) -> tzinfo | None:
    if len(name) > 60 or name.startswith("/") or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


def _party(line: _Line | None) -> Mailbox | None:
    """A calendar address: `mailto:`, and a name beside it."""
    if line is None:
        return None
    scheme, _, rest = line.value.partition(":")
    address = (rest if scheme.lower() == "mailto" else line.value).strip().lower()
    name = _one_line(line.parameters.get("CN", "")).strip("\"' ") or None
    plausible = "@" in address and len(address) <= 320 and not any(sign.isspace() for sign in address)
    if not plausible:
        return Mailbox(name, None) if name else None
    return Mailbox(None if name and name.lower() == address else name, address)


def _one_line(text: str) -> str:
    return " ".join(text[:500].split())
