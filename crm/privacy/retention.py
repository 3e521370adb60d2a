"""Disposing of mail by rule: what was judged in one way and is older than its class says, by the decision of that class.

Nothing goes by itself: a person looks first, and says so. What is registered, with the registrar, unjudged, marked
confidential, or has a follow-up that is still open, stays however old it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.erasing import Erased, copies_of, erase_mails
from crm.intake.tombstones import Burial
from crm.lookup import chunks
from crm.retention_settings import RetentionClass
from crm.rows.follow_ups import OPEN_STATES
from crm.when import HERE
from db.schema import FollowUp, Message, Registration
from db.scrub import empty_log, forget_words
from db.store import Store


@dataclass(frozen=True, slots=True)
class Due:
    """What a run would remove of one class: mails by their printed ids, oldest first, written and judged by `until`.

    `waiting`: as old, but with a follow-up that is open; `secret`: as old, but marked confidential. Both stay.
    """

    name: str
    judged: str
    keep_days: int
    decision: str | None
    until: date
    mails: tuple[str, ...]
    waiting: int
    secret: int


def due(session: Session, classes: Iterable[RetentionClass], today: date) -> list[Due]:
    """What a run of that day would remove, by class; changes nothing."""
    return [_due(session, one, today) for one in classes]


def dispose_due(store: Store, one: RetentionClass, *, by: str, now: datetime) -> tuple[Due, Erased]:
    """Removes what is due of a class, all or nothing. Raises ValueError for a class without a decision, StoreErrors."""
    if one.decision is None:
        raise ValueError(f"no decision: {one.name}")
    with store.write() as session:
        planned = _due(session, one, now.date())
        copies = copies_of(store, session, _first_taken_in(session, planned, now), now)
        rows = erase_mails(session, planned.mails, Burial(now, by, one.decision))
        told = {"class": one.name, "decision": one.decision, "mails": len(planned.mails)}
        audit.record(session, now, by, "privacy retention", told)
        forget_words(session)
    return planned, Erased(tuple(rows), copies, empty_log(store))


def _due(session: Session, one: RetentionClass, today: date) -> Due:
    until = today - timedelta(days=one.keep_days)
    old = _old(one, until)
    secret = Registration.secret_provision.is_not(None)
    numbers = _asked(session, old, ~_is_open(), ~secret)
    return Due(
        name=one.name,
        judged=one.judged,
        keep_days=one.keep_days,
        decision=one.decision,
        until=until,
        mails=tuple(ids.printed("message", number) for number in numbers),
        waiting=_count(session, old, _is_open(), ~secret),
        secret=_count(session, old, secret),
    )


def _old(one: RetentionClass, until: date) -> ColumnElement[bool]:
    """Received mail of a class that was both written and judged by that day."""
    judged_before = datetime.combine(until + timedelta(days=1), datetime.min.time(), HERE)
    return and_(
        Registration.state == one.judged,
        Registration.number.is_(None),
        Registration.at < judged_before,
        Message.kind == "received",
        Message.written_on <= until,
    )


def _is_open() -> ColumnElement[bool]:
    return exists().where(FollowUp.message_id == Message.id, FollowUp.state.in_(OPEN_STATES))


def _asked(session: Session, *conditions: ColumnElement[bool]) -> list[int]:
    asked = select(Message.id).join(Registration, Registration.message_id == Message.id)
    return list(session.scalars(asked.where(*conditions).order_by(Message.written_on, Message.id)))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    asked = select(func.count()).select_from(Message)
    joined = asked.join(Registration, Registration.message_id == Message.id)
    return session.scalar(joined.where(*conditions)) or 0


def _first_taken_in(session: Session, planned: Due, now: datetime) -> date:
    """The day since which a copy of the store may hold something of what goes."""
    days = [now.date()]
    for part in chunks([ids.number("message", name) for name in planned.mails]):
        day = session.scalar(select(func.min(Message.taken_in_on)).where(Message.id.in_(part)))
        days += [day] if day else []
    return min(days)
