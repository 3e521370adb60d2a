"""Looking after the store: backup, restore and check."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crm.backups import note
from crm.erasing import erase_again, graves_of
from db import backup as backups
from db.check import Problem
from db.check import check as check_store
from db.errors import StoreError, StoreReadOnly, StoreVersionError
from db.schema import Tombstone
from db.store import Store, open_store
from ingest.files import PathMissing

__all__ = ["Problem", "Restored", "backup", "check", "restore"]


def backup(store: Store, file: Path, *, by: str, now: datetime) -> None:
    """A verified copy of the store, made while it is in use, and noted in the log. Raises PathMissing, StoreErrors.

    A store that may only be read is copied as well; nobody can note it there.
    """
    if not file.absolute().parent.is_dir():
        raise PathMissing(str(file.parent))
    backups.backup(store, file)
    with suppress(StoreReadOnly), store.write() as session:
        note(session, file, by=by, now=now)


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the old store was set aside, and how many mails were erased again that the copy still held.

    `again` is None where the copy is of an older version and has to be upgraded before anything is erased.
    """

    aside: Path | None
    again: int | None


def restore(file: Path, url: str, *, by: str, now: datetime) -> Restored:
    """Puts a copy in the place of the store. What was erased since it was made does not come back with it.

    Raises PathMissing and StoreErrors.
    """
    if not file.exists():
        raise PathMissing(str(file))
    graves = _graves(url)
    aside = backups.restore(file, url)
    if not graves:
        return Restored(aside, 0)
    try:
        with open_store(url) as store:
            return Restored(aside, erase_again(store, graves, by=by, now=now))
    except StoreVersionError:
        return Restored(aside, None)


def _graves(url: str) -> list[Tombstone]:
    """What was erased from the store that is to be replaced; nothing can be known of one that does not open."""
    try:
        with open_store(url, read_only=True) as store:
            return graves_of(store)
    except StoreError:
        return []


def check(store: Store, *, full: bool, progress: Callable[[int, int], None] | None = None) -> list[Problem]:
    """What is wrong with the store; `full` hashes every raw again."""
    return check_store(store, full=full, progress=progress)
