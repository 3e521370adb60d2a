"""Offices: the list by the newest plan, and one office's page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from crm import ids, messages, office_watch, proposal_rows
from crm.duty_settings import SILENT_WEEKS
from crm.errors import Ambiguous, NotFound
from crm.folding import fold
from crm.messages import MessageQuery
from crm.office_changing import changes_of
from crm.office_due import due_of, open_of
from crm.office_history import Change, day_of, fields_as_of, holds, state_of
from crm.paging import page
from crm.people import person_rows, standing_people
from crm.rows.follow_ups import OPEN_STATES
from crm.rows.offices import OfficeChangeRow, OfficeRow, OfficeView
from db.schema import FollowUp, Link, Message, Municipality, Note, Office, OfficeFact, PlanRevision

_PROPOSED = 50  # changes that mails propose, on one page
_MANY = 1_000  # letters of an office, from which on looking at each for its day takes too long
_CONTACTS = ("call", "letter")
"""The kinds of notes that tell of a contact; any other is something to remember."""


@dataclass(frozen=True, slots=True)
class OfficeQuery:
    """Which offices, seen from `today`: those without contact for `silent` weeks, those that are `late`; else all."""

    today: date
    silent: int | None = None
    late: bool = False


def list_offices(
    session: Session, *, limit: int = 0, before: str | None = None, query: OfficeQuery | None = None
) -> list[OfficeRow]:
    """Every office of the newest plan, by phase and name; silent ones by their silence.

    At most `limit` (0: all) of those after the office `before`; NotFound where that one is not in the list.
    """
    rows = _rows(session, Office.in_plan.is_(True))
    if query is not None:
        rows = office_watch.watched(session, rows, query.today)
    if query is not None and query.late:
        rows = [row for row in rows if row.late]
    if query is not None and query.silent is not None:
        rows = office_watch.silent(session, rows, query.today, query.silent)
    return page(rows, "office", lambda row: row.id, before=before, limit=limit)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[OfficeRow]:
    newest = select(PlanRevision.key).order_by(PlanRevision.day.desc(), PlanRevision.id.desc())
    plan = session.scalar(newest.limit(1))
    letters = select(func.count()).select_from(Link).where(Link.office_id == Office.id)
    noted = select(func.max(Note.at)).where(
        Note.office_id == Office.id, Note.kind.in_(_CONTACTS), Note.removed.is_(False)
    )
    due = (
        select(func.count())
        .select_from(FollowUp)
        .where(FollowUp.office_id == Office.id, FollowUp.state.in_(OPEN_STATES))
    )
    found = session.execute(
        select(
            Office,
            Municipality.name,
            letters.scalar_subquery(),
            _last(),
            due.scalar_subquery(),
            noted.scalar_subquery(),
        )
        .join(Municipality, Office.municipality_code == Municipality.code)
        .where(condition)
    )
    return _in_order(_row(office, name, plan, *counted) for office, name, *counted in found)


def _bare(session: Session, condition: ColumnElement[bool]) -> list[OfficeRow]:
    """The same rows by what is said of the offices alone."""
    found = session.execute(
        select(Office, Municipality.name)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .where(condition)
    )
    return _in_order(_row(office, name, None) for office, name in found)


def _row(
    office: Office,
    name: str,
    plan: str | None,
    letters: int = 0,
    last: date | None = None,
    waiting: int = 0,
    noted: datetime | None = None,
) -> OfficeRow:
    contacts = (last, noted and day_of(noted))
    return OfficeRow(
        id=ids.printed("office", office.id),
        municipality=name,
        code=office.municipality_code,
        place=office.place or None,
        phase=office.phase,
        vulnerable_area=office.vulnerable_area,
        step=office.step,
        assessment=office.assessment,
        owner=office.owner,
        plan=plan,
        messages=letters,
        follow_ups_open=waiting,
        last_message=last,
        last_contact=max((day for day in contacts if day), default=None),
    )


def _in_order(rows: Iterable[OfficeRow]) -> list[OfficeRow]:
    return sorted(rows, key=lambda row: (row.phase or 9, swedish(row.municipality), row.place or ""))


def _last() -> ColumnElement[date | None]:
    """The day of an office's last letter: where it has many, the way down from the newest meets one soon."""
    here = Link.office_id == Office.id
    has_many = select(Link.message_id).where(here).offset(_MANY).limit(1).scalar_subquery()
    newest = select(func.max(Message.written_on)).join(Link, Link.message_id == Message.id).where(here)
    met = (
        select(Message.written_on)
        .where(
            Message.written_on.is_not(None),
            select(Link.message_id)
            .where(Link.message_id == Message.id, here)
            .correlate(Message, Office)
            .exists(),
        )
        .order_by(Message.written_on.desc())
        .limit(1)
    )
    return case((has_many.is_(None), newest.scalar_subquery()), else_=met.scalar_subquery())


