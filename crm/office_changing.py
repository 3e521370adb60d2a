"""Writing the history of offices: what is recorded, and the offices as they stand after it. Each command is one batch."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.fact_settling import settle_facts
from crm.lookup import all_by_column, chunks
from crm.office_history import Change, OfficeState, fields_as_of, state_of
from crm.office_steps import StepState
from db.schema import Office, OfficeChange, Step


@dataclass(frozen=True, slots=True)
class Stamp:
    """Through whom something becomes different, when and why; `batch` is what one command does."""

    by: str
    at: datetime
    batch: str
    because: str | None = None
    message: int | None = None
    plan: str | None = None


def changes_of(session: Session, offices: Collection[int] | None = None) -> dict[int, list[Change]]:
    """Office → its history, oldest first; of all offices where none are named."""
    chosen = select(OfficeChange).order_by(OfficeChange.id)
    if offices is None:
        return _grouped(session.scalars(chosen))
    rows = (
        row
        for part in chunks(offices)
        for row in session.scalars(chosen.where(OfficeChange.office_id.in_(part)))
    )
    return _grouped(rows)


def _grouped(rows: Iterable[OfficeChange]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for row in rows:
        found.setdefault(row.office_id, []).append(_change(row))
    return found


def _change(row: OfficeChange) -> Change:
    return Change(
        field=row.field,
        value=row.value,
        previous=row.previous,
        at=row.at,
        by=row.by,
        because=row.because,
        message=row.message_id,
        plan=row.plan,
        undone_at=row.undone_at,
    )


def record(session: Session, wanted: Mapping[int, Mapping[str, Any]], stamp: Stamp) -> set[int]:
    """Notes what becomes different of the `wanted` fields of each office; gives the offices for which anything does."""
    history = changes_of(session, wanted.keys())
    begun = _begun(session, [office for office in wanted if office not in history], stamp)
    rows: list[OfficeChange] = []
    for office, fields in wanted.items():
        now = begun.get(office) or fields_as_of(history.get(office, ()))
        rows += [
            _row(office, field, value, now.get(field), stamp)
            for field, value in fields.items()
            if now.get(field) != value
        ]
    session.add_all(rows)
    session.flush()
    changed = {row.office_id for row in rows}
    settle(session, changed)
    return changed


def _begun(session: Session, offices: Collection[int], stamp: Stamp) -> dict[int, dict[str, Any]]:
    """Begins the history of offices that have none with what their rows say; gives that."""
    begun: dict[int, dict[str, Any]] = {}
    for row in all_by_column(session, Office, Office.id, offices):
        begun[row.id] = {name: value for name, value in _facts(row).items() if value}
        session.add_all(_row(row.id, name, value, None, stamp) for name, value in begun[row.id].items())
    return begun


def _facts(row: Office) -> dict[str, Any]:
    return {
        "municipality": row.municipality_code,
        "place": row.place,
        "in_plan": row.in_plan,
        "phase": row.phase,
        "vulnerable_area": row.vulnerable_area,
        "owner": row.owner,
        "assessment": row.assessment,
    }


def _row(office: int, field: str, value: Any, previous: Any, stamp: Stamp) -> OfficeChange:
    return OfficeChange(
        office_id=office,
        at=stamp.at,
        by=stamp.by,
        field=field,
        value=value,
        previous=previous,
        because=stamp.because,
        message_id=stamp.message,
        plan=stamp.plan,
        batch=stamp.batch,
    )


def undo_batch(session: Session, batch: str, now: datetime) -> set[int]:
    """Takes back what one command did; gives the offices that are as before."""
    offices = set(session.scalars(select(OfficeChange.office_id).where(OfficeChange.batch == batch)))
    session.execute(
        update(OfficeChange)
        .where(OfficeChange.batch == batch, OfficeChange.undone_at.is_(None))
        .values(undone_at=now)
    )
    session.expire_all()
    settle(session, offices)
    return offices


def settle(session: Session, offices: Collection[int]) -> None:
    """Brings offices and their steps to what their history amounts to."""
    history = changes_of(session, offices)
    rows = all_by_column(session, Office, Office.id, offices)
    fields = {row.id: fields_as_of(history.get(row.id, ())) for row in rows}
    states = {number: state_of(known) for number, known in fields.items()}
    _rename(session, rows, fields)
    for row in rows:
        _put(row, states[row.id])
    _put_steps(session, states)
    session.flush()
    settle_facts(session, {office: history.get(office, []) for office in states})


def _rename(session: Session, rows: Collection[Office], fields: Mapping[int, Mapping[str, Any]]) -> None:
    """Names that several offices hand on are free for a moment: two of them may change places."""
    moving = {row.id: name for row in rows if (name := _name(row, fields[row.id])) != _name(row, {})}
    for row in rows:
        if len(moving) > 1 and row.id in moving:
            row.place = f"\x1f{row.id}"
    session.flush()
    for row in rows:
        if row.id in moving:
            row.municipality_code, row.place = moving[row.id]


def _name(row: Office, fields: Mapping[str, Any]) -> tuple[str, str]:
    return fields.get("municipality", row.municipality_code), fields.get("place", row.place)


def _put(row: Office, state: OfficeState) -> None:
    row.in_plan, row.phase, row.vulnerable_area = state.in_plan, state.phase, state.vulnerable_area
    row.owner, row.assessment, row.step = state.owner, state.assessment, state.step


def _put_steps(session: Session, states: Mapping[int, OfficeState]) -> None:
    there = {
        (row.office_id, row.kind): row for row in all_by_column(session, Step, Step.office_id, states.keys())
    }
    for office, state in states.items():
        for step in state.steps:
            row = there.get((office, step.kind))
            if row is None and step != StepState(step.kind):
                row = Step(office_id=office, kind=step.kind)
                session.add(row)
            if row is not None:
                _put_step(row, step)


def _put_step(row: Step, step: StepState) -> None:
    row.planned_start, row.planned_end = step.planned.start, step.planned.end
    row.actual_start, row.actual_end = step.actual.start, step.actual.end
    row.responsible, row.blocked_by, row.needed = step.responsible, step.blocked_by, step.needed
