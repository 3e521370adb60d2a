"""What a driver raises, as errors of the store."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.errors import (
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreOutdated,
    StoreReadOnly,
    StoreRefused,
    StoreUnreachable,
)
from db.migrations import HEAD

# primary result codes: https://www.sqlite.org/rescode.html
_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
    sqlite3.SQLITE_IOERR: StoreUnreachable,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachable,
    sqlite3.SQLITE_CONSTRAINT: StoreConflict,
}

# SQLSTATE, the longest prefix counts: https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRESQL: dict[str, type[StoreError]] = {
    "08": StoreUnreachable,
    "23": StoreConflict,
    "25006": StoreReadOnly,
    "28": StoreRefused,
    "3D000": StoreMissing,
    "40": StoreLocked,
    "42501": StoreReadOnly,
    "53": StoreUnreachable,
    "53100": StoreFull,
    "55P03": StoreLocked,
    "57014": StoreLocked,
    "57P": StoreUnreachable,
    "58": StoreUnreachable,
    "XX": StoreDamaged,
}
# libpq gives no SQLSTATE for a connection that fails, only the server's sentence
_CONNECTING: tuple[tuple[re.Pattern[str], type[StoreError]], ...] = (
    (
        re.compile(r"authentication failed|no password supplied|no pg_hba|role .* does not exist"),
        StoreRefused,
    ),
    (re.compile(r"database .* does not exist"), StoreMissing),
)
_NO_TABLE = re.compile(r"no such (?:table|column)|has no column named")
_LONGEST = 300


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Errors of the driver leave as `StoreError`s; any other as it is. `url` must be safe to show."""
    try:
        yield
    except DBAPIError as error:
        raise store_error(url, error.orig) from error
    except sqlite3.Error as error:
        raise store_error(url, error) from error
    except PoolTimeout as error:
        raise StoreLocked(url, "all connections of this process are in use") from error


def store_error(url: str, error: BaseException | None) -> StoreError:
    """The error of the store that a driver's error means."""
    reason = _first_line(error)
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(url, error, reason)
    return _from_postgresql(url, error, reason)


def _from_sqlite(url: str, error: sqlite3.Error, reason: str) -> StoreError:
    if _NO_TABLE.search(reason):
        return _outdated(url, reason)
    code: int = getattr(error, "sqlite_errorcode", None) or 0
    return _SQLITE.get(code & 0xFF, StoreError)(url, reason)


def _from_postgresql(url: str, error: Any, reason: str) -> StoreError:
    state: str = getattr(error, "sqlstate", None) or ""
    if state in {"42P01", "42703"}:
        return _outdated(url, reason)
    for length in (5, 3, 2):
        if found := _POSTGRESQL.get(state[:length]):
            return found(url, reason)
    if type(error).__name__ not in {"OperationalError", "ConnectionTimeout"}:
        return StoreError(url, reason)
    for pattern, kind in _CONNECTING:
        if pattern.search(str(error)):
            return kind(url, reason)
    return StoreUnreachable(url, reason)


def _outdated(url: str, reason: str) -> StoreError:
    """A table or column is missing, whatever the revision says."""
    error = StoreOutdated(url, None, HEAD)
    error.reason = reason
    return error


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].strip()[:_LONGEST]
