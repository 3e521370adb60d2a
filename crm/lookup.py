"""Rows by the values of a column, in as few queries as the parameter limit of SQLite allows."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.schema import Base

Row = TypeVar("Row", bound=Base)
Value = TypeVar("Value")

_AT_ONCE = 500


def chunks(values: Iterable[Value], size: int = _AT_ONCE) -> Iterator[list[Value]]:
    """Lists of at most `size`, in order."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> dict[Value, Row]:
    """Value → row, for a column that is unique."""
    return {getattr(row, column.key): row for row in all_by_column(session, table, column, values)}


def all_by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> list[Row]:
    """Every row whose column has one of the values."""
    return [row for part in chunks(values) for row in session.scalars(select(table).where(column.in_(part)))]
