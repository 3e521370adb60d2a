"""Figures from what was known on a day. Pure: the same material gives the same figures, in the same order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from crm import ids
from crm.office_history import Change, OfficeState, state_as_of
from crm.office_names import office_name
from crm.office_steps import StepState, is_open, late_steps
from crm.offices import swedish
from crm.report.model import (
    AnswerFigure,
    Figures,
    OfficeFigure,
    PhaseFigure,
    PlanFigure,
    PromiseCount,
    PromiseFigure,
    Side,
    StepFigure,
)
from crm.report.standing import Made, Promise, Standing, answer_days, asks_us, standing
from nlp.dates.calendar import working_days_between


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters of one direction an office has, and the day of the last."""

    count: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Material:
    """What was known at the end of `day`: offices' histories, promises with the decisions on them, letters by direction."""

    day: date
    mail_since: date | None
    plan: PlanFigure | None
    municipalities: Mapping[str, str]
    changes: Mapping[int, Sequence[Change]]
    letters: Mapping[tuple[int, str], Letters]
    promises: Sequence[Promise]
    decisions: Mapping[int, Sequence[Made]]


@dataclass(slots=True)
class _Counts:
    """The promises of one office, ours and theirs."""

    ours: PromiseCount = field(default_factory=PromiseCount)
    theirs: PromiseCount = field(default_factory=PromiseCount)


def figures(material: Material) -> Figures:
    """All figures of the day but the changes since the report before."""
    states = {number: state_as_of(rows, material.day) for number, rows in material.changes.items()}
    in_plan = {number for number, state in states.items() if state.in_plan}
    names = {number: _name(state, material.municipalities) for number, state in states.items()}
    stood = _standings(material)
    counts = _counted(stood)
    offices = _sorted(
        _office(number, state, material, counts.get(number, _Counts()))
        for number, state in states.items()
        if number in in_plan
    )
    unplaced = [found for number, found in counts.items() if number not in in_plan]
    return Figures(
        as_of=material.day,
        mail_since=material.mail_since,
        plan=material.plan,
        compared=None,
        total=phase_figure(None, offices),
        phases=_phases(offices),
        offices=tuple(offices),
        promises=_listed(stood, names),
        unplaced_ours=sum((found.ours for found in unplaced), PromiseCount()),
        unplaced_theirs=sum((found.theirs for found in unplaced), PromiseCount()),
        marked=sum(one.promise.marked and one.stands != "kept" for one in stood),
        changes=(),
        answers=_answers(stood, names, material.day),
    )


def _name(state: OfficeState, municipalities: Mapping[str, str]) -> str:
    code = state.municipality or ""
    return office_name(municipalities.get(code, code), state.place)


def _standings(material: Material) -> list[Standing]:
    found = (standing(one, material.decisions.get(one.number, ()), material.day) for one in material.promises)
    return [one for one in found if one is not None]


def _counted(stood: Iterable[Standing]) -> dict[int | None, _Counts]:
    counts: dict[int | None, _Counts] = {}
    for one in stood:
        found = counts.setdefault(one.promise.office, _Counts())
        unjudged = int(not one.judged)
        added = PromiseCount(**{one.stands: 1}, unjudged=unjudged if one.stands != "kept" else 0)
        if one.side == "ours":
            found.ours += added
        else:
            found.theirs += added
    return counts


def _office(number: int, state: OfficeState, material: Material, counts: _Counts) -> OfficeFigure:
    def letters(*ways: str) -> Letters:
        found = [one for way in ways if (one := material.letters.get((number, way)))]
        return Letters(
            sum(one.count for one in found), max((one.last for one in found if one.last), default=None)
        )

    code = state.municipality or ""
    came, went = letters("in"), letters("out")
    return OfficeFigure(
        id=ids.printed("office", number),
        municipality=material.municipalities.get(code, code),
        code=code,
        place=state.place or None,
        phase=state.phase,
        vulnerable_area=state.vulnerable_area,
        step=state.step,
        in_use=is_open(state.steps),
        assessment=state.assessment,
        deviation=state.deviation,
        reason=state.reason,
        measure=state.measure,
        steps=_steps(state.steps, material.day),
        letters_in=came.count,
        letters_out=went.count,
        letters_others=letters("internal", "others").count,
        last_in=came.last,
        last_out=went.last,
        last_contact=letters("in", "out").last,
        ours=counts.ours,
        theirs=counts.theirs,
    )


