"""The reports that the government has asked for, as dated duties: each a follow-up of ours with internal days before it.

A duty is moved and closed by decisions on its follow-up, so that the old date, the source and the number are kept and undo
puts them back.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm import ids
from crm.duty_settings import InternalDays
from crm.errors import NotFound
from crm.followups import decide, undo_batch
from crm.lookup import all_by_column
from crm.office_changing import Stamp
from crm.plans import Plan, ReportPlan
from crm.shipped import lack_internal_days
from db.schema import Decision, FollowUp, ReportDue

OURS = "Statens servicecenter"
# The programme's own duties are ours whoever the settings say we are: the plan is the agency's.
_TEXT = {"interim": "Delredovisning till {recipient}", "final": "Slutredovisning till {recipient}"}
_INTERNAL_TEXT = {
    "draft": "Utkast klart: {report}",
    "decision": "Beslut fattat: {report}",
    "dispatch": "Avsänd: {report}",
}
DEFAULT_DAYS = InternalDays()


@dataclass(frozen=True, slots=True)
class InternalDay:
    """A day before a report: draft, decision or dispatch, and how its follow-up stands."""

    kind: str
    follow_up: str
    due: date | None
    state: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A report that is due. `source` says whence its date, `first_due_end` what it was at first; closed ones have evidence."""

    id: str
    key: str
    kind: str
    recipient: str
    due_start: date | None
    due_end: date | None
    first_due_end: date
    source: str
    state: str
    follow_up: str
    closed_on: date | None
    evidence: str | None
    number: str | None
    days: tuple[InternalDay, ...]

    @property
    def name(self) -> str:
        return self.key


def add_duties(session: Session, plan: Plan, stamp: Stamp, *, decides: bool) -> None:
    """The reports that a plan asks for.

    One that is there already is moved where the newest plan (`decides`) gives it another date, the plan being its source; what
    the plan repeats moves nothing back.
    """
    there = {row.key: (row, duty) for row, duty, _days in _duties(session)}
    for report in plan.reports:
        window = report.due_start, report.due_end
        if report.key not in there:
            _add(session, plan, report)
            continue
        row, duty = there[report.key]
        if decides and window not in {(row.due_start, row.due_end), (duty.due_start, duty.due_end)}:
            _move(session, row, window, source=plan.source, by=stamp.by, now=stamp.at, batch=stamp.batch)
    session.flush()


def _add(session: Session, plan: Plan, report: ReportPlan) -> None:
    text = _TEXT[report.kind].format(recipient=report.recipient)
    duty = _follow_up(text, plan.day, f"plan.{plan.key}"[:80], report.due_start, report.due_end)
    session.add(duty)
    session.flush()
    session.add(
        ReportDue(
            key=report.key,
            kind=report.kind,
            due_start=report.due_start,
            due_end=report.due_end,
            recipient=report.recipient,
            source=plan.source,
            follow_up_id=duty.id,
        )
    )


def _follow_up(text: str, since: date, rule: str, start: date | None, end: date | None) -> FollowUp:
    return FollowUp(
        origin="programme",
        kind="deadline",
        obligor="sender",
        owes="us",
        who=OURS,
        due_start=start,
        due_end=end,
        text=text,
        rule=rule,
        since=since,
        state="accepted",
    )


def internal_days_hold(session: Session, days: InternalDays) -> bool:
    """Whether `keep_internal_days` would change nothing; asks without a write lock."""
    duties = _duties(session)
    decided = _decided(session, duties)
    return not lack_internal_days(session) and not any(
        _is_off(duty, there.get(kind), count, decided)
        for _row, duty, there in duties
        for kind, count in days._asdict().items()
    )


