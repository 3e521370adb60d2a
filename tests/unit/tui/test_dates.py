from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

import pytest

from tui import dates
from tui.i18n import set_language

OCT_21, OCT_31 = date(2021, 10, 21), date(2021, 10, 31)
ZONE = timezone(timedelta(hours=2))


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    set_language("sv")
    yield
    set_language("sv")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (OCT_21, OCT_21, "tors 21 okt 2021 (v. 42)"),
        (OCT_21, OCT_31, "21–31 okt 2021 (v. 42–43)"),
        (date(2021, 10, 18), date(2021, 10, 24), "18–24 okt 2021 (v. 42)"),
        (date(2021, 9, 28), date(2021, 10, 3), "28 sep–3 okt 2021 (v. 39)"),
        (date(2021, 12, 27), date(2022, 1, 9), "27 dec 2021–9 jan 2022 (v. 52 2021–v. 1 2022)"),
        (date(2020, 12, 28), date(2021, 1, 3), "28 dec 2020–3 jan 2021 (v. 53)"),
        (None, OCT_21, "senast tors 21 okt 2021 (v. 42)"),
        (OCT_21, None, "från tors 21 okt 2021 (v. 42)"),
        (None, None, ""),
    ],
)
def test_windows(start: date | None, end: date | None, said: str) -> None:
    assert dates.window(start, end) == said


def test_about() -> None:
    assert dates.window(OCT_21, OCT_31, approximate=True) == "ungefär 21–31 okt 2021 (v. 42–43)"


def test_english() -> None:
    set_language("en")
    assert dates.day(OCT_21) == "Thu 21 Oct 2021 (w. 42)"
    assert dates.window(None, OCT_21, approximate=True) == "about by Thu 21 Oct 2021 (w. 42)"
    assert dates.clock(time(13, 42)) == "13:42"
    assert dates.number(1234567) == "1,234,567"
    assert dates.percent(0.125) == "12.5%"


def test_clock_and_moment() -> None:
    assert dates.clock(time(13, 2)) == "kl. 13.02"
    assert dates.clock_column(time(9, 5)) == "09:05"
    assert dates.hours(time(13), time(14, 30)) == "kl. 13.00–14.30"
    assert dates.hours(None, None) == ""
    at = datetime(2021, 10, 21, 13, 42, tzinfo=ZONE)
    assert dates.moment(at) == "tors 21 okt 2021 kl. 13.42"
    assert dates.moment_column(at) == "2021-10-21 13:42"


def test_columns_are_iso_and_narrow() -> None:
    assert dates.column(OCT_21, OCT_31) == "2021-10-31"
    assert dates.column(None, OCT_31, approximate=True) == "~2021-10-31"
    assert dates.column(OCT_21, None) == "2021-10-21–"
    assert dates.column(None, None) == ""


def test_numbers() -> None:
    assert dates.number(1234567) == "1\u202f234\u202f567"
    assert dates.number(12) == "12"
    assert dates.percent(0.125) == "12,5\u202f%"
    assert dates.percent(1) == "100\u202f%"
