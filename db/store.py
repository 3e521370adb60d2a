"""The store: one place to read from and write to, on SQLite or PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Self

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.orm import Session

from db import engine as engines
from db import locking
from db.errors import StoreDamaged, StoreError, StoreNewer, StoreOutdated
from db.migrations import HEAD, REVISIONS
from db.translate import translated

LOCK_TIMEOUT = 10.0
_VERSION_TABLE = "alembic_version"


class Store:
    """An open store; `open_store` makes one. Safe to use from several threads."""

    def __init__(self, parsed: URL, engine: Engine) -> None:
        self.url = engines.safe(parsed)
        self.parsed = parsed
        self._engine = engine
        self._reader = engine.execution_options(**engines.READ)
        self._writer = engine.execution_options(**engines.WRITE)
        # The threads of a process take turns here: SQLite would have them try again and again, and some never get it.
        self._turn = threading.RLock()

    def __repr__(self) -> str:
        return f"Store({self.url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The engine underneath, for backup, migrations and tests."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return engines.is_sqlite(self.parsed)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store and cannot change it."""
        with translated(self.url), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose transaction commits at the end, or on any error leaves nothing behind.

        One writer at a time: a second waits `lock_timeout` seconds, then `StoreLocked`. The lock is taken
        at once, so that nothing is decided on a state that another is just changing.
        """
        with (
            self._turn,
            translated(self.url),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()
            yield session

    def lock(self, name: str, timeout: float) -> AbstractContextManager[bool]:
        """Holds the lock `name` of this store, among all programs; False if `timeout` seconds did not get it.

        It keeps nobody from reading or writing. Raises StoreErrors.
        """
        if self.is_sqlite:
            return locking.file_lock(engines.path_of(self.parsed), self.url, name, timeout)
        return locking.session_lock(self._engine, self.url, name, timeout)

    def close(self) -> None:
        """Give back every connection; the store can't be used afterwards."""
        with translated(self.url):
            self._engine.dispose()

    def version(self) -> str | None:
        """Its revision; None for one without tables. `StoreDamaged` if its tables are not ours."""
        with translated(self.url), self._reader.begin() as connection:
            return _version(connection, self.url)

    def upgrade(self) -> None:
        """Run the migrations to the newest revision, in one transaction; a second program waits for it."""
        from db.upgrade import run_migrations

        with translated(self.url), self._writer.begin() as connection:
            found = _version(connection, self.url)
            _refuse_newer(self.url, found)
            if found != HEAD:
                run_migrations(connection)


def open_store(
    url: str,
    *,
    read_only: bool = False,
    lock_timeout: float = LOCK_TIMEOUT,
    upgrade: bool = False,
    cache: int = engines.CACHE,
) -> Store:
    """Open a store of this program's revision; `cache` in kilobytes for each connection to a SQLite file.

    A SQLite store that is missing or empty is made, unless `read_only`. Any other that is not of this
    revision is refused: `StoreNewer`, or without `upgrade` `StoreOutdated`.
    """
    parsed = engines.parse(url)
    if engines.is_sqlite(parsed) and not read_only:
        engines.create_file(parsed)
    engine = engines.make_engine(parsed, read_only=read_only, lock_timeout=lock_timeout, cache=cache)
    store = Store(parsed, engine)
    try:
        _bring_up(store, upgrade=upgrade, create=store.is_sqlite and not read_only)
    except BaseException:
        engine.dispose()
        raise
    return store


def _bring_up(store: Store, *, upgrade: bool, create: bool) -> None:
    found = store.version()
    _refuse_newer(store.url, found)
    if found == HEAD:
        return
    if not upgrade and not (found is None and create):
        raise StoreOutdated(store.url, found, HEAD)
    store.upgrade()


def _refuse_newer(url: str, found: str | None) -> None:
    if found is not None and found not in REVISIONS:
        raise StoreNewer(url, found, HEAD)


def _version(connection: Connection, url: str) -> str | None:
    names = set(inspect(connection).get_table_names())
    if _VERSION_TABLE in names:
        found: str | None = connection.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}"))  # noqa: S608 (a constant)
        return found
    if names:
        raise StoreDamaged(url, "it has tables, but none of this program")
    return None


__all__ = ["LOCK_TIMEOUT", "Store", "StoreError", "open_store"]
