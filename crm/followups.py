"""Follow-ups: listing them and deciding on them, one or many at once, each decision undoable."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from crm import audit, ids
from crm.deciding import Action
from crm.errors import DayHasPassed, EmptyText, NotFound, NothingToUndo
from crm.fields import number_of
from crm.lookup import all_by_column, chunks
from crm.rows.follow_ups import FollowUpRow
from crm.settling import settle
from crm.staff import called
from db.schema import Address, AttachmentRow, Decision, FollowUp, Message, Municipality, Office

ACTIONS: tuple[Action, ...] = ("accept", "dismiss", "done", "waive", "reopen", "snooze", "move", "assign")


@dataclass(frozen=True, slots=True)
class FollowUpQuery:
    """Which follow-ups: every field that is None makes no difference. `limit` 0: all."""

    state: str | None = None
    office: str | None = None
    owes: str | None = None
    assignee: str | None = None
    limit: int = 200
    before: str | None = None


def list_follow_ups(session: Session, query: FollowUpQuery) -> list[FollowUpRow]:
    """By the day of their message, newest first. Raises NotFound where `before` is no follow-up."""
    chosen = _rows().order_by(FollowUp.since.desc(), FollowUp.id.desc())
    if query.state:
        chosen = chosen.where(FollowUp.state == query.state)
    if query.owes:
        chosen = chosen.where(FollowUp.owes == query.owes)
    if query.office:
        chosen = chosen.where(Municipality.code == query.office)
    if query.assignee:
        chosen = chosen.where(FollowUp.assignee.in_(called(session, query.assignee)))
    if query.before:
        last = session.get(FollowUp, ids.number("follow-up", query.before))
        if last is None:
            raise NotFound("follow-up", query.before)
        older, same = FollowUp.since < last.since, FollowUp.since == last.since
        chosen = chosen.where(or_(older, and_(same, FollowUp.id < last.id)))
    if query.limit:
        chosen = chosen.limit(query.limit)
    return fetch(session, chosen)


def by_ids(session: Session, names: Sequence[str]) -> list[FollowUpRow]:
    """The named ones, in that order. Raises NotFound for the first that is none."""
    numbers = [ids.number("follow-up", name) for name in names]
    rows = {row.id: row for part in chunks(numbers) for row in where(session, FollowUp.id.in_(part))}
    for name, number in zip(names, numbers, strict=True):
        if ids.printed("follow-up", number) not in rows:
            raise NotFound("follow-up", name)
    return [rows[ids.printed("follow-up", number)] for number in numbers]


def where(session: Session, condition: ColumnElement[bool]) -> list[FollowUpRow]:
    """All that meet a condition, by id."""
    return fetch(session, _rows().where(condition).order_by(FollowUp.id))


Selected = Select[FollowUp, str | None, str, str, str | None, str]


@cache
def _rows() -> Selected:
    sender = aliased(Address)
    return (
        select(
            FollowUp,
            Message.message_id,
            Municipality.code,
            Municipality.name,
            Message.from_name,
            sender.address,
        )
        .outerjoin(Message, FollowUp.message_id == Message.id)
        .outerjoin(sender, Message.address_id == sender.id)
        .outerjoin(Office, FollowUp.office_id == Office.id)
        .outerjoin(Municipality, Office.municipality_code == Municipality.code)
    )


def fetch(session: Session, chosen: Selected) -> list[FollowUpRow]:
    """Runs a selection made here."""
    found = session.execute(chosen).all()
    sources = _sources(session, [row[0] for row in found])
    return [
        _row(item, message_id, code, name, sender or address, sources.get(item.id))
        for item, message_id, code, name, sender, address in found
    ]


def _sources(session: Session, items: Iterable[FollowUp]) -> dict[int, str]:
    """The names of the documents in which sentences stand, by follow-up; nothing for those of a body."""
    in_documents = {
        item.id: (item.message_id, number - 1)
        for item in items
        if item.message_id and (number := number_of(item.field))
    }
    names: dict[tuple[int, int], str] = {}
    for part in chunks({message for message, _ in in_documents.values()}):
        rows = session.execute(
            select(
                AttachmentRow.message_id,
                AttachmentRow.position,
                AttachmentRow.filename,
                AttachmentRow.content_type,
            ).where(AttachmentRow.message_id.in_(part))
        )
        names |= {(row.message_id, row.position): row.filename or row.content_type for row in rows}
    return {item: names[place] for item, place in in_documents.items() if place in names}


def _row(
    item: FollowUp,
    message_id: str | None,
    code: str | None,
    name: str | None,
    sender: str | None,
    source: str | None,
) -> FollowUpRow:
    return FollowUpRow(
        id=ids.printed("follow-up", item.id),
        message=ids.printed("message", item.message_id) if item.message_id else None,
        message_id=message_id,
        kind=item.kind,
        obligor=item.obligor,
        owes=item.owes,  # type: ignore[arg-type]  # written by crm.direction alone
        who=item.who,
        due_start=item.due_start,
        due_end=item.due_end,
        start_time=item.start_time,
        end_time=item.end_time,
        approximate=item.approximate,
        part=item.part,
        state=item.state,  # type: ignore[arg-type]  # written by crm.deciding alone
        assignee=item.assignee,
        snoozed_until=item.snoozed_until,
        office=code,
        office_name=name,
        text=item.text,
        confidence=item.confidence,
        rule=item.rule,
        decided_by=item.decided_by,
        evidence=item.evidence,
        moved=item.moved,
        since=item.since,
        change=item.change,
        found=item.found,
        sender=sender,
        field=item.field,
        source=source,
    )


def decide(
    session: Session,
    names: Sequence[str],
    action: Action,
    *,
    by: str,
    now: datetime,
    until: date | None = None,
    due: tuple[date | None, date | None] | None = None,
    because: str | None = None,
    who: str | None = None,
    note: tuple[str, date] | None = None,
    batch: str | None = None,
    more: Mapping[str, str] | None = None,
) -> list[FollowUpRow]:
    """Records one decision on every named follow-up and gives them as they stand then.

    One call is one step of undo, or a part of the step `batch`. `note` is the evidence for what is done: its printed
    id and its day; `more` is kept with the decision. Raises NotFound, DayHasPassed, or EmptyText for a reason without a
    word, before anything is changed.
    """
    if until is not None and until < now.date():
        raise DayHasPassed(until)
    if because is not None and not because.strip():
        raise EmptyText
    numbers = [ids.number("follow-up", name) for name in names]
    items = {item.id: item for item in all_by_column(session, FollowUp, FollowUp.id, numbers)}
    for name, number in zip(names, numbers, strict=True):
        if number not in items:
            raise NotFound("follow-up", name)
    payload = {**_payload(until, due, because, who), **(more or {})}
    if note is not None:
        payload |= {"note": note[0], "day": note[1].isoformat()}
    batch = batch or secrets.token_hex(8)
    for item in items.values():
        session.add(_decision(item, action, payload, by, now, batch))
    audit.record(session, now, by, f"follow-up {action}", {"ids": list(names), **payload})
    settle(session, items.values())
    return by_ids(session, names)


def _payload(
    until: date | None, due: tuple[date | None, date | None] | None, because: str | None, who: str | None
) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    if until is not None:
        payload["until"] = until.isoformat()
    if due is not None:
        payload["due_start"], payload["due_end"] = (day.isoformat() if day else None for day in due)
    if because is not None:
        payload["because"] = because
    if who is not None:
        payload["who"] = who or None  # an empty name takes the assignment away
    return payload


def _decision(
    item: FollowUp, action: str, payload: dict[str, Any], by: str, now: datetime, batch: str
) -> Decision:
    return Decision(
        follow_up_id=item.id,
        finding_key=item.finding_key,
        action=action,
        payload=payload,
        at=now,
        by=by,
        text=item.text,
        due_start=item.due_start,
        due_end=item.due_end,
        batch=batch,
    )


def undo(session: Session, *, by: str, now: datetime, steps: int = 1) -> list[FollowUpRow]:
    """Takes back the newest steps of `by` that still hold. Raises NothingToUndo when there are none."""
    changed: list[int] = []
    for _ in range(steps):
        taken_back = _last_step(session, by)
        if not taken_back:
            break
        changed += _take_back(session, taken_back, by, now)
    if not changed:
        raise NothingToUndo(by)
    items = all_by_column(session, FollowUp, FollowUp.id, changed)
    settle(session, items)
    return by_ids(session, [ids.printed("follow-up", item.id) for item in items])


def undo_batch(session: Session, batch: str, *, by: str, now: datetime) -> list[FollowUpRow]:
    """Takes back what was decided on follow-ups in one step; nothing where nothing was."""
    undone = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
    standing = list(
        session.scalars(
            select(Decision).where(
                Decision.batch == batch, Decision.undoes_id.is_(None), Decision.id.not_in(undone)
            )
        )
    )
    if not standing:
        return []
    items = all_by_column(session, FollowUp, FollowUp.id, _take_back(session, standing, by, now))
    settle(session, items)
    return by_ids(session, [ids.printed("follow-up", item.id) for item in items])


def _last_step(session: Session, by: str) -> list[Decision]:
    undone = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
    newest = session.scalar(
        select(Decision.batch)
        .where(Decision.by == by, Decision.undoes_id.is_(None), Decision.id.not_in(undone))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return list(session.scalars(select(Decision).where(Decision.batch == newest))) if newest else []


def newest_action(session: Session, by: str) -> str:
    """The action that an undo by `by` would take back; "" for none."""
    step = _last_step(session, by)
    return step[0].action if step else ""


def _take_back(session: Session, decisions: list[Decision], by: str, now: datetime) -> list[int]:
    batch = secrets.token_hex(8)
    for decision in decisions:
        session.add(
            Decision(
                follow_up_id=decision.follow_up_id,
                finding_key=decision.finding_key,
                action="undo",
                payload={},
                at=now,
                by=by,
                text=decision.text,
                due_start=decision.due_start,
                due_end=decision.due_end,
                batch=batch,
                undoes_id=decision.id,
            )
        )
    changed = [decision.follow_up_id for decision in decisions]
    audit.record(session, now, by, "undo", {"ids": changed, "action": decisions[0].action})
    return changed
