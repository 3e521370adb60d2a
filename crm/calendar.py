"""Follow-ups as a calendar file (RFC 5545) that can be written again and again: each event keeps its place in it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from crm.rows.follow_ups import FollowUpRow

ZONE = "Europe/Stockholm"
RECENT = timedelta(days=30)
"""How long a cancelled event stays in the calendar, marked as cancelled."""
_TITLE = 120
_SAME = ("dtstart", "dtend", "summary", "description", "status")

Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a calendar was told before, and what the store knows beside the list.

    `previous`: the file as it was; `closed`: what was closed of late; `asleep`: uids of what sleeps and is not in the
    list, but whose day stands; `changes`: how often each follow-up was decided on.
    """

    previous: bytes | None = None
    closed: Iterable[FollowUpRow] = ()
    asleep: Collection[str] = ()
    changes: Mapping[str, int] = field(default_factory=dict)


def uid_of(name: str) -> str:
    """The name of a follow-up's event in every calendar."""
    return f"{name}@aterkom"


def as_calendar(
    rows: Iterable[FollowUpRow],
    now: datetime,
    clean: Clean,
    zone: str = ZONE,
    told: Told | None = None,
) -> bytes:
    """A calendar of the accepted ones that have dates; a meeting with clock times keeps them.

    `clean` takes out of foreign text what a terminal or a calendar program could obey. UIDs are the follow-ups' ids,
    so that a calendar that is written again changes its events in place: what has changed gets a higher SEQUENCE,
    what has gone STATUS:CANCELLED. Raises ValueError where the former file is no calendar.
    """
    told = told or Told()
    before = _events(told.previous)
    made = [_event(row, clean, ZoneInfo(zone)) for row in rows if row.state == "accepted" and _has_date(row)]
    made += [_cancelled(_event(row, clean, ZoneInfo(zone))) for row in told.closed if _has_date(row)]
    there = {str(event["uid"]) for event in made}
    gone = (event for uid, event in before.items() if uid not in there)
    made += [event for old in gone if (event := _left(old, told.asleep, now)) is not None]
    calendar = _empty()
    for event in made:
        calendar.add_component(_numbered(event, before.get(str(event["uid"])), told.changes, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Aterkom//aterkom//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _has_date(row: FollowUpRow) -> bool:
    return row.due_start is not None or row.due_end is not None


def _event(row: FollowUpRow, clean: Clean, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", uid_of(row.id))
    event.add("summary", clean(_title(row)))
    if not row.secret:
        event.add("description", "\n".join(clean(part) for part in (row.text, row.sender) if part))
    _add_times(event, row, zone)
    event.add("status", "CONFIRMED")
    return event


def _title(row: FollowUpRow) -> str:
    """A marked one is its number in the diary, or ours."""
    if row.secret:
        return row.number or row.id
    return " ".join(part for part in (row.office_name, row.text[:_TITLE]) if part)


def _add_times(event: Event, row: FollowUpRow, zone: ZoneInfo) -> None:
    first = row.due_start or row.due_end
    last = row.due_end or row.due_start
    if first is None or last is None:
        msg = f"{row.id} has no date"
        raise ValueError(msg)
    if row.start_time is not None and first == last:
        event.add("dtstart", datetime.combine(first, row.start_time, zone))
        if row.end_time is not None and row.end_time > row.start_time:
            event.add("dtend", datetime.combine(last, row.end_time, zone))
    else:
        event.add("dtstart", first)
        # An all-day event ends on the day after its last (RFC 5545, 3.6.1).
        event.add("dtend", min(last, date.max - timedelta(days=1)) + timedelta(days=1))


def _cancelled(event: Event) -> Event:
    event["status"] = "CANCELLED"
    return event


def _events(previous: bytes | None) -> dict[str, Event]:
    """The events of a former file, by uid; those without one are not ours."""
    if previous is None:
        return {}
    found = Calendar.from_ical(previous).walk("VEVENT")
    return {str(event["uid"]): event for event in found if isinstance(event, Event) and "uid" in event}


def _left(old: Event, asleep: Collection[str], now: datetime) -> Event | None:
    """What becomes of an event that is no longer in the list: nothing of its words stays, it may have been erased."""
    uid = str(old["uid"])
    if uid in asleep:
        return old
    if old.get("status") == "CANCELLED" and now - old.decoded("dtstamp") > RECENT:
        return None
    event = Event()
    event.add("uid", uid)
    event.add("summary", uid.partition("@")[0])
    for name in ("dtstart", "dtend"):
        if name in old:
            event.add(name, old.decoded(name))
    event.add("status", "CANCELLED")
    return event


def _numbered(event: Event, old: Event | None, changes: Mapping[str, int], now: datetime) -> Event:
    """With the number and the moment of its last change: those that it had, where nothing has changed."""
    least = changes.get(str(event["uid"]), 0)
    same = old is not None and all(_said(event, name) == _said(old, name) for name in _SAME)
    before = int(old.get("sequence", 0)) if old is not None else 0
    number = max(least, before if same or old is None else before + 1)
    stamp = old.decoded("dtstamp") if same and old is not None and number == before else now
    for name, value in (("sequence", number), ("dtstamp", stamp)):
        event.pop(name, None)
        event.add(name, value)
    return event


def _said(event: Event, name: str) -> bytes | None:
    value = event.get(name)
    return (
        None
        if value is None
        else bytes(value.to_ical())
        if hasattr(value, "to_ical")
        else str(value).encode()
    )