def keep_internal_days(session: Session, days: InternalDays = DEFAULT_DAYS) -> None:
    """Makes the internal days that are missing, and moves those that nobody has decided on to where `days` want them.

    A day that is set to 0 goes, unless somebody has decided on it; a report that is closed gets none.
    """
    duties = _duties(session)
    decided = _decided(session, duties)
    for row, duty, there in duties:
        kept = dict(there)
        for kind, count in days._asdict().items():
            if _is_off(duty, there.get(kind), count, decided):
                _put_day(session, row, duty, kept, kind, count)
        session.flush()
        row.days = {kind: item.id for kind, item in kept.items()}
    session.flush()


def _is_off(duty: FollowUp, there: FollowUp | None, count: int, decided: set[int]) -> bool:
    if there is None:
        return count > 0 and duty.state == "accepted"
    return there.id not in decided and there.due_end != _day(duty, count)


def _put_day(
    session: Session, row: ReportDue, duty: FollowUp, kept: dict[str, FollowUp], kind: str, count: int
) -> None:
    there, day = kept.get(kind), _day(duty, count)
    if there is None:
        text = _INTERNAL_TEXT[kind].format(report=duty.text)
        kept[kind] = _follow_up(text, duty.since, f"duty.{kind}.{row.key}"[:80], None, day)
        session.add(kept[kind])
    elif day is None:
        session.delete(kept.pop(kind))
    else:
        there.due_end = day


def _day(duty: FollowUp, count: int) -> date | None:
    end = duty.due_end or duty.due_start
    return _working_days_before(end, count) if end is not None and count else None


def _working_days_before(day: date, count: int) -> date:
    from nlp.dates.calendar import (
        add_working_days,  # its package is slow to load, and every command comes by here
    )

    return add_working_days(day, -count)


Duty = tuple[ReportDue, FollowUp, dict[str, FollowUp]]


def _duties(session: Session) -> list[Duty]:
    """Every duty with its follow-up and its internal days by kind, by day."""
    rows = session.scalars(select(ReportDue).order_by(ReportDue.due_end, ReportDue.id)).all()
    numbers = {row.follow_up_id for row in rows if row.follow_up_id is not None}
    numbers |= {number for row in rows for number in (row.days or {}).values()}
    items = {item.id: item for item in all_by_column(session, FollowUp, FollowUp.id, numbers)}
    return [
        (row, items[row.follow_up_id], {k: items[n] for k, n in (row.days or {}).items() if n in items})
        for row in rows
        if row.follow_up_id in items
    ]


def _decided(session: Session, duties: Sequence[Duty]) -> set[int]:
    """The follow-ups among them that somebody has decided on."""
    numbers = [item.id for _row, duty, days in duties for item in (duty, *days.values())]
    return {row.follow_up_id for row in all_by_column(session, Decision, Decision.follow_up_id, numbers)}


def list_duties(session: Session) -> list[DutyRow]:
    """Every report that is or was due, by the day that its plan gave."""
    duties = _duties(session)
    decisions = _standing(session, [duty.id for _row, duty, _days in duties])
    return [_row(row, duty, days, decisions.get(duty.id, [])) for row, duty, days in duties]


def _standing(session: Session, numbers: Sequence[int]) -> dict[int, list[Decision]]:
    undone = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
    found: dict[int, list[Decision]] = {}
    rows: Iterable[Decision] = session.scalars(
        select(Decision)
        .where(Decision.follow_up_id.in_(numbers), Decision.undoes_id.is_(None), Decision.id.not_in(undone))
        .order_by(Decision.id)
    )
    for row in rows:
        found.setdefault(row.follow_up_id, []).append(row)
    return found


