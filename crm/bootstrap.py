"""Builds what the use cases need: an open store with its facts in it, and who we are. Nothing else builds."""

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm.direction import Own
from crm.plans import Plan, ReportPlan, shipped_plans
from crm.settings import Settings
from db.schema import (
    Account,
    FollowUp,
    Municipality,
    Office,
    PlanEntry,
    PlanPhase,
    PlanRevision,
    PlanSlot,
    ReportDue,
)
from db.store import LOCK_TIMEOUT
from db.store import Store as Store  # noqa: PLC0414 (what commands name when they hold one)
from db.store import open_store as open_db
from nlp.municipalities.gazetteer import by_name, municipalities


def open_store(url: str, *, read_only: bool = False, lock_timeout: float = LOCK_TIMEOUT) -> Store:
    """An open store, with municipalities and plans in it. A new SQLite file is made and filled.

    Raises `db.errors.StoreError` of the kind that fits.
    """
    store = open_db(url, read_only=read_only, lock_timeout=lock_timeout)
    if not read_only:
        fill(store)
    return store


def upgrade_store(url: str, *, lock_timeout: float = LOCK_TIMEOUT) -> str | None:
    """Brings a store to this version and gives its revision; makes a SQLite file that is missing."""
    store = open_db(url, lock_timeout=lock_timeout, upgrade=True)
    try:
        fill(store)
        return store.version()
    finally:
        store.close()


def own_of(session: Session, settings: Settings) -> Own:
    """Who we are: what settings say, else the domains of the accounts' users."""
    names = settings.own_names()
    if names:
        return Own.of(names)
    users = session.scalars(select(Account.user).where(Account.user.is_not(None)))
    return Own.of(user.rpartition("@")[2] for user in users if user and "@" in user)


def fill(store: Store) -> None:
    """Facts that come with the program: written when they are missing, which is seen without a write lock."""
    with store.read() as session:
        there = set(session.scalars(select(PlanRevision.key)))
    missing = [plan for plan in shipped_plans() if plan.key not in there]
    if not missing:
        return
    with store.write() as session:
        _add_municipalities(session)
        known = set(session.scalars(select(PlanRevision.key)))
        for plan in missing:
            if plan.key not in known:
                add_plan(session, plan)


def _add_municipalities(session: Session) -> None:
    known = set(session.scalars(select(Municipality.code)))
    rows = [
        {"code": place.code, "name": place.name, "county_code": place.county_code, "county": place.county}
        for place in municipalities()
        if place.code not in known
    ]
    if rows:
        session.execute(insert(Municipality), rows)


def add_plan(session: Session, plan: Plan) -> PlanRevision:
    """Adds a revision. The office list becomes that of the newest one by its day."""
    revision = PlanRevision(
        key=plan.key,
        day=plan.day,
        source=plan.source,
        title=plan.title,
        offices_min=plan.offices_in_all.min,
        offices_max=plan.offices_in_all.max,
    )
    session.add(revision)
    session.flush()
    codes = {name: place.code for name, place in by_name().items()}
    _add_phases(session, revision, plan)
    for slot in plan.metropolitan:
        session.add(
            PlanSlot(
                revision_id=revision.id,
                offices_min=slot.offices.min or 0,
                offices_max=slot.offices.max or slot.offices.min or 0,
                areas=[codes[area] for area in slot.areas],
                vulnerable_min_per_area=slot.vulnerable_min_per_area,
            )
        )
    _add_entries(session, revision, plan, codes)
    for report in plan.reports:
        _add_report(session, plan, report)
    _apply_newest(session)
    return revision


def _add_phases(session: Session, revision: PlanRevision, plan: Plan) -> None:
    session.add_all(
        PlanPhase(
            revision_id=revision.id,
            number=phase.number,
            offices_min=phase.offices.min,
            offices_max=phase.offices.max,
            start=phase.start,
            end=phase.end,
        )
        for phase in plan.phases
    )


def _add_entries(session: Session, revision: PlanRevision, plan: Plan, codes: dict[str, str]) -> None:
    offices = {(office.municipality_code, office.place): office for office in session.scalars(select(Office))}
    for entry in plan.offices:
        place = (codes[entry.municipality], entry.place)
        if place not in offices:
            offices[place] = Office(municipality_code=place[0], place=place[1])
            session.add(offices[place])
    session.flush()
    session.add_all(
        PlanEntry(
            revision_id=revision.id,
            office_id=offices[codes[entry.municipality], entry.place].id,
            phase=entry.phase,
            vulnerable_area=entry.vulnerable_area,
        )
        for entry in plan.offices
    )
    session.flush()


def _apply_newest(session: Session) -> None:
    newest = session.scalar(select(PlanRevision.id).order_by(PlanRevision.day.desc()).limit(1))
    entries = {
        entry.office_id: entry
        for entry in session.scalars(select(PlanEntry).where(PlanEntry.revision_id == newest))
    }
    session.execute(update(Office).values(in_plan=False))
    for office in session.scalars(select(Office).where(Office.id.in_(list(entries)))):
        entry = entries[office.id]
        office.in_plan, office.phase = True, entry.phase
        office.vulnerable_area = entry.vulnerable_area
    session.flush()


# The programme's own duties are ours whoever the settings say we are: the plan is the agency's.
_REPORT_TEXT = {"interim": "Delredovisning till {recipient}", "final": "Slutredovisning till {recipient}"}


def _add_report(session: Session, plan: Plan, report: ReportPlan) -> None:
    duty = FollowUp(
        origin="programme",
        kind="deadline",
        obligor="sender",
        owes="us",
        who="Statens servicecenter",
        due_start=report.due_start,
        due_end=report.due_end,
        text=_REPORT_TEXT[report.kind].format(recipient=report.recipient),
        rule=f"plan.{plan.key}",
        since=plan.day,
        state="accepted",
    )
    session.add(duty)
    session.flush()
    session.add(
        ReportDue(
            key=report.key,
            kind=report.kind,
            due_start=report.due_start,
            due_end=report.due_end,
            recipient=report.recipient,
            source=plan.source,
            follow_up_id=duty.id,
        )
    )
