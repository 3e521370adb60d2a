"""Working days, red days, weeks and months."""

from datetime import date

import pytest
from holidays import country_holidays

from nlp.dates.calendar import (
    add_days,
    add_months,
    add_working_days,
    easter,
    is_working_day,
    iso_week,
    midsummer_eve,
    month_span,
    nth_week,
    nth_weekday,
    red_days,
    squeeze_day,
    working_days_between,
)


@pytest.mark.parametrize("day", ["2021-05-03", "2021-12-23", "2021-05-14", "2022-04-14"])
def test_working_day(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2021-05-01",
        "2021-05-02",
        "2021-05-13",
        "2021-06-25",
        "2021-12-24",
        "2021-12-31",
        "2022-01-06",
        "2022-06-06",
    ],
)
def test_free_day(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2021-05-12", 1, "2021-05-14"),
        ("2021-05-14", -1, "2021-05-12"),
        ("2021-12-23", 1, "2021-12-27"),
        ("2021-12-30", 1, "2022-01-03"),
        ("2021-05-03", 5, "2021-05-10"),
        ("2021-05-01", 0, "2021-05-01"),
    ],
)
def test_add_working_days(day: str, n: int, expected: str) -> None:
    assert add_working_days(date.fromisoformat(day), n) == date.fromisoformat(expected)


def test_working_days_between_counts_the_last_day() -> None:
    assert working_days_between(date(2021, 5, 3), date(2021, 5, 10)) == 5
    assert working_days_between(date(2021, 5, 10), date(2021, 5, 3)) == -5
    assert working_days_between(date(2021, 5, 3), date(2021, 5, 3)) == 0


@pytest.mark.parametrize(
    ("year", "day"), [(2021, "2021-04-04"), (2022, "2022-04-17"), (2024, "2024-03-31"), (2038, "2038-04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)


def test_midsummer_is_a_friday() -> None:
    assert [midsummer_eve(y).day for y in (2021, 2022, 2023)] == [25, 24, 23]


def test_week_53() -> None:
    assert iso_week(2020, 53) == (date(2020, 12, 28), date(2021, 1, 3))
    assert iso_week(2026, 53) is not None
    assert iso_week(2021, 53) is None


def test_months_keep_within_themselves() -> None:
    assert add_months(date(2021, 1, 31), 1) == date(2021, 2, 28)
    assert month_span(2021, 12, 3) == (date(2021, 12, 1), date(2022, 2, 28))


def test_the_ends_of_the_calendar_hold() -> None:
    assert add_days(date.max, 1) == date.max
    assert add_months(date.max, 5).year == 9999
    assert add_working_days(date.max, 3) == date.max


def test_nth_weekday_and_week() -> None:
    assert nth_weekday(month_span(2021, 4), 4, -1) == date(2021, 4, 30)
    assert nth_weekday(month_span(2021, 4), 0, 5) is None
    assert nth_week(month_span(2022, 5), 1) == (date(2022, 5, 2), date(2022, 5, 8))


def test_squeeze_day_after_ascension() -> None:
    assert squeeze_day(date(2021, 5, 5)) == date(2021, 5, 14)


def test_red_days_by_rule_are_those_of_the_library() -> None:
    library = {
        year: frozenset(country_holidays("SE", years=year, categories=("public", "de_facto")))
        for year in range(1985, 2106)
    }
    assert {year: red_days(year) for year in library} == library
