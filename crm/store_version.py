"""Whether anybody has changed the store: asked every second, answered without reading a table."""

from threading import Lock

from sqlalchemy import Connection

from db.store import Store
from db.translate import translated

_SQLITE = "PRAGMA data_version"  # of a connection that writes nothing itself: every commit of another counts
_POSTGRESQL = "SELECT CAST(pg_current_snapshot() AS text)"  # which transactions have ended


class Changes:
    """Holds one connection, since SQLite counts for each connection what the others have done. Safe from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._connection: Connection | None = None

    def version(self) -> str:
        """Another text after every commit to the store, by whatever program. Raises StoreErrors."""
        with self._lock, translated(self._store.url):
            if self._connection is None or self._connection.invalidated:
                self._connection = self._store.engine.connect()
            with self._connection.begin():
                asked = _SQLITE if self._store.is_sqlite else _POSTGRESQL
                return str(self._connection.exec_driver_sql(asked).scalar_one())

    def close(self) -> None:
        """Gives the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
