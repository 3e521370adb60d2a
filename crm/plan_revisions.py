"""Plans in the store: every revision is kept, the newest by its day decides which offices there are, in which phase and area."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit
from crm.errors import AlreadyThere, NotFound
from crm.office_changing import Stamp
from crm.plan_content import as_content, plan_of
from crm.plan_differences import Difference, Revision, differences
from crm.plan_offices import add_plan, newest_first, say
from crm.plans import Plan, shipped_plans
from crm.report_duties import add_duties
from db.schema import (
    Arrangement,
    Office,
    PlanEntry,
    PlanRevision,
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
    rows = newest_first(session)
    return [plan_row(row, current=at == 0) for at, row in enumerate(rows)]


def plan_row(row: PlanRevision, *, current: bool) -> PlanRow:
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
    rows = newest_first(session)
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
    """What a report for a day on which the plan held says of it, even after the plan was taken back."""
    return {"key": plan.key, "day": plan.day.isoformat(), "title": plan.title, "source": plan.source}


def _known_already(session: Session, row: PlanRevision, plan: Plan) -> Imported:
    if revision_of(row).plan != plan:
        raise AlreadyThere("plan", plan.key)
    return _imported(session, row, new=False)


def _imported(session: Session, row: PlanRevision, *, new: bool) -> Imported:
    rows = newest_first(session)
    before = _before(rows, row)
    changes = differences(revision_of(before), revision_of(row)) if before is not row and new else []
    return Imported(
        plan=plan_row(row, current=rows[0] is row),
        new=new,
        than=before.key if before is not row else None,
        changes=tuple(changes),
    )


def add_shipped(session: Session) -> None:
    """Adds the plans that come with the program and are missing; a store of an older program gets its history.

    What they say held from their own days on.
    """
    there = {row.key: row for row in newest_first(session)}
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
    """A revision of a store that kept no history: what it said is recorded, for the offices that the store already has."""
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
    say(session, plan, numbers, stamp)
    add_duties(session, plan, stamp, decides=False)
