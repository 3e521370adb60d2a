"""Looks, for the messages of a batch, which promises they keep and which later letters kept theirs.

Two questions, each bounded by what is new: which open promises of its threads and offices does a new letter
keep, and which letters that are there already keep a new promise. A letter concerns a promise if it stands in
the same thread or is linked to the promise's office.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import ids
from crm.followups import settle
from crm.identity import organisation_of
from crm.intake.keys import bare_subject
from crm.intake.messages import Placed
from crm.keeping import OPEN_WINDOW, Letter, Promise, announces, keeps
from crm.lookup import all_by_column, chunks
from db.schema import Address, Decision, Finding, FollowUp, Link, Message, Recipient

# How much of a letter is looked at for words that announce what was promised, or put it off.
_WORDS = 1_500
_OPEN = ("proposed", "accepted", "lapsed")
_MOST = 5_000  # letters that are weighed for the new promises of a batch
_WINDOWS = 50  # windows asked for in one query
_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Mail:
    """A letter that can be evidence."""

    id: int
    thread: int | None
    day: date
    sender: str
    words: str
    sent_at: datetime | None
    subject: str
    recipients: frozenset[str]
    offices: frozenset[int]
    owes: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class _Open:
    """A follow-up that waits, and the message that it was said in."""

    id: int
    message: int
    office: int | None
    kind: str
    obligor: str
    due_start: date | None
    due_end: date | None
    text: str
    thread: int | None
    said: date
    sent_at: datetime | None
    subject: str
    sender: str


@dataclass(slots=True)
class _Letters:
    """Letters by what they concern."""

    by_thread: dict[int, list[_Mail]] = field(default_factory=dict)
    by_office: dict[int, list[_Mail]] = field(default_factory=dict)

    def add(self, mail: _Mail) -> None:
        if mail.thread is not None:
            self.by_thread.setdefault(mail.thread, []).append(mail)
        for office in mail.offices:
            self.by_office.setdefault(office, []).append(mail)

    def about(self, promise: _Open) -> list[_Mail]:
        """Oldest first: the first that keeps a promise is the one to show."""
        found = {
            mail.id: mail
            for mail in (
                *self.by_thread.get(promise.thread or 0, ()),
                *self.by_office.get(promise.office or 0, ()),
            )
            if mail.id != promise.message
        }
        return sorted(found.values(), key=lambda mail: (mail.day, mail.sent_at or _NO_TIME, mail.id))


def find_kept(session: Session, chosen: Sequence[Placed]) -> None:
    """Marks what has been kept, with the letter that is its evidence. Open ones alone are looked at.

    What an earlier reading of the batch's messages held to be kept, or to keep, is weighed again.
    """
    batch = {item.row.id for item in chosen}
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    letters = list(_mails(session, [Message.id.in_(part) for part in chunks(batch)]))
    again = _forget(session, batch, threads, letters)
    cleared = (FollowUp.id.in_(part) for part in chunks(again))
    promises = {row.id: row for row in _open(session, _said_in(threads), _of_offices(letters), cleared)}
    fresh = [row for row in promises.values() if row.message in batch or row.id in again]
    there = list(_mails(session, _later(fresh), most=_MOST))
    by_new = _evidence(session, promises.values(), letters)
    by_all = _evidence(session, fresh, {mail.id: mail for mail in (*letters, *there)}.values())
    kept = by_new | by_all
    rows = all_by_column(session, FollowUp, FollowUp.id, kept)
    for row in rows:
        row.evidence = kept[row.id]
    if rows:
        settle(session, rows)


def _forget(
    session: Session, batch: Collection[int], threads: Collection[int], letters: Sequence[_Mail]
) -> set[int]:
    """Takes the evidence from the kept promises of these messages, and from those that these messages keep.

    What a person has decided on stays as it is.
    """
    of_batch = (FollowUp.message_id.in_(part) for part in chunks(batch))
    kept = select(FollowUp).where(FollowUp.state == "kept", ~_decided())
    printed = {ids.printed("message", number) for number in batch}
    rows: dict[int, FollowUp] = {}
    for condition in of_batch:
        rows |= {row.id: row for row in session.scalars(kept.where(condition))}
    in_threads = kept.join(Message, FollowUp.message_id == Message.id)
    around = [in_threads.where(condition) for condition in _said_in(threads)]
    around += [kept.where(condition) for condition in _of_offices(letters, ("kept",))]
    for selection in around:
        for row in session.scalars(selection):
            if row.evidence and row.evidence.get("message") in printed:
                rows[row.id] = row
    for row in rows.values():
        row.evidence = None
    if rows:
        settle(session, rows.values())
    return set(rows)


def _decided() -> ColumnElement[bool]:
    return exists().where(Decision.follow_up_id == FollowUp.id)


def _said_in(threads: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    return (Message.thread_id.in_(part) for part in chunks(threads))


def _of_offices(letters: Sequence[_Mail], states: Sequence[str] = _OPEN) -> Iterator[ColumnElement[bool]]:
    """Promises on the letters' offices in whose window one of them lies; a request needs its own thread."""
    days = {(office, mail.day) for mail in letters for office in mail.offices}
    for part in chunks(sorted(days), _WINDOWS):
        for dated in (True, False):
            yield and_(
                FollowUp.kind == "commitment",
                or_(*(_covers(office, day, states, dated=dated) for office, day in part)),
            )


