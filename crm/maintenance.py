"""Looking after the store: backup, restore and check."""

from collections.abc import Callable
from pathlib import Path

from db import backup as backups
from db.check import Problem
from db.check import check as check_store
from db.store import Store
from ingest.files import PathMissing

__all__ = ["Problem", "backup", "check", "restore"]


def backup(store: Store, file: Path) -> None:
    """A verified copy of the store, made while it is in use. Raises PathMissing and StoreErrors."""
    if not file.absolute().parent.is_dir():
        raise PathMissing(str(file.parent))
    backups.backup(store, file)


def restore(file: Path, url: str) -> Path | None:
    """Puts a copy in the place of the store; gives where the old one was set aside.

    Raises PathMissing and StoreErrors.
    """
    if not file.exists():
        raise PathMissing(str(file))
    return backups.restore(file, url)


def check(store: Store, *, full: bool, progress: Callable[[int, int], None] | None = None) -> list[Problem]:
    """What is wrong with the store; `full` hashes every raw again."""
    return check_store(store, full=full, progress=progress)
