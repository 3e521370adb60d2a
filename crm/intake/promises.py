"""What stands in the store about promises and the letters that may keep them, asked for by batch."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from crm.deeds import says_received, topics_of
from crm.identity import organisation_of
from crm.keeping import GRACE, LOOKED_AT, OPEN_WINDOW, UNDATED, last_day
from crm.keys import bare_subject
from crm.lookup import among, asked_in_parts, chunks
from crm.promised import Letter, Promise, Wanted, is_same_subject, wanted_by
from crm.rows.follow_ups import OPEN_STATES
from crm.speaking import is_headed, may_be_about, may_keep_elsewhere, says_elsewhere
from crm.told import announces, asks_back, is_past, matter, meets, states_a_day
from db.given import Given
from db.schema import Address, Decision, Finding, FollowUp, Link, Message, Recipient

_OPEN = (*OPEN_STATES, "lapsed")
_WEIGHED = (*_OPEN, "kept")  # said beside what says more, so that an index serves
_KEPT = ("commitment", "request")
_WINDOW = Given("span", office=Integer(), first=Date(), last=Date())
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
    """A follow-up that waits, or that a letter has kept as nobody has judged yet, and the message it was said in.

    `evidence` is that letter, as `FollowUp.evidence` holds it.
    """

    id: int
    message: int
    office: int | None
    kind: str
    obligor: str
    due_start: date | None
    due_end: date | None
    text: str
    evidence: dict[str, str] | None
    thread: int | None
    said: date
    sent_at: datetime | None
    subject: str
    context: frozenset[str]
    sender: str
    wanted: Wanted = field(init=False, compare=False)  # looked at for every letter that may keep it

    def __post_init__(self) -> None:
        wanted = wanted_by(self.text, asked=self.kind == "request", context=self.context)
        object.__setattr__(self, "wanted", wanted)


def decided() -> ColumnElement[bool]:
    return exists().where(Decision.follow_up_id == FollowUp.id)


def said_in(threads: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    return (Message.thread_id.in_(part) for part in chunks(threads))


def _spans(letters: Sequence[Mail]) -> list[tuple[int, date, date]]:
    """Office, first and last day of the letters about it."""
    days: dict[int, list[date]] = {}
    for mail in letters:
        for office in mail.offices:
            days.setdefault(office, []).append(mail.letter.day)
    return [(office, min(some), max(some)) for office, some in sorted(days.items())]


def open_on_offices(session: Session, letters: Sequence[Mail]) -> Iterator[Open]:
    """What was said before these letters about their offices and is not over for longer than `GRACE`.

    With an end, open, or without a day: apart, since an index serves each but not all at once. An open one is over after
    `OPEN_WINDOW`, one without a day after `UNDATED`, or every batch for ever would load it.
    """
    window = _WINDOW.table(session)
    asked_for = (
        (_ending_in(window), GRACE),
        (_begun_in(window), OPEN_WINDOW),
        (_undated_in(window), UNDATED),
    )
    for part in chunks(_spans(letters), _WINDOWS):
        for asked, before in asked_for:
            rows = _WINDOW.rows(session, [(office, first - before, last) for office, first, last in part])
            yield from map(as_open, session.execute(asked, rows).all())


@cache
def _ending_in(window: CTE) -> Question:
    there = and_(
        FollowUp.kind.in_(_KEPT), FollowUp.office_id == window.c.office, FollowUp.state.in_(_WEIGHED)
    )
    ends = and_(FollowUp.due_end >= window.c.first, FollowUp.since <= window.c.last)
    return that_wait().join(window, and_(there, ends))


@cache
def _begun_in(window: CTE) -> Question:
    there = and_(
        FollowUp.kind.in_(_KEPT), FollowUp.office_id == window.c.office, FollowUp.state.in_(_WEIGHED)
    )
    begun = FollowUp.due_start.between(window.c.first, window.c.last)
    return that_wait().join(window, and_(there, FollowUp.due_end.is_(None), begun))


@cache
def _undated_in(window: CTE) -> Question:
    there = and_(
        FollowUp.kind.in_(_KEPT), FollowUp.office_id == window.c.office, FollowUp.state.in_(_WEIGHED)
    )
    undated = and_(FollowUp.due_end.is_(None), FollowUp.due_start.is_(None))
    return that_wait().join(
        window, and_(there, undated, FollowUp.since.between(window.c.first, window.c.last))
    )


@cache
def that_wait() -> Select[*tuple[Any, ...]]:
    """The columns of `Open`, of those that a letter can keep."""
    waits = FollowUp.state.in_(_OPEN)
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
            case((FollowUp.state == "kept", FollowUp.evidence)),
            Message.thread_id,
            Message.written_on,
            instant(),
            Message.subject,
            Message.deeds,
            Address.address,
        )
        .join(Message, FollowUp.message_id == Message.id)
        .join(Address, Message.address_id == Address.id)
        .where(
            or_(waits, and_(FollowUp.state == "kept", ~decided())),
            FollowUp.kind.in_(_KEPT),
            FollowUp.obligor.in_(("sender", "recipient", "third_party")),
            Message.written_on.is_not(None),
        )
    )


def as_open(row: Sequence[Any]) -> Open:
    *some, subject, deeds, address = row
    return Open(*[*some, bare_subject(subject), topics_of(deeds or ""), house(address)])


def open_promises(session: Session, *conditions: Iterable[ColumnElement[bool]]) -> Iterator[Open]:
    chosen = that_wait()
    for condition in (one for some in conditions for one in some):
        yield from map(as_open, session.execute(chosen.where(condition)).all())


def instant() -> ColumnElement[datetime | None]:
    """When a message was sent, where that is sure: a quoted header without a zone may be hours off."""
    return case((Message.zone_known, Message.sent_at))


def later(
    session: Session, promises: Sequence[Open], known: Collection[int], most: int
) -> Iterator[Question]:
    """Asks for letters since the first of these promises in their threads, and in their windows on their offices.

    Of each thread the `most` oldest, of a window all that may keep something, by `most` rows at a time; none of the
    `known` messages.
    """
    if not promises:
        return
    since = min(row.said for row in promises)
    found = _about_offices(session, promises, most)
    for part in chunks({row.thread for row in promises if row.thread}):
        found.update(session.scalars(_in_threads(part, since, most)))
    yield from these(found.difference(known))


def _in_threads(threads: Collection[int], since: date, most: int) -> Select[int]:
    """The letters of each of these threads; their number is each thread's own, or one would hide another's."""
    order = (Message.written_on, Message.id)
    place = func.row_number().over(partition_by=Message.thread_id, order_by=order).label("place")
    there = (Message.thread_id.in_(threads), Message.written_on >= since, *is_letter())
    numbered = select(Message.id, place).where(*there).subquery()
    return select(numbered.c.id).where(numbered.c.place <= most)


def _about_offices(session: Session, promises: Sequence[Open], most: int) -> set[int]:
    """The letters that may keep one of these promises from another thread, in its window on its office.

    What a window has is looked at whole, however much it is: of what is cut off, nobody would look for evidence again.
    """
    debts = _Debts(promises)
    found: set[int] = set()
    for some in chunks(_windows(promises), _WINDOWS):
        question = _inside(_WINDOW.table(session)).execution_options(yield_per=most)
        for number, office, day, address, announcing, subject, deeds in session.execute(
            question, _WINDOW.rows(session, some)
        ):
            if number not in found:
                letter = outline_of(day, address, subject, announcing, deeds)
                if any(may_keep(letter, *owed) for owed in debts.of(office, letter)):
                    found.add(number)
    return found


_Owed = tuple[Wanted, list[Open]]  # the promises of one office and house that want the same


class _Debts:
    """Promises by office, by the house that may keep them (its own, and what others asked for) and by what they want."""

    def __init__(self, promises: Iterable[Open]) -> None:
        self._own: dict[int, dict[tuple[str, Wanted], list[Open]]] = {}
        self._asked: dict[int, dict[tuple[str, Wanted], list[Open]]] = {}
        for row in promises:
            wanted = row.wanted
            side = self._asked if row.obligor == "recipient" else self._own
            side.setdefault(row.office or 0, {}).setdefault((row.sender, wanted), []).append(row)

    def of(self, office: int, letter: "_Outline") -> Iterator[_Owed]:
        """What a letter may keep: of its own house, and of others what it was asked for, or says to have got."""
        for side, own in ((self._own, True), (self._asked, False)):
            for (sender, wanted), rows in side.get(office, {}).items():
                if (sender == letter.sender) is own or letter.has_received:
                    yield wanted, rows


@cache
def _inside(window: CTE) -> Question:
    """The letters linked to these offices in these windows, the oldest first: what says whether they may keep anything."""
    return (
        select(
            Message.id,
            window.c.office,
            Message.written_on,
            Address.address,
            Message.announces,
            Message.subject,
            Message.deeds,
        )
        .join(Link, Link.message_id == Message.id)
        .join(window, Link.office_id == window.c.office)
        .join(Address, Message.address_id == Address.id)
        .where(*is_letter(), Message.written_on.between(window.c.first, window.c.last))
        .order_by(Message.written_on, Message.id)
    )


@dataclass(slots=True)
class _Outline:
    """A letter as far as one row tells; what its sentences do is looked at where a promise asks for it."""

    day: date
    sender: str
    subject: str
    announces: bool
    kept: str | None
    _letter: Letter | None = None

    @property
    def letter(self) -> Letter:
        if self._letter is None:
            nobody: frozenset[str] = frozenset()
            self._letter = Letter(
                self.day, self.sender, nobody, "", None, subject=self.subject, kept=self.kept
            )
        return self._letter

    @property
    def has_received(self) -> bool:
        return self.kept is not None and says_received(self.kept)


def outline_of(
    day: date, address: str, subject: str | None, announcing: bool | None, deeds: str | None
) -> _Outline:
    """A letter as far as its columns tell."""
    return _Outline(day, house(address), bare_subject(subject), bool(announcing), deeds)


def may_keep(outline: _Outline, wanted: Wanted, owed: Sequence[Open]) -> bool:
    """Whether a letter is of a time that may keep one of these promises, and says or gives something of it.

    The words of one that an older program has read are not known yet.
    """
    rows = [row for row in owed if row.said <= outline.day <= last_day(row)]
    if not outline.announces:
        headed = is_headed(wanted, outline.letter)
        rows = [row for row in rows if headed or may_be_about(outline.subject, row.subject)]
    if not rows or outline.kept is None:
        return bool(rows)
    says = says_elsewhere(wanted, outline.letter)
    if says is None:
        return any(may_keep_elsewhere(_said(row), outline.letter) for row in rows)
    return says or any(is_same_subject(row.subject, outline.subject) for row in rows)


def _said(row: Open) -> Promise:
    """A promise as far as its words go."""
    nobody: frozenset[str] = frozenset()
    return Promise(
        row.kind,
        row.said,
        None,
        None,
        nobody,
        nobody,
        None,
        subject=row.subject,
        text=row.text,
        context=row.context,
    )


def _windows(promises: Iterable[Open]) -> list[tuple[int, date, date]]:
    """Office, first and last day of all their windows; those of one office that overlap are one."""
    windows = sorted(
        (row.office, row.said, row.due_end + GRACE if row.due_end else row.said + UNDATED)
        for row in promises
        if row.office and (row.due_end or row.due_start is None)
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
            func.substr(Message.body, 1, LOOKED_AT),
            Message.signature_start,
            instant(),
            Message.subject,
            Message.announces,
            Message.deeds,
        )
        .join(Address, Message.address_id == Address.id)
        .where(*is_letter())
        .order_by(Message.written_on, Message.id)
    )


def is_letter() -> Sequence[ColumnElement[bool]]:
    """What a person has written and this program has read: the rest is weighed when it is."""
    read, dated = Message.announces.is_not(None), Message.written_on.is_not(None)
    return Message.kind == "received", Message.automatic.is_(False), dated, read


def mails(session: Session, questions: Iterable[Question]) -> Iterator[Mail]:
    """The letters that answer, with their recipients, their offices and what they promise and ask for."""
    for question in questions:
        rows = list(dict.fromkeys(session.execute(question)))  # windows may share letters
        to = recipients_of(session, [row[0] for row in rows])
        offices = _grouped(session, _asked_offices(), list(to))
        own = _own_promises(session, list(to))
        for number, thread, day, address, words, signature, sent_at, subject, announcing, deeds in rows:
            said = own.get(number, ())
            owed = tuple(matter(one.text) for one in said if one.kind == "commitment" and _is_open(one, day))
            letter = Letter(
                day,
                house(address),
                to.get(number, frozenset()),
                words[:signature],
                thread,
                sent_at,
                bare_subject(subject),
                owes=bool(owed),
                owed=owed,
                asks=any(found.kind == "request" and asks_back(found.text) for found in said),
                announces=announcing,
                kept=deeds,
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
    found: dict[int, list[_Said]] = {}
    for message, kind, due_end, text in asked_in_parts(session, _asked_own(), messages):
        found.setdefault(message, []).append(_Said(kind, due_end, text))
    return found


@cache
def _asked_own() -> Select[int, str, date | None, str]:
    return select(Finding.message_id, Finding.kind, Finding.due_end, Finding.text).where(
        among(Finding.message_id),
        or_(
            and_(Finding.kind == "commitment", Finding.obligor == "sender"),
            and_(Finding.kind == "request", Finding.obligor == "recipient"),
        ),
    )


def _is_open(found: _Said, day: date) -> bool:
    """Whether it is still to come; "Här kommer listan", "I dag har vi hämtat den" is what it says, not a promise of it."""
    ahead = found.due_end is None or found.due_end >= day
    today = found.due_end == day and is_past(found.text)
    said = announces(found.text) or meets(found.text) or states_a_day(found.text) or today
    return ahead and not said


def recipients_of(session: Session, messages: Sequence[int]) -> dict[int, frozenset[str]]:
    """Message → the houses that it went to."""
    found = _grouped(session, _asked_recipients(), messages)
    return {message: frozenset(map(house, found.get(message, ()))) for message in messages}


@cache
def _asked_recipients() -> Select[int, str]:
    chosen = select(Recipient.message_id, Address.address).join(Address, Recipient.address_id == Address.id)
    return chosen.where(among(Recipient.message_id))


@cache
def _asked_offices() -> Select[int, int]:
    return select(Link.message_id, Link.office_id).where(among(Link.message_id))


def _grouped(session: Session, question: Select[int, Any], messages: Sequence[int]) -> dict[int, list[Any]]:
    """The second column of a selection by its first, for these messages."""
    found: dict[int, list[Any]] = {}
    for message, value in asked_in_parts(session, question, messages):
        found.setdefault(message, []).append(value)
    return found


@lru_cache(maxsize=10_000)
def house(address: str) -> str:
    """Whose letter it is: the organisation behind an address, or its domain."""
    return organisation_of(address) or address.rpartition("@")[2]