def _covers(office: int, day: date, states: Sequence[str], *, dated: bool) -> ColumnElement[bool]:
    """Windows that hold a day: with an end, or open; apart, since an index serves each but not both at once.

    An open one is over after `OPEN_WINDOW`, or every batch for ever would load it.
    """
    until = FollowUp.due_end >= day if dated else FollowUp.due_end.is_(None)
    begun = FollowUp.due_start <= day if dated else FollowUp.due_start.between(day - OPEN_WINDOW, day)
    # the states stand here again so that the index over office, state and end is used for each window
    return and_(FollowUp.office_id == office, FollowUp.state.in_(states), until, begun)


def _open(session: Session, *conditions: Iterable[ColumnElement[bool]]) -> Iterator[_Open]:
    chosen = (
        select(
            FollowUp.id,
            FollowUp.message_id,
            FollowUp.office_id,
            FollowUp.kind,
            FollowUp.obligor,
            FollowUp.due_start,
            FollowUp.due_end,
            FollowUp.text,
            Message.thread_id,
            Message.written_on,
            _instant(),
            Message.subject,
            Address.address,
        )
        .join(Message, FollowUp.message_id == Message.id)
        .join(Address, Message.address_id == Address.id)
        .where(
            FollowUp.state.in_(_OPEN),
            FollowUp.kind.in_(("commitment", "request")),
            FollowUp.obligor.in_(("sender", "recipient")),
            Message.written_on.is_not(None),
        )
    )
    for condition in (one for some in conditions for one in some):
        rows: Sequence[Sequence[Any]] = session.execute(chosen.where(condition)).all()
        for row in rows:
            yield _Open(*[*row[:-2], bare_subject(row[-2]), house(row[-1])])


def _instant() -> ColumnElement[datetime | None]:
    """When a message was sent, where that is sure: a quoted header without a zone may be hours off."""
    return case((Message.zone_known, Message.sent_at))


def _later(promises: Sequence[_Open]) -> Iterator[ColumnElement[bool]]:
    """Letters since the first of these promises in their threads, and in their windows on their offices."""
    if not promises:
        return
    since = min(row.said for row in promises)
    for part in chunks({row.thread for row in promises if row.thread}):
        yield and_(Message.thread_id.in_(part), Message.written_on >= since)
    windows = {
        (row.office, max(row.due_start, row.said), row.due_end)
        for row in promises
        if row.office and row.due_start and row.due_end
    }
    for some in chunks(windows, _WINDOWS):
        yield or_(*(_on_office_between(*window) for window in some))


def _on_office_between(office: int, first: date, last: date) -> ColumnElement[bool]:
    linked = exists().where(Link.message_id == Message.id, Link.office_id == office)
    return and_(Message.written_on.between(first, last), linked)


