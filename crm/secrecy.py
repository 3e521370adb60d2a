"""What of a mail may stand in a list that leaves the house: of one that is marked secret its day and number alone.

`veiled` is the one door. Rows of messages know their mark; those of follow-ups are given it, from `marks`.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.orm import Session

from crm import ids
from crm.register.judged import registrations
from crm.rows import FollowUpRow, LogEntryRow, MessageRow, RegistrationRow, ReminderRow

Row = TypeVar("Row", MessageRow, FollowUpRow, ReminderRow, LogEntryRow)


def marks(session: Session, names: Collection[str | None]) -> dict[str, RegistrationRow]:
    """Printed id of a message → its judgement, for those that are marked secret."""
    numbers = {ids.number("message", name) for name in names if name}
    found = registrations(session, numbers)
    return {ids.printed("message", number): row for number, row in found.items() if row.secret}


def veiled(row: Row, mark: RegistrationRow | None = None) -> Row:
    """`row` as it is, or, where its mail is marked secret, with date and number left of what the mail says.

    Ids, states and who is responsible are ours and stay. A follow-up's text is the number, or empty.
    """
    if isinstance(row, MessageRow):
        return _message(row) if row.registration is not None and row.registration.secret else row
    if isinstance(row, LogEntryRow):
        return replace(row, sender=None, to=(), subject=None) if row.secret else row
    if mark is None or not mark.secret:
        return row
    if isinstance(row, ReminderRow):
        return replace(row, follow_up=_follow_up(row.follow_up, mark))
    return _follow_up(row, mark)


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


def _follow_up(row: FollowUpRow, mark: RegistrationRow) -> FollowUpRow:
    return replace(
        row,
        message_id=None,
        who=None,
        office=None,
        office_name=None,
        text=mark.number or "",
        evidence=None,
        sender=None,
        source=None,
    )
