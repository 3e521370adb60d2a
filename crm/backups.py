"""Copies of the store that this program made: noted in the log, or set aside by a restore and named after its time."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit
from db.schema import Audit, AuditPayload
from db.store import Store

ACTION = "backup"
_STAMP = re.compile(r"\.before-(\d{8}T\d{6}Z)-[0-9a-f]{4}")  # as db.backup names them


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a copy of the store was written, and when."""

    file: str
    at: datetime


def note(session: Session, file: Path, *, by: str, now: datetime) -> None:
    """Notes a copy that was made and verified."""
    audit.record(session, now, by, ACTION, {"file": str(file.absolute())})


def last_copy(session: Session) -> Copy | None:
    """The newest copy that was noted, wherever it lies now."""
    return next(iter(_copies(session)), None)


def copies_since(session: Session, day: date, zone: tzinfo | None = None) -> list[Copy]:
    """Copies made on that day of `zone` (UTC) or later, the newest of each file first; a deleted one is noted still."""
    made: dict[str, Copy] = {}
    for copy in _copies(session):
        if copy.at.astimezone(zone or UTC).date() >= day:
            made.setdefault(copy.file, copy)
    return list(made.values())


def set_aside_since(store: Store, day: date, zone: tzinfo | None = None) -> list[Copy]:
    """Stores that a restore has put aside on that day of `zone` (UTC) or later, beside the one in use (SQLite)."""
    if not store.is_sqlite:
        return []
    file = Path(store.parsed.database or "").absolute()
    found = ((path, _STAMP.fullmatch(path.name.removeprefix(file.name))) for path in file.parent.iterdir())
    made = [(path, datetime.strptime(stamp[1], "%Y%m%dT%H%M%S%z")) for path, stamp in found if stamp]
    return [Copy(str(path), at) for path, at in sorted(made) if at.astimezone(zone or UTC).date() >= day]


def _copies(session: Session) -> list[Copy]:
    rows = session.execute(
        select(AuditPayload.payload, Audit.at)
        .join(Audit, AuditPayload.audit_id == Audit.id)
        .where(Audit.action == ACTION)
        .order_by(Audit.id.desc())
    )
    return [Copy(str(payload.get("file", "")), at.astimezone(UTC)) for payload, at in rows]
