"""What a follow-up's finding, the letters that keep or change it and its decisions amount to: its state, window and evidence."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from crm.deciding import Decided, Outcome, first_state, outcome
from crm.lookup import chunks
from crm.rows.follow_ups import State
from db.schema import Decision, Finding, FollowUp, Message

Window = tuple[date | None, date | None]


def settle(session: Session, items: Iterable[FollowUp]) -> None:
    """Brings every given follow-up to what its finding and its decisions amount to."""
    session.flush()
    for part in chunks(items):
        _settle_some(session, part)
    session.flush()


def _settle_some(session: Session, items: list[FollowUp]) -> None:
    numbers = [item.id for item in items]
    decisions, first = _standing(session, numbers), _first(session, numbers)
    keys = [item.finding_key for item in items if item.finding_key]
    findings = {found.key: found for found in session.scalars(select(Finding).where(Finding.key.in_(keys)))}
    messages = [item.message_id for item in items if item.message_id]
    days = session.execute(select(Message.id, Message.taken_in_on).where(Message.id.in_(messages)))
    taken_in = {row.id: row.taken_in_on for row in days}
    for item in items:
        finding = findings.get(item.finding_key or "")
        base = (finding.due_start, finding.due_end) if finding else first.get(item.id, _window(item))
        if finding is not None:
            item.start_time, item.end_time = finding.start_time, finding.end_time
        base = _changed(item, base)
        _settle(item, decisions.get(item.id, []), base, taken_in.get(item.message_id or 0, item.since))


def _standing(session: Session, numbers: Sequence[int]) -> dict[int, list[Decision]]:
    """The decisions that hold, oldest first, by follow-up."""
    undoing = aliased(Decision)
    rows = session.scalars(
        select(Decision)
        .outerjoin(undoing, undoing.undoes_id == Decision.id)
        .where(Decision.follow_up_id.in_(numbers), Decision.undoes_id.is_(None), undoing.id.is_(None))
        .order_by(Decision.id)
    )
    by_item: dict[int, list[Decision]] = {}
    for row in rows:
        by_item.setdefault(row.follow_up_id, []).append(row)
    return by_item


def _window(item: FollowUp) -> Window:
    return item.due_start, item.due_end


def _first(session: Session, numbers: Sequence[int]) -> dict[int, Window]:
    """The window of each before it was first decided on: what holds where there is no finding to ask."""
    first = (
        select(func.min(Decision.id))
        .where(Decision.follow_up_id.in_(numbers))
        .group_by(Decision.follow_up_id)
    )
    rows = session.scalars(select(Decision).where(Decision.id.in_(first)))
    return {row.follow_up_id: (row.due_start, row.due_end) for row in rows}


def _settle(item: FollowUp, decisions: list[Decision], base: Window, taken_in: date) -> None:
    letter = _letter(item.evidence)
    # what was added by hand and taken back is there no more, whatever keeps it
    now = outcome(
        _found_state(item, letter, base, taken_in) if decisions or item.origin != "manual" else "dismissed",
        [Decided(row.action, row.payload, row.by) for row in decisions],
        item.given_to,
    )
    item.state, item.assignee, item.snoozed_until = now.state, now.assignee, now.snoozed_until
    item.decided_by = now.decided_by
    item.due_start, item.due_end = now.due or base
    item.moved = _moved(base, now)
    item.evidence = _with_note(letter, now)
    item.kept_on = date.fromisoformat(letter["date"]) if letter and "date" in letter else None


def _moved(base: Window, now: Outcome) -> dict[str, str | None] | None:
    """The window that was first promised, beside the one that holds now."""
    if now.due is None:
        return None
    start, end = (day.isoformat() if day else None for day in base)
    return {"due_start": start, "due_end": end, "because": now.because}


def _letter(evidence: dict[str, str] | None) -> dict[str, str] | None:
    """The part of it that a letter gives, or a note by its own words, without the note that a person gave."""
    if not evidence or evidence.get("reason") == "note":
        return None
    if evidence.get("reason") == "noted":
        return evidence
    return {name: value for name, value in evidence.items() if name != "note"}


def _with_note(letter: dict[str, str] | None, now: Outcome) -> dict[str, str] | None:
    if now.note is None:
        return letter
    name, day = now.note
    return {**letter, "note": name} if letter else {"note": name, "date": day, "reason": "note"}


def _changed(item: FollowUp, base: Window) -> Window:
    """The window that a later letter gave it, else the found one; a clock time goes with it."""
    change = item.change or {}
    if change.get("kind") != "moved":
        return base
    if change.get("start_time"):
        item.start_time = time.fromisoformat(change["start_time"])
        item.end_time = time.fromisoformat(change["end_time"]) if change.get("end_time") else None
    start, end = (
        date.fromisoformat(day) if day else None for day in (change["due_start"], change["due_end"])
    )
    return start, end


def _found_state(item: FollowUp, letter: dict[str, str] | None, base: Window, taken_in: date) -> State:
    if letter:
        return "kept"
    if (item.change or {}).get("kind") == "cancelled":
        return "cancelled"
    if item.origin == "manual":
        return "dismissed"  # until the decision that adds it
    if item.origin != "finding":
        return "accepted"
    return first_state(base[1], taken_in)
