"""Rows by the values of a column, in as few queries as the parameter limit of SQLite allows."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.chunks import chunks
from db.schema import Base

if TYPE_CHECKING:
    from crm.rows import FoundRow

_PART = 10_000
Row = TypeVar("Row", bound=Base)
Value = TypeVar("Value")


def by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> dict[Value, Row]:
    """Value → row, for a column that is unique."""
    return {getattr(row, column.key): row for row in all_by_column(session, table, column, values)}


def all_by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> list[Row]:
    """Every row whose column has one of the values."""
    asked = _asked(table, column.key)
    return [row for part in chunks(values) for row in session.scalars(asked, {"values": part})]


@cache
def _asked(table: type[Row], column: str) -> Select[Row]:
    """The question for values of a column, made once."""
    return select(table).where(getattr(table, column).in_(bindparam("values", expanding=True)))


def numbers_of(session: Session, chosen: Select[int]) -> list[int]:
    """One column of whole numbers as it comes: of a million rows nothing else is made, and never all at once."""
    found = session.connection().execute(chosen).scalars()
    return [number for part in found.partitions(_PART) for number in part]


def find(session: Session, text: str, limit: int = 30) -> "list[FoundRow]":
    """Offices, people, organisations and threads by name or telephone number, the best first: see crm.finding."""
    from crm.finding import find as found

    return found(session, text, limit)


__all__ = ["all_by_column", "by_column", "chunks", "find", "numbers_of"]
