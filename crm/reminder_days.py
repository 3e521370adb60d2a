"""On which days a follow-up reminds: before its window, at its start, before its end, and ever more seldom after it.

All of them are working days. Pure: the same follow-up has the same days whenever it is asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from crm.buckets import APPROXIMATE, Watched, again_after, effective_window, working_day
from nlp.dates.calendar import is_working_day

Why = Literal["near", "start", "end", "overdue", "again"]

NEAR = 5  # working days before its window from which a proposal that nobody has judged is shown
BEFORE_END = (5, 1)  # working days before its end
OVERDUE = (
    1,
    3,
    7,
    14,
    28,
)  # working days from the first overdue one on; after these each twice the one before
DOUBLED = 9  # times: after some thirty years nobody is reminded any more


@dataclass(frozen=True, slots=True)
class ReminderDay:
    """A day on which a follow-up reminds, and why: the gravest reason, where there are several."""

    day: date
    why: Why


@dataclass(frozen=True, slots=True)
class _Window:
    """What the days hang on; many follow-ups share one."""

    start: date | None
    end: date | None
    since: date
    again: int
    approximate: bool
    proposed: bool
    woken: date | None


def reminder_days(row: Watched, until: date) -> tuple[ReminderDay, ...]:
    """Its days up to and with `until`, oldest first. One that sleeps has none before the day on which it wakes."""
    start, end = effective_window(row)
    proposed, woken = row.state == "proposed", row.snoozed_until
    since = row.since if start is None and end is None else date.min
    window = _Window(start, end, since, again_after(row), row.approximate, proposed, woken)
    return _days(window, until)


@lru_cache(maxsize=20_000)
def _days(window: _Window, until: date) -> tuple[ReminderDay, ...]:
    found = {day: why for day, why in _all(window, until) if day <= until}
    days = tuple(ReminderDay(day, found[day]) for day in sorted(found))
    return days if window.woken is None else _awake(days, _working(window.woken), until)


def _awake(days: tuple[ReminderDay, ...], woken: date, until: date) -> tuple[ReminderDay, ...]:
    """What was slept through is said once, on waking."""
    if woken > until:
        return ()
    return (ReminderDay(woken, "again"), *(found for found in days if found.day > woken))


def _all(window: _Window, until: date) -> Iterator[tuple[date, Why]]:
    """In no order; a graver reason comes after a lesser one."""
    if window.start is None and window.end is None:
        yield from _growing(window.since, window.again, until)
        return
    if window.start is not None:
        yield from _around_start(window, window.start)
        if window.end is None:
            yield from _growing(window.start, window.again, until)
    if window.end is not None:
        yield from _around_end(window, window.end, until)


def _around_start(window: _Window, start: date) -> Iterator[tuple[date, Why]]:
    if window.proposed:
        yield working_day(start, -NEAR), "near"
    yield _working(start), "start"


def _around_end(window: _Window, end: date, until: date) -> Iterator[tuple[date, Why]]:
    """A window of one day also has a reminder on the day before."""
    for days in BEFORE_END:
        day = working_day(end, -days)
        if window.start is None or day > window.start or (days == 1 and window.start == end):
            yield day, "end"
    grace = APPROXIMATE - 1 if window.approximate else 0
    for day in _after(end, (grace + step for step in _steps()), until):
        yield day, "overdue"


def _steps() -> Iterator[int]:
    yield from OVERDUE
    for doubled in range(1, DOUBLED):
        yield OVERDUE[-1] << doubled


def _growing(first: date, days: int, until: date) -> Iterator[tuple[date, Why]]:
    """After `days` working days, twice as many, four times as many and so on."""
    for day in _after(first, (days << doubled for doubled in range(DOUBLED)), until):
        yield day, "again"


def _after(first: date, distances: Iterable[int], until: date) -> Iterator[date]:
    """So many working days after a day, up to `until` or where the calendar ends."""
    last = first
    for distance in distances:
        day = working_day(first, distance)
        if day > until or day <= last:
            return
        yield day
        last = day


def _working(day: date) -> date:
    """The day itself, or the working day after it."""
    return day if is_working_day(day) else working_day(day, 1)
