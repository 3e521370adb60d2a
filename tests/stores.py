"""Stores for the tests: every test that asks for `store` or `store_url` runs on SQLite and on a real PostgreSQL.

PostgreSQL is a throw-away cluster of our own, one for each worker; `ATERKOM_TEST_POSTGRESQL` names a server to use
instead (its role must be allowed to create databases). Where there is none the tests are skipped, saying how to
get it, or fail if `ATERKOM_TEST_REQUIRE` names postgresql.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from db.migrations import HEAD
from db.schema import Base
from db.store import Store, open_store

_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_FILLED = " UNION ALL ".join(
    f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")"  # noqa: S608 (names of our own)
    for name in Base.metadata.tables
).encode()
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "jit=off")


def _programs() -> Path | None:
    """The newest of Debian's versions, else what PATH has."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def _as_nobody_special() -> list[str]:
    """PostgreSQL refuses to run as root; the signal ends it if this process is killed."""
    prefix = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
    if os.geteuid() == 0:
        user = _user()
        prefix += ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    return prefix


def _user() -> pwd.struct_passwd:
    """Debian's package makes the user postgres."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


@contextmanager
def _cluster(programs: Path) -> Iterator[URL]:
    """A cluster on a Unix socket in a folder of its own (socket paths are short: not under tmp_path)."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        data = str(folder / "data")
        if os.geteuid() == 0:
            os.chown(folder, _user().pw_uid, _user().pw_gid)
        run = _as_nobody_special()
        create = [*run, str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N"]
        create += ["-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(create, check=True, capture_output=True, cwd=folder)
        options = [argument for setting in _SETTINGS for argument in ("-c", setting)]
        command = [*run, str(programs / "postgres"), "-D", data, "-k", name, *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder) as server:
            try:
                rest = _wait_until_ready(server)
                yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": name})
            finally:
                server.send_signal(signal.SIGINT)  # a fast shutdown: open connections are cut
                server.wait(30)
            rest.join(30)  # before its pipe is closed under it


def _wait_until_ready(server: subprocess.Popen[str]) -> threading.Thread:
    """Read its log up to the line that says so; the thread that it gives reads on, that the pipe never fills."""
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if "ready to accept connections" in line:
            rest = threading.Thread(target=deque, args=(server.stderr, 0), daemon=True)
            rest.start()
            return rest
    raise AssertionError("".join(said))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A server that gives out databases; the URL of one to connect to first."""
    given = os.environ.get("ATERKOM_TEST_POSTGRESQL")
    if given:
        yield make_url(given)
        return
    programs = _programs()
    from tests.servers import require  # it loads the IMAP client: not for every test

    require("postgresql", found=programs is not None)
    assert programs is not None
    with _cluster(programs) as url:
        yield url


def _admin(url: URL, statement: str) -> None:
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(dsn, autocommit=True)) as connection:
        connection.execute(statement.encode())


@contextmanager
def _database(server: URL) -> Iterator[URL]:
    name = f"aterkom_{uuid4().hex}"
    _admin(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield server.set(database=name)
    finally:
        _admin(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _postgresql_store(postgresql: URL) -> Iterator["_Emptied"]:
    """One migrated database for all tests of a worker; making one for each costs half a second."""
    with _database(postgresql) as url:
        open_store(url.render_as_string(hide_password=False), upgrade=True).close()
        with closing(_Emptied(url)) as emptied:
            yield emptied


class _Emptied:
    """A database without rows, ids counted from 1 again, and without what an earlier test has left open.

    Over one connection: a new one has to learn all tables anew, and most have no rows.
    """

    def __init__(self, url: URL) -> None:
        self._shown = url.render_as_string(hide_password=False)
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = self._connected()

    def close(self) -> None:
        self._connection.close()

    def url(self) -> str:
        """Where it is, as soon as it is empty."""
        try:
            self._empty()
        except psycopg.OperationalError:  # the test before has ended all connections
            self._connection.close()
            self._connection = self._connected()
            self._empty()
        return self._shown

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(self._dsn, autocommit=True, prepare_threshold=1)

    def _empty(self) -> None:
        self._connection.execute(_END_OTHERS)
        filled = {name for (name,) in self._connection.execute(_FILLED)}
        tables = [table.name for table in reversed(Base.metadata.sorted_tables) if table.name in filled]
        statements = [
            *(f'DELETE FROM "{name}"' for name in tables),  # noqa: S608 (names of our own)
            f"UPDATE alembic_version SET version_num = '{HEAD}'",  # noqa: S608 (a constant)
            "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'",
        ]
        self._connection.execute("; ".join(statements).encode())


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "store.db"
    open_store(f"sqlite:///{path}").close()
    return path


STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=STORES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a store without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with _database(request.getfixturevalue("postgresql")) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a store of the newest revision, without rows; who changes its tables asks for `empty_url`."""
    if request.param == "sqlite":
        yield _copied(request, tmp_path)
        return
    yield request.getfixturevalue("_postgresql_store").url()


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> str:
    """The same on PostgreSQL, for what only a server can do."""
    emptied: _Emptied = request.getfixturevalue("_postgresql_store")
    return emptied.url()


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a SQLite store of the newest revision, for what only a file can do."""
    return _copied(request, tmp_path)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store of the newest revision, without rows."""
    with open_store(store_url) as opened:
        yield opened


def _copied(request: pytest.FixtureRequest, folder: Path) -> str:
    path = folder / "store.db"
    shutil.copy(request.getfixturevalue("_sqlite_template"), path)
    path.chmod(0o600)
    return f"sqlite:///{path}"
