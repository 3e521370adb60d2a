"""What stands in the store about promises and the letters that may keep them, asked for by batch."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    column,
    exists,
    func,
    or_,
    select,
    values,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm.identity import organisation_of
from crm.keeping import GRACE, OPEN_WINDOW, Letter
from crm.keys import bare_subject
from crm.lookup import chunks
from crm.told import announces, asks_back, meets
from db.schema import Address, AttachmentRow, Decision, Finding, FollowUp, Link, Message, Recipient

# How much of a letter is looked at for words that announce what was promised, or put it off.
_WORDS = 1_500
_OPEN = ("proposed", "accepted", "lapsed")
_KEPT = ("commitment", "request")
_WINDOWS = 200  # windows asked for in one query

Question = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Mail:
    """A received message as a letter that can be evidence, and the offices that it concerns."""

    id: int
    letter: Letter
    offices: frozenset[int]


@dataclass(frozen=True, slots=True)
class Open:
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


def decided() -> ColumnElement[bool]:
    return exists().where(Decision.follow_up_id == FollowUp.id)


def said_in(threads: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    return (Message.thread_id.in_(part) for part in chunks(threads))


def windows_over(letters: Sequence[Mail]) -> Iterator[tuple[CTE, ColumnElement[bool]]]:
    """Tables of the letters' offices with their first and last day, each with the condition of what they may keep.

    That is what was said before and is not over for longer than `GRACE`; with an end, or open: apart, since an index
    serves each but not both at once. An open one is over after `OPEN_WINDOW`, or every batch for ever would load it.
    """
    for part in chunks(_spans(letters), _WINDOWS):
        asked = _table([(office, first - GRACE, last) for office, first, last in part])
        there = and_(FollowUp.kind.in_(_KEPT), FollowUp.office_id == asked.c.office)
        ends = and_(FollowUp.due_end >= asked.c.first, FollowUp.since <= asked.c.last)
        yield asked, and_(there, ends)
        asked = _table([(office, first - OPEN_WINDOW, last) for office, first, last in part])
        there = and_(FollowUp.kind.in_(_KEPT), FollowUp.office_id == asked.c.office)
        begun = FollowUp.due_start.between(asked.c.first, asked.c.last)
        yield asked, and_(there, FollowUp.due_end.is_(None), begun)


def _spans(letters: Sequence[Mail]) -> list[tuple[int, date, date]]:
    """Office, first and last day of the letters about it."""
    days: dict[int, list[date]] = {}
    for mail in letters:
        for office in mail.offices:
            days.setdefault(office, []).append(mail.letter.day)
    return [(office, min(some), max(some)) for office, some in sorted(days.items())]


def _table(windows: Sequence[tuple[int, date, date]]) -> CTE:
    """Windows as rows to join: conditions one beside the other make the store look at all it has."""
    office, first, last = column("office", Integer), column("first", Date), column("last", Date)
    return values(office, first, last, name="asked").data(windows).cte("asked")


def kept_about(letters: Sequence[Mail]) -> Iterator[Select[FollowUp]]:
    """Promises that are held to be kept, in whose window on its office a letter lies; none that somebody decided on."""
    for asked, holds in windows_over(letters):
        yield select(FollowUp).join(asked, holds).where(FollowUp.state == "kept", ~decided())


def open_on_offices(session: Session, letters: Sequence[Mail]) -> Iterator[Open]:
    for asked, holds in windows_over(letters):
        yield from map(_as_open, session.execute(_chosen().join(asked, holds)).all())


def _chosen() -> Select[*tuple[Any, ...]]:
    """The columns of `Open`, of those that a letter can keep."""
    return (
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
            instant(),
            Message.subject,
            Address.address,
        )
        .join(Message, FollowUp.message_id == Message.id)
        .join(Address, Message.address_id == Address.id)
        .where(
            FollowUp.state.in_(_OPEN),
            FollowUp.kind.in_(_KEPT),
            FollowUp.obligor.in_(("sender", "recipient", "third_party")),
            Message.written_on.is_not(None),
        )
    )


def _as_open(row: Sequence[Any]) -> Open:
    return Open(*[*row[:-2], bare_subject(row[-2]), house(row[-1])])


def open_promises(session: Session, *conditions: Iterable[ColumnElement[bool]]) -> Iterator[Open]:
    chosen = _chosen()
    for condition in (one for some in conditions for one in some):
        yield from map(_as_open, session.execute(chosen.where(condition)).all())


def instant() -> ColumnElement[datetime | None]:
    """When a message was sent, where that is sure: a quoted header without a zone may be hours off."""
    return case((Message.zone_known, Message.sent_at))


def later(promises: Sequence[Open], most: int) -> Iterator[Question]:
    """Asks for letters since the first of these promises in their threads, and in their windows on their offices.

    Each answer has `most` letters at most, the oldest.
    """
    if not promises:
        return
    since = min(row.said for row in promises)
    chosen = _letters().limit(most)
    for part in chunks({row.thread for row in promises if row.thread}):
        yield chosen.where(Message.thread_id.in_(part), Message.written_on >= since)
    for some in chunks(_windows(promises), _WINDOWS):
        asked = _table(some)
        linked = exists().where(Link.message_id == Message.id, Link.office_id == asked.c.office)
        yield chosen.join(asked, Message.written_on.between(asked.c.first, asked.c.last)).where(linked)


def _windows(promises: Iterable[Open]) -> list[tuple[int, date, date]]:
    """Office, first and last day of all their windows; those of one office that overlap are one."""
    windows = sorted(
        (row.office, row.said, row.due_end + GRACE) for row in promises if row.office and row.due_end
    )
    joined: list[tuple[int, date, date]] = []
    for office, first, last in windows:
        if joined and joined[-1][0] == office and first <= joined[-1][2]:
            joined[-1] = (office, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((office, first, last))
    return joined


def these(messages: Iterable[int]) -> Iterator[Question]:
    """Asks for these messages, as far as they are letters."""
    return (_letters().where(Message.id.in_(part)) for part in chunks(messages))


@cache
def _letters() -> Select[*tuple[Any, ...]]:
    """What `mails` needs of a received message that a person has written, the oldest first."""
    return (
        select(
            Message.id,
            Message.thread_id,
            Message.written_on,
            Address.address,
            func.substr(Message.body, 1, _WORDS),
            Message.signature_start,
            instant(),
            Message.subject,
        )
        .join(Address, Message.address_id == Address.id)
        .where(Message.kind == "received", Message.automatic.is_(False), Message.written_on.is_not(None))
        .order_by(Message.written_on, Message.id)
    )


def mails(session: Session, questions: Iterable[Question]) -> Iterator[Mail]:
    """The letters that answer, with their recipients, their offices and what they promise and ask for."""
    for question in questions:
        rows = list(dict.fromkeys(session.execute(question)))  # windows may share letters
        to = recipients_of(session, [row[0] for row in rows])
        links = select(Link.message_id, Link.office_id)
        offices = _grouped(session, links, Link.message_id, list(to))
        own = _own_promises(session, list(to))
        names = select(AttachmentRow.message_id, AttachmentRow.filename)
        files = _grouped(session, names, AttachmentRow.message_id, list(to))
        for number, thread, day, address, words, signature, sent_at, subject in rows:
            said = own.get(number, ())
            letter = Letter(
                day,
                house(address),
                to.get(number, frozenset()),
                words[:signature],
                thread,
                sent_at,
                bare_subject(subject),
                owes=any(found.kind == "commitment" and _is_open(found, day) for found in said),
                asks=any(found.kind == "request" and asks_back(found.text) for found in said),
                files=tuple(name for name in files.get(number, ()) if name),
            )
            yield Mail(number, letter, frozenset(offices.get(number, ())))


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
    ahead = found.due_end is None or found.due_end >= day
    return ahead and not announces(found.text) and not meets(found.text)


def recipients_of(session: Session, messages: Sequence[int]) -> dict[int, frozenset[str]]:
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


@lru_cache(maxsize=10_000)
def house(address: str) -> str:
    """Whose letter it is: the organisation behind an address, or its domain."""
    return organisation_of(address) or address.rpartition("@")[2]
