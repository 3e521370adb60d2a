"""Follow-ups as a calendar file, read back by the library."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from crm.calendar import as_calendar
from tests.unit.crm.rows import follow_up

NOW = datetime(2021, 10, 18, 9, tzinfo=UTC)


def events(*rows: Any) -> list[Any]:
    return list(
        Calendar.from_ical(as_calendar(rows, NOW, lambda text: text.replace("\x1b", ""))).walk("VEVENT")
    )


def test_a_window_is_days_and_ends_on_its_last() -> None:
    (event,) = events(follow_up(state="accepted", due_start=date(2021, 10, 21), due_end=date(2021, 10, 31)))
    assert event.decoded("dtstart") == date(2021, 10, 21)
    assert event.decoded("dtend") == date(2021, 11, 1)
    assert str(event["uid"]) == "f1@aterkom"


def test_a_meeting_keeps_its_clock_time() -> None:
    day = date(2021, 10, 21)
    times = {"start_time": time(10), "end_time": time(11, 30)}
    (event,) = events(follow_up(state="accepted", kind="meeting", due_start=day, due_end=day, **times))
    begins = event.decoded("dtstart")
    assert (begins.hour, begins.utcoffset()) == (10, timedelta(hours=2))
    assert event.decoded("dtend") - begins == timedelta(minutes=90)


def test_by_a_day_stands_on_that_day() -> None:
    (event,) = events(follow_up(state="accepted", due_end=date(2021, 10, 31)))
    assert event.decoded("dtstart") == date(2021, 10, 31)


def test_proposals_and_undated_ones_are_not_in_a_calendar() -> None:
    assert events(follow_up(due_end=date(2021, 10, 31)), follow_up(state="accepted")) == []


def test_foreign_text_is_cleaned_and_can_not_add_lines() -> None:
    row = follow_up(
        state="accepted", due_end=date(2021, 10, 31), text="Vi\x1b[31m\nBEGIN:VEVENT, återkommer; ja"
    )
    (event,) = events(row)
    assert str(event["description"]) == "Vi[31m\nBEGIN:VEVENT, återkommer; ja"
