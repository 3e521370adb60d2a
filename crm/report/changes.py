"""What of the offices is otherwise than in the report before. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from crm.office_history import step_field
from crm.privacy.passages import HIDDEN
from crm.report.model import ChangeFigure, Compared, Figures, OfficeFigure, StepFigure

_FIELDS = ("phase", "vulnerable_area", "step", "assessment", "deviation", "reason", "measure")


def compared(now: Figures, before: Figures | None, than: Compared | None) -> Figures:
    """The figures with what became otherwise since the report `than`, whose figures were `before`."""
    if before is None or than is None:
        return now
    return replace(now, compared=than, changes=tuple(_changes(before, now)))


def _changes(before: Figures, now: Figures) -> Iterator[ChangeFigure]:
    """By office, as the offices stand now; those that have left come last."""
    then = {one.id: one for one in before.offices}
    for office in now.offices:
        earlier = then.pop(office.id, None)
        if earlier is None:
            yield ChangeFigure(office.id, office.name, "joined", None, None)
        else:
            yield from _of_office(earlier, office)
    for office in then.values():
        yield ChangeFigure(office.id, office.name, "left", None, None)


def _of_office(before: OfficeFigure, now: OfficeFigure) -> Iterator[ChangeFigure]:
    then, here = _said(before), _said(now)
    for field, value in here.items():
        if then.get(field) != value and HIDDEN not in (then.get(field) or ""):
            yield ChangeFigure(now.id, now.name, field, then.get(field), value)


def _said(office: OfficeFigure) -> Mapping[str, str | None]:
    said: dict[str, str | None] = {"name": office.name}
    for field in _FIELDS:
        value = getattr(office, field)
        said[field] = str(value) if value is not None else None
    for step in office.steps:
        said |= _said_of_step(step)
    return said


def _said_of_step(step: StepFigure) -> dict[str, str | None]:
    return {
        step_field(step.step, "planned"): interval(step.planned_start, step.planned_end),
        step_field(step.step, "actual"): interval(step.actual_start, step.actual_end),
        step_field(step.step, "needed"): "yes" if step.needed else "no",
    }


def interval(start: date | None, end: date | None) -> str | None:
    """`2021-09-01/2021-09-30` (ISO 8601, `..` for an open side); None for no window."""
    if start is None and end is None:
        return None
    first = start.isoformat() if start else ".."
    last = end.isoformat() if end else ".."
    return f"{first}/{last}"


def days_of(said: str) -> tuple[date | None, date | None]:
    """The days of such an interval."""
    first, _slash, last = said.partition("/")
    return (
        None if first == ".." else date.fromisoformat(first),
        None if last == ".." else date.fromisoformat(last),
    )
