"""On which days a follow-up reminds: working days alone, at the turns of its window, ever more seldom after it."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.buckets import bucket
from crm.reminder_days import reminder_days
from nlp.dates.calendar import is_working_day, working_days_between
from tests.unit.crm.rows import follow_up

D = date
FAR = D(2022, 12, 31)

days = st.dates(D(2021, 1, 1), D(2023, 12, 31))
maybe = st.none() | days


@st.composite
def rows(draw: st.DrawFn) -> Any:
    start, end = draw(maybe), draw(maybe)
    if start is not None and end is not None and end < start:
        start, end = end, start
    return follow_up(
        due_start=start,
        due_end=end,
        since=draw(days),
        approximate=draw(st.booleans()),
        state=draw(st.sampled_from(["proposed", "accepted"])),
        kind=draw(st.sampled_from(["request", "commitment", "meeting"])),
        rule=draw(st.sampled_from([None, "followup.promise", "plan.2021-05-27"])),
        snoozed_until=draw(maybe),
    )


def told(until: date = FAR, **said: Any) -> list[str]:
    return [f"{found.day:%m-%d} {found.why}" for found in reminder_days(follow_up(**said), until)]


def test_a_window_over_its_life() -> None:
    """21–31 October 2021: the 21st is a Thursday, the 31st a Sunday, 5 November the eve of all saints."""
    window = {"due_start": D(2021, 10, 21), "due_end": D(2021, 10, 31), "state": "accepted"}
    assert told(D(2021, 12, 31), **window) == [
        "10-21 start",
        "10-25 end",
        "10-29 end",
        "11-01 overdue",
        "11-03 overdue",
        "11-09 overdue",
        "11-18 overdue",
        "12-08 overdue",
    ]


def test_a_proposal_is_shown_before_its_window_begins() -> None:
    window = {"due_start": D(2021, 10, 21), "due_end": D(2021, 10, 31)}
    assert told(D(2021, 10, 21), **window) == ["10-14 near", "10-21 start"]


def test_a_single_day_is_told_of_the_day_before_and_on_it() -> None:
    meeting = {"due_start": D(2021, 10, 21), "due_end": D(2021, 10, 21), "state": "accepted"}
    assert told(D(2021, 10, 22), **meeting) == ["10-20 end", "10-21 start", "10-22 overdue"]


def test_an_approximate_window_is_overdue_later() -> None:
    window = {"due_end": D(2021, 10, 31), "approximate": True, "state": "accepted"}
    late = [day for day in told(D(2021, 11, 30), **window) if "overdue" in day]
    assert late == ["11-05 overdue", "11-09 overdue", "11-15 overdue", "11-24 overdue"]


def test_days_over_christmas_fall_on_working_days() -> None:
    """24 to 26 December and the eve of the new year are free."""
    window = {"due_start": D(2021, 12, 24), "due_end": D(2021, 12, 31), "state": "accepted"}
    assert told(D(2022, 1, 3), **window) == ["12-27 start", "12-30 end", "01-03 overdue"]


def test_an_undated_one_comes_up_again_and_never_as_overdue() -> None:
    asked = {"kind": "request", "owes": "us", "since": D(2021, 10, 11)}
    assert told(D(2021, 12, 1), **asked) == ["10-18 again", "10-25 again", "11-08 again"]
    assert told(D(2021, 11, 1), kind="commitment", since=D(2021, 10, 11)) == ["10-25 again"]


def test_an_open_end_is_not_forgotten() -> None:
    assert told(D(2021, 10, 31), due_start=D(2021, 9, 1), state="accepted") == [
        "09-01 start",
        "09-15 again",
        "09-29 again",
        "10-27 again",
    ]


def test_what_was_slept_through_is_said_once_on_waking() -> None:
    window = {"due_start": D(2021, 10, 21), "due_end": D(2021, 10, 29), "snoozed_until": D(2021, 11, 6)}
    assert told(D(2021, 11, 5), **window) == []
    assert told(D(2021, 11, 9), **window) == ["11-08 again", "11-09 overdue"]


def test_a_report_to_the_government_begins_sixty_working_days_before() -> None:
    report = {"due_end": D(2024, 2, 23), "rule": "plan.2021-05-27", "state": "accepted"}
    first = reminder_days(follow_up(**report), D(2024, 2, 23))[0]
    assert (first.why, working_days_between(first.day, D(2024, 2, 23))) == ("start", 60)


@given(rows(), days)
def test_every_day_is_a_working_day_and_not_later_than_asked(row: Any, until: date) -> None:
    found = [day.day for day in reminder_days(row, until)]
    assert found == sorted(set(found))
    assert all(is_working_day(day) and day <= until for day in found)


@given(rows(), days, st.integers(0, 60))
def test_what_was_a_day_stays_one(row: Any, until: date, more: int) -> None:
    """A list that is asked for later holds the same days, and those that came since."""
    earlier, later = reminder_days(row, until), reminder_days(row, until + timedelta(more))
    assert later[: len(earlier)] == earlier
    assert all(day.day > until for day in later[len(earlier) :])


@given(rows(), days)
def test_the_distance_grows(row: Any, until: date) -> None:
    late = [found.day for found in reminder_days(row, until) if found.why == "overdue"]
    apart = [working_days_between(one, other) for one, other in pairwise(late)]
    assert apart == sorted(apart)
    awake = [day for day in late if row.snoozed_until is None or day > row.snoozed_until]
    assert all(bucket(row, day) == "overdue" for day in awake)


@given(rows())
def test_no_open_one_is_silent_for_ever(row: Any) -> None:
    assert reminder_days(row, D(2030, 1, 1))


@pytest.mark.parametrize(
    ("end", "first"),
    [(date.min, [date.min]), (date.max, []), (D(1, 1, 8), [date.min]), (D(9999, 12, 28), [])],
)
def test_the_ends_of_the_calendar(end: date, first: list[date]) -> None:
    assert [found.day for found in reminder_days(follow_up(due_end=end), D(2021, 10, 18))][:1] == first
