"""Messages that stood in an erased mail and stand in others as well: they are described by one of those from now on."""

from collections.abc import Collection

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from crm.lookup import all_by_column, chunks
from db.schema import AttachmentRow, Message, Occurrence, Raw, Recipient

_RANK = case({"received": 0, "attached": 1, "forwarded": 2}, value=Occurrence.kind, else_=3)


def rehome(session: Session, erased: int, own: Collection[int], elsewhere: Collection[int]) -> None:
    """Gives each message of `elsewhere` whose best place was in the raws `own` its next best place.

    The mails of those places, and those that quote the message `erased` itself, are read anew by the next reading.
    """
    again = {
        raw
        for raw in session.scalars(select(Occurrence.raw_id).where(Occurrence.message_id == erased))
        if raw not in own
    }
    for row in all_by_column(session, Message, Message.id, elsewhere):
        if row.raw_id in own:
            again.add(_move(session, row, own))
    _detach(session, erased, own)
    for part in chunks(again):
        session.execute(update(Raw).where(Raw.id.in_(part)).values(reader_version=0))


def _move(session: Session, row: Message, own: Collection[int]) -> int:
    """What only its old place showed of it goes; its words are the same in both."""
    place = session.scalars(
        select(Occurrence)
        .where(Occurrence.message_id == row.id, Occurrence.raw_id.not_in(own))
        .order_by(_RANK, Occurrence.id)
        .limit(1)
    ).one()
    parent = session.get(Occurrence, place.parent_id) if place.parent_id else None
    carrier = select(Message.thread_id).join(Occurrence, Occurrence.message_id == Message.id)
    row.raw_id, row.kind, row.message_id = place.raw_id, place.kind, None
    row.parent_id = parent.message_id if parent else None
    row.thread_id = session.scalar(
        carrier.where(Occurrence.raw_id == place.raw_id, Occurrence.position == 0).limit(1)
    )
    for table in (Recipient, AttachmentRow):
        session.execute(delete(table).where(table.message_id == row.id))
    return place.raw_id


def _detach(session: Session, erased: int, own: Collection[int]) -> None:
    """What stands below a quote of the erased message stays where it stands when that quote goes."""
    quotes = select(Occurrence.id).where(Occurrence.message_id == erased, Occurrence.raw_id.not_in(own))
    session.flush()
    session.execute(update(Occurrence).where(Occurrence.parent_id.in_(quotes)).values(parent_id=None))
