"""Taking mail into a store: the fixtures of the tests that tell stories in mails."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from crm import bootstrap
from crm.direction import Own
from crm.intake import IntakeContext, take_in
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext
from db.schema import Base, Raw
from db.store import Store, open_store
from nlp.reader import Reader

OURS = Own.of(["statenssc.se"])
Take = Callable[..., None]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader; it takes a second to build."""
    return Reader()


@cache
def _facts() -> list[tuple[Table, list[dict[str, Any]]]]:
    """What comes with the program, by table: adding the plans one decision after another takes a third of a second."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'facts.db'}") as store:
        bootstrap.fill(store)
        with store.read() as session:
            kept = [
                (table, [dict(row) for row in session.execute(select(table)).mappings()])
                for table in Base.metadata.sorted_tables
            ]
    return [(table, rows) for table, rows in kept if rows]


# What stands in each table, as the driver of a store gives it and takes it back: binding every value of a thousand tests
# takes ten times as long.
_COPIES: dict[str, dict[str, Any]] = {}


def fill(store: Store) -> None:
    """Puts in what `crm.bootstrap.fill` writes into an empty store (`test_plan_revisions` compares them)."""
    kind = store.engine.dialect.name
    with store.write() as session:
        driver = session.connection().connection.driver_connection
        if kind not in _COPIES:
            _COPIES[kind] = _copied(session, kind, driver)
        _PUT[kind](driver, _COPIES[kind])


def _copied(session: Session, kind: str, driver: Any) -> dict[str, Any]:
    """By table; the store is as empty afterwards as it was."""
    with session.begin_nested() as trial:
        for table, rows in _facts():
            session.execute(insert(table), rows)
        found = {table.name: _TAKEN[kind](driver, table.name) for table, _ in _facts()}
        trial.rollback()
    return found


def _rows_of(driver: Any, table: str) -> Any:
    return driver.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 (a name of our own)


def _put_rows(driver: Any, tables: dict[str, Any]) -> None:
    for table, rows in tables.items():
        places = ", ".join("?" * len(rows[0]))
        driver.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608


def _lines_of(driver: Any, table: str) -> Any:
    with driver.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)


def _put_lines(driver: Any, tables: dict[str, Any]) -> None:
    for table, lines in tables.items():
        with driver.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(lines)
    driver.execute(_counted_on())


_TAKEN = {"sqlite": _rows_of, "postgresql": _lines_of}
_PUT = {"sqlite": _put_rows, "postgresql": _put_lines}


@cache
def _counted_on() -> str:
    """PostgreSQL counts on from what it has given out itself."""
    last = {table.name: max(row["id"] for row in rows) for table, rows in _facts() if "id" in table.c}
    counters = (f"setval(pg_get_serial_sequence('{name}', 'id'), {number})" for name, number in last.items())
    return f"SELECT {', '.join(counters)}"


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with municipalities and plans, as opening one for the first time makes it."""
    fill(store)
    return store


@pytest.fixture
def take(filled: Store, reader: Reader) -> Take:
    """Takes raw mails in, as one batch."""

    def run(*raws: bytes, today: date = date(2021, 6, 8)) -> None:
        context = ReadingContext(today=today)
        with filled.write() as session:
            rows = [session.get_one(Raw, put.id) for put in put_raws(session, raws, today)]
            read = [(row, read_mail(raw, reader, context)) for row, raw in zip(rows, raws, strict=True)]
            unique = list({row.id: (row, mail) for row, mail in read}.values())
            take_in(session, unique, IntakeContext(OURS, today))

    return run
