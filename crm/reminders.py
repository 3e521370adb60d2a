"""What a day's list names, in which bucket. Deciding is pure; `list_reminders` fetches what is open."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from crm import followups
from crm.absences import covers
from crm.paging import page
from crm.rows import Bucket, FollowUpRow, ReminderRow
from db.schema import FollowUp, Municipality
from nlp.dates.calendar import add_working_days

BUCKETS: tuple[Bucket, ...] = ("overdue", "due", "soon", "later", "undated")

SOON = timedelta(days=14)
OPEN_START = 5  # working days before its end from which a window without a start counts
OPEN_START_REPORT = 60  # the same for reports to the government
APPROXIMATE = 5  # working days after which an approximate window is overdue
ASK_US_AGAIN = 5  # working days after which an undated question to us comes up again
ASK_AGAIN = 10  # the same for all else


def bucket(row: FollowUpRow, today: date, *, report: bool = False) -> Bucket:
    """The bucket of a follow-up on a day (commands' contract, "Buckets")."""
    if row.due_start is None and row.due_end is None:
        return "undated"
    start, end = effective_window(row, report=report)
    if end is not None and _is_overdue(row, end, today):
        return "overdue"
    if (start is None or start <= today) and (end is None or today <= end):
        return "due"
    if start is not None and start > today:
        return "soon" if start - today <= SOON else "later"
    return "due"  # an approximate window that has just ended


def effective_window(row: FollowUpRow, *, report: bool = False) -> tuple[date | None, date | None]:
    """The window with an open start closed: it counts from some working days before its end."""
    if row.due_start is None and row.due_end is not None:
        days = OPEN_START_REPORT if report else OPEN_START
        return add_working_days(row.due_end, -days), row.due_end
    return row.due_start, row.due_end


def _is_overdue(row: FollowUpRow, end: date, today: date) -> bool:
    return add_working_days(end, APPROXIMATE) <= today if row.approximate else end < today


def comes_up(row: FollowUpRow) -> date:
    """The day from which an undated follow-up asks to be looked at again."""
    asks_us = row.kind == "request" and row.owes == "us"
    return add_working_days(row.since, ASK_US_AGAIN if asks_us else ASK_AGAIN)


def sort_key(reminder: ReminderRow) -> tuple[int, date, date, str]:
    """Buckets in their order, in each the most pressing first."""
    row = reminder.follow_up
    far = date.max
    return (
        BUCKETS.index(reminder.bucket),
        row.due_end or row.due_start or row.since,
        row.due_start or far,
        row.id,
    )


def sorted_reminders(rows: Iterable[FollowUpRow], today: date) -> list[ReminderRow]:
    """Buckets for rows that are open and not asleep; others are left out."""
    awake = (
        row
        for row in rows
        if row.state in {"proposed", "accepted"} and (row.snoozed_until is None or row.snoozed_until <= today)
    )
    return sorted((_reminder(row, today) for row in awake), key=sort_key)


def _reminder(row: FollowUpRow, today: date) -> ReminderRow:
    report = row.rule is not None and row.rule.startswith("plan.")
    found = bucket(row, today, report=report)
    return ReminderRow(found, row, comes_up(row) if found == "undated" else None)


def for_deputy(row: ReminderRow, who: str) -> ReminderRow:
    """A row of somebody's list; one of somebody they stand in for says so."""
    assignee = row.follow_up.assignee
    return row if assignee == who else replace(row, on_behalf_of=assignee)


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
    conditions: list[ColumnElement[bool]] = [
        FollowUp.state.in_(("proposed", "accepted")),
        or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= today),
    ]
    if who is not None:
        conditions.append(FollowUp.assignee.in_((who, *covers(session, who, today))))
    if office is not None:
        conditions.append(Municipality.code == office)
    rows = sorted_reminders(followups.where(session, and_(*conditions)), today)
    if who is not None:
        rows = [for_deputy(row, who) for row in rows]
    return page(rows, "follow-up", lambda row: row.follow_up.id, before=before, limit=limit)
