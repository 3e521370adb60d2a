"""The store as it is, without making, upgrading or changing it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.settings import Settings
from db import engine as engines
from db.store import Store, open_store


def store_file(settings: Settings) -> Path | None:
    """The file of a SQLite store; None for PostgreSQL. Raises StoreUrlError."""
    parsed = engines.parse(settings.database_url)
    return engines.path_of(parsed) if engines.is_sqlite(parsed) else None


@contextmanager
def looked_at(settings: Settings) -> Iterator[Store]:
    """Opened to be read. Raises StoreErrors."""
    with open_store(settings.database_url, read_only=True) as store:
        yield store
