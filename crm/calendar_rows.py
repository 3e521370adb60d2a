"""What a calendar needs beside the list: what was closed of late, what sleeps, and how often each was decided on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.calendar import RECENT, Told, uid_of
from crm.lookup import chunks
from crm.reminders import chosen_by, reminder
from crm.rows.follow_ups import FollowUpRow
from crm.secrecy import concealed
from db.schema import Decision, FollowUp

_CLOSED = ("done", "kept", "broken", "waived", "dismissed", "cancelled")


def told(
    session: Session,
    rows: Sequence[FollowUpRow],
    today: date,
    now: datetime,
    *,
    who: str | None = None,
    office: str | None = None,
    previous: bytes | None = None,
) -> Told:
    """For a calendar of `rows`, the list of `who` and `office`, in the place of `previous`."""
    chosen = chosen_by(session, today, who, office)
    asleep = select(FollowUp.id).where(*chosen, FollowUp.state == "accepted", FollowUp.snoozed_until > today)
    recent = select(Decision.follow_up_id).where(Decision.at >= now - RECENT)
    dated = or_(FollowUp.due_start.is_not(None), FollowUp.due_end.is_not(None))
    taken_on = select(Decision.follow_up_id).where(Decision.action.in_(("accept", "reopen", "move")))
    was_there = or_(FollowUp.origin != "finding", FollowUp.id.in_(taken_on))
    closed = session.scalars(
        select(FollowUp.id).where(
            *chosen, FollowUp.state.in_(_CLOSED), dated, was_there, FollowUp.id.in_(recent)
        )
    )
    gone = _rows(session, list(closed), today)
    return Told(
        previous=previous,
        closed=gone,
        asleep={uid_of(ids.printed("follow-up", number)) for number in session.scalars(asleep)},
        changes=_changes(session, [*rows, *gone]),
    )


def _rows(session: Session, numbers: Iterable[int], today: date) -> list[FollowUpRow]:
    found = [row for part in chunks(numbers) for row in followups.where(session, FollowUp.id.in_(part))]
    return [row.follow_up for row in concealed(session, [reminder(row, today) for row in found])]


def _changes(session: Session, rows: Iterable[FollowUpRow]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for part in chunks([ids.number("follow-up", row.id) for row in rows]):
        found = session.execute(
            select(Decision.follow_up_id, func.count())
            .where(Decision.follow_up_id.in_(part))
            .group_by(Decision.follow_up_id)
        )
        counted |= {uid_of(ids.printed("follow-up", number)): times for number, times in found}
    return counted
