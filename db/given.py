"""Rows of values as a table to join, by one parameter: its statement is compiled once, however many rows there are."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, bindparam, cast, column, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine


class Given:
    """A table `name` with these columns: whole numbers, text, days or instants.

    Conditions one beside the other make a store look at all it has; a table, made first, is joined by its index.
    """

    def __init__(self, name: str, /, **columns: TypeEngine[Any]) -> None:
        self._name = name
        self._columns = columns
        self._tables: dict[str, CTE] = {}

    def table(self, session: Session) -> CTE:
        """The table in a statement for this store; always the same, so that what is built on it can be kept."""
        dialect = session.get_bind().dialect.name
        if dialect not in self._tables:
            made = _of_postgresql if dialect == "postgresql" else _of_sqlite
            columns = made(self._name, self._columns)
            table = select(*(one.label(column) for column, one in columns.items())).cte(self._name)
            self._tables[dialect] = table.prefix_with("MATERIALIZED")
        return self._tables[dialect]

    def rows(self, session: Session, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
        """The parameter that gives the table these rows, each with a value for each column."""
        dialect = session.get_bind().dialect
        kinds = self._columns.values()
        processors = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in kinds]
        written = [
            [_written(value, process) for value, process in zip(row, processors, strict=True)] for row in rows
        ]
        return {self._name: written if dialect.name == "postgresql" else json.dumps(written)}


def _written(value: Any, process: Callable[[Any], Any] | None) -> Any:
    """As the driver would get it, but for days and times, which some drivers take as objects: they become text."""
    made = value if process is None else process(value)
    return made.isoformat() if isinstance(made, date | datetime) else made


Columns = Mapping[str, TypeEngine[Any]]


def _of_sqlite(name: str, columns: Columns) -> dict[str, ColumnElement[Any]]:
    row = func.json_each(bindparam(name, type_=String)).table_valued("value").c.value
    return {
        column: type_coerce(func.json_extract(row, f"$[{place}]"), kind)
        for place, (column, kind) in enumerate(columns.items())
    }


def _of_postgresql(name: str, columns: Columns) -> dict[str, ColumnElement[Any]]:
    given = func.jsonb_array_elements(bindparam(name, type_=JSONB)).table_valued(column("value", JSONB))
    row = given.c.value
    return {title: cast(row.op("->>")(place), kind) for place, (title, kind) in enumerate(columns.items())}
