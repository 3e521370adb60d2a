"""Follow-ups as a calendar file (RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from crm.rows import FollowUpRow

ZONE = "Europe/Stockholm"
_TITLE = 120


def as_calendar(
    rows: Iterable[FollowUpRow], now: datetime, clean: Callable[[str], str], zone: str = ZONE
) -> bytes:
    """A calendar of the accepted ones that have dates; a meeting with clock times keeps them.

    `clean` takes out of foreign text what a terminal or a calendar program could obey.
    UIDs are the follow-ups' ids, so that a calendar that is written again changes its events in place.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Aterkom//aterkom//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        if row.state == "accepted" and (row.due_start or row.due_end):
            calendar.add_component(_event(row, now, ZoneInfo(zone), clean))
    return bytes(calendar.to_ical())


def _event(row: FollowUpRow, now: datetime, zone: ZoneInfo, clean: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{row.id}@aterkom")
    event.add("dtstamp", now)
    event.add("summary", clean(" ".join(part for part in (row.office_name, row.text[:_TITLE]) if part)))
    event.add("description", "\n".join(clean(part) for part in (row.text, row.sender) if part))
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
    return event
