"""Offices drawn over time: a line is as wide as its scale, and its signs say what is meant without colour."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.office_steps import StepState, Window
from tui.i18n import set_language
from tui.widgets.timeline import (
    ABOUT,
    CROSSED,
    DONE,
    EARLIER,
    LATER,
    PLANNED,
    TODAY,
    Scale,
    Stretch,
    bar,
    months,
    scale_over,
    stretches,
    years,
)

NOW = date(2021, 10, 18)
YEAR = Scale(date(2021, 1, 1), date(2021, 12, 31), 73)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
PHASE = Window(date(2022, 1, 1), date(2023, 12, 31))


def step(planned: Window = Window(), actual: Window = Window()) -> StepState:  # noqa: B008 - frozen
    return StepState("lokalval", planned, actual)


@pytest.mark.parametrize("width", [80, 200])
def test_a_line_is_as_wide_as_its_scale(width: int) -> None:
    scale = scale_over([], NOW, width)
    drawn = stretches([step(planned=Window(date(2021, 11, 1), date(2022, 1, 31)))], PHASE, NOW)
    assert len(bar(drawn, scale, NOW)) == len(years(scale, NOW)) == len(months(scale)) == width


def test_without_dates_there_is_only_today() -> None:
    assert stretches([step()], Window(), NOW) == []
    assert bar([], YEAR, NOW).strip() == TODAY
    assert bar([], YEAR, NOW).index(TODAY) == YEAR.cell(NOW) == 58


def test_what_was_done_lies_over_what_was_planned() -> None:
    planned, actual = Window(date(2021, 2, 1), date(2021, 6, 30)), Window(date(2021, 3, 1), date(2021, 4, 30))
    drawn = bar(stretches([step(planned=planned, actual=actual)], Window(), NOW), YEAR, NOW)
    assert drawn.strip(f" {TODAY}").replace(DONE * 13, "*") == PLANNED * 5 + "*" + PLANNED * 13


def test_today_crosses_a_plan_and_what_has_not_ended_goes_on_until_today() -> None:
    plan = stretches([step(planned=Window(date(2021, 10, 1), date(2021, 11, 30)))], Window(), NOW)
    assert bar(plan, YEAR, NOW)[YEAR.cell(NOW)] == CROSSED
    begun = stretches([step(actual=Window(date(2021, 9, 1), None))], Window(), NOW)
    assert begun == [Stretch(date(2021, 9, 1), NOW, DONE)]


def test_a_phase_and_a_side_that_is_not_known_are_approximate() -> None:
    assert stretches([], PHASE, NOW) == [Stretch(date(2022, 1, 1), date(2023, 12, 31), ABOUT)]
    by = stretches([step(planned=Window(None, date(2021, 12, 1)))], PHASE, NOW)
    assert by == [Stretch(date(2021, 11, 1), date(2021, 12, 1), ABOUT)]
    since = stretches([step(planned=Window(date(2021, 12, 1), None))], PHASE, NOW)
    assert since == [Stretch(date(2021, 12, 1), date(2021, 12, 31), ABOUT)]


def test_a_step_that_is_not_needed_is_not_drawn() -> None:
    rebuilding = StepState("ombyggnation", Window(date(2021, 2, 1), date(2021, 3, 1)), needed=False)
    assert stretches([rebuilding], Window(), NOW) == []


def test_windows_outside_the_scale_are_pointed_at() -> None:
    early, late = Stretch(date(2019, 1, 1), date(2019, 5, 1), PLANNED), Stretch(date(2024, 1, 1), date(2024, 5, 1), PLANNED)  # fmt: skip
    drawn = bar([early, late], YEAR, NOW)
    assert (drawn[0], drawn[-1]) == (EARLIER, LATER)
    assert drawn.strip(f"{EARLIER}{LATER} ") == TODAY


def test_the_scale_holds_what_is_known_and_is_bounded() -> None:
    assert scale_over([], NOW, 60)[:2] == (date(2021, 10, 1), date(2022, 9, 30))
    far = [Stretch(date(1999, 1, 1), date(2099, 1, 1), PLANNED)]
    assert scale_over(far, NOW, 60)[:2] == (date(2020, 10, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("width", "said"),
    [(80, "jan   feb   mars   apr   maj   juni   juli   aug   sep   okt   nov   dec"), (40, "1  2"), (12, "1  4  7  10"), (6, "")],
)  # fmt: skip
def test_months_as_far_as_there_is_room(width: int, said: str) -> None:
    set_language("sv")
    shown = months(Scale(date(2021, 1, 1), date(2021, 12, 31), width))
    assert " ".join(shown.split()).startswith(" ".join(said.split()))
    assert bool(shown.strip()) is bool(said)


def test_years_begin_where_they_do() -> None:
    scale = Scale(date(2020, 10, 1), date(2022, 9, 30), 96)
    shown = years(scale, NOW)
    assert [shown.index(year) for year in ("2020", "2021", "2022")] == [0, scale.cell(date(2021, 1, 1)), scale.cell(date(2022, 1, 1))]  # fmt: skip


@given(DAYS, DAYS, DAYS, st.integers(1, 200))
def test_whatever_the_days_a_line_fits(one: date, other: date, today: date, width: int) -> None:
    window = Window(min(one, other), max(one, other))
    drawn = stretches([step(planned=window, actual=Window(other, None))], window, today)
    scale = scale_over(drawn, today, width)
    assert scale.first <= today <= scale.last
    assert (scale.last + timedelta(days=1)).day == 1
    for shown in (bar(drawn, scale, today), years(scale, today), months(scale)):
        assert len(shown) == width