def _mails(
    session: Session, conditions: Iterable[ColumnElement[bool]], most: int | None = None
) -> Iterator[_Mail]:
    chosen = (
        select(
            Message.id,
            Message.thread_id,
            Message.written_on,
            Address.address,
            func.substr(Message.body, 1, _WORDS),
            Message.signature_start,
            _instant(),
            Message.subject,
        )
        .join(Address, Message.address_id == Address.id)
        .where(Message.kind == "received", Message.automatic.is_(False), Message.written_on.is_not(None))
        .order_by(Message.written_on, Message.id)
        .limit(most)
    )
    for condition in conditions:
        rows = session.execute(chosen.where(condition)).all()
        to = _recipients(session, [row[0] for row in rows])
        links = select(Link.message_id, Link.office_id)
        offices = _grouped(session, links, Link.message_id, list(to))
        own = _own_promises(session, list(to))
        for number, thread, day, address, words, signature, sent_at, subject in rows:
            said = own.get(number, ())
            yield _Mail(
                number,
                thread,
                day,
                house(address),
                words[:signature],
                sent_at,
                bare_subject(subject),
                to.get(number, frozenset()),
                frozenset(offices.get(number, ())),
                owes=any(found.kind == "commitment" and _is_open(found, day) for found in said),
                asks=any(found.kind == "request" for found in said),
            )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a letter itself promises or asks for, as its reading found it."""

    kind: str
    due_end: date | None
    text: str


def _own_promises(session: Session, messages: Sequence[int]) -> dict[int, list[_Said]]:
    """Message → the promises and requests of its sender."""
    chosen = select(Finding.message_id, Finding.kind, Finding.due_end, Finding.text).where(
        or_(
            and_(Finding.kind == "commitment", Finding.obligor == "sender"),
            and_(Finding.kind == "request", Finding.obligor == "recipient"),
        )
    )
    found: dict[int, list[_Said]] = {}
    for part in chunks(messages):
        for message, kind, due_end, text in session.execute(chosen.where(Finding.message_id.in_(part))):
            found.setdefault(message, []).append(_Said(kind, due_end, text))
    return found


def _is_open(found: _Said, day: date) -> bool:
    """Whether it is still to come; "Här kommer listan" is what it says, not a promise of it."""
    return (found.due_end is None or found.due_end >= day) and not announces(found.text)


def _recipients(session: Session, messages: Sequence[int]) -> dict[int, frozenset[str]]:
    """Message → the houses that it went to."""
    chosen = select(Recipient.message_id, Address.address).join(Address, Recipient.address_id == Address.id)
    found = _grouped(session, chosen, Recipient.message_id, messages)
    return {message: frozenset(map(house, found.get(message, ()))) for message in messages}


def _grouped(
    session: Session, chosen: Select[int, Any], column: InstrumentedAttribute[int], messages: Sequence[int]
) -> dict[int, list[Any]]:
    """The second column of a selection by its first, for these messages."""
    found: dict[int, list[Any]] = {}
    for part in chunks(messages):
        for message, value in session.execute(chosen.where(column.in_(part))):
            found.setdefault(message, []).append(value)
    return found


def house(address: str) -> str:
    """Whose letter it is: the organisation behind an address, or its domain."""
    return organisation_of(address) or address.rpartition("@")[2]


def _evidence(
    session: Session, promises: Iterable[_Open], letters: Collection[_Mail]
) -> dict[int, dict[str, str]]:
    """Follow-up → the first letter that keeps it, as `FollowUp.evidence` holds it."""
    shelf = _Letters()
    for mail in letters:
        shelf.add(mail)
    senders = {mail.sender for mail in letters}
    likely = [
        (row, found)
        for row in promises
        if (row.obligor != "sender" or row.sender in senders) and (found := shelf.about(row))
    ]
    to = _recipients(session, list({row.message for row, _ in likely}))
    kept = ((row, _first(_promise(row, to[row.message]), found)) for row, found in likely)
    return {row.id: evidence for row, evidence in kept if evidence}


def _promise(row: _Open, recipients: frozenset[str]) -> Promise:
    mine, theirs = frozenset({row.sender}), recipients - {row.sender}
    debtors, creditors = (mine, theirs) if row.obligor == "sender" else (theirs, mine)
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


def _first(promise: Promise, letters: Iterable[_Mail]) -> dict[str, str] | None:
    for mail in letters:
        reason = keeps(promise, _letter(mail))
        if reason is not None:
            return {
                "message": ids.printed("message", mail.id),
                "date": mail.day.isoformat(),
                "reason": reason,
            }
    return None


def _letter(mail: _Mail) -> Letter:
    return Letter(
        mail.day,
        mail.sender,
        mail.recipients,
        mail.words,
        mail.thread,
        mail.sent_at,
        mail.subject,
        owes=mail.owes,
        asks=mail.asks,
    )