_AFTER_Z = str.maketrans("åäö", "{|}")


def swedish(name: str) -> str:
    """A key that sorts å ä ö after z, whatever the locale of the machine."""
    return name.lower().translate(_AFTER_Z)


def office_rows(session: Session, numbers: Collection[int]) -> list[OfficeRow]:
    """The offices with these numbers, whether they are in the plan or not."""
    return _rows(session, Office.id.in_(numbers))


def find_office(session: Session, name: str) -> OfficeRow:
    """An office by name, municipality, place, code or id; a name typed without å ä ö finds its own.

    Raises NotFound, Ambiguous.
    """
    return _found(session, name)[0]


def _found(session: Session, name: str) -> tuple[OfficeRow, list[OfficeRow]]:
    """The same with all offices of the plan, which were looked at on the way: of those nothing is counted."""
    planned = _bare(session, Office.in_plan.is_(True))
    for rows in (planned, _bare(session, Office.in_plan.is_(False))):
        for is_named in (_named, _of_municipality):
            found = [row for row in rows if is_named(row, name)]
            if len(found) > 1:
                raise Ambiguous(name, tuple(f"{row.id} ({row.name})" for row in found))
            if found:
                return office_rows(session, [ids.number("office", found[0].id)])[0], planned
    raise NotFound("office", name)


def _named(row: OfficeRow, name: str) -> bool:
    asked = " ".join(name.replace(",", " ").split())
    if asked in {row.id, row.code}:
        return True
    return _is_one_of(asked, {row.name, row.place or row.name})


def _of_municipality(row: OfficeRow, name: str) -> bool:
    return _is_one_of(" ".join(name.split()), {row.municipality})


def _is_one_of(asked: str, names: set[str]) -> bool:
    exact = {name.lower() for name in names}
    return asked.lower() in exact or (asked.isascii() and fold(asked) in {fold(one) for one in exact})


def show_office(
    session: Session,
    name: str,
    today: date | None = None,
    silent_weeks: int = SILENT_WEEKS,
    letters: int = 50,
) -> OfficeView:
    """An office's page: who owes what, its newest `letters`, its steps and what was decided on it."""
    office, planned = _found(session, name)
    number = ids.number("office", office.id)
    due = due_of(session, number)
    history = changes_of(session, [number]).get(number, [])
    state = state_of(fields_as_of(history))
    here = proposal_rows.waiting().where(OfficeFact.office_id == number).limit(_PROPOSED)
    is_silent = False
    if today is not None:
        office = _watched(session, office, planned, today)
        is_silent = bool(office_watch.silent(session, [office], today, silent_weeks))
    return OfficeView(
        office=office,
        we_owe=due["us"],
        they_owe=due["them"],
        others=due["others"],
        messages=tuple(
            messages.list_messages(session, MessageQuery(office=office.code, limit=letters))
            if letters
            else ()
        ),
        silent=is_silent and office.plan is not None,
        deviation=state.deviation,
        reason=state.reason,
        measure=state.measure,
        contacts=tuple(person_rows(session, standing_people(session, state.contacts))),
        decisions=state.decisions,
        steps=state.steps,
        history=tuple(_changed(change) for change in reversed(history) if holds(change)),
        proposals=tuple(proposal_rows.fetch(session, here)),
        open=open_of(session, number),
    )


def _watched(session: Session, office: OfficeRow, rows: list[OfficeRow], today: date) -> OfficeRow:
    """With what is late there, and what waits for that in any office of the plan."""
    known = [*(row for row in rows if row.id != office.id), office]
    return next(row for row in office_watch.watched(session, known, today) if row.id == office.id)


def _changed(change: Change) -> OfficeChangeRow:
    return OfficeChangeRow(
        on=day_of(change.at),
        by=change.by,
        field=change.field,
        before=change.previous,
        after=change.value,
        because=change.because,
        message=ids.printed("message", change.message) if change.message else None,
        plan=change.plan,
    )
