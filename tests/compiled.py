"""One cache of compiled statements for all engines of a kind.

SQLAlchemy keeps what it compiled with the engine. A program has one of them, the tests one each, and half of their
time went into compiling the same statements again.
"""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from db import engine as engines

_MOST = 4_000
_DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)
_CACHES: dict[str, LRUCache[Any, Any]] = {kind.name: LRUCache(_MOST) for kind in _DIALECTS}


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other)


def _number(one: Any) -> int:
    return hash(type(one))


def _sharing(*arguments: Any, **options: Any) -> Engine:
    made = create_engine(*arguments, **options)
    made._compiled_cache = _CACHES[made.dialect.name]
    return made


def share() -> None:
    """For the rest of the process: a statement that one engine has compiled is compiled for all of its kind."""
    for kind in _DIALECTS:
        kind.__eq__, kind.__hash__ = _same, _number  # type: ignore[method-assign,assignment]
    engines.create_engine = _sharing  # type: ignore[attr-defined]
