"""Many rows by one statement, without what SQLAlchemy does for each of them (half the cost of an insert).

The values go through the types of the schema all the same, a column at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Table, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from db.schema import Base
from db.schema.base import KeyText, Text
from db.text import clean_all, key_texts

Rows = Sequence[Mapping[str, Any]]
_Processor = Callable[[list[Any]], list[Any]] | None


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement for one kind of store, the order of its values, and what makes a column of them the driver's.

    `defaults` are columns that the rows do not have.
    """

    text: str
    names: tuple[str, ...]
    positional: bool
    processors: tuple[_Processor, ...]
    defaults: Mapping[str, Any]


def insert_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Inserts rows that all have the same columns as the first."""
    if rows:
        _run(session, _insert(session.get_bind().dialect, table, frozenset(rows[0])), rows)


def update_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Sets columns of rows by their `id`; objects of them that the session holds are not told."""
    if rows:
        _run(session, _update(session.get_bind().dialect, table, frozenset(rows[0])), rows)


def _run(session: Session, statement: _Statement, rows: Rows) -> None:
    columns: list[list[Any]] = []
    for name, process in zip(statement.names, statement.processors, strict=True):
        if name in statement.defaults:
            values = [statement.defaults[name]] * len(rows)
        else:
            values = [row[name] for row in rows]
        columns.append(values if process is None else process(values))
    connection = session.connection()
    tuples = list(zip(*columns, strict=True))
    if statement.positional:
        connection.exec_driver_sql(statement.text, tuples)
    else:
        named = [dict(zip(statement.names, values, strict=True)) for values in tuples]
        connection.exec_driver_sql(statement.text, named)


@lru_cache(maxsize=100)
def _insert(dialect: Dialect, table: type[Base], given: frozenset[str]) -> _Statement:
    target = cast("Table", table.__table__)
    defaults = {
        column.key: _default(column.default)
        for column in target.columns
        if column.key not in given and column.default is not None
    }
    compiled = target.insert().compile(dialect=dialect, column_keys=[*given, *defaults])
    return _statement(dialect, target, str(compiled), compiled.positiontup or [*given, *defaults], defaults)


def _default(default: Any) -> Any:
    """What the schema gives a column that is not written."""
    return default.arg(None) if default.is_callable else default.arg


@lru_cache(maxsize=100)
def _update(dialect: Dialect, table: type[Base], given: frozenset[str]) -> _Statement:
    target = cast("Table", table.__table__)
    # SQLAlchemy keeps the names of columns that are set for itself: the id has another.
    values: dict[str, Any] = {name: bindparam(name) for name in sorted(given - {"id"})}
    changing = target.update().values(values).where(target.c.id == bindparam("_id"))
    compiled = changing.compile(dialect=dialect)
    names = compiled.positiontup or [*values, "_id"]
    return _statement(dialect, target, str(compiled), ["id" if name == "_id" else name for name in names], {})


def _statement(
    dialect: Dialect, table: Table, text: str, names: Sequence[str], defaults: Mapping[str, Any]
) -> _Statement:
    processors = tuple(_processor(table.c[name].type, dialect) for name in names)
    return _Statement(
        text.replace("%(_id)s", "%(id)s"), tuple(names), dialect.positional, processors, defaults
    )


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> _Processor:
    """What does to a column what the schema's type does to each value; texts are looked at all at once."""
    if isinstance(kind, Text):
        return clean_all
    if isinstance(kind, KeyText):
        return key_texts
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return None if process is None else lambda values: list(map(process, values))
