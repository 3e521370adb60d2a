"""How messages were judged, as rows; and a judgement as its history keeps it. Needs no other part of the domain."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm.rows.register import RegisterState, RegistrationRow
from db.chunks import chunks
from db.schema import Message, Registration


def registrations(session: Session, numbers: Collection[int]) -> dict[int, RegistrationRow]:
    """Number of a message → how it was judged; those that nobody judged are left out."""
    return {
        row.message_id: row_of(row)
        for part in chunks(numbers)
        for row in session.scalars(select(Registration).where(Registration.message_id.in_(part)))
    }


@dataclass(frozen=True, slots=True)
class OfThread:
    """What the judged messages of a thread say to those that come after them: the newest number, and the newest mark."""

    number: str | None = None
    secret: str | None = None


def of_threads(session: Session, threads: Collection[int]) -> dict[int, OfThread]:
    """Number of a thread → what its judged messages say; those that say nothing are left out."""
    found: dict[int, OfThread] = {}
    asked = (
        select(Message.thread_id, Registration.number, Registration.secret_provision)
        .join(Registration, Registration.message_id == Message.id)
        .where(or_(Registration.number.is_not(None), Registration.secret_provision.is_not(None)))
        .group_by(Message.thread_id, Registration.number, Registration.secret_provision)
        .order_by(func.max(Registration.at), func.max(Registration.message_id))
    )
    for part in chunks(threads):
        for thread, number, secret in session.execute(asked.where(Message.thread_id.in_(part))):
            before = found.get(thread or 0, OfThread())
            found[thread or 0] = OfThread(number or before.number, secret or before.secret)
    return found


def numbers_of_threads(session: Session, threads: Mapping[int, int]) -> dict[int, str]:
    """For message → thread: message → the number that its thread proposes."""
    said = of_threads(session, set(threads.values()))
    numbers = {message: said[thread].number for message, thread in threads.items() if thread in said}
    return {message: number for message, number in numbers.items() if number}


def row_of(row: Registration) -> RegistrationRow:
    """A row of the table as data."""
    return RegistrationRow(
        state=cast("RegisterState", row.state),
        number=row.number,
        secret=row.secret_provision,
        at=row.at,
        by=row.by,
        secret_at=row.secret_at,
        secret_by=row.secret_by,
    )


def payload_of(row: RegistrationRow | None) -> dict[str, Any] | None:
    """A judgement for the history; times as ISO text."""
    if row is None:
        return None
    return {
        "state": row.state,
        "number": row.number,
        "secret": row.secret,
        "at": row.at.isoformat(),
        "by": row.by,
        "secret_at": row.secret_at.isoformat() if row.secret_at else None,
        "secret_by": row.secret_by,
    }


def of_payload(payload: dict[str, Any] | None) -> RegistrationRow | None:
    """The judgement that `payload_of` put away."""
    if payload is None:
        return None
    marked = payload.get("secret_at")
    return RegistrationRow(
        state=payload["state"],
        number=payload.get("number"),
        secret=payload.get("secret"),
        at=datetime.fromisoformat(payload["at"]),
        by=payload["by"],
        secret_at=datetime.fromisoformat(marked) if marked else None,
        secret_by=payload.get("secret_by"),
    )
