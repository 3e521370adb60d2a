"""The log of what was done: a chain over hashes of salted payloads, so that a payload can be erased.

What was changed, left out or put between afterwards breaks the chain. Newest events that were cut off do not: who
wants to see that as well keeps the last digest somewhere else, and asks whether it stands in the log still.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm.errors import NotFound
from db.schema import Audit, AuditPayload
from db.text import clean_json

_FIRST = "0" * 64
_AT_ONCE = 1_000

Fault = Literal["changed", "payload", "gap"]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An event; `payload` is None where what it was about has been erased."""

    id: int
    at: datetime
    actor: str
    action: str
    payload: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that does not hold.

    `changed`: time, person or action are not those that were recorded; `payload`: not what it was about;
    `gap`: what stood before it is gone, or something was put there.
    """

    id: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """The number of events, the digest of the last, those that do not hold, and whether a digest was among them."""

    events: int
    digest: str
    broken: tuple[Broken, ...]
    stands: bool


def record(session: Session, at: datetime, actor: str, action: str, payload: Mapping[str, Any]) -> None:
    """Appends one event. Runs in the caller's transaction, so that log and deed stand or fall together."""
    at = at.astimezone(UTC)  # the digest is of what the store gives back
    session.flush()
    previous = session.scalar(select(Audit.digest).order_by(Audit.id.desc()).limit(1)) or _FIRST
    salt = secrets.token_hex(16)
    told = clean_json(json.loads(json.dumps(payload, default=str)))
    inner = _inner(salt, told)
    event = Audit(
        at=at,
        actor=actor,
        action=action,
        payload_digest=inner,
        previous=previous,
        digest=_digest(previous, at.isoformat(), actor, action, inner),
    )
    session.add(event)
    session.flush()
    session.add(AuditPayload(audit_id=event.id, salt=salt, payload=told))


def list_events(session: Session, *, limit: int = 0, before: str | None = None) -> list[AuditRow]:
    """Events, the newest first; those before the one with the number `before`. Raises NotFound."""
    chosen = _events().order_by(Audit.id.desc())
    if before is not None:
        chosen = chosen.where(Audit.id < _number(session, before))
    rows = session.execute(chosen.limit(limit) if limit else chosen)
    return [AuditRow(row.id, row.at, row.actor, row.action, row.payload) for row in rows]


def verify(session: Session, digest: str | None = None) -> Verdict:
    """Goes through the whole log; `digest` is one that was noted earlier, of an event that is to stand in it still."""
    count, previous, stands = 0, _FIRST, digest is None or digest == _FIRST
    broken: list[Broken] = []
    for row in session.execute(_events().order_by(Audit.id).execution_options(yield_per=_AT_ONCE)):
        count += 1
        broken += [Broken(row.id, fault) for fault in _faults(row, previous)]
        previous = row.digest
        stands = stands or row.digest == digest
    return Verdict(count, previous, tuple(broken), stands)


def _events() -> Any:
    columns = (
        Audit.id,
        Audit.at,
        Audit.actor,
        Audit.action,
        Audit.payload_digest,
        Audit.previous,
        Audit.digest,
    )
    return select(*columns, AuditPayload.salt, AuditPayload.payload).outerjoin(
        AuditPayload, AuditPayload.audit_id == Audit.id
    )


def _number(session: Session, text: str) -> int:
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
    if session.get(Audit, found) is None:
        raise NotFound("event", text)
    return found


def _faults(row: Row[Any], previous: str) -> Iterator[Fault]:
    if row.previous != previous:
        yield "gap"
    at = row.at.astimezone(UTC).isoformat()
    if row.digest != _digest(row.previous, at, row.actor, row.action, row.payload_digest):
        yield "changed"
    if row.salt is not None and row.payload_digest != _inner(row.salt, row.payload):
        yield "payload"


def _inner(salt: str, payload: Mapping[str, Any]) -> str:
    return _digest(salt, json.dumps(payload, sort_keys=True, ensure_ascii=False))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
