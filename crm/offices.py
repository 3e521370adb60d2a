"""Offices: the list by the newest plan, and one office's page."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import followups, ids, messages
from crm.errors import Ambiguous, NotFound
from crm.identity import fold
from crm.messages import MessageQuery
from crm.paging import page
from crm.rows import FollowUpRow, OfficeRow, OfficeView
from db.schema import FollowUp, Link, Message, Municipality, Office, PlanRevision

OPEN = ("proposed", "accepted")


def list_offices(session: Session, *, limit: int = 0, before: str | None = None) -> list[OfficeRow]:
    """Every office of the newest plan, by phase and name.

    At most `limit` (0: all) of those after the office `before`; NotFound where that one is not in the list.
    """
    rows = _rows(session, Office.in_plan.is_(True))
    return page(rows, "office", lambda row: row.id, before=before, limit=limit)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[OfficeRow]:
    plan = session.scalar(select(PlanRevision.key).order_by(PlanRevision.day.desc()).limit(1))
    mail = (
        select(Link.office_id, func.count().label("messages"), func.max(Message.written_on).label("last"))
        .join(Message, Link.message_id == Message.id)
        .group_by(Link.office_id)
        .subquery()
    )
    due = (
        select(FollowUp.office_id, func.count().label("open"))
        .where(FollowUp.state.in_(OPEN))
        .group_by(FollowUp.office_id)
        .subquery()
    )
    found = session.execute(
        select(Office, Municipality.name, mail.c.messages, mail.c.last, due.c.open)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .outerjoin(mail, mail.c.office_id == Office.id)
        .outerjoin(due, due.c.office_id == Office.id)
        .where(condition)
    )
    rows = [
        OfficeRow(
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
            messages=count or 0,
            follow_ups_open=waiting or 0,
            last_message=last,
        )
        for office, name, count, last, waiting in found
    ]
    return sorted(rows, key=lambda row: (row.phase or 9, swedish(row.municipality), row.place or ""))


_AFTER_Z = str.maketrans("åäö", "{|}")


def swedish(name: str) -> str:
    """A key that sorts å ä ö after z, whatever the locale of the machine."""
    return name.lower().translate(_AFTER_Z)


def find_office(session: Session, name: str) -> OfficeRow:
    """An office by name, code or id; a name typed without å ä ö finds its own. Raises NotFound, Ambiguous."""
    found = [row for row in _rows(session, Office.in_plan.is_(True)) if _named(row, name)]
    if not found:
        found = [row for row in _rows(session, Office.in_plan.is_(False)) if _named(row, name)]
    if not found:
        raise NotFound("office", name)
    if len(found) > 1:
        raise Ambiguous(name, tuple(f"{row.id} ({row.municipality} {row.place or ''})" for row in found))
    return found[0]


def _named(row: OfficeRow, name: str) -> bool:
    asked = " ".join(name.split())
    if asked in {row.id, row.code}:
        return True
    full = f"{row.municipality} {row.place}" if row.place else row.municipality
    exact = {full.lower(), (row.place or full).lower()}
    return asked.lower() in exact or (asked.isascii() and fold(asked) in {fold(one) for one in exact})


def show_office(session: Session, name: str) -> OfficeView:
    """An office's page: who owes what, and its correspondence, newest first."""
    office = find_office(session, name)
    due = followups.where(
        session,
        (FollowUp.office_id == ids.number("office", office.id)) & FollowUp.state.in_((*OPEN, "kept")),
    )
    return OfficeView(
        office=office,
        we_owe=_side(due, "us"),
        they_owe=_side(due, "them"),
        others=_side(due, "others"),
        messages=tuple(messages.list_messages(session, MessageQuery(office=office.code, limit=50))),
    )


def _side(due: list[FollowUpRow], owes: str) -> tuple[FollowUpRow, ...]:
    side = [row for row in due if row.owes == owes]
    return tuple(sorted(side, key=lambda row: (row.due_end or row.due_start or date.max, row.id)))
