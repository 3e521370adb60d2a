"""What has come since somebody last looked, by office: letters and proposals.

After a long absence that is much of the store: the newest are counted, up to `COUNTED`, and what is older is more than that.
"""

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.agenda_rows import News, NewsRow, Seen
from crm.rows import COUNTED
from db.schema import FollowUp, Link, Message, Municipality, Office


def news(session: Session, since: Seen | None) -> News:
    """What came after `since`; without it nothing is new, and only `now` is filled in."""
    now = Seen(
        session.scalar(select(func.max(Message.id))) or 0, session.scalar(select(func.max(FollowUp.id))) or 0
    )
    if since is None or now == since:
        return News((), 0, 0, now)
    received, fresh = Message.kind == "received", FollowUp.state == "proposed"
    letters, first = _counted(session, Message.id, since.message, received)
    proposals, second = _counted(session, FollowUp.id, since.follow_up, fresh)
    rows = _rows(session, Seen(first, second), min(letters, COUNTED))
    if max(letters, proposals) > COUNTED:
        rows = tuple(replace(row, at_least=True) for row in rows)
    return News(rows, letters, proposals, now)


def _counted(
    session: Session, number: InstrumentedAttribute[int], after: int, condition: ColumnElement[bool]
) -> tuple[int, int]:
    """How many there are above `after`, at most one more than `COUNTED`, and above which number those are that count."""
    newest = select(number).where(number > after, condition).order_by(number.desc())
    beyond = session.scalar(newest.offset(COUNTED).limit(1))
    if beyond is not None:
        return COUNTED + 1, beyond
    return session.scalar(select(func.count()).where(number > after, condition)) or 0, after


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
    rows = (NewsRow(code, name, many[0], many[1]) for (code, name), many in counts.items())
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
        .where(Link.message_id > since.message, Message.id > since.message, Message.kind == "received")
        .group_by(Municipality.code, Municipality.name)
    )


def _linked(since: Seen) -> Select[int]:
    return (
        select(func.count(func.distinct(Link.message_id)))
        .join(Message, Link.message_id == Message.id)
        .where(Link.message_id > since.message, Message.id > since.message, Message.kind == "received")
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
