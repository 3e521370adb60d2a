"""Engines for the two kinds of store, each with its transactions set up.

A transaction is opened for reading or for writing (`MODE`). On SQLite a writer takes its lock at once
(`BEGIN IMMEDIATE`): a deferred one that writes after it has read fails where another wrote in between,
however long it would wait. On PostgreSQL a writer takes one advisory lock, so that both stores have one writer.
"""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

import db.jsontext
from db.errors import DriverMissing, StoreMissing, StoreUnreachable, StoreUrlError

MODE = "aterkom_mode"
READ = {MODE: "read"}
WRITE = {MODE: "write"}
LOCK = {MODE: "lock", "isolation_level": "AUTOCOMMIT"}  # PostgreSQL: a session that sits in no transaction

ADVISORY_LOCK = 0x61746572  # "ater"; one writer for each database
_SECRET_QUERIES = ("password", "sslpassword", "passfile", "options")
_CONNECT_SECONDS = 10


def parse(url: str) -> URL:
    """The URL of a store; `StoreUrlError` for any other. No error repeats the text: it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreUrlError("…", "not a URL: sqlite:///FILE or postgresql+psycopg://…") from error
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"} and parsed.database not in {None, "", ":memory:"}:
        return parsed.set(drivername="sqlite")
    raise StoreUrlError(safe(parsed), "neither sqlite:///FILE nor postgresql+psycopg://…")


def safe(url: URL) -> str:
    """The URL as it may be shown: without its password, wherever that stands."""
    if is_sqlite(url):
        return f"sqlite:///{url.database}"
    shown = url.difference_update_query(_SECRET_QUERIES)
    return shown.render_as_string(hide_password=True)


def is_sqlite(url: URL) -> bool:
    return url.drivername == "sqlite"


def path_of(url: URL) -> Path:
    """The file of a SQLite store."""
    return Path(url.database or "")


CACHE = 32_000


def make_engine(url: URL, *, read_only: bool, lock_timeout: float, cache: int = CACHE) -> Engine:
    """An engine for a store that exists; nothing is opened before its first use.

    `lock_timeout` in seconds; `cache`: kilobytes of SQLite's pages that each connection keeps.
    """
    if is_sqlite(url):
        return _sqlite(url, read_only=read_only, lock_timeout=lock_timeout, cache=cache)
    return _postgresql(url, read_only=read_only, lock_timeout=lock_timeout)


def create_file(url: URL) -> bool:
    """Make the file of a SQLite store, for its owner alone; whether it was missing."""
    path = path_of(url)
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.is_file():
            return False
        raise StoreUnreachable(safe(url), "not a file") from None
    except OSError as error:
        raise StoreUnreachable(safe(url), error.strerror or str(error)) from error
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each for its owner alone."""
    for missing in reversed([parent for parent in (folder, *folder.parents) if not parent.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _sqlite(url: URL, *, read_only: bool, lock_timeout: float, cache: int) -> Engine:
    path = path_of(url)
    if not path.exists():
        raise StoreMissing(safe(url), "no such file")
    mode = "ro" if read_only or not _writable(path) else "rw"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not _writable(path.parent) and not Path(f"{path}-wal").exists():
        uri += "&immutable=1"  # SQLite may not lay its -shm beside it, and needs none: nobody writes

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=lock_timeout, isolation_level=None, check_same_thread=False
        )
        try:
            _set_up(connection, write=mode == "rw", cache=cache)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, json_serializer=db.jsontext.dumps
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _set_up(connection: sqlite3.Connection, *, write: bool, cache: int) -> None:
    """FULL: a decision that was confirmed survives a power cut; a batch of 500 costs one fsync."""
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",
        "secure_delete = ON",
        "temp_store = MEMORY",  # no sentence of a mail in a temporary file
        f"cache_size = -{cache}",  # what a batch changes is written once
        "wal_autocheckpoint = 4000",  # pages: batches change the same ones, which are then copied once
    ):
        connection.execute(f"PRAGMA {pragma}")
    if write and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal" and _is_ours(connection):
        connection.execute("PRAGMA journal_mode = WAL")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Empty, or with our tables: another program's file is refused without a byte of it being changed."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not names or "alembic_version" in names


def _begin_sqlite(connection: Connection) -> None:
    """SQLAlchemy's recipe for pysqlite: the driver begins nothing by itself, we say how."""
    write = connection.get_execution_options().get(MODE) == "write"
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgresql(url: URL, *, read_only: bool, lock_timeout: float) -> Engine:
    milliseconds = max(1, round(lock_timeout * 1000))  # 0 would mean: for ever
    given = url.query.get("options", "")
    options = f"{given} -c lock_timeout={milliseconds} -c timezone=UTC".lstrip()
    if read_only:
        options += " -c default_transaction_read_only=on"
    try:
        engine = create_engine(
            url.difference_update_query(["options"]),
            connect_args={
                "options": options,
                "connect_timeout": _CONNECT_SECONDS,
                "application_name": "aterkom",
            },
            pool_pre_ping=True,
            json_serializer=db.jsontext.dumps,
        )
    except ModuleNotFoundError as error:
        raise DriverMissing(safe(url), "psycopg is not installed (the extra: postgres)") from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    mode = connection.get_execution_options().get(MODE)
    if mode == "write":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
    elif mode != "lock":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
