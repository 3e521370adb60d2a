"""What is still to be asked about each office, after its mails or its history became different."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm.fact_deciding import CONTACTS, SaidFact, judge
from crm.lookup import all_by_column, chunks
from crm.office_history import Change, day_of, fields_as_of, holds
from crm.office_steps import Window
from db.schema import Message, OfficeFact, Person, PlanRevision

CURRENT = ("proposed", "known")
DECIDED = ("accepted", "dismissed")


def settle_facts(
    session: Session, history: Mapping[int, Sequence[Change]], again: Collection[str] | None = None
) -> None:
    """Says of the offices in `history` which facts are proposed, known or superseded.

    One that was superseded may come up again in the fields `again`: in all of them where none are named.
    """
    facts = _facts(session, history, again)
    if not facts:
        return
    spoken = _days_of(session, history)
    fields = {office: fields_as_of(changes) for office, changes in history.items()}
    named = any(row.field == CONTACTS for rows in facts.values() for row in rows)
    contacts = _contacts(session, fields.values()) if named else {}
    for office, rows in facts.items():
        states = judge(map(said, rows), fields[office], spoken[office], contacts)
        for row in rows:
            row.state = states.get(row.id, row.state)
    session.flush()


def said(row: OfficeFact) -> SaidFact:
    """A row as it is decided on."""
    return SaidFact(
        id=row.id,
        field=row.field,
        status=row.status,
        side=row.side,
        value=row.value,
        window=Window(row.window_start, row.window_end),
        approximate=row.approximate,
        since=row.since,
        state=row.state,
    )


def _facts(
    session: Session, offices: Collection[int], again: Collection[str] | None
) -> dict[int, list[OfficeFact]]:
    """Those that are asked about or known, those that people decided on, and the newest of the others in `again`."""
    found: dict[int, dict[int, OfficeFact]] = {}
    for part in chunks(offices):
        here = OfficeFact.office_id.in_(part)
        standing = select(OfficeFact).where(here, OfficeFact.state.in_((*CURRENT, *DECIDED)))
        rows = list(session.scalars(standing.where(OfficeFact.found)))
        if again is None or again:
            rows += session.scalars(_newest_superseded(part, again))
        for row in rows:
            found.setdefault(row.office_id or 0, {})[row.id] = row
    return {office: list(rows.values()) for office, rows in found.items()}


def _newest_superseded(offices: Collection[int], again: Collection[str] | None) -> Select[OfficeFact]:
    group = [OfficeFact.office_id, OfficeFact.field, OfficeFact.side]
    place = func.row_number().over(
        partition_by=[*group, OfficeFact.value],
        order_by=(OfficeFact.since.desc(), OfficeFact.id.desc()),
    )
    old = select(OfficeFact.id, place.label("place")).where(
        OfficeFact.office_id.in_(offices), OfficeFact.state == "superseded", OfficeFact.found
    )
    if again is not None:
        old = old.where(OfficeFact.field.in_(again))
    ranked = old.subquery()
    return select(OfficeFact).where(OfficeFact.id.in_(select(ranked.c.id).where(ranked.c.place == 1)))


def _days_of(session: Session, history: Mapping[int, Sequence[Change]]) -> dict[int, dict[str, date]]:
    """Office → field → the day that its newest change speaks for: that of its mail or its plan, else its own."""
    mails = {change.message for changes in history.values() for change in changes if change.message}
    written = {row.id: row.written_on for row in all_by_column(session, Message, Message.id, mails)}
    plans = {row.key: row.day for row in session.execute(select(PlanRevision.key, PlanRevision.day))}
    days: dict[int, dict[str, date]] = {}
    for office, changes in history.items():
        days[office] = {}
        for change in changes:
            if holds(change):
                day = written.get(change.message or 0) or plans.get(change.plan or "") or day_of(change.at)
                days[office][change.field] = day
        if "phase" in days[office] and plans:  # a plan that leaves a phase as it was says it again
            days[office]["phase"] = max(days[office]["phase"], *plans.values())
    return days


def _contacts(session: Session, fields: Iterable[Mapping[str, object]]) -> dict[int, str]:
    numbers = {number for one in fields for number in one.get(CONTACTS) or ()}  # type: ignore[attr-defined]
    return {row.id: row.name for row in all_by_column(session, Person, Person.id, numbers)}


def place_facts(session: Session, message: int, offices: Sequence[int]) -> set[int]:
    """Gives what a message says, without naming a municipality, to its only office, or to none; gives the offices concerned."""
    chosen = offices[0] if len(offices) == 1 else None
    own = select(OfficeFact).where(
        OfficeFact.message_id == message,
        OfficeFact.municipality_code.is_(None),
        OfficeFact.state.not_in(DECIDED),
    )
    moving = [row for row in session.scalars(own) if row.office_id != chosen]
    concerned = {row.office_id for row in moving} | ({chosen} if moving else set())
    for row in moving:
        row.office_id, row.state = chosen, "proposed"
    session.flush()
    return {office for office in concerned if office is not None}