def _row(row: ReportDue, duty: FollowUp, days: dict[str, FollowUp], decisions: Sequence[Decision]) -> DutyRow:
    moved = next((one for one in reversed(decisions) if one.action == "move"), None)
    closed = next((one for one in reversed(decisions) if one.action == "done"), None)
    told: dict[str, Any] = closed.payload if closed is not None and duty.state == "done" else {}
    return DutyRow(
        id=row.key,
        key=row.key,
        kind=row.kind,
        recipient=row.recipient,
        due_start=duty.due_start,
        due_end=duty.due_end,
        first_due_end=row.due_end,
        source=(moved.payload.get("because") if moved else None) or row.source,
        state=duty.state,
        follow_up=ids.printed("follow-up", duty.id),
        closed_on=date.fromisoformat(told["on"]) if told.get("on") else None,
        evidence=told.get("because"),
        number=told.get("number"),
        days=tuple(_internal_day(kind, days[kind]) for kind in InternalDays._fields if kind in days),
    )


def _internal_day(kind: str, item: FollowUp) -> InternalDay:
    return InternalDay(kind, ids.printed("follow-up", item.id), item.due_end, item.state)


def _found(session: Session, key: str) -> Duty:
    """A duty by its key, or by the id of its follow-up. Raises NotFound."""
    for duty in _duties(session):
        if key in {duty[0].key, ids.printed("follow-up", duty[1].id)}:
            return duty
    raise NotFound("report", key)


def move_duty(
    session: Session, key: str, due: tuple[date | None, date | None], *, source: str, by: str, now: datetime
) -> DutyRow:
    """Changes when a report is due, and its internal days by as many working days before it as they were. Raises NotFound."""
    row, _duty, _days = _found(session, key)
    due = (None, due[1]) if due[0] == due[1] else due  # a day is a last day
    _move(session, row, due, source=source, by=by, now=now, batch=secrets.token_hex(8))
    return next(one for one in list_duties(session) if one.key == row.key)


def _move(
    session: Session,
    row: ReportDue,
    due: tuple[date | None, date | None],
    *,
    source: str,
    by: str,
    now: datetime,
    batch: str,
) -> None:
    _row, duty, days = _found(session, row.key)
    old, new = duty.due_end or duty.due_start, due[1] or due[0]
    name = ids.printed("follow-up", duty.id)
    decide(session, [name], "move", by=by, now=now, due=due, because=source, batch=batch)
    for item in days.values():
        if item.state == "accepted" and item.due_end and old and new:
            day = _as_long_before(item.due_end, old, new)
            name = ids.printed("follow-up", item.id)
            decide(session, [name], "move", by=by, now=now, due=(None, day), because=source, batch=batch)


def _as_long_before(day: date, old: date, new: date) -> date:
    """As many working days before the new end as `day` lay before the old one."""
    from nlp.dates.calendar import working_days_between

    return _working_days_before(new, working_days_between(day, old))


def close_duty(
    session: Session,
    key: str,
    *,
    evidence: str,
    number: str | None,
    on: date,
    by: str,
    now: datetime,
) -> DutyRow:
    """A report has been handed over on a day: by what is known, and its number in the diary. Closes its internal days too.

    One step of undo. Raises NotFound.
    """
    row, duty, days = _found(session, key)
    names = [ids.printed("follow-up", item.id) for item in (duty, *days.values()) if item.state == "accepted"]
    more = {"on": on.isoformat(), **({"number": number} if number else {})}
    decide(
        session,
        names or [ids.printed("follow-up", duty.id)],
        "done",
        by=by,
        now=now,
        because=evidence,
        more=more,
    )
    return next(one for one in list_duties(session) if one.key == row.key)


def forget_duties(session: Session, plan: str, batch: str, *, by: str, now: datetime) -> None:
    """An import is taken back: what it moved moves back; a report that it brought goes, unless somebody has decided on it."""
    undo_batch(session, batch, by=by, now=now)
    duties = _duties(session)
    decided = _decided(session, duties)
    for row, duty, days in duties:
        members = [duty, *days.values()]
        if duty.rule == f"plan.{plan}"[:80] and not any(item.id in decided for item in members):
            session.execute(delete(ReportDue).where(ReportDue.id == row.id))
            for item in all_by_column(session, FollowUp, FollowUp.id, [item.id for item in members]):
                session.delete(item)
    session.flush()
