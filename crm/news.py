"""What has come since somebody last looked, by office: letters and proposals."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm.agenda_rows import News, NewsRow, Seen
from db.schema import FollowUp, Link, Message, Municipality, Office


def news(session: Session, since: Seen | None) -> News:
    """What came after `since`; without it nothing is new, and only how far there is to see is told."""
    now = Seen(
        session.scalar(select(func.max(Message.id))) or 0, session.scalar(select(func.max(FollowUp.id))) or 0
    )
    if since is None or now == since:
        return News((), 0, 0, now)
    received = Message.kind == "received"
    letters = session.scalar(select(func.count()).where(Message.id > since.message, received)) or 0
    fresh = FollowUp.state == "proposed"
    proposals = session.scalar(select(func.count()).where(FollowUp.id > since.follow_up, fresh)) or 0
    return News(_rows(session, since, letters), letters, proposals, now)


_Counted = Select[str | None, str | None, int]


def _rows(session: Session, since: Seen, letters: int) -> tuple[NewsRow, ...]:
    """By office; letters without one are counted by what is left of all letters."""
    counts: dict[tuple[str | None, str | None], list[int]] = {}
    for at, chosen in enumerate((_letters(since), _proposals(since))):
        for code, name, many in session.execute(chosen):
            counts.setdefault((code, name), [0, 0])[at] += many
    linked = session.scalar(_linked(since)) or 0
    if letters > linked:
        counts.setdefault((None, None), [0, 0])[0] = letters - linked
    rows = (NewsRow(code, name, *many) for (code, name), many in counts.items())
    return tuple(
        sorted(rows, key=lambda row: (row.office is None, -row.messages - row.proposals, row.office or ""))
    )


def _letters(since: Seen) -> _Counted:
    return (
        select(Municipality.code, Municipality.name, func.count())
        .select_from(Link)
        .join(Message, Link.message_id == Message.id)
        .join(Office, Link.office_id == Office.id)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .where(Link.message_id > since.message, Message.kind == "received")
        .group_by(Municipality.code, Municipality.name)
    )


def _linked(since: Seen) -> Select[int]:
    return (
        select(func.count(func.distinct(Link.message_id)))
        .join(Message, Link.message_id == Message.id)
        .where(Link.message_id > since.message, Message.kind == "received")
    )


def _proposals(since: Seen) -> _Counted:
    return (
        select(Municipality.code, Municipality.name, func.count())
        .select_from(FollowUp)
        .outerjoin(Office, FollowUp.office_id == Office.id)
        .outerjoin(Municipality, Office.municipality_code == Municipality.code)
        .where(FollowUp.id > since.follow_up, FollowUp.state == "proposed")
        .group_by(Municipality.code, Municipality.name)
    )
