"""What a list may show of a mail that is marked confidential: the date and the number, nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crm import ids
from crm.lookup import chunks
from crm.rows import FollowUpRow, ReminderRow
from db.schema import Message, Occurrence, Registration


def concealed(session: Session, rows: Sequence[ReminderRow]) -> list[ReminderRow]:
    """The same rows; those of a marked mail, or of a letter that stands inside one, without what it says."""
    marked = _marked(session, [row.follow_up.message for row in rows if row.follow_up.message])
    return [
        replace(row, follow_up=_bare(row.follow_up, marked[row.follow_up.message]))
        if row.follow_up.message in marked
        else row
        for row in rows
    ]


def _bare(row: FollowUpRow, number: str | None) -> FollowUpRow:
    return replace(
        row,
        secret=True,
        number=number,
        text="",
        message_id=None,
        who=None,
        office=None,
        office_name=None,
        part=None,
        rule=None,
        evidence=None,
        sender=None,
        source=None,
    )


def _marked(session: Session, messages: Sequence[str]) -> dict[str | None, str | None]:
    """Our ids of those that are marked, each with its number in the diary if it has one."""
    found: dict[str | None, str | None] = {}
    carrier, outer = aliased(Message), aliased(Occurrence)
    for part in chunks(sorted({ids.number("message", name) for name in messages})):
        inside = (
            select(Occurrence.message_id, Registration.number)
            .join(outer, outer.raw_id == Occurrence.raw_id)
            .join(carrier, carrier.id == outer.message_id)
            .join(Registration, Registration.message_id == carrier.id)
            .where(
                Occurrence.message_id.in_(part),
                outer.kind == "received",
                Registration.secret_provision.is_not(None),
            )
        )
        itself = select(Registration.message_id, Registration.number).where(
            Registration.message_id.in_(part), Registration.secret_provision.is_not(None)
        )
        for number, diary in (*session.execute(inside), *session.execute(itself)):
            found[ids.printed("message", number)] = diary
    return found
