"""Looks, for the messages of a batch, which promises they keep and which later letters kept theirs.

Two questions, each bounded by what is new: which open promises of its threads and offices does a new letter
keep, and which letters that are there already keep a new promise. A letter concerns a promise if it stands in
the same thread or is linked to the promise's office.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from crm import ids
from crm.intake.messages import Placed
from crm.intake.partners import Pairs, ambiguous, letters_for, promises_for
from crm.intake.promises import (
    Mail,
    Open,
    later,
    mails,
    open_on_offices,
    open_promises,
    recipients_of,
    said_in,
    these,
)
from crm.keeping import keeps, last_day
from crm.lookup import all_by_column, chunks
from crm.noted import is_noted
from crm.promised import Promise, Wanted, is_same_subject
from crm.settling import settle
from crm.speaking import says_elsewhere
from crm.told import alike
from db.schema import FollowUp

_MOST = 10_000  # letters that are weighed for the new promises of a batch
_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Letters:
    """Letters by what they concern, each shelf in the order in which they are put: by day."""

    by_thread: dict[int, list[Mail]] = field(default_factory=dict)
    by_office: dict[int, list[Mail]] = field(default_factory=dict)
    by_house: dict[tuple[int, str], list[Mail]] = field(default_factory=dict)
    by_receipt: dict[int, list[Mail]] = field(default_factory=dict)
    says: dict[Wanted, dict[int, bool | None]] = field(default_factory=dict)

    def add(self, mail: Mail) -> None:
        thread, sender = mail.letter.thread, mail.letter.sender
        if thread is not None:
            self.by_thread.setdefault(thread, []).append(mail)
        for office in mail.offices:
            self.by_office.setdefault(office, []).append(mail)
            self.by_house.setdefault((office, sender), []).append(mail)
            if mail.letter.deeds.received:
                self.by_receipt.setdefault(office, []).append(mail)

    def about(self, promise: Open, reminded: Collection[int] = ()) -> Sequence[Mail]:
        """Those that may keep it, oldest first: the first that does is the one to show.

        A sender's own is kept by its house alone, or by a letter that says to have got something. In another thread a
        letter has to speak of it, but not in one where somebody has `reminded` of it.
        """
        office = promise.office or 0
        own = promise.obligor != "recipient"
        near = _in_time(promise, self.by_thread.get(promise.thread or 0, ()))
        for thread in reminded:
            near = [*near, *_in_time(promise, self.by_thread.get(thread, ()))]
        there = self.by_house.get((office, promise.sender)) if own else self.by_office.get(office)
        likely = [*_in_time(promise, there or ())]
        if own:
            likely += _in_time(promise, self.by_receipt.get(office, ()))
        far = self._speaking_of(promise.wanted, promise.subject, likely)
        if not (far or reminded):
            return near
        return sorted({mail.id: mail for mail in (*near, *far)}.values(), key=_moment)

    def _speaking_of(self, wanted: Wanted, subject: str, mails: Sequence[Mail]) -> list[Mail]:
        """The letters that speak of what another thread wants: asked once for all promises that want the same."""
        says = self.says.setdefault(wanted, {})
        for mail in mails:
            if mail.id not in says:
                says[mail.id] = says_elsewhere(wanted, mail.letter)
        return [
            mail
            for mail in mails
            if says[mail.id] is not False or is_same_subject(subject, mail.letter.subject)
        ]


def _in_time(promise: Open, mails: Sequence[Mail]) -> Sequence[Mail]:
    """Those of letters in the order of their days that are of a time in which a promise can be kept."""
    if not mails:
        return mails
    first = bisect_left(mails, promise.said, key=_day)
    return mails[first : bisect_right(mails, last_day(promise), lo=first, key=_day)]


def _day(mail: Mail) -> date:
    return mail.letter.day


def _moment(mail: Mail) -> tuple[date, datetime, int]:
    return mail.letter.day, mail.letter.sent_at or _NO_TIME, mail.id


def find_kept(session: Session, chosen: Sequence[Placed]) -> None:
    """Marks what has been kept, with the first letter that keeps it as its evidence.

    What an earlier reading of the batch's messages held to be kept, or to keep, is weighed again. What a person has
    decided on stays as it is.
    """
    batch = {item.row.id for item in chosen}
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    letters = list(mails(session, these(batch)))
    near = open_promises(session, said_in(threads), (FollowUp.message_id.in_(part) for part in chunks(batch)))
    far, pairs = promises_for(session, letters)
    promises = {row.id: row for row in (*near, *open_on_offices(session, letters), *far)}
    printed = {ids.printed("message", number) for number in batch}
    again = {row.id for row in promises.values() if _weighed_by(row, batch, printed)}
    fresh = [row for row in promises.values() if row.message in batch or row.id in again]
    apart = _and_evidence(letters_for(session, fresh, batch), (promises[number] for number in again))
    there = {mail.id: mail for mail in mails(session, later(session, fresh, batch, _MOST))}
    lacking = {number for some in apart.values() for number in some} - there.keys() - batch
    there |= {mail.id: mail for mail in mails(session, these(lacking))}
    by_new = _evidence(session, promises.values(), letters, pairs)
    both = {number: pairs.get(number, set()) | apart.get(number, set()) for number in pairs.keys() | apart}
    by_all = _evidence(session, fresh, {mail.id: mail for mail in (*letters, *there.values())}.values(), both)
    kept = {number: found for number, found in by_new.items() if _is_first(found, promises[number])} | by_all
    rows = all_by_column(session, FollowUp, FollowUp.id, kept.keys() | again)
    for row in rows:
        row.evidence = kept.get(row.id) or (row.evidence if is_noted(row.evidence) else None)
    if rows:
        settle(session, rows)


def _weighed_by(row: Open, batch: Collection[int], printed: Collection[str]) -> bool:
    """Whether a promise is held to be kept by what the batch's messages said when they were read before."""
    return row.evidence is not None and (row.message in batch or row.evidence.get("message") in printed)


