"""Taking in: a batch of mails as read becomes messages, threads, people, links and follow-ups.

One call is one transaction of the caller's, and may be repeated: what is read again replaces what a machine
found and leaves what people decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crm import past
from crm.intake.conversed import conversed
from crm.intake.messages import IntakeContext, quarantine
from crm.intake.tombstones import living
from crm.readings import ReadMail
from crm.waiting import READER_VERSION
from db.bulk import update_rows
from db.schema import Raw

__all__ = ["IntakeContext", "Taken", "take_in"]


@dataclass(frozen=True, slots=True)
class Taken:
    """How many mails of a batch were read, and how many could not be."""

    read: int
    quarantined: int


def take_in(session: Session, mails: Sequence[tuple[Raw, ReadMail]], context: IntakeContext) -> Taken:
    """Writes everything that the mails say, in a number of queries that does not grow with the batch.

    A copy of a mail that was erased is erased as well.
    """
    mails = living(session, mails)
    good = [(raw, read) for raw, read in mails if read.status != "quarantined"]
    bad = [(raw, read) for raw, read in mails if read.status == "quarantined"]
    for raw, read in bad:
        quarantine(session, raw, read.problems, context.today)
    if good:
        from crm.intake.writing import write  # what only indexes mail loads nothing of it

        with past.kept(session, context.today):
            write(session, conversed(session, good), context)
    update_rows(session, Raw, [_as_read(raw, read) for raw, read in mails])
    return Taken(len(good), len(bad))


def _as_read(raw: Raw, read: ReadMail) -> dict[str, object]:
    """A raw's columns once it is read; nobody holds it any more."""
    return {
        "id": raw.id,
        "status": read.status,
        "problems": list(read.problems),
        "reader_version": READER_VERSION,
        "claimed_by": None,
        "claimed_until": None,
    }
