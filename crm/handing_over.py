"""All open follow-ups of one person handed over to another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.rows.follow_ups import OPEN_STATES, FollowUpRow
from crm.staff import called
from db.schema import FollowUp


def hand_over(session: Session, giver: str, taker: str, *, by: str, now: datetime) -> list[FollowUpRow]:
    """Assigns what is open of `giver` to `taker`; one step of undo. What is closed stays in whose name it was."""
    given = called(session, giver)
    chosen = select(FollowUp.id).where(FollowUp.assignee.in_(given), FollowUp.state.in_(OPEN_STATES))
    names = [ids.printed("follow-up", number) for number in session.scalars(chosen.order_by(FollowUp.id))]
    if not names or taker in given:
        return []
    return followups.decide(session, names, "assign", by=by, now=now, who=taker)
