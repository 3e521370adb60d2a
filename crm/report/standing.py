"""How a promise stood at the end of a day, from what was found and decided by then. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.buckets import APPROXIMATE
from crm.deciding import Decided, Outcome, first_state, outcome
from crm.past import Facts
from crm.report.model import Side, Stands
from crm.rows.follow_ups import OPEN_STATES, State
from nlp.dates.calendar import add_working_days, working_days_between

TYPES = frozenset({"commitment", "request", "deadline"})
SIDES: Mapping[str, Side] = {"us": "ours", "them": "theirs"}
_KEPT = frozenset({"kept", "done"})
_OPEN = frozenset({*OPEN_STATES, "broken"})


@dataclass(frozen=True, slots=True)
class Promise:
    """A follow-up as it was known on a day; `known_on`: when its letter was at hand, `text` None where it must not be shown."""

    number: int
    office: int | None
    by_hand: bool
    facts: Facts
    known_on: date
    text: str | None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made by then; `undoes` is the number of the one that it takes back."""

    number: int
    action: str
    payload: Mapping[str, Any]
    by: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What had become of a promise; `kept_on` is known where a letter or a note shows it."""

    promise: Promise
    side: Side
    stands: Stands
    judged: bool
    due_start: date | None
    due_end: date | None
    kept_on: date | None


def standing(promise: Promise, made: Sequence[Made], day: date) -> Standing | None:
    """How it stood; None for what is no promise between us and them, or was settled otherwise."""
    facts, side = promise.facts, SIDES.get(promise.facts.owes)
    if side is None or facts.kind not in TYPES:
        return None
    held = holding(made)
    now = outcome(_found(promise, day), [Decided(one.action, dict(one.payload), one.by) for one in held])
    due_start, due_end = now.due or (facts.due_start, facts.due_end)
    if now.state in _KEPT:
        return Standing(promise, side, "kept", True, due_start, due_end, _kept_on(promise, now, day))
    if now.state not in _OPEN:
        return None
    is_broken = now.state == "broken" or is_over(due_end, day, approximate=facts.approximate)
    stands: Stands = "broken" if is_broken else "open"
    return Standing(promise, side, stands, now.state != "proposed", due_start, due_end, None)


def holding(made: Iterable[Made]) -> list[Made]:
    """Those that were not taken back, oldest first."""
    rows = sorted(made, key=lambda one: one.number)
    undone = {one.undoes for one in rows if one.undoes is not None}
    return [one for one in rows if one.undoes is None and one.number not in undone]


def _found(promise: Promise, day: date) -> State:
    """What a machine made of it, before anybody decided."""
    kept_on = promise.facts.kept_on
    if kept_on is not None and kept_on <= day:
        return "kept"
    return "dismissed" if promise.by_hand else first_state(promise.facts.due_end, promise.known_on)


def _kept_on(promise: Promise, now: Outcome, day: date) -> date | None:
    if now.note is not None:
        return date.fromisoformat(now.note[1])
    kept_on = promise.facts.kept_on
    return kept_on if kept_on is not None and kept_on <= day else None


def is_over(due_end: date | None, day: date, *, approximate: bool) -> bool:
    """Its last day has passed; an approximate one only some working days later."""
    if due_end is None:
        return False
    return add_working_days(due_end, APPROXIMATE) <= day if approximate else due_end < day


def answer_days(stood: Standing) -> int | None:
    """Working days from their question to our answer; None where it is no question to us, or no answer shows."""
    if not asks_us(stood) or stood.kept_on is None:
        return None
    return max(working_days_between(stood.promise.facts.since, stood.kept_on), 0)


def asks_us(stood: Standing) -> bool:
    """It is a question or request of theirs to us."""
    return stood.side == "ours" and stood.promise.facts.kind == "request"
