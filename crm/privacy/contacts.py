"""Where the history of offices names people by their number: as contact persons."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema import OfficeChange


def naming_changes(session: Session, numbers: Collection[int]) -> Iterator[OfficeChange]:
    """The changes of contact persons in which one of these people stands, before or after."""
    wanted = set(numbers)
    for row in session.scalars(select(OfficeChange).where(OfficeChange.field == "contacts")):
        if wanted & {*_people(row.value), *_people(row.previous)}:
            yield row


def forget_contacts(session: Session, numbers: Collection[int]) -> int:
    """Takes these people out of that history; gives in how many changes they stood."""
    rows = list(naming_changes(session, numbers))
    for row in rows:
        row.value, row.previous = _without(row.value, numbers), _without(row.previous, numbers)
    session.flush()
    return len(rows)


def _people(value: Any) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _without(value: Any, numbers: Collection[int]) -> Any:
    return [one for one in value if one not in numbers] if isinstance(value, list) else value