def _and_evidence(pairs: Pairs, promises: Iterable[Open]) -> Pairs:
    """With the letters that were held to keep these promises: how one was found at first, the other may not tell."""
    for row in promises:
        if row.evidence and "message" in row.evidence:
            pairs.setdefault(row.id, set()).add(ids.number("message", row.evidence["message"]))
    return pairs


def _is_first(found: Mapping[str, str], row: Open) -> bool:
    """Whether a letter is evidence before the one that is there: mail is not always read in its order."""
    return row.evidence is None or found["date"] < row.evidence["date"]


def _evidence(
    session: Session,
    promises: Iterable[Open],
    letters: Collection[Mail],
    pairs: Mapping[int, Collection[int]],
) -> dict[int, dict[str, str]]:
    """Follow-up → the first letter that keeps it, as `FollowUp.evidence` holds it.

    `pairs` of promises and letters share nothing but who wrote or got them.
    """
    shelf, by_id = _Letters(), {mail.id: mail for mail in letters}
    for mail in sorted(letters, key=_moment):
        shelf.add(mail)
    senders = {mail.letter.sender for mail in letters}
    promises = list(promises)
    reminders = _reminders(promises, shelf.by_thread)
    likely = []
    for row in promises:
        apart = [by_id[number] for number in pairs.get(row.id, ()) if number in by_id]
        near = row.thread in shelf.by_thread
        if apart or near or row.obligor == "recipient" or row.sender in senders or shelf.by_receipt:
            threads = {one.thread or 0 for one in reminders.get(row.office, ()) if _reminds(one, row)}
            found = shelf.about(row, threads)
            if apart:
                found = sorted({mail.id: mail for mail in (*found, *apart)}.values(), key=_moment)
            if found:
                likely.append((row, threads, found))
    to = recipients_of(session, list({row.message for row, _, _ in likely}))
    kept = [
        (row, *shown)
        for row, threads, found in likely
        if (shown := _first(row, promise_of(row, to[row.message]), found, threads))
    ]
    doubtful = ambiguous((row, mail) for row, mail, _ in kept)
    return {row.id: evidence for row, _, evidence in kept if row.id not in doubtful}


def _reminders(promises: Iterable[Open], threads: Collection[int]) -> dict[int | None, list[Open]]:
    """The requests of these threads by their office: one may remind of what was promised or asked for in another."""
    found: dict[int | None, list[Open]] = {}
    for row in promises:
        if row.obligor == "recipient" and row.office is not None and row.thread in threads:
            found.setdefault(row.office, []).append(row)
    return found


def _reminds(asked: Open, row: Open) -> bool:
    """Whether a request asks for what was promised, or asked for by the same house, in another thread before."""
    if asked.thread == row.thread or asked.said <= row.said:
        return False
    mine = (asked.sender == row.sender) is (row.obligor == "recipient")
    return mine and alike(asked.wanted.about, row.wanted.about)


def promise_of(row: Open, recipients: frozenset[str]) -> Promise:
    """A stored promise as letters are weighed for it; `recipients` are the houses that its letter went to."""
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
        row.context,
    )


def _first(
    row: Open, promise: Promise, mails: Iterable[Mail], reminded: Collection[int]
) -> tuple[Mail, dict[str, str]] | None:
    for mail in mails:
        letter = mail.letter
        if letter.thread in reminded:
            letter = replace(letter, thread=promise.thread)
        reason = keeps(promise, letter) if mail.id != row.message else None
        if reason is not None:
            shown = {"message": ids.printed("message", mail.id), "date": mail.letter.day.isoformat()}
            return mail, {**shown, "reason": reason}
    return None
