"""What a fact makes of an office, and whether it is worth a question: it may be known, or overtaken. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from crm.folding import fold
from crm.office_history import as_value, step_field, window_of
from crm.office_steps import Window

FactState = Literal["proposed", "known", "superseded", "accepted", "dismissed"]
CONTACTS = "contacts"
_DECIDED = frozenset({"accepted", "dismissed"})


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A fact as it is kept: `field` is that of the history, `since` the day on which it was said."""

    id: int
    field: str
    status: str
    side: str
    value: str | None
    window: Window
    approximate: bool
    since: date
    state: str = "proposed"


def field_of(kind: str, step: str | None, status: str, role: str | None, *, ours: bool) -> str:
    """The field of the history that a fact is about; `ours`: it was written by us.

    Who leads is our owner when we say so, else somebody at the municipality.
    """
    if kind == "step":
        return step_field(step or "", "planned" if status == "planned" else "actual")
    if kind == "responsible":
        if step is not None:
            return step_field(step, "responsible")
        return "owner" if ours and role != "municipality_contact" else CONTACTS
    return "vulnerable_area" if kind == "area" else kind


def value_after(fact: SaidFact, fields: Mapping[str, Any]) -> Any:
    """The value that the field would get; of a contact person the name alone."""
    if fact.field == "phase":
        return int(fact.value) if fact.value else None
    if not fact.field.endswith((".planned", ".actual")):
        return fact.value
    return as_value(_window_after(fact, window_of(fields.get(fact.field))))


def _window_after(fact: SaidFact, now: Window) -> Window:
    """A beginning keeps the end that is known, and an end the beginning, where they go together."""
    start, end = fact.window.start, fact.window.end
    if fact.side == "begin":
        begun = start or end
        return Window(begun, now.end if _in_order(begun, now.end) else None)
    if fact.side == "end":
        ended = end or start
        return Window(now.start if _in_order(now.start, ended) else None, ended)
    return Window(start, end)


def _in_order(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


def is_known(fact: SaidFact, fields: Mapping[str, Any], contacts: Mapping[int, str]) -> bool:
    """Whether the history says as much already; `contacts` are the names of people by number."""
    now = fields.get(fact.field)
    if fact.field == CONTACTS:
        return fold(fact.value or "") in {fold(contacts.get(number, "")) for number in now or ()}
    if isinstance(now, str) and fact.value is not None:
        return fold(now) == fold(fact.value)
    after = value_after(fact, fields)
    if now == after or not fact.field.endswith((".planned", ".actual")):
        return bool(now == after)
    standing = window_of(now)
    if fact.status != "planned" and fact.approximate:
        return bool(standing) if fact.status == "begun" else standing.end is not None
    return bool(standing) and fact.side == "whole" and _lies_in(standing, fact.window)


def _lies_in(inner: Window, outer: Window) -> bool:
    """Whether one window tells the day at least as well as the other."""
    if inner.start is None or inner.end is None:
        return False
    return (outer.start is None or outer.start <= inner.start) and (
        outer.end is None or inner.end <= outer.end
    )


def judge(
    facts: Iterable[SaidFact],
    fields: Mapping[str, Any],
    spoke: Mapping[str, date],
    contacts: Mapping[int, str],
) -> dict[int, FactState]:
    """Fact → state, for those of one office on which nobody has decided.

    `spoke`: for each field the day that its newest change speaks for. Of several facts on one field the newest
    counts; what a person has dismissed is not proposed when it is said again.
    """
    newest: dict[tuple[str, ...], SaidFact] = {}
    states: dict[int, FactState] = {}
    ordered = sorted(facts, key=lambda one: (one.since, one.id), reverse=True)
    dismissed = {_content(one) for one in ordered if one.state == "dismissed"}
    for fact in ordered:
        first = newest.setdefault(_group(fact), fact)
        if fact.state in _DECIDED:
            continue
        if is_known(fact, fields, contacts) and first is fact:
            states[fact.id] = "known"
        elif first is not fact or _content(fact) in dismissed or _is_overtaken(fact, fields, spoke):
            states[fact.id] = "superseded"
        else:
            states[fact.id] = "proposed"
    return states


def _group(fact: SaidFact) -> tuple[str, ...]:
    """Facts of one group answer one question."""
    if fact.field == CONTACTS:
        return fact.field, fold(fact.value or "")
    return fact.field, fact.side


def _content(fact: SaidFact) -> tuple[object, ...]:
    return fact.field, fact.side, fact.value, fact.window.start, fact.window.end


def _is_overtaken(fact: SaidFact, fields: Mapping[str, Any], spoke: Mapping[str, date]) -> bool:
    """By a later change of the field; a plan also by the step's having been done."""
    day = None if fact.field == CONTACTS else spoke.get(fact.field)
    if day is not None and day > fact.since:
        return True
    if not fact.field.endswith(".planned"):
        return False
    return window_of(fields.get(fact.field.removesuffix("planned") + "actual")).end is not None
