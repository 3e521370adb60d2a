"""What was deleted, gone from the files as well: a full-text index keeps words in old segments, a log old pages."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from db.store import Store
from db.translate import translated

_OPTIMIZE = tuple(
    text(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 (constants)
    for index in ("message_text", "note_text", "name_text")
)


def forget_words(session: Session) -> None:
    """Rewrites the indexes without the words of deleted messages, notes and names, in the transaction that deletes them.

    Deleted rows themselves are overwritten with zeros as they go (`secure_delete`). PostgreSQL keeps old versions of
    rows and of its index until VACUUM.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.flush()
        for statement in _OPTIMIZE:
            session.execute(statement)


def empty_log(store: Store) -> bool | None:
    """Folds the write-ahead log in and empties it; False if another program kept it from that, within the lock timeout.

    None for PostgreSQL, whose log is kept as long as its administrator says.
    """
    if not store.is_sqlite:
        return None
    connection = store.engine.raw_connection()
    try:
        with translated(store.url):
            cursor = connection.cursor()
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
    finally:
        connection.close()
    return not busy
