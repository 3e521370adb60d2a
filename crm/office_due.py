"""What is owed on an office's page: open ones first, the most pressing at the top; a page, and how many there are."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm import followups
from crm.rows.follow_ups import OPEN_STATES, FollowUpRow
from db.schema import FollowUp

SHOWN = 100
"""Of each side at most so many; all of them: `aterkom follow-ups --office CODE`."""
_SIDES = ("us", "them", "others")


def due_of(session: Session, office: int) -> dict[str, tuple[FollowUpRow, ...]]:
    """Side → what is open or was kept; two queries of numbers for a side and one of rows for all."""
    numbers = {side: _numbers(session, office, side) for side in _SIDES}
    wanted = [number for found in numbers.values() for number in found]
    rows = {int(row.id[1:]): row for row in followups.where(session, FollowUp.id.in_(wanted))}
    return {side: tuple(rows[number] for number in found) for side, found in numbers.items()}


def _numbers(session: Session, office: int, side: str) -> list[int]:
    order = (
        case((FollowUp.state == "kept", 1), else_=0),
        func.coalesce(FollowUp.due_end, FollowUp.due_start).is_(None),
        func.coalesce(FollowUp.due_end, FollowUp.due_start),
        FollowUp.id,
    )
    here = FollowUp.office_id == office, FollowUp.state.in_((*OPEN_STATES, "kept")), FollowUp.owes == side
    return list(session.scalars(select(FollowUp.id).where(*here).order_by(*order).limit(SHOWN)))


def open_of(session: Session, office: int) -> Mapping[str, int]:
    """Side → how many are open."""
    here = FollowUp.office_id == office, FollowUp.state.in_(OPEN_STATES)
    asked = select(FollowUp.owes, func.count()).where(*here).group_by(FollowUp.owes)
    return Counter(dict(session.execute(asked).all()))
