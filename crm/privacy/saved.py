"""Searches that staff keep, whose name or words name somebody."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import column, delete, inspect, select, table
from sqlalchemy.orm import Session

from crm.lookup import chunks
from crm.privacy.passages import places
from crm.privacy.subject import Subject
from db.schema import Arrangement

_NAME = "saved_search"
_TABLE = table(_NAME, column("id"), column("name"), column("query"))
_SUBJECT = "search"  # of its decisions in the journal


class Saved(NamedTuple):
    id: int
    name: str
    query: str


def saved_searches(session: Session, subject: Subject) -> Iterator[Saved]:
    """Those that name them; none in a store that keeps no searches."""
    if not inspect(session.connection()).has_table(_NAME):
        return
    words = (*subject.names, *subject.written, *subject.phones)
    chosen: Any = select(_TABLE.c.id, _TABLE.c.name, _TABLE.c.query).order_by(_TABLE.c.id)
    for row in session.execute(chosen):
        if places(row.name, words) or places(row.query, words):
            yield Saved(row.id, row.name, row.query)


def forget_searches(session: Session, subject: Subject) -> int:
    """Deletes them with what was decided on them; gives how many they were."""
    numbers = [row.id for row in saved_searches(session, subject)]
    for part in chunks(numbers):
        session.execute(delete(_TABLE).where(_TABLE.c.id.in_(part)))
        theirs = (Arrangement.subject == _SUBJECT) & Arrangement.one.in_(part)
        session.execute(delete(Arrangement).where(theirs))
    return len(numbers)
