"""What a day's list names, in which bucket: by a query for a page, by plain functions for rows that are there."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.absences import covers
from crm.buckets import APPROXIMATE, BUCKETS, OPEN_START, OPEN_START_REPORT, REPORT, SOON, bucket, sort_key
from crm.buckets import comes_up as comes_up  # noqa: PLC0414 (what those who list reminders ask next)
from crm.errors import NotFound
from crm.rows.follow_ups import OPEN_STATES, Bucket, FollowUpRow, ReminderRow
from crm.staff import called
from db.chunks import chunks
from db.schema import FollowUp, Municipality, Office
from nlp.dates.calendar import add_days, add_working_days

Condition = ColumnElement[bool]


def reminder(row: FollowUpRow, today: date) -> ReminderRow:
    """A follow-up in its bucket, one without dates with the day on which it comes up again."""
    found = bucket(row, today)
    return ReminderRow(found, row, comes_up(row) if found == "undated" else None)


def for_deputy(row: ReminderRow, own: Collection[str]) -> ReminderRow:
    """A row of the list of somebody with these names; one of somebody they stand in for says so."""
    assignee = row.follow_up.assignee
    return row if assignee in own else replace(row, on_behalf_of=assignee)


def list_reminders(
    session: Session,
    today: date,
    *,
    who: str | None = None,
    office: str | None = None,
    limit: int = 0,
    before: str | None = None,
) -> list[ReminderRow]:
    """Everything open on `today`: accepted, and proposed ones that nobody has judged.

    The list of `who` holds what is theirs, and what is of those for whom they stand in today.
    At most `limit` (0: all) of those after the follow-up `before`; NotFound where that one is not in the list.
    """
    conditions = [*open_on(today), *chosen_by(session, today, who, office)]
    keys = order_of(today)
    if before is not None:
        conditions.append(_after(session, conditions, keys, before))
    chosen = select(FollowUp.id).where(*conditions).order_by(*keys).limit(limit or None)
    rows = reminders_by_number(session, session.scalars(chosen).all(), today)
    own = called(session, who) if who is not None else ()
    return [for_deputy(row, own) for row in rows] if who is not None else rows


def counts(
    session: Session, today: date, *, who: str | None = None, office: str | None = None
) -> dict[tuple[Bucket, bool], int]:
    """How many stand in each bucket: by bucket, and whether they wait to be judged. None is loaded."""
    rank = rank_of(today)
    proposed = FollowUp.state == "proposed"
    chosen = (
        select(rank, proposed, func.count())
        .where(*open_on(today), *chosen_by(session, today, who, office))
        .group_by(rank, proposed)
    )
    return {(BUCKETS[at], bool(judged)): number for at, judged, number in session.execute(chosen)}


def reminders_by_number(session: Session, numbers: Iterable[int], today: date) -> list[ReminderRow]:
    """The rows of follow-ups by their numbers, in that order."""
    found = {
        row.id: row for part in chunks(numbers) for row in followups.where(session, FollowUp.id.in_(part))
    }
    return sorted((reminder(row, today) for row in found.values()), key=sort_key)


def open_on(today: date) -> tuple[Condition, ...]:
    """Open, and not asleep on that day."""
    awake = or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= today)
    return FollowUp.state.in_(OPEN_STATES), awake


def chosen_by(session: Session, today: date, who: str | None, office: str | None) -> list[Condition]:
    """Of one person and those for whom they stand in, of one office (a code); either may be None."""
    chosen: list[Condition] = []
    if who is not None:
        chosen.append(FollowUp.assignee.in_((*called(session, who), *covers(session, who, today))))
    if office is not None:
        offices = select(Office.id).join(Municipality).where(Municipality.code == office)
        chosen.append(FollowUp.office_id.in_(session.scalars(offices).all()))
    return chosen


def rank_of(today: date) -> ColumnElement[int]:
    """`bucket` as the store counts it: the place in BUCKETS."""
    undated = and_(FollowUp.due_start.is_(None), FollowUp.due_end.is_(None))
    overdue = case(
        (FollowUp.approximate, FollowUp.due_end <= reached(today, APPROXIMATE)),
        else_=FollowUp.due_end < today,
    )
    begun, near = _begun(today), _begun(add_days(today, SOON.days))
    return case((undated, 4), (overdue, 0), (begun, 1), (near, 2), else_=3)


def _begun(day: date) -> Condition:
    """The window has begun by that day, one with an open start some working days before its end."""
    is_report = func.coalesce(FollowUp.rule, "").startswith(REPORT)
    opened = case(
        (is_report, FollowUp.due_end <= reached(day, -OPEN_START_REPORT)),
        else_=FollowUp.due_end <= reached(day, -OPEN_START),
    )
    return or_(FollowUp.due_start <= day, and_(FollowUp.due_start.is_(None), opened))


def order_of(today: date) -> tuple[Any, ...]:
    """`sort_key` as the store sorts by it."""
    return (
        rank_of(today),
        case((FollowUp.state == "proposed", 1), else_=0),
        func.coalesce(FollowUp.due_end, FollowUp.due_start, FollowUp.since),
        func.coalesce(FollowUp.due_start, date.max),
        FollowUp.id,
    )


def _after(session: Session, conditions: list[Condition], keys: tuple[Any, ...], before: str) -> Condition:
    """What sorts behind the follow-up `before`."""
    number = ids.number("follow-up", before)
    last = session.execute(select(*keys).where(*conditions, FollowUp.id == number)).one_or_none()
    if last is None:
        raise NotFound("follow-up", before)
    return or_(
        *(
            and_(
                *(key == value for key, value in zip(keys[:at], last[:at], strict=True)), keys[at] > last[at]
            )
            for at in range(len(keys))
        )
    )


def reached(today: date, days: int) -> date:
    """The last day of which the working day `days` after it (before it: negative) is not later than `today`."""
    day = add_working_days(today, -days)
    while day > date.min and add_working_days(day, days) > today:
        day = add_days(day, -1)
    while day < date.max and add_working_days(add_days(day, 1), days) <= today:
        day = add_days(day, 1)
    return day
