"""A person's yes or no to a message's offices; it outranks every rule, now and when mail is read again."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from crm import audit, ids, messages, past
from crm.linking import CONFIDENCE
from crm.office_history import day_of
from crm.offices import find_office
from crm.rows import LinkRow
from db.schema import FollowUp, Link, LinkDecision, Message, Municipality, Office


def link(session: Session, message: str, office: str, *, by: str, now: datetime) -> list[LinkRow]:
    """Connects a message with an office. Gives the message's links. Raises NotFound, Ambiguous."""
    return _decide(session, message, office, linked=True, by=by, now=now)


def unlink(session: Session, message: str, office: str, *, by: str, now: datetime) -> list[LinkRow]:
    """Takes a connection away, for good. Gives the message's links. Raises NotFound, Ambiguous."""
    return _decide(session, message, office, linked=False, by=by, now=now)


def explain(session: Session, message: str) -> list[LinkRow]:
    """Why a message is connected with its offices."""
    return link_rows(session, Link.message_id == messages.get(session, message).id)


def link_rows(session: Session, condition: ColumnElement[bool]) -> list[LinkRow]:
    """Links with their reasons, the surest first."""
    return [
        LinkRow(
            message=ids.printed("message", link.message_id),
            message_id=message_id,
            office=code,
            office_name=name,
            reason=link.reason,
            confidence=link.confidence,
            decided_by=link.decided_by,
        )
        for link, message_id, code, name in session.execute(
            select(Link, Message.message_id, Municipality.code, Municipality.name)
            .join(Message, Link.message_id == Message.id)
            .join(Office, Link.office_id == Office.id)
            .join(Municipality, Office.municipality_code == Municipality.code)
            .where(condition)
            .order_by(Link.message_id, Link.confidence.desc(), Municipality.code)
        )
    ]


def _decide(
    session: Session, message: str, office: str, *, linked: bool, by: str, now: datetime
) -> list[LinkRow]:
    row = messages.get(session, message)
    number = ids.number("office", find_office(session, office).id)
    concerned = past.links_of(session, [row.id])
    here = (LinkDecision.message_id == row.id) & (LinkDecision.office_id == number)
    session.execute(delete(LinkDecision).where(here))
    session.add(LinkDecision(message_id=row.id, office_id=number, linked=linked, at=now, by=by))
    session.execute(delete(Link).where(Link.message_id == row.id, Link.office_id == number))
    if linked:
        session.add(
            Link(
                message_id=row.id,
                office_id=number,
                reason="person",
                confidence=CONFIDENCE["person"],
                decided_by=by,
            )
        )
    session.flush()
    past.keep_links(session, concerned, past.links_of(session, [row.id]), day_of(now))
    _move_follow_ups(session, row.id)
    audit.record(session, now, by, "link" if linked else "unlink", {"message": row.id, "office": number})
    return link_rows(session, Link.message_id == row.id)


def _move_follow_ups(session: Session, message: int) -> None:
    """A message's follow-ups belong to its office when it has one, and to none when it has several."""
    offices = session.scalars(select(Link.office_id).where(Link.message_id == message)).all()
    office = offices[0] if len(offices) == 1 else None
    session.execute(update(FollowUp).where(FollowUp.message_id == message).values(office_id=office))
