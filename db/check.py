"""Whether a store holds together."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.consistency import MOST as _MOST
from db.consistency import Problem, consistency
from db.errors import StoreDamaged, StoreReadOnly
from db.migrations import HEAD
from db.schema.mail import Raw
from db.store import Store

Progress = Callable[[int, int], None]

_ERASED = "erased"


def check(store: Store, *, full: bool = False, progress: Progress | None = None) -> list[Problem]:
    """What is wrong with a store; nothing found is an empty list.

    Quick: version, pages and links (SQLite; PostgreSQL keeps its own), whether the index holds every message and
    nothing else, whether threads count right and every mail that was read has its message. `full` also reads
    every index of SQLite to its end and unpacks and hashes every raw mail, and calls `progress(done, total)` after
    each.
    """
    found = store.version()
    if found != HEAD:
        return [Problem("version", "alembic_version", f"revision {found}, this program has {HEAD}")]
    problems: list[Problem] = []
    try:
        with store.read() as session:
            problems += _sqlite(session, full=full) if store.is_sqlite else []
            problems += _index(session)
            problems += consistency(session)
            problems += _raws(session, progress) if full else []
        problems += _words(store) if full else []
    except StoreDamaged as error:  # so damaged that the checks themselves can't go on
        problems.append(Problem("page", "", error.reason))
    return problems


def _sqlite(session: Session, *, full: bool) -> list[Problem]:
    pragma = "integrity_check" if full else "quick_check"
    said = session.scalars(text(f"PRAGMA {pragma}({_MOST})")).all()
    problems = [Problem("page", "", line) for line in said if line != "ok"]
    broken = session.execute(text("PRAGMA foreign_key_check")).fetchmany(_MOST)
    return problems + [
        Problem("link", f"{table} {row}", f"leads to a row of {parent} that is not there")
        for table, row, parent, _ in broken
    ]


def _index(session: Session) -> list[Problem]:
    """Rows of the indexes without what they index (SQLite, which has no foreign key there), and the other way round."""
    return [
        *_index_of(session, "message", "message_text", "true"),
        *_index_of(session, "note", "note_text", "NOT m.removed"),
    ]


def _index_of(session: Session, table: str, index: str, standing: str) -> list[Problem]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    rows, key = (f"{index}_docsize", "id") if sqlite else (index, f"{table}_id")
    lost = f"SELECT {key} FROM {rows} WHERE {key} NOT IN (SELECT id FROM {table}) LIMIT :most"  # noqa: S608 (constants)
    unheard = (
        f"SELECT m.id FROM {table} m LEFT JOIN {rows} i ON i.{key} = m.id "  # noqa: S608 (constants)
        f"WHERE i.{key} IS NULL AND {standing} LIMIT :most"
    )
    return [
        Problem("index", f"{index} {row}", detail)
        for statement, detail in (
            (lost, f"a {table} that is not there"),
            (unheard, f"missing: a search does not find the {table}"),
        )
        for row in session.scalars(text(statement).bindparams(most=_MOST))
    ]


def _words(store: Store) -> list[Problem]:
    """The index against the words that it was made of; SQLite wants to write for it, and changes nothing."""
    if store.is_sqlite:
        with suppress(StoreReadOnly), store.write() as session:
            for index in ("message_text", "name_text"):
                session.execute(text(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')"))  # noqa: S608 (constants)
    return []


def _raws(session: Session, progress: Progress | None) -> list[Problem]:
    """One at a time by id: a page of large mails would not fit the memory of a small machine."""
    total = session.scalar(select(func.count()).select_from(Raw)) or 0
    problems: list[Problem] = []
    last = 0
    for done in range(1, total + 1):
        row = session.execute(
            select(Raw.id, Raw.sha256, Raw.size, Raw.codec, Raw.status, Raw.content)
            .where(Raw.id > last)
            .order_by(Raw.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            break
        last = row.id
        detail = (
            _not_gone(row.content)
            if row.status == _ERASED
            else _wrong(row.codec, row.content, row.size, row.sha256)
        )
        if detail is not None:
            problems.append(Problem("raw", row.sha256, detail))
        if progress is not None:
            progress(done, total)
    return problems


def _not_gone(content: bytes) -> str | None:
    return "it was erased and has its content still" if content else None


def _wrong(codec: str, content: bytes, size: int, digest: str) -> str | None:
    """What is wrong with a packed mail. No more is unpacked than its size says."""
    if codec != "zlib":
        return f"packed in an unknown way: {codec}"
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(content, size + 1)
    except zlib.error as error:
        return f"cannot be unpacked: {error}"
    if len(data) != size or sha256(data).hexdigest() != digest:
        return "its bytes are not those that were stored"
    return None


__all__ = ["Problem", "check"]
