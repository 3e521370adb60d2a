"""Rows of values as a table, on both stores."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, Integer, String, select

from db.given import Given
from db.schema import Message
from db.store import Store

ASKED = Given("asked", n=Integer(), name=String(), day=Date(), at=Message.sent_at.type)
ROWS: list[tuple[Any, ...]] = [
    (7, 'Ånge "nord", [x]', date(2021, 10, 21), datetime(2021, 10, 21, 9, 30, tzinfo=UTC)),
    (8, "", date(1999, 1, 1), datetime(1999, 1, 1, 0, 0, 0, 5, tzinfo=UTC)),
]


def _all(store: Store, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    with store.read() as session:
        asked = ASKED.table(session)
        found = session.execute(select(asked).order_by(asked.c.n), ASKED.rows(session, rows))
        return [tuple(row) for row in found]


def test_values_come_back_as_they_were_given(store: Store) -> None:
    assert _all(store, ROWS) == ROWS


def test_no_rows_are_an_empty_table(store: Store) -> None:
    assert _all(store, []) == []


def test_a_day_is_compared_with_days_of_the_store(store: Store) -> None:
    with store.read() as session:
        asked = ASKED.table(session)
        wanted = select(asked.c.n).where(
            asked.c.day > date(2021, 10, 20), asked.c.at < ROWS[0][3].replace(hour=10)
        )
        assert list(session.scalars(wanted, ASKED.rows(session, ROWS))) == [7]
