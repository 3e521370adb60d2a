"""All open follow-ups of one person handed over to another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.rows import FollowUpRow
from db.schema import FollowUp

_OPEN = ("proposed", "accepted")


def hand_over(session: Session, giver: str, taker: str, *, by: str, now: datetime) -> list[FollowUpRow]:
    """Assigns what is open of `giver` to `taker`; one step of undo. What is closed stays in whose name it was."""
    chosen = select(FollowUp.id).where(FollowUp.assignee == giver, FollowUp.state.in_(_OPEN))
    names = [ids.printed("follow-up", number) for number in session.scalars(chosen.order_by(FollowUp.id))]
    if not names or giver == taker:
        return []
    return followups.decide(session, names, "assign", by=by, now=now, who=taker)
