"""What of a mail may stand in a list that leaves the house: of one that is marked secret its day and number alone.

`veiled` is the door for messages, which know their mark, `concealed` for reminders, whose marks it looks up.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crm import ids
from crm.lookup import chunks
from crm.rows.follow_ups import FollowUpRow, ReminderRow
from crm.rows.messages import MessageRow
from crm.rows.register import LogEntryRow
from db.schema import Message, Occurrence, Registration

Row = TypeVar("Row", MessageRow, LogEntryRow)


def veiled(row: Row) -> Row:
    """`row` as it is, or, where its mail is marked secret, with date and number left of what the mail says.

    Ids and states are ours and stay.
    """
    if isinstance(row, MessageRow):
        return _message(row) if row.registration is not None and row.registration.secret else row
    return replace(row, sender=None, to=(), subject=None) if row.secret else row


def _message(row: MessageRow) -> MessageRow:
    """Folders, file names and problems tell of what it says as well."""
    return replace(
        row,
        message_id=None,
        occurrences=(),
        locations=(),
        sender=None,
        to=(),
        cc=(),
        subject=None,
        problems=(),
        offices=(),
        snippet=None,
        attachments=(),
        proposed_number=None,
    )


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
        moved=None,
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
