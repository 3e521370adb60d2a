"""One follow-up with its history: who decided what when, moved from where to where, and by which evidence."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.rows.follow_ups import DecisionRow, FollowUpView
from crm.when import local
from db.schema import Decision


def show_follow_up(session: Session, name: str) -> FollowUpView:
    """A follow-up and every decision on it, oldest first; what was taken back stands there and says so.

    Raises NotFound.
    """
    (row,) = followups.by_ids(session, [name])
    decisions = session.scalars(
        select(Decision).where(Decision.follow_up_id == ids.number("follow-up", row.id)).order_by(Decision.id)
    )
    return FollowUpView(row, tuple(_history(list(decisions))))


def _history(decisions: list[Decision]) -> Iterable[DecisionRow]:
    undoing = {each.undoes_id: each for each in decisions if each.undoes_id is not None}
    return (decision_row(each, undoing.get(each.id)) for each in decisions if each.undoes_id is None)


def decision_row(decision: Decision, undone: Decision | None) -> DecisionRow:
    """A decision as a row, with who took it back."""
    payload, moves = decision.payload, decision.action == "move"
    return DecisionRow(
        id=ids.printed("decision", decision.id),
        at=local(decision.at),
        by=decision.by,
        action=decision.action,
        from_start=decision.due_start if moves else None,
        from_end=decision.due_end if moves else None,
        due_start=_day(payload.get("due_start")),
        due_end=_day(payload.get("due_end")),
        because=payload.get("because"),
        until=_day(payload.get("until")),
        who=payload.get("who"),
        note=payload.get("note"),
        undone_by=undone.by if undone else None,
        undone_at=local(undone.at) if undone else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
