"""In which bucket of a day's list a follow-up stands, and in which order. Pure."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from crm.rows.follow_ups import Bucket, ReminderRow
from nlp.dates.calendar import add_working_days

BUCKETS: tuple[Bucket, ...] = ("overdue", "due", "soon", "later", "undated")

SOON = timedelta(days=14)
OPEN_START = 5  # working days before its end from which a window without a start counts
OPEN_START_REPORT = 60  # the same for reports to the government
APPROXIMATE = 5  # working days after which an approximate window is overdue
ASK_US_AGAIN = 5  # working days after which an undated question to us comes up again
ASK_AGAIN = 10  # the same for all else
REPORT = "plan."  # how the rule of a programme's own duty begins

working_day = lru_cache(maxsize=50_000)(add_working_days)
"""`add_working_days`, remembered: the windows of many follow-ups share their days."""


class Dated(Protocol):
    """What decides on the bucket: a window, whether it is approximate, and by which rule it stands."""

    @property
    def due_start(self) -> date | None: ...
    @property
    def due_end(self) -> date | None: ...
    @property
    def approximate(self) -> bool: ...
    @property
    def rule(self) -> str | None: ...


class Watched(Dated, Protocol):
    """What decides on reminder days as well: a row of the store, or of a list."""

    @property
    def kind(self) -> str: ...
    @property
    def owes(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def state(self) -> str: ...
    @property
    def snoozed_until(self) -> date | None: ...


def bucket(row: Dated, today: date) -> Bucket:
    """The bucket of a follow-up on a day (commands' contract, "Buckets")."""
    if row.due_start is None and row.due_end is None:
        return "undated"
    start, end = effective_window(row)
    if end is not None and overdue_from(row, end) <= today:
        return "overdue"
    if start is not None and start > today:
        return "soon" if start - today <= SOON else "later"
    return "due"  # today lies in it, or it is an approximate one that has just ended


def effective_window(row: Dated) -> tuple[date | None, date | None]:
    """The window with an open start closed: it counts from some working days before its end."""
    if row.due_start is None and row.due_end is not None:
        return working_day(row.due_end, -open_start(row)), row.due_end
    return row.due_start, row.due_end


def open_start(row: Dated) -> int:
    """Working days before its end from which a window without a start counts."""
    return OPEN_START_REPORT if is_report(row) else OPEN_START


def is_report(row: Dated) -> bool:
    """Whether it is one of the programme's own duties, a report to the government."""
    return row.rule is not None and row.rule.startswith(REPORT)


def overdue_from(row: Dated, end: date) -> date:
    """The first day on which a window with this end is overdue."""
    if row.approximate:
        return working_day(end, APPROXIMATE)
    return end + timedelta(days=1) if end < date.max else end


def again_after(row: Watched) -> int:
    """Working days after which one without dates comes up again."""
    return ASK_US_AGAIN if row.kind == "request" and row.owes == "us" else ASK_AGAIN


def comes_up(row: Watched) -> date:
    """The day from which an undated follow-up asks to be looked at again."""
    return working_day(row.since, again_after(row))


def sort_key(reminder: ReminderRow) -> tuple[int, bool, date, date, int, str]:
    """Buckets in their order, in each what was accepted before what waits to be judged, the most pressing first."""
    row = reminder.follow_up
    return (
        BUCKETS.index(reminder.bucket),
        row.state == "proposed",
        row.due_end or row.due_start or row.since,
        row.due_start or date.max,
        len(row.id),  # f9 before f10
        row.id,
    )
