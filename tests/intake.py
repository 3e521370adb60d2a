"""Taking mail into a store: the fixtures of the tests that tell stories in mails."""

from collections.abc import Callable
from datetime import date

import pytest

from crm.bootstrap import fill
from crm.direction import Own
from crm.intake import IntakeContext, take_in
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext
from db.schema import Raw
from db.store import Store
from nlp.reader import Reader

OURS = Own.of(["statenssc.se"])
Take = Callable[..., None]


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader; it takes a second to build."""
    return Reader()


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
