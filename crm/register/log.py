"""The e-mail log: every mail that came or went in a time, as it may be shown to whoever asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from crm.lookup import chunks
from crm.messages import newest_first, rows
from crm.rows.messages import MessageRow
from crm.rows.register import LogEntryRow
from crm.secrecy import veiled
from db.schema import Message, Registration


@dataclass(frozen=True, slots=True)
class LogQuery:
    """From and to which day, both included; which way; a page of it. `limit` 0: all."""

    since: date | None = None
    until: date | None = None
    direction: str | None = None
    limit: int = 0
    before: str | None = None


def log_ids(session: Session, query: LogQuery) -> list[int]:
    """The numbers of the mails that the log names, newest first. Raises NotFound for a `before` that is none.

    What somebody judged to be no official document (a private letter, a draft) is not in it. A mail without a date
    counts by the day on which it was taken in.
    """
    chosen = select(Message.id).where(*_conditions(query), ~_private())
    return newest_first(chosen, session, query.before, query.limit)


def left_out(session: Session, query: LogQuery) -> int:
    """How many mails of that time are in no log, since they are no official documents."""
    return session.scalar(select(func.count(Message.id)).where(*_conditions(query), _private())) or 0


def _private() -> ColumnElement[bool]:
    return exists().where(Registration.message_id == Message.id, Registration.state == "not_public")


def _conditions(query: LogQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Message.kind == "received"]
    undated = Message.written_on.is_(None)
    if query.since:
        late = and_(undated, Message.taken_in_on >= query.since)
        found.append(or_(Message.written_on >= query.since, late))
    if query.until:
        early = and_(undated, Message.taken_in_on <= query.until)
        found.append(or_(Message.written_on <= query.until, early))
    if query.direction:
        found.append(Message.direction == query.direction)
    return found


def log_rows(session: Session, numbers: Sequence[int]) -> list[LogEntryRow]:
    """Their lines, in order."""
    return [veiled(_entry(row)) for part in chunks(numbers) for row in rows(session, part)]


def _entry(row: MessageRow) -> LogEntryRow:
    judged = row.registration
    return LogEntryRow(
        id=row.id,
        date=row.date,
        sender=row.sender,
        to=(*row.to, *row.cc),
        subject=row.subject,
        number=judged.number if judged else None,
        secret=judged is not None and judged.secret is not None,
    )
