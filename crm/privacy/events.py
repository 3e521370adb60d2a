"""Events of the log whose content names somebody: by name, address, number or printed id."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm import ids
from crm.lookup import chunks
from crm.privacy.subject import Subject
from db.schema import Audit, AuditPayload

_AT_ONCE = 1_000
_OF_PEOPLE = "person "  # their payloads hold rows of people, `one` and `other`


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    at: datetime
    action: str


def naming_events(session: Session, subject: Subject) -> Iterator[Event]:
    """Goes through the log once, whatever its length."""
    told = _pattern(subject)
    columns = Audit.id, Audit.at, Audit.action, AuditPayload.payload
    asked = select(*columns).join(AuditPayload, AuditPayload.audit_id == Audit.id).order_by(Audit.id)
    for number, at, action, payload in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
        merged = action.startswith(_OF_PEOPLE) and {payload.get("one"), payload.get("other")}
        if (merged and merged & set(subject.numbers)) or told.search(json.dumps(payload, ensure_ascii=False)):
            yield Event(number, at, action)


def forget_payloads(session: Session, numbers: Collection[int]) -> None:
    """Deletes what these events were about; the chain holds without it."""
    for part in chunks(numbers):
        session.execute(delete(AuditPayload).where(AuditPayload.audit_id.in_(part)))


def _pattern(subject: Subject) -> re.Pattern[str]:
    words = (
        *subject.names,
        *subject.written,
        *subject.phones,
        *(ids.printed("person", n) for n in subject.numbers),
    )
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
