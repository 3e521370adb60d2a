"""Erased mails stay away: a tombstone knows a raw by its hash and a message by its key.

The row of an erased raw stays as well, empty, so that a sync and an import know the mail and do not keep it again.
Another copy of it, with other bytes, is known by its message key as soon as it is read or indexed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from crm.keys import message_key
from crm.lookup import among, asked_in_parts, by_column
from crm.raws import ERASED
from crm.readings import ReadMail
from db.schema import Raw, Tombstone

_NEVER = 2**31 - 1  # a version that no reader and no indexer exceeds: there is nothing left to read


@dataclass(frozen=True, slots=True)
class Burial:
    """Who erased, when, and by which disposal decision, if any."""

    at: datetime
    by: str
    decision: str | None = None


def empty(raw: Raw) -> None:
    """Takes away what a raw says; its hash and its places stay."""
    raw.content, raw.size, raw.status, raw.problems = b"", 0, ERASED, []
    raw.reader_version = raw.index_version = _NEVER
    raw.claimed_by = raw.claimed_until = None


def put_tombstones(
    session: Session, burial: Burial, *, raws: Collection[str], messages: Collection[str]
) -> None:
    """Notes hashes of raws and keys of messages, each once."""
    kinds = dict.fromkeys(messages, "message") | dict.fromkeys(raws, "raw")
    known = by_column(session, Tombstone, Tombstone.digest, kinds)
    rows = [
        {"digest": digest, "kind": kind, "at": burial.at, "by": burial.by, "decision": burial.decision}
        for digest, kind in kinds.items()
        if digest not in known
    ]
    if rows:
        session.execute(insert(Tombstone), rows)


def living(session: Session, mails: Sequence[tuple[Raw, ReadMail]]) -> list[tuple[Raw, ReadMail]]:
    """Those of a batch that nobody has erased; a copy of an erased mail is emptied and gets a tombstone of its own."""
    bury_copies(
        session,
        {raw.id: message_key(read.messages[0].chain, read.digest) for raw, read in mails if read.messages},
    )
    return [(raw, read) for raw, read in mails if raw.status != ERASED]


def bury_copies(session: Session, keys: Mapping[int, str]) -> set[int]:
    """Of raws and the keys of their messages, those that are copies of an erased mail: they are erased as well."""
    graves = _graves(session, keys)
    for number, grave in graves.items():
        raw = session.get_one(Raw, number)
        put_tombstones(
            session, Burial(datetime.now(UTC), grave.by, grave.decision), raws=[raw.sha256], messages=[]
        )
        empty(raw)
    return set(graves)


def _graves(session: Session, keys: Mapping[int, str]) -> dict[int, Tombstone]:
    found = {row.digest: row for (row,) in asked_in_parts(session, _asked_graves(), set(keys.values()))}
    return {number: found[key] for number, key in keys.items() if key in found}


@cache
def _asked_graves() -> Select[Tombstone]:
    return select(Tombstone).where(Tombstone.kind == "message", among(Tombstone.digest))
