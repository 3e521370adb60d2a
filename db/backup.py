"""A copy of a SQLite store while it is in use, verified before it has its name; and the way back."""

import errno
import glob
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from db import engine as engines
from db.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreReadOnly,
    StoreUnreachable,
)
from db.migrations import HEAD, REVISIONS
from db.store import Store
from db.translate import translated

_MAGIC = b"SQLite format 3\0"
_KINDS: dict[int, type[StoreError]] = {
    errno.ENOENT: StoreMissing,
    errno.EACCES: StoreReadOnly,
    errno.EPERM: StoreReadOnly,
    errno.EROFS: StoreReadOnly,
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EFBIG: StoreFull,
}
_ABANDONED = 24 * 3600  # seconds after which a half-made copy is nobody's any more


def backup(store: Store, file: Path) -> None:
    """Copy the store to `file`, mode 0600, which is replaced at the end if it is an older backup.

    `StoreError` for PostgreSQL, which brings its own tool; `StoreDamaged` if the copy does not hold together.
    """
    if not store.is_sqlite:
        raise StoreError(store.url, "a PostgreSQL store is backed up with pg_dump --format=custom")
    _refuse_target(store, file)
    with translated(str(file)), _os_errors(str(file)), _partial(file) as partial:
        with closing(sqlite3.connect(partial)) as target:
            _copy(store, target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
            _verify(target, str(file))
        _move(partial, file)


def restore(file: Path, url: str) -> Path | None:
    """Put a backup in the place of the SQLite store at `url`; where the old one lies now, if there was one.

    The backup is verified first. `StoreLocked` if another program has the old store open.
    """
    parsed = engines.parse(url)
    shown = engines.safe(parsed)
    if not engines.is_sqlite(parsed):
        raise StoreError(shown, "a PostgreSQL store is restored with pg_restore")
    _verify_file(file)
    target = engines.path_of(parsed)
    with translated(shown), _os_errors(shown):
        engines.make_folder(target.parent)
        with _partial(target) as partial:
            shutil.copyfile(file, partial)
            kept = _set_aside(target, shown) if target.exists() else None
            _move(partial, target)
    return kept


def _copy(store: Store, target: sqlite3.Connection) -> None:
    connection = store.engine.raw_connection()
    try:
        source = connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 (the store is SQLite)
        source.backup(target)
    finally:
        connection.close()


def _refuse_target(store: Store, file: Path) -> None:
    """Neither the store itself, nor another one in use, nor a file that is no copy of a store is overwritten."""
    if not file.exists():
        return
    if file.samefile(engines.path_of(store.parsed)):
        raise StoreError(str(file), "that is the store itself")
    if not _is_copy(file):
        raise StoreError(str(file), "there is a file that is no backup; it is not overwritten")


def _verify_file(file: Path) -> None:
    if not file.is_file():
        raise StoreMissing(str(file), "no such file")
    if not _is_database(file):
        raise StoreDamaged(str(file), "not a database")
    uri = f"file:{quote(str(file.absolute()))}?mode=ro"
    with translated(str(file)), closing(sqlite3.connect(uri, uri=True)) as connection:
        _verify(connection, str(file))


def _verify(connection: sqlite3.Connection, name: str) -> None:
    """Whole, of ours, and not of a newer version."""
    said = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    if said != ["ok"]:
        raise StoreDamaged(name, str(said[0]))
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StoreDamaged(name, "a link leads into nothing")
    has_version = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(has_version).fetchone() is None:
        raise StoreDamaged(name, "a database, but not a store of this program")
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is not None and found[0] not in REVISIONS:
        raise StoreNewer(name, found[0], HEAD)


def _set_aside(target: Path, shown: str) -> Path:
    """Rename the old store, with what belongs to it, after making sure that nobody is using it."""
    _alone(target, shown)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = target.with_name(f"{target.name}.before-{stamp}-{secrets.token_hex(2)}")
    Path(f"{target}-shm").unlink(missing_ok=True)  # an index of the log, which SQLite makes anew
    for suffix in ("-wal", ""):  # the file itself last: a half-done move leaves it with its name
        part = Path(f"{target}{suffix}")
        if part.exists():
            part.rename(f"{kept}{suffix}")
    return kept


def _alone(target: Path, shown: str) -> None:
    """Fold the write-ahead log in; a damaged store can't, and is moved as it is."""
    if not _is_database(target):
        return
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StoreLocked(shown, "another program has it open") from error


def _is_copy(file: Path) -> bool:
    """A store of ours that nobody uses: a copy keeps no write-ahead log, a store in use does."""
    if not _is_database(file):
        return False
    uri = f"file:{quote(str(file.absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.Error:
        return False
    return ours is not None and journal != "wal"


def _is_database(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


@contextmanager
def _partial(file: Path) -> Iterator[Path]:
    """A private file beside `file`, gone at the end unless it was moved; so are those of runs that were killed."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.{'[0-9a-f]' * 8}.part"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            left.unlink(missing_ok=True)
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _move(partial: Path, file: Path) -> None:
    """Written out to the disk first, then renamed, then the folder: a power cut leaves the old or the new."""
    for path in (partial, file.parent):
        if path == file.parent:
            partial.replace(file)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _os_errors(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = _KINDS.get(error.errno or 0, StoreUnreachable)
        raise kind(shown, error.strerror or str(error)) from error
