"""When a list has to say that mail may be missing."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm.freshness import Stale, stale

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FRIDAY = datetime(2021, 10, 15, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "old"),
    [
        (date(2021, 10, 15), False),
        (date(2021, 10, 18), False),  # the Monday after it
        (date(2021, 10, 19), True),  # all of Monday has passed
    ],
)
def test_a_whole_working_day_has_to_pass(day: date, old: bool) -> None:
    assert (stale([("brev", FRIDAY)], day, STOCKHOLM) is not None) is old


def test_christmas_is_no_working_day() -> None:
    thursday = datetime(2021, 12, 23, 12, tzinfo=UTC)
    assert stale([("brev", thursday)], date(2021, 12, 27), STOCKHOLM) is None


def test_the_day_is_ours() -> None:
    late = datetime(2021, 10, 14, 23, tzinfo=UTC)  # an hour into the 15th here
    assert stale([("brev", late)], date(2021, 10, 18), STOCKHOLM) is None


def test_one_mailbox_of_several() -> None:
    found = stale([("brev", FRIDAY), ("ny", None), ("projekt", FRIDAY)], date(2021, 10, 18), STOCKHOLM)
    assert found == Stale(("ny",), None)


def test_without_a_mailbox_nothing_is_stale() -> None:
    assert stale([], date(2021, 10, 18), STOCKHOLM) is None
