"""How a search goes through a large store: from the rarest of what was asked for, or along all messages, newest first.

What a few messages hold is looked up, and the few are sorted. What many hold is met soon on the way from the newest
message down. SQLite is told which of the two; it knows nothing of how often a word stands. It is asked for the hits of a
word only among the messages just passed: all hits of a common word take a second in a million messages. PostgreSQL
decides by its statistics.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from crm.lookup import numbers_of
from crm.searching.conditions import Condition, Within
from db.chunks import chunks
from db.keyset import older
from db.schema import Message

# Messages that are looked up and sorted in a moment: where nothing else is asked for, the way down is soon done.
FEW, FEW_OF_MANY = 8_000, 20_000
_FIRST_STEP, _STEPS_GROW, _LONGEST_STEP = 400, 4, 12_800
_SEVERAL = 2
_GAP = 500  # between ids, from which on two ranges of them are asked for
_RANGES = 12
_THIN = 10  # ids in the ranges for each that is asked for, from which on the hits of all are too many
_AT_ONCE = 5_000
_ZONES = timedelta(days=2)  # a message's day and its instant are at most so far apart

Place = tuple[datetime | None, int]


@dataclass(frozen=True, slots=True)
class Page:
    """At most `limit` (0: all) of the messages after the place `before`."""

    limit: int = 0
    before: Place | None = None


def newest(session: Session, asked: Sequence[Condition], page: Page) -> list[int]:
    """Ids of the messages that meet every condition, newest first, those without a date last."""
    wanted = page.limit or None
    asked = sorted(asked, key=lambda one: one.within is not None)  # what costs most is asked of the fewest
    found: list[int] = []
    for source in _sources(session, asked):
        for number in source.walk(session, asked, page):
            found.append(number)
            if len(found) == wanted:
                return found
    return found


def count(session: Session, asked: Sequence[Condition], most: int) -> int:
    """How many messages meet every condition; `most` if there are more."""
    return len(newest(session, asked, Page(limit=most)))


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the messages come from: all that meet `where`, in one statement, or along the way in steps."""

    where: ColumnElement[bool]
    in_steps: bool = False

    def walk(self, session: Session, asked: Sequence[Condition], page: Page) -> Iterator[int]:
        if self.in_steps:
            return _stepwise(session, asked, self.where, page)
        chosen = _page(self.where, page.before).where(*(one.holds for one in asked))
        return iter(session.scalars(chosen.limit(page.limit) if page.limit else chosen))


def _sources(session: Session, asked: Sequence[Condition]) -> list[_Source]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    rarest = _rarest(session, asked) if sqlite else None
    if rarest is not None:
        return [_Source(Message.id.in_(rarest))]
    in_steps = any(one.within is not None for one in asked)
    return [_Source(where, in_steps) for where in _days(asked)]


def _rarest(session: Session, asked: Sequence[Condition]) -> Select[int] | None:
    """Of what an index gives, that with the fewest messages, if they are few."""
    indexed = [one for one in asked if one.ids is not None]
    fewest, chosen = (FEW if len(indexed) < _SEVERAL else FEW_OF_MANY) + 1, None
    for one in indexed:
        if one.ids is not None:
            number = session.scalar(select(func.count()).select_from(one.ids.limit(fewest).subquery())) or 0
            if number < fewest:
                fewest, chosen = number, one.ids
    return chosen


def _days(asked: Sequence[Condition]) -> list[ColumnElement[bool]]:
    """Where on the way the days that were asked for lie; what has no instant comes after all that has."""
    first = max((one.days[0] for one in asked if one.days[0]), default=None)
    last = min((one.days[1] for one in asked if one.days[1]), default=None)
    if first is None and last is None:
        return [true()]
    bounds = []
    if first is not None:
        bounds.append(Message.sent_at >= datetime.combine(first, time(), UTC) - _ZONES)
    if last is not None:
        bounds.append(Message.sent_at <= datetime.combine(last, time(), UTC) + _ZONES)
    return [and_(*bounds), Message.sent_at.is_(None)]


def _page(where: ColumnElement[bool], before: Place | None) -> Select[int]:
    chosen = select(Message.id).where(where)
    if before is not None:
        chosen = chosen.where(older(Message.sent_at, Message.id, *before))
    return chosen.order_by(Message.sent_at.desc().nulls_last(), Message.id.desc())


def _stepwise(
    session: Session, asked: Sequence[Condition], where: ColumnElement[bool], page: Page
) -> Iterator[int]:
    """Some messages that meet what their row tells, and of them those that hold the words; then more."""
    plain = [one.holds for one in asked if one.within is None]
    ranged = [one for one in asked if one.within is not None]
    before, step = page.before, _FIRST_STEP
    while True:
        numbers = numbers_of(session, _page(where, before).where(*plain).limit(step))
        held = _held(session, ranged, numbers)
        yield from (number for number in numbers if number in held)
        if len(numbers) < step:
            return
        before = _place(session, numbers[-1])
        step = min(step * _STEPS_GROW, _LONGEST_STEP)


def _place(session: Session, number: int) -> Place:
    """Where a message stands on the way; asked for the last of a step, since a moment of each costs more than the step."""
    return session.scalar(select(Message.sent_at).where(Message.id == number)), number


def _held(session: Session, ranged: Sequence[Condition], numbers: Sequence[int]) -> set[int]:
    """Those that hold the words: by the hits within their ranges, or one by one where they are few or far between."""
    within = ranges(numbers)
    width = sum(last - first + 1 for first, last in within)
    if len(numbers) <= _FIRST_STEP or width > _THIN * len(numbers):
        chosen = [
            select(Message.id).where(Message.id.in_(part), *_of_rows(ranged, part))
            for part in chunks(numbers, _AT_ONCE)
        ]
    else:
        chosen = [
            select(Message.id).where(
                Message.id.in_([number for number in numbers if first <= number <= last]),
                *(one.part((first, last)) for one in ranged),
            )
            for first, last in within
        ]
    return {number for statement in chosen for number in session.scalars(statement)}


def _of_rows(ranged: Sequence[Condition], numbers: Sequence[int]) -> list[ColumnElement[bool]]:
    within = min(numbers), max(numbers)
    return [one.holds if one.by_row else one.part(within) for one in ranged]


def ranges(numbers: Sequence[int]) -> list[Within]:
    """At most a dozen ranges, in which all of the numbers lie."""
    ordered = sorted(numbers)
    if not ordered:
        return []
    gaps = sorted(
        ((after - one, one, after) for one, after in pairwise(ordered) if after - one > _GAP),
        reverse=True,
    )[: _RANGES - 1]
    starts = sorted(after for _, _, after in gaps)
    ends = sorted(one for _, one, _ in gaps)
    return list(zip([ordered[0], *starts], [*ends, ordered[-1]], strict=True))
