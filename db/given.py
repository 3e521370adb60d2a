"""Rows of values as a table to join, by one parameter: its statement is compiled once, however many rows there are."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, cast, column, func, literal, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Columns = Mapping[str, TypeEngine[Any]]


def given(session: Session, name: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> CTE:
    """A table `name` of these rows, each with a value for each column: whole numbers, text, days or instants.

    Conditions one beside the other make a store look at all it has; a table, made first, is joined by its index.
    """
    dialect = session.get_bind().dialect
    processors = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in columns.values()]
    written = [
        [_written(value, process) for value, process in zip(row, processors, strict=True)] for row in rows
    ]
    of = _of_postgresql if dialect.name == "postgresql" else _of_sqlite
    return (
        select(*(one.label(column) for column, one in of(written, columns).items()))
        .cte(name)
        .prefix_with("MATERIALIZED")
    )


def _written(value: Any, process: Callable[[Any], Any] | None) -> Any:
    """As the driver is given it; a day or a time that it takes as it is, as text."""
    made = value if process is None else process(value)
    return made.isoformat() if isinstance(made, date | datetime) else made


def _of_sqlite(rows: list[list[Any]], columns: Columns) -> dict[str, ColumnElement[Any]]:
    row = func.json_each(json.dumps(rows)).table_valued("value").c.value
    return {
        name: type_coerce(func.json_extract(row, f"$[{place}]"), kind)
        for place, (name, kind) in enumerate(columns.items())
    }


def _of_postgresql(rows: list[list[Any]], columns: Columns) -> dict[str, ColumnElement[Any]]:
    row = func.jsonb_array_elements(literal(rows, JSONB)).table_valued(column("value", JSONB)).c.value
    return {name: cast(row.op("->>")(place), kind) for place, (name, kind) in enumerate(columns.items())}
