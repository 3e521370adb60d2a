"""What the home view shows first comes from another process, and is what the store would have said; or the store says it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from crm.agenda_rows import AgendaQuery
from db.errors import StoreDamaged
from tui.backend import StoreBackend
from tui.backend_ahead import AheadBackend
from tui.cli.options import Options
from tui.first_look import AHEAD, FirstLook


@contextmanager
def looked_ahead(database: str) -> Iterator[tuple[AheadBackend, StoreBackend]]:
    options = Options(database=database, today=date(2021, 10, 18), user="anna")
    ahead, real = AheadBackend(options, FirstLook(options)), StoreBackend(options)
    yield ahead, real
    ahead.close()
    real.close()


def test_the_first_answers_are_those_of_the_store_and_the_next_look_asks_anew(tmp_path: Path) -> None:
    with looked_ahead(f"sqlite:///{tmp_path / 'a.sqlite'}") as (ahead, real):
        first, agenda = ahead.situation(), ahead.agenda(AgendaQuery())
        rows, news = ahead.agenda_page(agenda.ids[:3]), ahead.news(None)
        assert ahead.must_ask_who() is False
        assert ahead._opened is None  # this process has asked nothing yet
        assert agenda.ids
        assert (agenda, rows) == (real.agenda(AgendaQuery()), real.agenda_page(agenda.ids[:3]))
        assert (first.summary, news) == (real.situation().summary, real.news(None))
        assert first.version == AHEAD != ahead.version()
        assert ahead.situation().version == ahead.version()
        assert ahead.agenda(AgendaQuery(settled=True)) == real.agenda(AgendaQuery(settled=True))


def test_where_nothing_could_be_looked_up_the_screen_asks_and_says_why(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    file.write_bytes(b"not a database" * 100)
    with looked_ahead(f"sqlite:///{file}") as (ahead, _real), pytest.raises(StoreDamaged):
        ahead.situation()
