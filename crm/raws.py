"""Raw mail in the store: the exact bytes, by SHA-256."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from isal import isal_zlib
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.lookup import chunks
from db.bulk import insert_rows
from db.rowids import take_ids
from db.schema import Raw

ERASED = "erased"  # the status of a raw of which the hash alone is left
_LEVEL = 1  # ISA-L: as small as zlib's 6 in a seventh of the time; higher levels save next to nothing


class Packed(NamedTuple):
    """A raw as its row holds it. It is made before the store is locked: packing takes longer than writing."""

    sha256: str
    size: int
    content: bytes

    @classmethod
    def of(cls, raw: bytes) -> "Packed":
        return cls(hashlib.sha256(raw).hexdigest(), len(raw), pack(raw))


class Put(NamedTuple):
    """The id of a raw, and whether it is new to the store."""

    id: int
    new: bool


def pack(raw: bytes) -> bytes:
    """Bytes as `Raw.content` keeps them: a zlib stream."""
    return isal_zlib.compress(raw, _LEVEL)


def unpack(row: Raw) -> bytes:
    """The exact bytes of a raw; none of one that was erased, be it just now."""
    return unpacked(row.content)


def unpacked(content: bytes) -> bytes:
    """The bytes that `pack` packed."""
    return isal_zlib.decompress(content) if content else b""


def put_raws(session: Session, mails: Iterable[bytes], today: date) -> list[Put]:
    """Stores what is not there yet; a row for each mail, in order. Three statements, whatever their number."""
    return put_packed(session, [Packed.of(raw) for raw in mails], today)


def put_packed(session: Session, mails: Sequence[Packed], today: date) -> list[Put]:
    """The same with what is packed already."""
    ids = _known(session, {mail.sha256 for mail in mails})
    fresh = {mail.sha256: mail for mail in mails if mail.sha256 not in ids}
    ids.update(zip(fresh, take_ids(session, Raw, len(fresh)), strict=True))
    insert_rows(
        session,
        Raw,
        [{"id": ids[digest], **mail._asdict(), "taken_in_on": today} for digest, mail in fresh.items()],
    )
    return [Put(ids[mail.sha256], fresh.pop(mail.sha256, None) is not None) for mail in mails]


def _known(session: Session, hashes: Iterable[str]) -> dict[str, int]:
    found = select(Raw.sha256, Raw.id)
    return {
        digest: number
        for part in chunks(hashes)
        for digest, number in session.execute(found.where(Raw.sha256.in_(part)))
    }
