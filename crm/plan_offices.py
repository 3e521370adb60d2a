"""What a revision of the plan does to the offices: those that it names, those that it makes, and what it says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.errors import PlanRefused
from crm.office_changing import Stamp, record
from crm.office_history import as_value, known_area, step_field
from crm.office_names import office_name
from crm.office_steps import OPEN, Window
from crm.plan_content import as_content
from crm.plan_matching import Known, WasUnknown, match
from crm.plans import OfficePlan, Plan
from crm.report_duties import add_duties
from db.schema import Municipality, Office, PlanEntry, PlanPhase, PlanRevision, PlanSlot
from nlp.municipalities.gazetteer import by_name


def newest_first(session: Session) -> list[PlanRevision]:
    return list(
        session.scalars(select(PlanRevision).order_by(PlanRevision.day.desc(), PlanRevision.id.desc()))
    )


def add_plan(
    session: Session, plan: Plan, stamp: Stamp, *, name: str, imported: bool = False
) -> PlanRevision:
    """Adds a revision. The offices become those of the newest one by its day. Raises PlanRefused."""
    row = PlanRevision(
        key=plan.key,
        day=plan.day,
        source=plan.source,
        title=plan.title,
        offices_min=plan.offices_in_all.min,
        offices_max=plan.offices_in_all.max,
        imported_at=stamp.at if imported else None,
        imported_by=stamp.by if imported else None,
    )
    session.add(row)
    session.flush()
    codes = {place: one.code for place, one in by_name().items()}
    found = _numbers(session, plan, name)
    is_newest = newest_first(session)[0] is row
    if is_newest:
        _rename(session, plan, found, codes, stamp, name)
    numbers = _with_new(session, plan, found, codes)
    row.content = {"plan": as_content(plan), "offices": numbers}
    _add_parts(session, row, plan, numbers, codes)
    if is_newest:
        say(session, plan, numbers, stamp)
    add_duties(session, plan, stamp, decides=is_newest)
    return row


def _numbers(session: Session, plan: Plan, name: str) -> list[int | None]:
    rows = session.execute(
        select(Office.id, Municipality.name, Office.place, Office.in_plan)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .order_by(Office.id)
    )
    known = [Known(*row) for row in rows]
    try:
        return match(known, plan.offices)
    except WasUnknown as error:
        entry = plan.offices[error.entry]
        near = tuple(
            office_name(one.municipality, one.place)
            for one in known
            if one.municipality == entry.municipality
        )
        raise PlanRefused(f"{name}: {entry.name}", "was", error.was, near) from None


def _rename(
    session: Session,
    plan: Plan,
    numbers: Sequence[int | None],
    codes: Mapping[str, str],
    stamp: Stamp,
    name: str,
) -> None:
    """Names that the plan changes; an entry without a place leaves a place that is known, unless it says what it was."""
    wanted: dict[int, dict[str, Any]] = {}
    for number, entry in zip(numbers, plan.offices, strict=True):
        if number is not None and (entry.place or entry.was):
            wanted[number] = {"municipality": codes[entry.municipality], "place": entry.place}
    there = {
        (row.municipality_code, row.place): row.id
        for row in session.scalars(select(Office))
        if row.id not in wanted
    }
    for fields in wanted.values():
        if (fields["municipality"], fields["place"]) in there:
            taken = next(
                e.name for e in plan.offices if (codes[e.municipality], e.place) == tuple(fields.values())
            )
            raise PlanRefused(f"{name}: {taken}", "name-taken", taken)
    record(session, wanted, stamp)


def _with_new(
    session: Session, plan: Plan, numbers: Sequence[int | None], codes: Mapping[str, str]
) -> list[int]:
    made: dict[int, Office] = {}
    for at, (number, entry) in enumerate(zip(numbers, plan.offices, strict=True)):
        if number is None:
            made[at] = Office(municipality_code=codes[entry.municipality], place=entry.place, in_plan=False)
    session.add_all(made.values())
    session.flush()
    return [made[at].id if number is None else number for at, number in enumerate(numbers)]


def _add_parts(
    session: Session, row: PlanRevision, plan: Plan, numbers: Sequence[int], codes: Mapping[str, str]
) -> None:
    session.add_all(
        PlanPhase(
            revision_id=row.id,
            number=phase.number,
            offices_min=phase.offices.min,
            offices_max=phase.offices.max,
            start=phase.start,
            end=phase.end,
        )
        for phase in plan.phases
    )
    session.add_all(
        PlanSlot(
            revision_id=row.id,
            offices_min=slot.offices.min or 0,
            offices_max=slot.offices.max or slot.offices.min or 0,
            areas=[codes[area] for area in slot.areas],
            vulnerable_min_per_area=slot.vulnerable_min_per_area,
        )
        for slot in plan.metropolitan
    )
    session.add_all(
        PlanEntry(
            revision_id=row.id, office_id=number, phase=entry.phase, vulnerable_area=entry.vulnerable_area
        )
        for number, entry in zip(numbers, plan.offices, strict=True)
    )
    session.flush()


def say(session: Session, plan: Plan, numbers: Sequence[int], stamp: Stamp) -> None:
    """What the plan says becomes the offices'; those that it does not name leave it, and stay."""
    named = dict(zip(numbers, plan.offices, strict=True))
    offices = {row.id: row for row in session.scalars(select(Office))}
    wanted: dict[int, dict[str, Any]] = {
        number: {"in_plan": False} for number, row in offices.items() if row.in_plan and number not in named
    }
    for number, entry in named.items():
        wanted[number] = fields_of(entry, offices[number])
    record(session, wanted, stamp)


def fields_of(entry: OfficePlan, office: Office) -> dict[str, Any]:
    """An area that is chosen is what a plan that requires one asks for."""
    is_met = entry.vulnerable_area == "required" and office.vulnerable_area == "chosen"
    area = "chosen" if is_met else known_area(entry.vulnerable_area)
    fields: dict[str, Any] = {
        "municipality": office.municipality_code,
        "place": office.place,
        "in_plan": True,
        "phase": entry.phase,
        "vulnerable_area": area,
    }
    opens = Window(entry.opens_start, entry.opens_end)
    if opens:
        fields[step_field(OPEN, "planned")] = as_value(opens)
    return fields
