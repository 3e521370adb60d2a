"""What an office is, from the history of what became different about it: now, or as it stood on any day. Pure.

A field is `in_plan`, `phase`, `vulnerable_area`, `municipality`, `place`, `owner`, `assessment`, `deviation`, `reason`,
`measure`, `contacts`, `decisions`, or `step.KIND.WHAT` with `planned`, `actual`, `responsible`, `blocked_by`, `needed`. Values are JSON:
windows as `{"start": DAY, "end": DAY}`, contacts as numbers of people, decisions as what names them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm.office_steps import STEPS, StepState, Window, current_step

ZONE = "Europe/Stockholm"
ASSESSMENTS = ("on_plan", "risk", "late", "done")
AREAS = ("required", "chosen", "none", "unknown")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that became `value`, and what it was; `undone_at`: when somebody took that back."""

    field: str
    value: Any
    previous: Any
    at: datetime
    by: str
    because: str | None = None
    message: int | None = None
    plan: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficeState:
    """An office as it stood; `contacts` are numbers of people, `steps` all of them in their order."""

    in_plan: bool = False
    phase: int | None = None
    vulnerable_area: str = "unknown"
    municipality: str | None = None
    place: str = ""
    owner: str | None = None
    assessment: str | None = None
    deviation: str | None = None
    reason: str | None = None
    measure: str | None = None
    contacts: tuple[int, ...] = ()
    decisions: tuple[str, ...] = ()
    steps: tuple[StepState, ...] = tuple(StepState(kind) for kind in STEPS)

    @property
    def step(self) -> str | None:
        """The step that it has come to."""
        return current_step(self.steps)


def state_as_of(changes: Iterable[Change], day: date = date.max, zone: str = ZONE) -> OfficeState:
    """What one office's changes, in the order in which they were recorded, amount to at the end of `day` in `zone`.

    A change that was taken back counts on the days before that, so that a day's figures stay what they were.
    """
    return state_of(fields_as_of(changes, day, zone))


def fields_as_of(changes: Iterable[Change], day: date = date.max, zone: str = ZONE) -> dict[str, Any]:
    """The same as field → value."""
    return {change.field: change.value for change in changes if holds(change, day, zone)}


def holds(change: Change, day: date = date.max, zone: str = ZONE) -> bool:
    """It was recorded by the end of `day`, and not yet taken back then."""
    if day_of(change.at, zone) > day:
        return False
    return change.undone_at is None or day_of(change.undone_at, zone) > day


def day_of(at: datetime, zone: str = ZONE) -> date:
    """The day of a moment where we are."""
    return at.astimezone(ZoneInfo(zone)).date()


def state_of(fields: Mapping[str, Any]) -> OfficeState:
    """The state that fields and their values are."""
    return OfficeState(
        in_plan=bool(fields.get("in_plan")),
        phase=fields.get("phase"),
        vulnerable_area=fields.get("vulnerable_area") or "unknown",
        municipality=fields.get("municipality"),
        place=fields.get("place") or "",
        owner=fields.get("owner"),
        assessment=fields.get("assessment"),
        deviation=fields.get("deviation"),
        reason=fields.get("reason"),
        measure=fields.get("measure"),
        contacts=tuple(fields.get("contacts") or ()),
        decisions=tuple(fields.get("decisions") or ()),
        steps=tuple(_step(kind, fields) for kind in STEPS),
    )


def _step(kind: str, fields: Mapping[str, Any]) -> StepState:
    def fact(name: str) -> Any:
        return fields.get(step_field(kind, name))

    return StepState(
        kind=kind,
        planned=window_of(fact("planned")),
        actual=window_of(fact("actual")),
        responsible=fact("responsible"),
        blocked_by=fact("blocked_by"),
        needed=fact("needed") is not False,
    )


def step_field(kind: str, fact: str) -> str:
    """The field of one fact of a step."""
    return f"step.{kind}.{fact}"


def known_area(area: str) -> str | None:
    """An area as the history keeps it: nothing for one that is not known."""
    return None if area == "unknown" else area


def as_value(window: Window) -> dict[str, str | None] | None:
    """A window as the history keeps it; None for an empty one."""
    if not window:
        return None
    return {
        "start": window.start.isoformat() if window.start else None,
        "end": window.end.isoformat() if window.end else None,
    }


def window_of(value: Mapping[str, str | None] | None) -> Window:
    """The window that the history keeps so."""
    if not value:
        return Window()
    start, end = value.get("start"), value.get("end")
    return Window(
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
    )
