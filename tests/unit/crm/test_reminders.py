"""Buckets of a day's list, as the commands' contract defines them."""

from datetime import date
from typing import Any

import pytest

from crm.reminders import comes_up
from tests.reminding import sorted_reminders
from tests.unit.crm.rows import follow_up

D = date


def bucket_of(today: date, **said: Any) -> str | None:
    reminders = sorted_reminders([follow_up(**said)], today)
    return reminders[0].bucket if reminders else None


@pytest.mark.parametrize(
    ("today", "bucket"),
    [
        (D(2021, 10, 6), "later"),
        (D(2021, 10, 7), "soon"),
        (D(2021, 10, 20), "soon"),
        (D(2021, 10, 21), "due"),
        (D(2021, 10, 31), "due"),
        (D(2021, 11, 1), "overdue"),
    ],
)
def test_a_closed_window_over_time(today: date, bucket: str) -> None:
    assert bucket_of(today, due_start=D(2021, 10, 21), due_end=D(2021, 10, 31)) == bucket


@pytest.mark.parametrize(
    ("today", "bucket"),
    [
        (D(2021, 11, 4), "due"),
        (D(2021, 11, 5), "overdue"),
    ],
)
def test_an_approximate_window_is_overdue_five_working_days_after(today: date, bucket: str) -> None:
    window = {"due_start": D(2021, 10, 21), "due_end": D(2021, 10, 31), "approximate": True}
    assert bucket_of(today, **window) == bucket


@pytest.mark.parametrize(
    ("today", "bucket"),
    [
        (D(2021, 10, 15), "soon"),
        (D(2021, 10, 18), "due"),
        (D(2021, 10, 25), "due"),
        (D(2021, 10, 26), "overdue"),
    ],
)
def test_an_open_start_counts_from_five_working_days_before_the_end(today: date, bucket: str) -> None:
    assert bucket_of(today, due_end=D(2021, 10, 25)) == bucket


def test_a_report_to_the_government_counts_from_sixty_working_days_before() -> None:
    report = {"due_end": D(2024, 2, 23), "rule": "plan.2021-05-27", "state": "accepted"}
    assert bucket_of(D(2023, 12, 1), **report) == "due"
    assert bucket_of(D(2023, 12, 1), due_end=D(2024, 2, 23)) == "later"


def test_an_open_end_is_due_from_its_start() -> None:
    assert bucket_of(D(2022, 9, 1), due_start=D(2022, 9, 1)) == "due"
    assert bucket_of(D(2022, 8, 1), due_start=D(2022, 9, 1)) == "later"


def test_without_dates_it_is_undated() -> None:
    assert bucket_of(D(2021, 10, 18)) == "undated"


@pytest.mark.parametrize("state", ["done", "dismissed", "waived", "kept", "cancelled", "lapsed", "broken"])
def test_what_is_closed_is_not_listed(state: str) -> None:
    assert bucket_of(D(2021, 10, 18), state=state) is None


def test_what_sleeps_is_not_listed_before_its_day() -> None:
    asleep = {"due_end": D(2021, 10, 18), "snoozed_until": D(2021, 10, 25)}
    assert bucket_of(D(2021, 10, 24), **asleep) is None
    assert bucket_of(D(2021, 10, 25), **asleep) == "overdue"


def test_buckets_come_in_their_order_and_the_most_pressing_first() -> None:
    rows = [
        follow_up(id="f1"),
        follow_up(id="f2", due_end=D(2021, 12, 24)),
        follow_up(id="f3", due_end=D(2021, 10, 1)),
        follow_up(id="f4", due_end=D(2021, 9, 1)),
    ]
    assert [row.follow_up.id for row in sorted_reminders(rows, D(2021, 10, 18))] == ["f4", "f3", "f2", "f1"]


def test_a_question_to_us_comes_up_sooner_than_all_else() -> None:
    asked = follow_up(kind="request", owes="us", since=D(2021, 10, 11))
    promised = follow_up(kind="commitment", owes="us", since=D(2021, 10, 11))
    assert (comes_up(asked), comes_up(promised)) == (D(2021, 10, 18), D(2021, 10, 25))
