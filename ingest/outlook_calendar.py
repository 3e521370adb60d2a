"""Meetings, appointments and tasks of Outlook: the calendar text that a meeting is elsewhere, words for a task.

Properties: MS-OXOCAL, MS-OXOTASK. Times in them are UTC.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from ingest.mapi import APPOINTMENT, COMMON, MEETING, TASK, Item, Properties
from ingest.outlook_fields import message_class

_SWEDEN = ZoneInfo("Europe/Stockholm")
_METHODS = (
    ("ipm.schedule.meeting.request", "REQUEST"),
    ("ipm.schedule.meeting.canceled", "CANCEL"),
    ("ipm.schedule.meeting.resp", "REPLY"),
    ("ipm.schedule.meeting.notification", "REQUEST"),
    ("ipm.microsoft schedule.mtgreq", "REQUEST"),
    ("ipm.microsoft schedule.mtgcncl", "CANCEL"),
    ("ipm.microsoft schedule.mtgresp", "REPLY"),
    ("ipm.appointment", "PUBLISH"),
)
_ANSWERS = {"pos": "ACCEPTED", "neg": "DECLINED", "tent": "TENTATIVE"}
_VCAL = b"vCal-Uid\x01\0\0\0"


def calendar(item: Item) -> str | None:
    """The item as an iCalendar object (RFC 5545, 5546); None if it is no meeting or has no time."""
    kind = message_class(item)
    method = next((name for beginning, name in _METHODS if kind.startswith(beginning)), None)
    own = item.properties
    start = own.moment(own.named(APPOINTMENT, 0x820D), own.named(COMMON, 0x8516), 0x0060)
    if method is None or start is None:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *_event(item, start)]
    answer = _ANSWERS.get(kind.rpartition(".")[2])
    if method == "REPLY" and answer:
        lines.append(
            f"ATTENDEE;PARTSTAT={answer}:mailto:{_escaped(own.text(0x5D02, 0x5D01, 0x0065, 0x0C1F))}"
        )
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])


def _event(item: Item, start: datetime) -> Iterator[str]:
    own = item.properties
    end = own.moment(own.named(APPOINTMENT, 0x820E), own.named(COMMON, 0x8517), 0x0061)
    all_day = bool(own.number(own.named(APPOINTMENT, 0x8215)))
    yield "DTSTART" + _when(start, all_day=all_day)
    if end is not None and end >= start:
        yield "DTEND" + _when(end, all_day=all_day)
    yield "SUMMARY:" + _escaped(own.text(0x0E1D, 0x0070, 0x0037))
    yield "LOCATION:" + _escaped(own.text(own.named(APPOINTMENT, 0x8208), own.named(MEETING, 0x0002)))
    yield f"SEQUENCE:{max(0, own.number(own.named(APPOINTMENT, 0x8201)) or 0)}"
    if uid := _uid(own):
        yield "UID:" + _escaped(uid)
    if own.number(own.named(APPOINTMENT, 0x8223)) and (words := own.text(own.named(APPOINTMENT, 0x8232))):
        yield "X-RECURRENCE-TEXT:" + _escaped(words)


def _when(moment: datetime, *, all_day: bool) -> str:
    """A whole day begins at midnight where the meeting was made: in Sweden, as far as anybody knows."""
    if all_day:
        return f";VALUE=DATE:{moment.astimezone(_SWEDEN):%Y%m%d}"
    return f":{moment:%Y%m%dT%H%M%S}Z"


def _escaped(text: str | None) -> str:
    """A TEXT value on one line (RFC 5545, 3.3.11)."""
    words = " ".join((text or "")[:2_000].split())
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _uid(own: Properties) -> str | None:
    """The meeting's identity: what another program gave it, else Outlook's own in hexadecimal (MS-OXOCAL, 2.2.1.27)."""
    data = own.data(own.named(MEETING, 0x0023)) or own.data(own.named(MEETING, 0x0003))
    if not data or len(data) > 2_000:
        return None
    _, found, foreign = data.partition(_VCAL)
    return foreign.rstrip(b"\0").decode("ascii", "replace") if found else data.hex().upper()


def described(item: Item) -> str:
    """A line for what is neither mail nor meeting, so that its text says what it is; "" for those."""
    kind, own = message_class(item), item.properties
    if kind.startswith("ipm.task"):
        return _task(own)
    if kind.startswith("ipm.contact"):
        return f"Kontakt: {own.text(0x3001, 0x0037) or ''}".strip()
    return ""


def _task(own: Properties) -> str:
    due = own.moment(own.named(TASK, 0x8105), own.named(COMMON, 0x8517))
    done = own.number(own.named(TASK, 0x811C))
    words = f"Uppgift: {' '.join((own.text(0x0E1D, 0x0070, 0x0037) or '').split())}"
    if due is not None:
        words += f", förfaller {due:%Y-%m-%d}"
    return words + (", klar" if done else "")
