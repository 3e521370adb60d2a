"""Looks, for the messages of a batch, which promises they keep and which later letters kept theirs.

Two questions, each bounded by what is new: which open promises of its threads and offices does a new letter
keep, and which letters that are there already keep a new promise. A letter concerns a promise if it stands in
the same thread or is linked to the promise's office.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import ids
from crm.followups import settle
from crm.identity import organisation_of
from crm.intake.messages import Placed
from crm.keeping import Letter, Promise, keeps
from crm.lookup import all_by_column, chunks
from db.schema import Address, FollowUp, Link, Message, Recipient

# How much of a letter is looked at for words that announce what was promised.
_WORDS = 600
_OPEN = ("proposed", "accepted", "lapsed")
_MOST = 5_000  # letters that are weighed for the new promises of a batch
_WINDOWS = 50  # windows asked for in one query


@dataclass(frozen=True, slots=True)
class _Mail:
    """A letter that can be evidence."""

    id: int
    thread: int | None
    day: date
    sender: str
    words: str
    recipients: frozenset[str]
    offices: frozenset[int]


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
    thread: int | None
    said: date
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
        return sorted(found.values(), key=lambda mail: (mail.day, mail.id))


def find_kept(session: Session, chosen: Sequence[Placed]) -> None:
    """Marks what has been kept, with the letter that is its evidence. Open ones alone are looked at."""
    batch = {item.row.id for item in chosen}
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    letters = list(_mails(session, [Message.id.in_(part) for part in chunks(batch)]))
    promises = {row.id: row for row in _open(session, _said_in(threads), _of_offices(letters))}
    fresh = [row for row in promises.values() if row.message in batch]
    there = list(_mails(session, _later(fresh), most=_MOST))
    by_new = _evidence(session, promises.values(), letters)
    by_all = _evidence(session, fresh, {mail.id: mail for mail in (*letters, *there)}.values())
    kept = by_new | by_all
    rows = all_by_column(session, FollowUp, FollowUp.id, kept)
    for row in rows:
        row.evidence = kept[row.id]
    if rows:
        settle(session, rows)


def _said_in(threads: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    return (Message.thread_id.in_(part) for part in chunks(threads))


def _of_offices(letters: Sequence[_Mail]) -> Iterator[ColumnElement[bool]]:
    """Promises on the letters' offices in whose window one of them lies; a request needs its own thread."""
    days = {(office, mail.day) for mail in letters for office in mail.offices}
    for part in chunks(sorted(days), _WINDOWS):
        for dated in (True, False):
            yield and_(
                FollowUp.kind == "commitment",
                or_(*(_covers(office, day, dated=dated) for office, day in part)),
            )


def _covers(office: int, day: date, *, dated: bool) -> ColumnElement[bool]:
    """Windows that hold a day: with an end, or open; apart, since an index serves each but not both at once."""
    until = FollowUp.due_end >= day if dated else FollowUp.due_end.is_(None)
    # the states stand here again so that the index over office, state and end is used for each window
    return and_(FollowUp.office_id == office, FollowUp.state.in_(_OPEN), until, FollowUp.due_start <= day)


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
            Message.thread_id,
            Message.written_on,
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
            yield _Open(*[*row[:-1], house(row[-1])])


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
        for number, thread, day, address, words in rows:
            about = frozenset(offices.get(number, ()))
            yield _Mail(number, thread, day, house(address), words, to.get(number, frozenset()), about)


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
    return Promise(row.kind, row.said, row.due_start, row.due_end, debtors, creditors, row.thread)


def _first(promise: Promise, letters: Iterable[_Mail]) -> dict[str, str] | None:
    for mail in letters:
        reason = keeps(promise, Letter(mail.day, mail.sender, mail.recipients, mail.words, mail.thread))
        if reason is not None:
            return {
                "message": ids.printed("message", mail.id),
                "date": mail.day.isoformat(),
                "reason": reason,
            }
    return None
