"""What staff decide on an office: who looks after it, how it stands, when its steps are. One command is one step of undo."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from crm import audit, ids
from crm.errors import Ambiguous, NotFound
from crm.folding import fold
from crm.office_changing import Stamp, changes_of, record, undo_batch
from crm.office_history import as_value, fields_as_of, known_area, state_of, step_field
from crm.office_steps import STEPS, Window
from crm.offices import find_office, office_rows
from crm.people import show_person
from crm.rows.offices import OfficeRow
from db.schema import Arrangement, Message

_OF_AN_ASSESSMENT = ("deviation", "reason", "measure")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set of an office; None makes no difference, an empty text or list takes away.

    `contacts` are names, addresses or ids of people, `decisions` what names a decision: a number, an address.
    """

    owner: str | None = None
    phase: int | None = None
    vulnerable_area: str | None = None
    place: str | None = None
    assessment: str | None = None
    deviation: str | None = None
    reason: str | None = None
    measure: str | None = None
    contacts: tuple[str, ...] | None = None
    decisions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class WantedStep:
    """What is to be set of a step; None makes no difference, an empty text or window takes away.

    `begun` and `finished` are one side of the actual window each.
    """

    planned: Window | None = None
    actual: Window | None = None
    begun: Window | None = None
    finished: Window | None = None
    responsible: str | None = None
    blocked_by: str | None = None
    needed: bool | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Who decides when, why, and by which mail (its printed id)."""

    by: str
    now: datetime
    because: str | None = None
    message: str | None = None


def set_office(session: Session, name: str, wanted: Wanted, why: Why) -> tuple[OfficeRow, bool]:
    """The office as it stands then, and whether anything became different. Raises NotFound, Ambiguous.

    A new assessment takes the words of the old one with it, unless they are said again.
    """
    office = find_office(session, name)
    return _record(session, office, "set", _values(session, wanted), why)


def set_offices(session: Session, names: Sequence[str], wanted: Wanted, why: Why) -> set[int]:
    """The same of several offices by id, as one step of undo; the numbers of those of which anything became different.

    Raises NotFound.
    """
    numbers = [ids.number("office", name) for name in names]
    there = {row.id for row in office_rows(session, numbers)}
    for name in names:
        if name not in there:
            raise NotFound("office", name)
    values = _values(session, wanted)
    stamp = _stamp(session, why)
    changed = record(session, dict.fromkeys(numbers, values), stamp)
    for number in sorted(changed):
        _journal(session, number, "set", values, why, stamp.batch)
    return changed


def _values(session: Session, wanted: Wanted) -> dict[str, Any]:
    """Fields and values as the history keeps them."""
    said = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    given: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    if "assessment" in given:
        given = {**dict.fromkeys(_OF_AN_ASSESSMENT), **given}
    if "contacts" in given:
        given["contacts"] = [person_number(session, one) for one in given["contacts"] if one.strip()]
    if "decisions" in given:
        given["decisions"] = [one.strip() for one in given["decisions"] if one.strip()]
    if "vulnerable_area" in given:
        given["vulnerable_area"] = known_area(given["vulnerable_area"])
    return {key: _value(value) for key, value in given.items()}


def _value(value: Any) -> Any:
    """Words on one line; nothing for an empty one."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return value or None


def person_number(session: Session, name: str) -> int:
    """The number of a person by name, address or id. Raises NotFound, Ambiguous."""
    rows = show_person(session, name)
    if len(rows) > 1:
        raise Ambiguous(name, tuple(f"{row.id} {row.name}" for row in rows))
    return ids.number("person", rows[0].id)


def set_step(session: Session, name: str, step: str, wanted: WantedStep, why: Why) -> tuple[OfficeRow, bool]:
    """The same for one step of an office. Raises NotFound for a step that is none."""
    office, kind = find_office(session, name), step_named(step)
    number = ids.number("office", office.id)
    now = state_of(fields_as_of(changes_of(session, [number]).get(number, [])))
    actual = next(one for one in now.steps if one.kind == kind).actual
    values: dict[str, Any] = {}
    if wanted.planned is not None:
        values["planned"] = as_value(wanted.planned)
    if wanted.actual is not None or wanted.begun is not None or wanted.finished is not None:
        values["actual"] = as_value(_actual(actual, wanted))
    for fact in ("responsible", "blocked_by"):
        if getattr(wanted, fact) is not None:
            values[fact] = _value(getattr(wanted, fact))
    if wanted.needed is not None:
        values["needed"] = None if wanted.needed else False
    return _record(
        session, office, "step", {step_field(kind, fact): value for fact, value in values.items()}, why
    )


def _actual(old: Window, wanted: WantedStep) -> Window:
    if wanted.actual is not None:
        return wanted.actual
    start, end = old.start, old.end
    if wanted.begun is not None:
        start = wanted.begun.start or wanted.begun.end
    if wanted.finished is not None:
        end = wanted.finished.end or wanted.finished.start
    return Window(start, end if start is None or end is None or end >= start else None)


def step_named(name: str) -> str:
    """A step by its name, in any case, with or without å ä ö, or by a beginning that only one has. Raises NotFound."""
    asked = fold(" ".join(name.replace("_", " ").replace("-", " ").split()))
    exact = [step for step in STEPS if fold(step) == asked]
    found = exact or [step for step in STEPS if asked and fold(step).startswith(asked)]
    if len(found) > 1:
        raise Ambiguous(name, tuple(found))
    if not found:
        raise NotFound("step", name)
    return found[0]


def _record(
    session: Session, office: OfficeRow, action: str, values: Mapping[str, Any], why: Why
) -> tuple[OfficeRow, bool]:
    number, stamp = ids.number("office", office.id), _stamp(session, why)
    if not record(session, {number: values}, stamp):
        return office, False
    _journal(session, number, action, values, why, stamp.batch)
    return office_rows(session, [number])[0], True


def _stamp(session: Session, why: Why) -> Stamp:
    return Stamp(why.by, why.now, secrets.token_hex(8), _value(why.because), _message(session, why.message))


def _journal(
    session: Session, number: int, action: str, values: Mapping[str, Any], why: Why, batch: str
) -> None:
    """What undo takes back, and what the audit log says."""
    session.add(
        Arrangement(
            subject="office", action=action, one=number, payload={}, at=why.now, by=why.by, batch=batch
        )
    )
    audit.record(session, why.now, why.by, f"office {action}", {"office": number, "fields": dict(values)})


def _message(session: Session, name: str | None) -> int | None:
    if name is None:
        return None
    number = ids.number("message", name)
    if session.get(Message, number) is None:
        raise NotFound("message", name)
    return number


def take_back(session: Session, step: Sequence[Arrangement], by: str, now: datetime) -> list[OfficeRow]:
    """Undoes what was set; who decided it is in the history, as is when it was taken back."""
    del by
    offices: set[int] = set()
    for each in step:
        each.undone = True
        offices |= undo_batch(session, each.batch, now)
    return office_rows(session, sorted(offices))
