"""Raw mail in the store: the exact bytes, by SHA-256."""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crm.lookup import by_column
from db.schema import Raw


@dataclass(frozen=True, slots=True)
class Put:
    """The row of a raw, and whether it is new to the store."""

    raw: Raw
    new: bool


def pack(raw: bytes) -> bytes:
    """Bytes as `Raw.content` keeps them."""
    return zlib.compress(raw, 6)


def unpack(row: Raw) -> bytes:
    """The exact bytes of a raw."""
    return zlib.decompress(row.content)


def put_raws(session: Session, mails: Iterable[bytes], today: date) -> list[Put]:
    """Stores what is not there yet; gives a row for each, in order. Two queries, whatever their number."""
    hashes = [(hashlib.sha256(raw).hexdigest(), raw) for raw in mails]
    rows = by_column(session, Raw, Raw.sha256, {digest for digest, _ in hashes})
    puts = []
    for digest, raw in hashes:
        new = digest not in rows
        if new:
            rows[digest] = Raw(sha256=digest, size=len(raw), content=pack(raw), taken_in_on=today)
            session.add(rows[digest])
        puts.append(Put(rows[digest], new))
    session.flush()
    return puts
