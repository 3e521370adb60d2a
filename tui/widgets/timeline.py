"""Offices over time, drawn in characters: what is planned, what was done, and where today is. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from crm.office_steps import StepState, Window
from tui import dates

PLANNED: Final = "─"
ABOUT: Final = "░"
DONE: Final = "█"
TODAY: Final = "│"
CROSSED: Final = "┼"
EARLIER: Final = "‹"
LATER: Final = "›"
_BACK: Final = 12
_AHEAD: Final = 36
_LEAST: Final = 12
_SOON: Final = timedelta(days=30)
"""How much is drawn of a window of which one side is not known."""


class Scale(NamedTuple):
    """`width` cells from the first day of a month to the last day of one."""

    first: date
    last: date
    width: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def cell(self, day: date) -> int:
        """The cell in which a day falls; below 0 or from `width` on where it lies outside."""
        return (day - self.first).days * self.width // self.days


class Stretch(NamedTuple):
    """Days from–to and the sign that they are drawn with."""

    start: date
    end: date
    sign: str


def scale_over(stretches: Iterable[Stretch], today: date, width: int) -> Scale:
    """Whole months over all that is known, a year at least, at most from one year ago to three years ahead."""
    earliest, latest = _months(today, -_BACK), _months(today, _AHEAD)
    known = list(stretches)
    first = min((s.start for s in known), default=today)
    last = max((s.end for s in known), default=today)
    start = max(_months(min(first, today), 0), earliest)
    after = min(_months(max(last, today), 1), latest)
    return Scale(start, max(after, _months(start, _LEAST)) - timedelta(days=1), max(width, 1))


def _months(day: date, ahead: int) -> date:
    """The first day of the month that is so many months ahead."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def stretches(steps: Sequence[StepState], phase: Window, today: date) -> list[Stretch]:
    """What is drawn of an office, what covers the rest last; its phase stands in for days that nobody has planned."""
    needed = [step for step in steps if step.needed]
    planned = [step.planned for step in needed if step.planned] or ([phase] if phase else [])
    is_exact = any(step.planned for step in needed)
    drawn = [_planned(window, is_exact=is_exact) for window in planned]
    drawn.sort(key=lambda s: s.sign == PLANNED)
    return drawn + [_done(step.actual, today) for step in needed if step.actual]


def _planned(window: Window, *, is_exact: bool) -> Stretch:
    start, end = window.start, window.end
    if start is not None and end is not None:
        return Stretch(start, end, PLANNED if is_exact else ABOUT)
    if start is not None:
        return Stretch(start, start + _SOON, ABOUT)
    last = end or date.min + _SOON
    return Stretch(last - _SOON, last, ABOUT)


def _done(window: Window, today: date) -> Stretch:
    """What was begun and has not ended goes on until today."""
    start = window.start or window.end or today
    return Stretch(start, window.end or max(today, start), DONE)


def bar(drawn: Iterable[Stretch], scale: Scale, today: date) -> str:
    """A line of exactly `scale.width` cells; `‹` and `›` at its ends for what lies outside."""
    cells = [" "] * scale.width
    before = after = False
    for start, end, sign in drawn:
        first, last = scale.cell(start), scale.cell(end)
        before, after = before or first < 0, after or last >= scale.width
        for at in range(max(first, 0), min(last, scale.width - 1) + 1):
            cells[at] = sign
    _cross(cells, scale.cell(today))
    if before:
        cells[0] = EARLIER
    if after:
        cells[-1] = LATER
    return "".join(cells)


def _cross(cells: list[str], at: int) -> None:
    """Today's line, which what was done hides."""
    if 0 <= at < len(cells) and cells[at] != DONE:
        cells[at] = CROSSED if cells[at] == PLANNED else TODAY


def years(scale: Scale, today: date) -> str:
    """The years over the scale, each where it begins, and today's line between them."""
    cells = [" "] * scale.width
    _cross(cells, scale.cell(today))
    for first in _firsts(scale):
        if first.month == 1 or first == scale.first:
            _write(cells, scale.cell(first), str(first.year))
    return "".join(cells)


def months(scale: Scale) -> str:
    """Names of months where they fit, else their numbers, each third number where room is less; nothing below that."""
    cells = [" "] * scale.width
    firsts = _firsts(scale)
    room = scale.width / max(len(firsts), 1)
    step = 1 if room >= 3 else 3
    for first in firsts:
        if room * step >= 3 and (first.month - 1) % step == 0:
            said = dates.month(first.month) if room >= 5 else str(first.month)
            _write(cells, scale.cell(first), said)
    return "".join(cells)


def _firsts(scale: Scale) -> list[date]:
    """The first day of each month of the scale."""
    found, day = [], scale.first
    while day <= scale.last:
        found.append(day)
        day = _months(day, 1)
    return found


def _write(cells: list[str], at: int, text: str) -> None:
    """Whole or not at all, and over nothing that was written."""
    if at + len(text) <= len(cells) and (at == 0 or cells[at - 1] in {" ", TODAY}):
        cells[at : at + len(text)] = text
