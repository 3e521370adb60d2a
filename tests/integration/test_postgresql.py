"""What only a server can do: be away, refuse, be empty."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text

from db.backup import backup, restore
from db.errors import (
    DriverMissing,
    StoreError,
    StoreMissing,
    StoreOutdated,
    StoreRefused,
    StoreUnreachable,
)
from db.schema import Person
from db.store import Store, open_store
from db.upgrade import config

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(postgresql: URL) -> URL:
    return postgresql.set(password="hemlig")


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def test_an_empty_database_is_not_filled_unasked(url: URL) -> None:
    with pytest.raises(StoreOutdated) as caught:
        open_store(_shown(url.set(database="template1")))
    assert caught.value.found is None
    assert "no tables" in str(caught.value)


def test_no_such_database(url: URL) -> None:
    with pytest.raises(StoreMissing) as caught:
        open_store(_shown(url.set(database="finnsinte")))
    assert "hemlig" not in str(caught.value)


def test_no_such_user(url: URL) -> None:
    with pytest.raises(StoreRefused) as caught:
        open_store(_shown(url.set(username="finnsinte")))
    assert caught.value.exit_code == 3


def test_a_server_that_is_away(tmp_path: Path) -> None:
    away = URL.create("postgresql+psycopg", "a", "hemlig", database="a", query={"host": str(tmp_path)})
    with pytest.raises(StoreUnreachable) as caught:
        open_store(_shown(away))
    assert caught.value.exit_code == 5
    assert "hemlig" not in str(caught.value)


def test_a_connection_that_was_cut_is_an_error_once(empty_postgresql: Store) -> None:
    with pytest.raises(StoreUnreachable), empty_postgresql.write() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with empty_postgresql.write() as session:
        session.add(Person(name="Åsa"))
    with empty_postgresql.read() as session:
        assert session.scalar(text("SELECT name FROM person")) == "Åsa"


@pytest.fixture
def empty_postgresql(postgresql_url: str) -> Iterator[Store]:
    with open_store(postgresql_url) as store:
        yield store


def test_time_is_utc(empty_postgresql: Store) -> None:
    with empty_postgresql.read() as session:
        assert session.scalar(text("SHOW timezone")) == "UTC"
        assert session.scalar(text("SHOW lock_timeout")) == "10s"


def test_backup_names_the_servers_own_tool(empty_postgresql: Store, tmp_path: Path, url: URL) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        backup(empty_postgresql, tmp_path / "copy")
    with pytest.raises(StoreError, match="pg_restore") as caught:
        restore(tmp_path / "copy", _shown(url))
    assert "hemlig" not in str(caught.value)


_WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None
from db.store import open_store
from db.errors import DriverMissing
try:
    open_store("postgresql://asa:hemlig@db.example/a")
except DriverMissing as error:
    print(error.exit_code, error)
"""


def test_a_missing_driver_is_named() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _WITHOUT_DRIVER], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith(f"{DriverMissing.exit_code} ")
    assert "psycopg" in said
    assert "hemlig" not in said


def test_the_revisions_are_in_the_package() -> None:
    folder = Path(config().get_main_option("script_location") or "")
    assert {"env.py", "script.py.mako", "versions"} <= {path.name for path in folder.iterdir()}
    assert make_url("postgresql+psycopg://a/b").get_backend_name() == "postgresql"
