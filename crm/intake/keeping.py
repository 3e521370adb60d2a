"""Looks, for the messages of a batch, which promises they keep and which later letters kept theirs.

Two questions, each bounded by what is new: which open promises of its threads and offices does a new letter
keep, and which letters that are there already keep a new promise. A letter concerns a promise if it stands in
the same thread or is linked to the promise's office.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.followups import settle
from crm.intake.messages import Placed
from crm.intake.promises import (
    Mail,
    Open,
    decided,
    kept_about,
    later,
    mails,
    open_on_offices,
    open_promises,
    recipients_of,
    said_in,
    these,
)
from crm.keeping import Promise, keeps
from crm.lookup import all_by_column, chunks
from db.schema import FollowUp, Message

_MOST = 5_000  # letters that are weighed for the new promises of a batch
_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Letters:
    """Letters by what they concern."""

    by_thread: dict[int, list[Mail]] = field(default_factory=dict)
    by_office: dict[int, list[Mail]] = field(default_factory=dict)
    by_house: dict[tuple[int, str], list[Mail]] = field(default_factory=dict)

    def add(self, mail: Mail) -> None:
        thread, sender = mail.letter.thread, mail.letter.sender
        if thread is not None:
            self.by_thread.setdefault(thread, []).append(mail)
        for office in mail.offices:
            self.by_office.setdefault(office, []).append(mail)
            self.by_house.setdefault((office, sender), []).append(mail)

    def about(self, promise: Open) -> list[Mail]:
        """Oldest first: the first that keeps a promise is the one to show. A sender's own is kept by its house alone."""
        office = promise.office or 0
        own = promise.obligor != "recipient"
        about_office = self.by_house.get((office, promise.sender)) if own else self.by_office.get(office)
        found = {
            mail.id: mail
            for mail in (*self.by_thread.get(promise.thread or 0, ()), *(about_office or ()))
            if mail.id != promise.message
        }
        return sorted(found.values(), key=_moment)


def _moment(mail: Mail) -> tuple[date, datetime, int]:
    return mail.letter.day, mail.letter.sent_at or _NO_TIME, mail.id


def find_kept(session: Session, chosen: Sequence[Placed]) -> None:
    """Marks what has been kept, with the letter that is its evidence. Open ones alone are looked at.

    What an earlier reading of the batch's messages held to be kept, or to keep, is weighed again.
    """
    batch = {item.row.id for item in chosen}
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    letters = list(mails(session, these(batch)))
    again = _forget(session, batch, threads, letters)
    cleared = (FollowUp.id.in_(part) for part in chunks(again))
    found = (*open_promises(session, said_in(threads), cleared), *open_on_offices(session, letters))
    promises = {row.id: row for row in found}
    fresh = [row for row in promises.values() if row.message in batch or row.id in again]
    there = list(mails(session, later(fresh, _MOST)))
    by_new = _evidence(session, promises.values(), letters)
    by_all = _evidence(session, fresh, {mail.id: mail for mail in (*letters, *there)}.values())
    kept = by_new | by_all
    rows = all_by_column(session, FollowUp, FollowUp.id, kept)
    for row in rows:
        row.evidence = kept[row.id]
    if rows:
        settle(session, rows)


def _forget(
    session: Session, batch: Collection[int], threads: Collection[int], letters: Sequence[Mail]
) -> set[int]:
    """Takes the evidence from the kept promises of these messages, and from those that these messages keep.

    What a person has decided on stays as it is.
    """
    of_batch = (FollowUp.message_id.in_(part) for part in chunks(batch))
    kept = select(FollowUp).where(FollowUp.state == "kept", ~decided())
    printed = {ids.printed("message", number) for number in batch}
    rows: dict[int, FollowUp] = {}
    for condition in of_batch:
        rows |= {row.id: row for row in session.scalars(kept.where(condition))}
    in_threads = kept.join(Message, FollowUp.message_id == Message.id)
    around = [session.scalars(in_threads.where(condition)) for condition in said_in(threads)]
    around += [session.scalars(about) for about in kept_about(letters)]
    for found in around:
        for row in found:
            if row.evidence and row.evidence.get("message") in printed:
                rows[row.id] = row
    for row in rows.values():
        row.evidence = None
    if rows:
        settle(session, rows.values())
    return set(rows)


def _evidence(
    session: Session, promises: Iterable[Open], letters: Collection[Mail]
) -> dict[int, dict[str, str]]:
    """Follow-up → the first letter that keeps it, as `FollowUp.evidence` holds it."""
    shelf = _Letters()
    for mail in letters:
        shelf.add(mail)
    senders = {mail.letter.sender for mail in letters}
    likely = [
        (row, found)
        for row in promises
        if (row.obligor == "recipient" or row.sender in senders) and (found := shelf.about(row))
    ]
    to = recipients_of(session, list({row.message for row, _ in likely}))
    kept = ((row, _first(_promise(row, to[row.message]), found)) for row, found in likely)
    return {row.id: evidence for row, evidence in kept if evidence}


def _promise(row: Open, recipients: frozenset[str]) -> Promise:
    mine, theirs = frozenset({row.sender}), recipients - {row.sender}
    # What another is said to do, the house that said so passes on.
    debtors, creditors = (theirs, mine) if row.obligor == "recipient" else (mine, theirs)
    return Promise(
        row.kind,
        row.said,
        row.due_start,
        row.due_end,
        debtors,
        creditors,
        row.thread,
        row.sent_at,
        row.subject,
        row.text,
    )


def _first(promise: Promise, mails: Iterable[Mail]) -> dict[str, str] | None:
    for mail in mails:
        reason = keeps(promise, mail.letter)
        if reason is not None:
            return {
                "message": ids.printed("message", mail.id),
                "date": mail.letter.day.isoformat(),
                "reason": reason,
            }
    return None
