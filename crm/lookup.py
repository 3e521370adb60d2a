"""Rows by the values of a column, in as few queries as the parameter limit of SQLite allows."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy import Row as Answer
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.chunks import chunks
from db.schema import Base

if TYPE_CHECKING:
    from crm.rows.searching import FoundRow

_PART = 10_000
Row = TypeVar("Row", bound=Base)
Value = TypeVar("Value")
Columns = TypeVarTuple("Columns")


def by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> dict[Value, Row]:
    """Value → row, for a column that is unique."""
    return {getattr(row, column.key): row for row in all_by_column(session, table, column, values)}


def all_by_column(
    session: Session, table: type[Row], column: InstrumentedAttribute[Value], values: Collection[Value]
) -> list[Row]:
    """Every row whose column has one of the values."""
    return [row for (row,) in asked_in_parts(session, _asked(table, column.key), values)]


@cache
def _asked(table: type[Row], column: str) -> Select[Row]:
    return select(table).where(among(getattr(table, column)))


def among(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """That a column has one of the values with which `asked_in_parts` asks: what holds it can be made once."""
    return column.in_(bindparam("values", expanding=True))


def asked_in_parts(
    session: Session, question: Select[*Columns], values: Iterable[object]
) -> Iterator[Answer[*Columns]]:
    """The answers to a question about values (`among`), in as many queries as they need."""
    for part in chunks(values):
        yield from session.execute(question, {"values": part})


def numbers_of(session: Session, chosen: Select[int]) -> list[int]:
    """One column of whole numbers as it comes: of a million rows nothing else is made, and never all at once."""
    found = session.connection().execute(chosen).scalars()
    return [number for part in found.partitions(_PART) for number in part]


def find(session: Session, text: str, limit: int = 30) -> "list[FoundRow]":
    """Offices, people, organisations and threads by name or telephone number, the best first: see crm.finding."""
    from crm.finding import find as found

    return found(session, text, limit)


__all__ = ["all_by_column", "among", "asked_in_parts", "by_column", "chunks", "find", "numbers_of"]
