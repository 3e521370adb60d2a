"""The timeline of offices and steps: when each step was, or is planned to be. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from crm.report.model import Figures, OfficeFigure, StepFigure

# A day of which only one side is known is drawn as a month: nobody knows the other.
_UNKNOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Bar:
    """A step from `start` to `end`, both included; `actual`: it has begun."""

    step: str
    start: date
    end: date
    actual: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An office and its bars in the order of the steps."""

    office: OfficeFigure
    bars: tuple[Bar, ...]


def rows(shown: Figures) -> list[Row]:
    """The offices of which a step has a day."""
    found = (
        Row(office, tuple(bar for step in office.steps if (bar := _bar(step, shown.as_of))))
        for office in shown.offices
    )
    return [row for row in found if row.bars]


def _bar(step: StepFigure, as_of: date) -> Bar | None:
    if not step.needed:
        return None
    if step.actual_start or step.actual_end:
        end = step.actual_end or max(as_of, step.actual_start or as_of)
        start = min(step.actual_start or step.planned_start or end, end)
        return Bar(step.step, start, end, actual=True)
    return _planned(step.step, step.planned_start, step.planned_end)


def _planned(step: str, start: date | None, end: date | None) -> Bar | None:
    first = start or (end - _UNKNOWN if end else None)
    if first is None:
        return None
    return Bar(step, first, max(end or first + _UNKNOWN, first), actual=False)


def span(shown: list[Row]) -> tuple[date, date]:
    """From the first of the month in which the first bar begins to the end of the one in which the last ends."""
    first = min(bar.start for row in shown for bar in row.bars).replace(day=1)
    last = max(bar.end for row in shown for bar in row.bars)
    return first, next_month(last) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def quarters(first: date, last: date) -> list[date]:
    """The first days of the quarters from `first` to `last`."""
    day = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    found = []
    while day <= last:
        if day >= first:
            found.append(day)
        day = next_month(next_month(next_month(day)))
    return found
