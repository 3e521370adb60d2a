"""Plans in the store: every revision is kept, the newest by its day decides which offices there are, in which phase and area."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from crm import audit
from crm.errors import AlreadyThere, NotFound, PlanRefused
from crm.office_changing import Stamp, changes_of, record, undo_batch
from crm.office_history import ZONE, Change, as_value, day_of, known_area, step_field
from crm.office_names import office_name
from crm.office_steps import OPEN, Window
from crm.plan_content import as_content, plan_of
from crm.plan_differences import Difference, Revision, differences
from crm.plan_matching import Known, WasUnknown, match
from crm.plans import OfficePlan, Plan, shipped_plans
from crm.report_duties import add_duties, forget_duties
from db.schema import (
    Arrangement,
    FollowUp,
    Link,
    LinkDecision,
    Municipality,
    Note,
    Office,
    OfficeChange,
    PlanEntry,
    PlanPhase,
    PlanRevision,
    PlanSlot,
)
from nlp.municipalities.gazetteer import by_name

PROGRAM = "aterkom"
"""Who has done what the program brings with it."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A revision: `offices` named, in each of `phases`; `current`: it decides. `id` is its key."""

    id: str
    key: str
    day: date
    title: str
    source: str
    offices: int
    phases: dict[str, int]
    current: bool
    imported_at: datetime | None
    imported_by: str | None

    @property
    def name(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: `new` is False where the revision was there; `than` is the one before it by its day."""

    plan: PlanRow
    new: bool
    than: str | None
    changes: tuple[Difference, ...]


def list_plans(session: Session) -> list[PlanRow]:
    """Every revision, newest first."""
    rows = _newest_first(session)
    return [_plan_row(row, current=at == 0) for at, row in enumerate(rows)]


def _newest_first(session: Session) -> list[PlanRevision]:
    return list(
        session.scalars(select(PlanRevision).order_by(PlanRevision.day.desc(), PlanRevision.id.desc()))
    )


def _plan_row(row: PlanRevision, *, current: bool) -> PlanRow:
    plan = revision_of(row).plan
    numbers = sorted({entry.phase for entry in plan.offices if entry.phase is not None})
    return PlanRow(
        id=row.key,
        key=row.key,
        day=row.day,
        title=row.title,
        source=row.source,
        offices=len(plan.offices),
        phases={str(n): sum(entry.phase == n for entry in plan.offices) for n in numbers},
        current=current,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
    )


def revision_of(row: PlanRevision) -> Revision:
    """What a revision says, with the numbers of its offices."""
    content = row.content or {}
    return Revision(plan_of(content["plan"]), tuple(content["offices"]))


def diff(
    session: Session, old: str | None = None, new: str | None = None
) -> tuple[str, str, list[Difference]]:
    """The keys of two revisions and what the later says otherwise; of the newest two where none is named.

    One that is named alone is compared with the newest; the newest with the one before it. Raises NotFound.
    """
    rows = _newest_first(session)
    by_key = {row.key: row for row in rows}
    for name in (old, new):
        if name is not None and name not in by_key:
            raise NotFound("plan", name)
    after = by_key[new] if new else rows[0]
    before = by_key[old] if old and old != after.key else _before(rows, after)
    return before.key, after.key, differences(revision_of(before), revision_of(after))


def _before(rows: Sequence[PlanRevision], row: PlanRevision) -> PlanRevision:
    at = rows.index(row) + 1
    return rows[at] if at < len(rows) else row


def import_plan(session: Session, plan: Plan, *, name: str, by: str, now: datetime) -> Imported:
    """Keeps a revision that a file called `name` gives; the same one again changes nothing. One step of undo.

    Raises AlreadyThere where another plan has its key, PlanRefused where it cannot be told which office an entry is.
    """
    known = session.scalar(select(PlanRevision).where(PlanRevision.key == plan.key))
    if known is not None:
        return _known_already(session, known, plan)
    stamp = Stamp(by, now, secrets.token_hex(8), because=plan.source, plan=plan.key)
    row = add_plan(session, plan, stamp, name=name, imported=True)
    session.add(
        Arrangement(
            subject="plan", action="import", one=row.id, payload=_told(plan), at=now, by=by, batch=stamp.batch
        )
    )  # fmt: skip
    audit.record(session, now, by, "plan import", {"key": plan.key, "day": plan.day, "source": plan.source})
    return _imported(session, row, new=True)


def _told(plan: Plan) -> dict[str, str]:
    """What is told of a plan on the days on which it held, should it be taken back."""
    return {"key": plan.key, "day": plan.day.isoformat(), "title": plan.title, "source": plan.source}


def _known_already(session: Session, row: PlanRevision, plan: Plan) -> Imported:
    if revision_of(row).plan != plan:
        raise AlreadyThere("plan", plan.key)
    return _imported(session, row, new=False)


def _imported(session: Session, row: PlanRevision, *, new: bool) -> Imported:
    rows = _newest_first(session)
    before = _before(rows, row)
    changes = differences(revision_of(before), revision_of(row)) if before is not row and new else []
    return Imported(
        plan=_plan_row(row, current=rows[0] is row),
        new=new,
        than=before.key if before is not row else None,
        changes=tuple(changes),
    )


def add_shipped(session: Session) -> None:
    """Adds the plans that come with the program and are missing; a store of an older program gets its history.

    What they say held from their own days on.
    """
    there = {row.key: row for row in _newest_first(session)}
    for plan in shipped_plans():
        stamp = shipped_stamp(plan)
        row = there.get(plan.key)
        if row is None:
            add_plan(session, plan, stamp, name=f"{plan.key}.toml")
        elif row.content is None:
            _remember(session, row, plan, stamp)


def shipped_stamp(plan: Plan) -> Stamp:
    """On the plan's own day, at noon: the same day in every zone that we may be in."""
    at = datetime.combine(plan.day, time(12), UTC)
    return Stamp(PROGRAM, at, f"plan.{plan.day}", because=plan.source, plan=plan.key)


def _remember(session: Session, row: PlanRevision, plan: Plan, stamp: Stamp) -> None:
    """A revision of a store that kept no history: what it said is written down, with its offices as they are known."""
    codes = {name: place.code for name, place in by_name().items()}
    places = {
        (office.municipality_code, office.place): office.id
        for office in session.scalars(
            select(Office)
            .join(PlanEntry, PlanEntry.office_id == Office.id)
            .where(PlanEntry.revision_id == row.id)
        )
    }
    numbers = [places[codes[entry.municipality], entry.place] for entry in plan.offices]
    row.content = {"plan": as_content(plan), "offices": numbers}
    session.flush()
    _say(session, plan, numbers, stamp)
    add_duties(session, plan, stamp, decides=False)


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
    is_newest = _newest_first(session)[0] is row
    if is_newest:
        _rename(session, plan, found, codes, stamp, name)
    numbers = _with_new(session, plan, found, codes)
    row.content = {"plan": as_content(plan), "offices": numbers}
    _add_parts(session, row, plan, numbers, codes)
    if is_newest:
        _say(session, plan, numbers, stamp)
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


def _say(session: Session, plan: Plan, numbers: Sequence[int], stamp: Stamp) -> None:
    """What the plan says becomes the offices'; those that it does not name leave it, and stay."""
    named = dict(zip(numbers, plan.offices, strict=True))
    offices = {row.id: row for row in session.scalars(select(Office))}
    wanted: dict[int, dict[str, Any]] = {
        number: {"in_plan": False} for number, row in offices.items() if row.in_plan and number not in named
    }
    for number, entry in named.items():
        wanted[number] = _fields(entry, offices[number])
    record(session, wanted, stamp)


def _fields(entry: OfficePlan, office: Office) -> dict[str, Any]:
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


def take_back(session: Session, step: Sequence[Arrangement], by: str, now: datetime) -> list[PlanRow]:
    """Undoes imports: the revision goes, the offices are as before, those that it brought and nothing speaks of go."""
    gone: list[PlanRow] = []
    for each in step:
        each.undone = True
        each.payload = {**each.payload, "undone_at": now.isoformat()}
        row = session.get(PlanRevision, each.one)
        if row is None:
            continue
        gone.append(_plan_row(row, current=False))
        numbers = revision_of(row).offices
        forget_duties(session, row.key, each.batch, by=by, now=now)
        session.execute(delete(PlanRevision).where(PlanRevision.id == row.id))
        session.expunge(row)
        undo_batch(session, each.batch, now)
        _apply_what_was_meanwhile(session, by, now)
        _forget_offices(session, numbers, now)
    return gone


def _apply_what_was_meanwhile(session: Session, by: str, now: datetime) -> None:
    """Where an older plan came in after the one that is gone, what it says has never been said."""
    newest = _newest_first(session)[0]
    revision = revision_of(newest)
    history = changes_of(session)
    fields = {
        number: _fields(entry, session.get_one(Office, number))
        for number, entry in zip(revision.offices, revision.plan.offices, strict=True)
    }
    wanted = {number: _unsaid(said, history.get(number, ())) for number, said in fields.items()}
    wanted |= {
        row.id: {"in_plan": False}
        for row in session.scalars(select(Office).where(Office.in_plan.is_(True)))
        if row.id not in fields
    }
    stamp = Stamp(by, now, secrets.token_hex(8), because=newest.source, plan=newest.key)
    record(session, {number: said for number, said in wanted.items() if said}, stamp)


def _unsaid(fields: Mapping[str, Any], history: Iterable[Change]) -> dict[str, Any]:
    """Those of a plan's fields that no plan has brought to this value: what staff has set since then stays."""
    said = {change.field: change.value for change in history if change.plan and change.undone_at is None}
    return {
        name: value
        for name, value in fields.items()
        if name not in {"municipality", "place"} and said.get(name) != value
    }


def _forget_offices(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Of those that were there on an earlier day the figures of that day tell."""
    midnight = datetime.combine(day_of(now), time(), ZoneInfo(ZONE))
    spoken_of = [
        exists().where(column == Office.id)
        for column in (
            FollowUp.office_id, Link.office_id, LinkDecision.office_id, Note.office_id, PlanEntry.office_id,
        )
    ]  # fmt: skip
    standing = exists().where(
        OfficeChange.office_id == Office.id, OfficeChange.undone_at.is_(None) | (OfficeChange.at < midnight)
    )
    session.execute(
        delete(Office).where(
            Office.id.in_(numbers), Office.in_plan.is_(False), ~standing, *(~each for each in spoken_of)
        )
    )
    session.expire_all()
