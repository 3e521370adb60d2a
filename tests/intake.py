"""Taking mail into a store: the fixtures of the tests that tell stories in mails."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

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


def fill(store: Store) -> None:
    """Puts in what `crm.bootstrap.fill` writes into an empty store (`test_intake` compares them)."""
    with store.write() as session:
        for table, rows in _facts():
            session.execute(insert(table), rows)
            if (
                not store.is_sqlite and "id" in table.c
            ):  # PostgreSQL counts on from what it has given out itself
                counter = func.pg_get_serial_sequence(table.name, "id")
                session.execute(select(func.setval(counter, max(row["id"] for row in rows))))


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
