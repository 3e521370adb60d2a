"""What one plan says otherwise than another. Pure: an office is known again by its number, whatever it is called."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from crm.plans import Bounds, MetropolitanPlan, OfficePlan, Plan, ReportPlan
from nlp.municipalities.gazetteer import by_name

Kind = Literal[
    "offices", "phase-offices", "phase-dates", "metropolitan", "named", "added", "split", "left", "renamed",
    "phase", "area", "opens", "report",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing: an `office` (or a phase's number, a report's key) and what it was `before` and is `after`.

    Bounds are `{"min", "max"}`, days `{"start", "end"}`, slots bounds with `areas`; None where a plan says nothing. For an
    office that split, `before` is what both were.
    """

    change: Kind
    subject: str | None
    office: int | None
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Revision:
    """A plan, and the numbers of its offices in its order."""

    plan: Plan
    offices: tuple[int, ...]


def differences(old: Revision, new: Revision) -> list[Difference]:
    """From the whole to the single: bounds, phases, metropolitan slots, offices in the new plan's order, reports."""
    before = dict(zip(old.offices, old.plan.offices, strict=True))
    after = dict(zip(new.offices, new.plan.offices, strict=True))
    return [
        *_bounds(old.plan, new.plan),
        *_phases(old.plan, new.plan),
        *_slots(old.plan.metropolitan, new.plan.metropolitan),
        *_offices(old.plan, before, after),
        *_left(before, after),
        *_reports(old.plan.reports, new.plan.reports),
    ]


def _bounds(old: Plan, new: Plan) -> list[Difference]:
    if old.offices_in_all == new.offices_in_all:
        return []
    return [Difference("offices", None, None, _said(old.offices_in_all), _said(new.offices_in_all))]


def _said(bounds: Bounds) -> dict[str, int | None] | None:
    if bounds.min is None and bounds.max is None:
        return None
    return {"min": bounds.min, "max": bounds.max}


def _phases(old: Plan, new: Plan) -> list[Difference]:
    before, after = ({phase.number: phase for phase in plan.phases} for plan in (old, new))
    counted = [_counts(plan) for plan in (old, new)]
    found: list[Difference] = []
    for number in sorted(counted[0].keys() | counted[1].keys()):
        was, now = before.get(number), after.get(number)
        counts = [_said(count[number]) if number in count else None for count in counted]
        if counts[0] != counts[1]:
            found.append(Difference("phase-offices", str(number), None, *counts))
        days = tuple(_days(phase.start, phase.end) if phase else None for phase in (was, now))
        if days[1] is not None and days[0] != days[1]:
            found.append(Difference("phase-dates", str(number), None, *days))
    return found


def _counts(plan: Plan) -> dict[int, Bounds]:
    """How many offices a plan says for each phase, or as many as it names in one of which it says nothing."""
    named = Counter(entry.phase for entry in plan.offices if entry.phase is not None)
    said = {phase.number: phase.offices for phase in plan.phases if phase.offices != Bounds()}
    return {number: Bounds(count, count) for number, count in named.items()} | said


def _days(start: date | None, end: date | None) -> dict[str, str | None] | None:
    if start is None and end is None:
        return None
    return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _slots(old: Sequence[MetropolitanPlan], new: Sequence[MetropolitanPlan]) -> list[Difference]:
    if tuple(old) == tuple(new):
        return []
    pairs = [(was, now) for was, now in _paired(old, new) if was != now]
    return [Difference("metropolitan", None, None, _slot(was), _slot(now)) for was, now in pairs]


def _paired(
    old: Sequence[MetropolitanPlan], new: Sequence[MetropolitanPlan]
) -> list[tuple[MetropolitanPlan | None, MetropolitanPlan | None]]:
    longest = max(len(old), len(new))
    return [(old[at] if at < len(old) else None, new[at] if at < len(new) else None) for at in range(longest)]


def _slot(slot: MetropolitanPlan | None) -> dict[str, Any] | None:
    if slot is None:
        return None
    return {"min": slot.offices.min, "max": slot.offices.max, "areas": list(slot.areas)}


def _offices(old: Plan, before: dict[int, OfficePlan], after: dict[int, OfficePlan]) -> list[Difference]:
    found: list[Difference] = []
    for number, entry in after.items():
        was = before.get(number)
        if was is None:
            found.append(_new(old, number, entry, before, after))
        else:
            found += _changed(number, was, entry)
    return found


def _new(
    old: Plan, number: int, entry: OfficePlan, before: dict[int, OfficePlan], after: dict[int, OfficePlan]
) -> Difference:
    kind: Kind = "added"
    origin = None
    for other, was in before.items():
        if was.municipality == entry.municipality and other in after and was.name != after[other].name:
            kind, origin = "split", was.name
    if kind == "added" and _fills_a_slot(old.metropolitan, entry):
        kind = "named"
    return Difference(kind, entry.name, number, origin, entry.phase)


def _fills_a_slot(slots: Sequence[MetropolitanPlan], entry: OfficePlan) -> bool:
    """It lies in the county of an area in which the plan counted offices without naming them."""
    places = by_name()
    counties = {places[area].county_code for slot in slots for area in slot.areas if area in places}
    return entry.municipality in places and places[entry.municipality].county_code in counties


def _changed(number: int, was: OfficePlan, now: OfficePlan) -> list[Difference]:
    found: list[Difference] = []
    if was.name != now.name:
        found.append(Difference("renamed", now.name, number, was.name, now.name))
    if was.phase != now.phase:
        found.append(Difference("phase", now.name, number, was.phase, now.phase))
    if was.vulnerable_area != now.vulnerable_area:
        found.append(Difference("area", now.name, number, was.vulnerable_area, now.vulnerable_area))
    opened = _days(was.opens_start, was.opens_end), _days(now.opens_start, now.opens_end)
    if opened[0] != opened[1]:
        found.append(Difference("opens", now.name, number, *opened))
    return found


def _left(before: dict[int, OfficePlan], after: dict[int, OfficePlan]) -> list[Difference]:
    return [
        Difference("left", entry.name, number, entry.phase, None)
        for number, entry in before.items()
        if number not in after
    ]


def _reports(old: Sequence[ReportPlan], new: Sequence[ReportPlan]) -> list[Difference]:
    """A plan that names no reports takes none back."""
    before = {report.key: report for report in old}
    found = []
    for report in new:
        was = before.get(report.key)
        days = _days(was.due_start, was.due_end) if was else None
        now = _days(report.due_start, report.due_end)
        if days != now:
            found.append(Difference("report", report.key, None, days, now))
    return found
