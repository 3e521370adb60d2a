"""Ids taken before their rows are written, so that rows that refer to one another go in by one statement each."""

from typing import cast

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from db.schema import Base

_TAKE = text("UPDATE sqlite_sequence SET seq = seq + :number WHERE name = :name RETURNING seq")
_BEGIN = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)")


def take_ids(session: Session, table: type[Base], number: int) -> list[int]:
    """`number` ids of a table, rising, that nobody else gets; insert their rows before you take more.

    SQLite: the caller is the only writer; where ids are never given twice (`sqlite_autoincrement`), the sequence is
    an ordinary table (https://www.sqlite.org/autoinc.html).
    """
    if number <= 0:
        return []
    target = cast("Table", table.__table__)
    if session.get_bind().dialect.name != "sqlite":
        next_one = func.nextval(func.pg_get_serial_sequence(target.name, "id"))
        return sorted(session.scalars(select(next_one).select_from(func.generate_series(1, number))))
    if target.dialect_options["sqlite"]["autoincrement"]:
        last = _take_sequence(session, target.name, number)
    else:
        last = (session.scalar(select(func.max(target.c.id))) or 0) + number
    return list(range(last - number + 1, last + 1))


def _take_sequence(session: Session, name: str, number: int) -> int:
    last: int | None = session.scalar(_TAKE, {"name": name, "number": number})
    if last is None:
        session.execute(_BEGIN, {"name": name, "number": number})
    return number if last is None else last
