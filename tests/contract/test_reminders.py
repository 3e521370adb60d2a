"""A day's list as the store makes it: the same buckets and order as the plain functions, a page at a time."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import insert

from crm.buckets import BUCKETS
from crm.errors import NotFound
from crm.followups import where
from crm.reminders import counts, list_reminders, reached
from db.schema import FollowUp
from db.store import Store
from nlp.dates.calendar import add_working_days
from tests.reminding import sorted_reminders

TODAY = date(2021, 10, 18)
ODD_DAYS = [TODAY, date(2021, 10, 23), date(2021, 12, 24), date(2022, 1, 1), date(2021, 6, 25)]


def _some(dice: Random) -> dict[str, object]:
    days = [TODAY + timedelta(dice.randint(-120, 120)) for _ in range(2)]
    start, end = min(days), max(days)
    return {
        "kind": dice.choice(["request", "commitment"]),
        "obligor": "sender",
        "owes": dice.choice(["us", "them"]),
        "due_start": dice.choice([start, None]),
        "due_end": dice.choice([end, None]),
        "approximate": dice.random() < 0.3,
        "rule": dice.choice([None, "plan.x", "followup.promise", "explanation.x"]),
        "since": TODAY - timedelta(dice.randint(0, 300)),
        "state": dice.choice(["proposed", "accepted", "accepted", "done", "lapsed"]),
        "assignee": dice.choice([None, "anna", "bo"]),
        "snoozed_until": dice.choice([None, None, None, TODAY, TODAY + timedelta(1)]),
        "text": "Vi återkommer.",
    }


@pytest.fixture
def many(store: Store) -> Store:
    dice = Random(6)
    with store.write() as session:
        session.execute(insert(FollowUp), [_some(dice) for _ in range(400)])
    return store


@pytest.mark.parametrize("today", ODD_DAYS)
def test_the_store_sorts_as_the_plain_functions_do(many: Store, today: date) -> None:
    with many.read() as session:
        plain = sorted_reminders(where(session, FollowUp.id > 0), today)
        assert list_reminders(session, today) == plain
        counted = Counter((row.bucket, row.follow_up.state == "proposed") for row in plain)
        assert counts(session, today) == counted
    assert today != TODAY or {row.bucket for row in plain} == set(BUCKETS)


def test_pages_make_up_the_whole(many: Store) -> None:
    with many.read() as session:
        whole = list_reminders(session, TODAY, who="anna")
        paged, last = [], None
        while page := list_reminders(session, TODAY, who="anna", limit=7, before=last):
            paged += page
            last = page[-1].follow_up.id
    assert paged == whole
    assert {row.follow_up.assignee for row in whole} == {"anna"}


def test_a_page_after_one_that_is_not_in_the_list(many: Store) -> None:
    with many.read() as session:
        gone = next(row.id for row in where(session, FollowUp.state == "done"))
        for name in (gone, "f99999", "x"):
            with pytest.raises(NotFound):
                list_reminders(session, TODAY, before=name)


@pytest.mark.parametrize("days", [5, -5, -60])
@pytest.mark.parametrize("today", ODD_DAYS)
def test_the_last_day_that_has_reached_a_day(today: date, days: int) -> None:
    last = reached(today, days)
    assert add_working_days(last, days) <= today < add_working_days(last + timedelta(1), days)
