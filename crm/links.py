"""A person's yes or no to a message's offices; it outranks every rule, now and when mail is read again, and teaches."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from crm import audit, ids, messages, past
from crm.fact_settling import place_facts, settle_facts
from crm.linking import CONFIDENCE
from crm.office_changing import changes_of
from crm.office_history import day_of
from crm.offices import find_office
from crm.rows.messages import LinkRow, MessageRow
from db.schema import Address, Arrangement, FollowUp, Link, LinkDecision, Message, Municipality, Office


def link(session: Session, message: str, office: str, *, by: str, now: datetime) -> list[LinkRow]:
    """Connects a message with an office. Gives the message's links. Raises NotFound, Ambiguous."""
    return _decide(session, message, office, linked=True, by=by, now=now)


def unlink(session: Session, message: str, office: str, *, by: str, now: datetime) -> list[LinkRow]:
    """Takes a connection away, for good. Gives the message's links. Raises NotFound, Ambiguous."""
    return _decide(session, message, office, linked=False, by=by, now=now)


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
            taught_by=taught_by(decision),
        )
        for link, message_id, code, name, decision in session.execute(
            select(Link, Message.message_id, Municipality.code, Municipality.name, LinkDecision)
            .join(Message, Link.message_id == Message.id)
            .join(Office, Link.office_id == Office.id)
            .join(Municipality, Office.municipality_code == Municipality.code)
            .outerjoin(LinkDecision, LinkDecision.id == Link.decision_id)
            .where(condition)
            .order_by(Link.message_id, Link.confidence.desc(), Municipality.code)
        )
    ]


def taught_by(decision: LinkDecision | None) -> dict[str, str] | None:
    """The decision from which a link was learnt, as a row names it: on which message, by whom, when."""
    if decision is None:
        return None
    return {
        "message": ids.printed("message", decision.message_id),
        "by": decision.by,
        "at": decision.at.isoformat(),
    }


def _decide(
    session: Session, message: str, office: str, *, linked: bool, by: str, now: datetime
) -> list[LinkRow]:
    row = messages.get(session, message)
    number = ids.number("office", find_office(session, office).id)
    concerned = past.links_of(session, [row.id])
    decision = _standing(session, row.id, number)
    session.add(_journal(row.id, number, decision, linked=linked, by=by, now=now))
    if decision is None:
        decision = _first(session, row, number)
    decision.linked, decision.at, decision.by = linked, now, by
    session.flush()
    _apply(session, row.id, number, decision)
    past.keep_links(session, concerned, past.links_of(session, [row.id]), day_of(now))
    audit.record(session, now, by, "link" if linked else "unlink", {"message": row.id, "office": number})
    return link_rows(session, Link.message_id == row.id)


def _standing(session: Session, message: int, office: int) -> LinkDecision | None:
    return session.scalar(
        select(LinkDecision).where(LinkDecision.message_id == message, LinkDecision.office_id == office)
    )


def _first(session: Session, row: Message, office: int) -> LinkDecision:
    """A decision where there was none; it keeps what the rules say, for whoever takes it back."""
    ruled = session.get(Link, (row.id, office))
    sender = session.get(Address, row.address_id) if row.address_id else None
    decision = LinkDecision(
        message_id=row.id,
        office_id=office,
        reason=ruled.reason if ruled else None,
        confidence=ruled.confidence if ruled else None,
        domain=sender.address.rpartition("@")[2] if sender else None,
    )
    session.add(decision)
    return decision


def _journal(
    message: int, office: int, before: LinkDecision | None, *, linked: bool, by: str, now: datetime
) -> Arrangement:
    held: dict[str, Any] | None = None
    if before is not None:
        held = {"linked": before.linked, "by": before.by, "at": before.at.isoformat()}
    return Arrangement(
        subject="link",
        action="link" if linked else "unlink",
        one=message,
        other=office,
        payload={"before": held},
        at=now,
        by=by,
        batch=secrets.token_hex(8),
    )


def take_back(
    session: Session, arrangements: Sequence[Arrangement], by: str, now: datetime
) -> list[MessageRow]:
    """Undoes what was decided in one step, newest first: what was decided before holds, else what the rules say."""
    del by
    messages_of = [each.one for each in arrangements]
    concerned = past.links_of(session, messages_of)
    changed: dict[int, None] = {}
    for each in arrangements:
        each.undone = True
        office = each.other or 0
        decision = _standing(session, each.one, office)
        if decision is None:  # erased with its mail
            continue
        before = each.payload.get("before")
        if before:
            decision.linked, decision.by = before["linked"], before["by"]
            decision.at = datetime.fromisoformat(before["at"])
            _apply(session, each.one, office, decision)
        else:
            _as_ruled(session, each.one, office, decision)
        changed[each.one] = None
    session.flush()
    past.keep_links(session, concerned, past.links_of(session, messages_of), day_of(now))
    return messages.rows(session, list(changed))


def _apply(session: Session, message: int, office: int, decision: LinkDecision) -> None:
    _forget(session, message, office)
    if decision.linked:
        session.add(_link(message, office, "person", CONFIDENCE["person"], decision.by))
    _move_follow_ups(session, message)


def _as_ruled(session: Session, message: int, office: int, decision: LinkDecision) -> None:
    _forget(session, message, office)
    if decision.reason is not None and decision.confidence is not None:
        session.add(_link(message, office, decision.reason, decision.confidence, None))
    session.delete(decision)
    _move_follow_ups(session, message)


def _forget(session: Session, message: int, office: int) -> None:
    session.execute(delete(Link).where(Link.message_id == message, Link.office_id == office))


def _link(message: int, office: int, reason: str, confidence: float, by: str | None) -> Link:
    return Link(message_id=message, office_id=office, reason=reason, confidence=confidence, decided_by=by)


def _move_follow_ups(session: Session, message: int) -> None:
    """A message's follow-ups, and what it says of an office, belong to its office when it has one, and to none when it has several."""
    session.flush()
    offices = session.scalars(select(Link.office_id).where(Link.message_id == message)).all()
    office = offices[0] if len(offices) == 1 else None
    session.execute(update(FollowUp).where(FollowUp.message_id == message).values(office_id=office))
    concerned = place_facts(session, message, offices)
    history = changes_of(session, concerned)
    settle_facts(session, {office: history.get(office, []) for office in concerned})
