"""Whether a store holds together."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.errors import StoreDamaged
from db.migrations import HEAD
from db.schema.mail import Raw
from db.store import Store

Progress = Callable[[int, int], None]

_MOST = 100  # problems of one kind; more say nothing new


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is version, page, link, index or raw; `where` the row or table, `detail` what is wrong with it."""

    kind: str
    where: str
    detail: str


def check(store: Store, *, full: bool = False, progress: Progress | None = None) -> list[Problem]:
    """What is wrong with a store; nothing found is an empty list.

    Quick: version, pages (SQLite), links, and whether every message is in the index. `full` also reads every
    index and unpacks and hashes every raw mail, and calls `progress(done, total)` after each.
    """
    found = store.version()
    if found != HEAD:
        return [Problem("version", "alembic_version", f"revision {found}, this program has {HEAD}")]
    problems: list[Problem] = []
    try:
        with store.read() as session:
            problems += _sqlite(session, full=full) if store.is_sqlite else []
            problems += _index(session)
            problems += _raws(session, progress) if full else []
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
    """A row of the index without its message, on SQLite, which has no foreign key there."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    lost = text(
        "SELECT id FROM message_text_docsize WHERE id NOT IN (SELECT id FROM message) LIMIT :most"
    ).bindparams(most=_MOST)
    return [
        Problem("index", f"message_text {row}", "a message that is not there")
        for row in session.scalars(lost)
    ]


def _raws(session: Session, progress: Progress | None) -> list[Problem]:
    """One at a time by id: a page of large mails would not fit the memory of a small machine."""
    total = session.scalar(select(func.count()).select_from(Raw)) or 0
    problems: list[Problem] = []
    last = 0
    for done in range(1, total + 1):
        row = session.execute(
            select(Raw.id, Raw.sha256, Raw.size, Raw.codec, Raw.content)
            .where(Raw.id > last)
            .order_by(Raw.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            break
        last = row.id
        detail = _wrong(row.codec, row.content, row.size, row.sha256)
        if detail is not None:
            problems.append(Problem("raw", row.sha256, detail))
        if progress is not None:
            progress(done, total)
    return problems


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