def _steps(steps: Sequence[StepState], day: date) -> tuple[StepFigure, ...]:
    late = {step.kind: (day - step.planned.end).days for step in late_steps(steps, day) if step.planned.end}
    return tuple(
        StepFigure(
            step=step.kind,
            planned_start=step.planned.start,
            planned_end=step.planned.end,
            actual_start=step.actual.start,
            actual_end=step.actual.end,
            needed=step.needed,
            days_late=late.get(step.kind),
        )
        for step in steps
    )


def _sorted(offices: Iterable[OfficeFigure]) -> list[OfficeFigure]:
    return sorted(
        offices, key=lambda one: (one.phase or 9, swedish(one.municipality), swedish(one.place or ""), one.id)
    )


def _phases(offices: Sequence[OfficeFigure]) -> tuple[PhaseFigure, ...]:
    """One for each phase, in order; last the offices without."""
    numbers = sorted({one.phase for one in offices}, key=lambda phase: (phase is None, phase or 0))
    return tuple(phase_figure(phase, [one for one in offices if one.phase == phase]) for phase in numbers)


def phase_figure(phase: int | None, offices: Sequence[OfficeFigure]) -> PhaseFigure:
    """What these offices come to."""

    def count(holds: Callable[[OfficeFigure], bool]) -> int:
        return sum(map(holds, offices))

    return PhaseFigure(
        phase=phase,
        offices=len(offices),
        in_use=count(lambda one: one.in_use),
        on_plan=count(lambda one: one.assessment == "on_plan"),
        risk=count(lambda one: one.assessment == "risk"),
        late=count(lambda one: one.assessment == "late"),
        done=count(lambda one: one.assessment == "done"),
        unassessed=count(lambda one: one.assessment is None),
        with_late_steps=count(lambda one: any(step.days_late for step in one.steps)),
        letters_in=sum(one.letters_in for one in offices),
        letters_out=sum(one.letters_out for one in offices),
        ours=sum((one.ours for one in offices), PromiseCount()),
        theirs=sum((one.theirs for one in offices), PromiseCount()),
    )


_SIDES: tuple[Side, ...] = ("ours", "theirs")


def _listed(stood: Iterable[Standing], names: Mapping[int, str]) -> tuple[PromiseFigure, ...]:
    """The open and broken ones that may be shown: ours first, the broken before the open, the earliest first."""
    shown = [one for one in stood if one.stands != "kept" and not one.promise.marked]
    shown.sort(
        key=lambda one: (
            _SIDES.index(one.side),
            one.stands,
            one.due_end or one.due_start or date.max,
            one.promise.number,
        )
    )
    return tuple(_promise(one, names) for one in shown)


def _promise(one: Standing, names: Mapping[int, str]) -> PromiseFigure:
    promise = one.promise
    return PromiseFigure(
        id=ids.printed("follow-up", promise.number),
        office=_printed(promise.office),
        office_name=names.get(promise.office) if promise.office is not None else None,
        side=one.side,
        type=promise.facts.kind,
        said_on=promise.facts.since,
        due_start=one.due_start,
        due_end=one.due_end,
        approximate=promise.facts.approximate,
        stands=one.stands,
        judged=one.judged,
        text=" ".join(promise.text.split()) if promise.text is not None else None,
    )


def _printed(office: int | None) -> str | None:
    return ids.printed("office", office) if office is not None else None


def _answers(stood: Iterable[Standing], names: Mapping[int, str], day: date) -> tuple[AnswerFigure, ...]:
    """By office, by name; last what concerns no single one."""
    asked: dict[int | None, list[Standing]] = {}
    for one in stood:
        if asks_us(one):
            asked.setdefault(one.promise.office, []).append(one)
    order = sorted(
        asked, key=lambda number: (number is None, swedish(names.get(number or 0, "")), number or 0)
    )
    return tuple(_answer(number, asked[number], names, day) for number in order)


def _answer(
    office: int | None, asked: Sequence[Standing], names: Mapping[int, str], day: date
) -> AnswerFigure:
    days = [found for one in asked if (found := answer_days(one)) is not None]
    waits = [working_days_between(one.promise.facts.since, day) for one in asked if one.stands != "kept"]
    return AnswerFigure(
        office=_printed(office),
        office_name=names.get(office) if office is not None else None,
        answered=len(days),
        median=float(median(days)) if days else None,
        longest=max(days, default=None),
        unanswered=len(waits),
        longest_waiting=max(waits, default=None),
    )
