"""Undo, whatever it was that a person decided last: on follow-ups, threads, people, notes, offices, the register …"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import (
    absences,
    audit,
    followups,
    links,
    notes,
    office_setting,
    party_arranging,
    plan_undoing,
    proposals,
    saved_searches,
    staff_logins,
    thread_arranging,
)
from crm.errors import NothingToUndo
from crm.plan_revisions import PlanRow
from crm.register import judging
from crm.report import issuing
from crm.report.issuing import IssuedRow
from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import MessageRow, ThreadRow
from crm.rows.notes import AbsenceRow, NoteRow
from crm.rows.offices import OfficeRow, ProposalRow
from crm.rows.people import OrganisationRow, PersonRow
from crm.rows.searching import SavedSearchRow
from db.schema import Arrangement, Decision

Changed = (
    FollowUpRow
    | ThreadRow
    | PersonRow
    | OrganisationRow
    | NoteRow
    | AbsenceRow
    | OfficeRow
    | PlanRow
    | MessageRow
    | SavedSearchRow
    | ProposalRow
    | IssuedRow
)


def undo(session: Session, *, by: str, now: datetime, steps: int = 1) -> list[Changed]:
    """Takes back the newest steps of `by` that still hold. Raises NothingToUndo when there are none."""
    changed: dict[str, Changed] = {}
    for _ in range(steps):
        arranged, decided = _newest_arranged(session, by), _newest_decided(session, by)
        if arranged is None and decided is None:
            break
        if arranged is None or (decided is not None and decided > arranged.at):
            rows: Sequence[Changed] = followups.undo(session, by=by, now=now)
        else:
            rows = [
                *_take_back(session, arranged, by, now),
                *followups.undo_batch(session, arranged.batch, by=by, now=now),
            ]
        changed |= {row.id: row for row in rows}
    if not changed:
        raise NothingToUndo(by)
    return list(changed.values())


def next_step(session: Session, by: str) -> tuple[str, str] | None:
    """What an undo by `by` would take back: its subject ("follow-up", "thread" …) and action; None for nothing."""
    arranged, decided = _newest_arranged(session, by), _newest_decided(session, by)
    if arranged is None and decided is None:
        return None
    if arranged is None or (decided is not None and decided > arranged.at):
        return "follow-up", followups.newest_action(session, by)
    return arranged.subject, arranged.action


def _newest_arranged(session: Session, by: str) -> Arrangement | None:
    standing = select(Arrangement).where(Arrangement.by == by, Arrangement.undone.is_(False))
    return session.scalar(standing.order_by(Arrangement.id.desc()).limit(1))


def _newest_decided(session: Session, by: str) -> datetime | None:
    undone = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
    standing = select(Decision.at).where(
        Decision.by == by, Decision.undoes_id.is_(None), Decision.id.not_in(undone)
    )
    return session.scalar(standing.order_by(Decision.id.desc()).limit(1))


def _take_back(session: Session, newest: Arrangement, by: str, now: datetime) -> Sequence[Changed]:
    step = list(
        session.scalars(
            select(Arrangement)
            .where(Arrangement.batch == newest.batch, Arrangement.undone.is_(False))
            .order_by(Arrangement.id.desc())
        )
    )
    audit.record(
        session, now, by, "undo", {"subject": newest.subject, "action": newest.action, "one": newest.one}
    )
    if newest.subject in _TAKES_BACK_ON_A_DAY:
        return _TAKES_BACK_ON_A_DAY[newest.subject](session, step, by, now)
    return _TAKES_BACK[newest.subject](session, step)


# What puts things back, by what was arranged; each gives the rows as they stand then.
_TAKES_BACK: dict[str, Callable[[Session, list[Arrangement]], Sequence[Changed]]] = {
    "thread": thread_arranging.take_back,
    "person": party_arranging.take_back,
    "organisation": party_arranging.take_back,
    "note": notes.take_back,
    "absence": absences.take_back,
    "registration": judging.take_back,
    "search": saved_searches.take_back,
    "login": staff_logins.take_back,
}

# The same for what keeps by whom and when it was taken back.
_TAKES_BACK_ON_A_DAY: dict[str, Callable[[Session, list[Arrangement], str, datetime], Sequence[Changed]]] = {
    "link": links.take_back,
    "office": office_setting.take_back,
    "plan": plan_undoing.take_back,
    "proposal": proposals.take_back,
    "report": issuing.take_back,
}
