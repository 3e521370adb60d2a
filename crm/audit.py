"""The log of what was done: a chain over hashes of salted payloads, so that a payload can be erased."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema import Audit, AuditPayload

_FIRST = "0" * 64


def record(session: Session, at: datetime, actor: str, action: str, payload: Mapping[str, Any]) -> None:
    """Appends one event. Runs in the caller's transaction, so that log and deed stand or fall together."""
    at = at.astimezone(UTC)  # the digest is of what the store gives back
    session.flush()
    previous = session.scalar(select(Audit.digest).order_by(Audit.id.desc()).limit(1)) or _FIRST
    salt = secrets.token_hex(16)
    inner = _digest(salt, json.dumps(payload, sort_keys=True, ensure_ascii=False, default=str))
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
    session.add(
        AuditPayload(audit_id=event.id, salt=salt, payload=json.loads(json.dumps(payload, default=str)))
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
