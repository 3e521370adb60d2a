"""Locks with a name, one holder each among all programs that use a store; the system takes one from a holder that dies.

SQLite: a file beside the store's own, wherever the holder's /tmp or runtime folder is. PostgreSQL: an advisory lock
of a session (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS), each database has its own.
"""

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from db.engine import LOCK
from db.errors import StoreError, StoreFull, StoreReadOnly, StoreUnreachable
from db.translate import translated

_POLL = 0.1
_ERRORS: dict[int | None, type[StoreError]] = {
    errno.EACCES: StoreReadOnly,
    errno.EPERM: StoreReadOnly,
    errno.EROFS: StoreReadOnly,
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
}


@contextmanager
def file_lock(store: Path, url: str, name: str, timeout: float) -> Iterator[bool]:
    """Whether the lock `name` of a SQLite store was had within `timeout` seconds; it is held until the end.

    The file stays: one that is deleted may be locked by two. Raises StoreErrors where it cannot be made.
    """
    with _refusals(url):
        flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(lock_path(store, name), flags, 0o600)
    try:
        with _refusals(url):
            held = _within(timeout, lambda: _try_file(descriptor))
        yield held
    finally:
        os.close(descriptor)


@contextmanager
def _refusals(url: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = _ERRORS.get(error.errno, StoreUnreachable)
        raise kind(url, error.strerror or str(error)) from error


def lock_path(store: Path, name: str) -> Path:
    """`<file>.<hash of the name>.lock` beside the store's file, the same by whatever path it is named."""
    file = Path(os.path.realpath(store))
    return file.with_name(f"{file.name}.{sha256(name.encode()).hexdigest()[:16]}.lock")


def _try_file(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def session_lock(engine: Engine, url: str, name: str, timeout: float) -> Iterator[bool]:
    """The same for PostgreSQL, on a connection of its own: one that ends, however it does, takes the lock with it."""
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    attempt = select(func.pg_try_advisory_lock(key))
    # A holder whose machine has lost its power says nothing: the server finds out in two minutes, not in two hours.
    alive = "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 6"
    held = False
    with translated(url):
        connection = engine.execution_options(**LOCK).connect()
    try:
        with translated(url):
            connection.detach()
            connection.exec_driver_sql(alive)
            held = _within(timeout, lambda: bool(connection.scalar(attempt)))
        yield held
    finally:
        if held:
            _give_back(connection, key)
        connection.close()


def _give_back(connection: Connection, key: int) -> None:
    """Unlocks at once: the server notices only after a while that a connection was closed."""
    try:
        connection.execute(select(func.pg_advisory_unlock(key)))
    except DBAPIError:
        connection.invalidate()  # a connection that is lost holds nothing any more


def _within(timeout: float, attempt: Callable[[], bool]) -> bool:
    until = time.monotonic() + timeout
    while not attempt():
        if time.monotonic() >= until:
            return False
        time.sleep(_POLL)
    return True
