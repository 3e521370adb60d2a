"""Which raws wait to be read, and which to be made searchable.

It is asked by every sync, also by the many that find nothing new: it loads neither reading nor indexing.
"""

import os
import socket
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, func, literal_column, select, update

from crm.raws import ERASED
from db.schema import Raw
from db.store import Store

# A raw that an older reader read is read again; raise it with every change of what reading finds.
READER_VERSION = 12

# A raw that an older indexer indexed, and nobody has read, is indexed again.
INDEX_VERSION = 1


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a run of reading came to; `bad` are the raws it could not read."""

    read: int = 0
    quarantined: int = 0
    bad: frozenset[int] = frozenset()


def unread() -> ColumnElement[bool]:
    """The condition of a raw that this version of the reader has not read."""
    return Raw.reader_version < READER_VERSION


def unindexed() -> ColumnElement[bool]:
    """The condition of a raw that nobody has read, nor this version of the indexer indexed.

    The sign keeps SQLite from walking through all that nobody has read, where hardly any is not indexed.
    """
    unread_at_all = literal_column("+raw.reader_version", Integer) == 0
    return and_(Raw.index_version < INDEX_VERSION, unread_at_all, Raw.status == "unread")


def count(store: Store, waits: ColumnElement[bool]) -> int:
    """How many raws meet the condition."""
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Raw).where(waits)) or 0


def forget_reading(store: Store) -> None:
    """Marks every raw as unread, so that the next run reads all of them again."""
    with store.write() as session:
        session.execute(update(Raw).where(Raw.status != ERASED).values(reader_version=0))


def claimant() -> str:
    """Who claims what waits, for all to see: this machine and process."""
    return f"{_here()}{os.getpid()}"


def free_the_dead(store: Store) -> None:
    """What a process of this machine had claimed when it was killed is unread, whatever its lease says."""
    with store.write() as session:
        claimed = select(Raw.claimed_by).where(unread(), Raw.claimed_by.startswith(_here())).distinct()
        dead = [name for name in session.scalars(claimed) if name and not _alive(name)]
        if dead:
            freed = update(Raw).where(unread(), Raw.claimed_by.in_(dead))
            session.execute(freed.values(claimed_by=None, claimed_until=None))


def _here() -> str:
    return f"{socket.gethostname()}:"


def _alive(name: str) -> bool:
    try:
        os.kill(int(name.removeprefix(_here())), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
