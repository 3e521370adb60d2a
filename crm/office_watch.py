"""Which offices are silent and which are late, seen from a day. Deciding is pure; one query fetches each fact of all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import ids
from crm.duty_settings import SILENT_WEEKS
from crm.office_history import day_of
from crm.office_steps import STEPS, StepState, Window, is_open, late
from crm.rows.offices import OfficeRow
from db.schema import Note, PlanPhase, PlanRevision, Step

_WEEK = timedelta(days=7)


def weeks_without(last: date | None, phase: Window, today: date) -> int | None:
    """Whole weeks since the last contact, or since the phase began where there was none; None where neither is known."""
    since = last or phase.start
    return max((today - since) // _WEEK, 0) if since is not None else None


def is_running(phase: Window, today: date) -> bool:
    """The phase has begun and is not over; one without dates counts as running."""
    return (phase.start is None or phase.start <= today) and (phase.end is None or today <= phase.end)


def is_silent(
    row: OfficeRow, phase: Window, steps: Sequence[StepState], today: date, weeks: int = SILENT_WEEKS
) -> bool:
    """Nobody has been in contact for so many weeks although the phase is running and the office is not done."""
    is_done = row.assessment == "done" or is_open(steps)
    has_been = row.silent_weeks is not None and row.silent_weeks >= weeks
    return has_been and not is_done and is_running(phase, today)


def watched(session: Session, rows: Sequence[OfficeRow], today: date) -> list[OfficeRow]:
    """The rows with their silence and what is late, of all offices at once."""
    steps, phases, notes = known_steps(session, rows), phase_windows(session), _last_notes(session)
    names = {row.id: row.name for row in rows}
    behind = late(steps, names, today)
    return [
        replace(
            row,
            silent_weeks=weeks_without(
                max(filter(None, (row.last_message, notes.get(row.id))), default=None),
                phases.get(row.phase or 0, Window()),
                today,
            ),
            late=behind.get(row.id, ()),
        )
        for row in rows
    ]


def silent(
    session: Session, rows: Sequence[OfficeRow], today: date, weeks: int = SILENT_WEEKS
) -> list[OfficeRow]:
    """Those of the watched rows that are silent, the longest first."""
    steps, phases = known_steps(session, rows), phase_windows(session)
    found = [
        row
        for row in rows
        if is_silent(row, phases.get(row.phase or 0, Window()), steps.get(row.id, ()), today, weeks)
    ]
    return sorted(found, key=lambda row: -(row.silent_weeks or 0))


def known_steps(session: Session, rows: Collection[OfficeRow]) -> dict[str, tuple[StepState, ...]]:
    """Office → all its steps in their order, as they stand."""
    wanted = {ids.number("office", row.id): row.id for row in rows}
    found: dict[str, dict[str, StepState]] = {}
    for step in session.scalars(select(Step).where(Step.office_id.in_(list(wanted)))):
        found.setdefault(wanted[step.office_id], {})[step.kind] = StepState(
            kind=step.kind,
            planned=Window(step.planned_start, step.planned_end),
            actual=Window(step.actual_start, step.actual_end),
            responsible=step.responsible,
            blocked_by=step.blocked_by,
            needed=step.needed,
        )
    return {
        office: tuple(kinds.get(kind, StepState(kind)) for kind in STEPS) for office, kinds in found.items()
    }


def phase_windows(session: Session) -> Mapping[int, Window]:
    """Phase → when it runs, by the newest plan that says so."""
    rows = session.execute(
        select(PlanPhase.number, PlanPhase.start, PlanPhase.end)
        .join(PlanRevision, PlanPhase.revision_id == PlanRevision.id)
        .order_by(PlanRevision.day, PlanRevision.id)
    )
    return {row.number: Window(row.start, row.end) for row in rows if row.start or row.end}


def _last_notes(session: Session) -> dict[str, date]:
    rows = session.execute(
        select(Note.office_id, func.max(Note.at).label("last"))
        .where(Note.office_id.is_not(None), Note.removed.is_(False))
        .group_by(Note.office_id)
    )
    return {ids.printed("office", row.office_id): day_of(row.last) for row in rows}
