"""An office as it stood on a day: what was known then, however much was said, moved and taken back since."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm.office_history import Change, as_value, state_as_of, step_field, window_of
from crm.office_steps import Window

NOVEMBER = date(2021, 11, 30)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2021, month, day, hour, tzinfo=UTC)


def change(field: str, value: Any, when: datetime, undone: datetime | None = None) -> Change:
    return Change(field, value, None, when, "anna", undone_at=undone)


def test_what_came_later_does_not_count() -> None:
    history = [change("assessment", "risk", at(11, 1)), change("assessment", "late", at(12, 1))]
    assert state_as_of(history, NOVEMBER).assessment == "risk"
    assert state_as_of(history).assessment == "late"
    assert state_as_of(history, date(2021, 10, 1)).assessment is None


def test_what_was_taken_back_later_still_held_then() -> None:
    history = [change("phase", 1, at(5, 27)), change("phase", 2, at(11, 1), undone=at(12, 5))]
    assert state_as_of(history, NOVEMBER).phase == 2
    assert state_as_of(history, date(2021, 12, 5)).phase == 1


def test_a_day_ends_at_midnight_here() -> None:
    late_in_the_evening = change("owner", "eva", at(11, 30, 23))  # past midnight in Stockholm
    assert state_as_of([late_in_the_evening], NOVEMBER).owner is None


def test_steps_come_with_their_windows() -> None:
    value = as_value(Window(date(2021, 5, 2), None))
    state = state_as_of([change(step_field("behovsanalys", "actual"), value, at(5, 3))])
    assert state.steps[0].actual == Window(date(2021, 5, 2))
    assert state.step == "behovsanalys"


@given(st.builds(Window, st.none() | st.dates(), st.none() | st.dates()))
def test_a_window_is_read_back_as_it_was(window: Window) -> None:
    assert window_of(as_value(window)) == window


_MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2021, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 (its bounds are naive)


@given(st.lists(st.tuples(_MOMENTS, st.integers(1, 9), st.booleans())), _MOMENTS)
def test_a_days_figures_are_the_same_whenever_they_are_asked_for(
    told: list[tuple[datetime, int, bool]], asked: datetime
) -> None:
    """All that is recorded or taken back after the day changes nothing of it."""
    day, later = asked.date(), datetime(2021, 12, 31, tzinfo=UTC)
    known = sorted((one for one in told if one[0].date() < day), key=lambda one: one[0])
    then = [change("phase", value, when) for when, value, _ in known]
    now = [change("phase", value, when, later if is_undone else None) for when, value, is_undone in known]
    assert state_as_of([*now, change("phase", 99, later)], day) == state_as_of(then, day)
