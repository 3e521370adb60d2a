"""What happened with a person, an organisation or an office: letters, notes, and what became of follow-ups, newest first.

Every source gives its newest page below one place in time by a query of its own; the page is the newest of them all. So a
page costs as many queries as there are sources, however long the story is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from heapq import nlargest
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from crm import ids
from crm.errors import NotFound
from crm.history import decision_row
from crm.rows.timeline import TimelineRow
from crm.when import HERE, local
from db.schema import Address, Decision, FollowUp, Link, Message, Note, Person, Recipient

# Sorts a letter that shows no date below everything that has one.
_NEVER = datetime(1, 1, 2, tzinfo=UTC)
_KEPT = ":kept"
_MANY = 5_000
"""Letters of an office from which on sorting them all takes longer than looking among the newest …"""
_AMONG = 20_000
"""… of so many."""


class _Place(NamedTuple):
    """Where an entry stands: its moment, its source (of one moment the higher is newer), its number."""

    at: datetime
    source: int
    number: int


MESSAGE, MADE, NOTE, DECISION, KEPT = range(5)
Found = tuple[_Place, TimelineRow]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose story: which messages, notes and follow-ups belong to it; `office` is the number of one with very many letters."""

    messages: ColumnElement[bool]
    notes: ColumnElement[bool]
    follow_ups: ColumnElement[bool]
    office: int | None = None


def of_office(office: str, letters: int = 0) -> Scope:
    """An office's, by its printed id; `letters`: how many it has, where that is known."""
    number = ids.number("office", office)
    linked = select(Link.message_id).where(Link.office_id == number)
    among_newest = number if letters > _MANY else None
    return Scope(Message.id.in_(linked), Note.office_id == number, FollowUp.office_id == number, among_newest)


def of_person(person: str) -> Scope:
    """A person's, and of who was merged into them: what they wrote or got, and what was noted of them."""
    number = ids.number("person", person)
    bearers = select(Person.id).where(or_(Person.id == number, Person.merged_into_id == number))
    names = select(Person.name).where(or_(Person.id == number, Person.merged_into_id == number))
    messages = _written_or_got(Address.person_id == number)
    by_hand = and_(FollowUp.message_id.is_(None), FollowUp.who.in_(names))
    return Scope(messages, Note.person_id.in_(bearers), or_(_said_in(messages), by_hand))


def of_organisation(organisation: str) -> Scope:
    """An organisation's: what its addresses wrote or got, and what was noted of its people."""
    number = ids.number("organisation", organisation)
    people = select(Address.person_id).where(
        Address.organisation_id == number, Address.person_id.is_not(None)
    )
    messages = _written_or_got(Address.organisation_id == number)
    return Scope(messages, Note.person_id.in_(people), _said_in(messages))


def _written_or_got(owner: ColumnElement[bool]) -> ColumnElement[bool]:
    """As one set of numbers: with an "or" PostgreSQL looks at every message."""
    addresses = select(Address.id).where(owner)
    sent = aliased(Message)
    wrote = select(sent.id).where(sent.address_id.in_(addresses))
    got = select(Recipient.message_id).where(Recipient.address_id.in_(addresses))
    return Message.id.in_(union(wrote, got))


def _said_in(messages: ColumnElement[bool]) -> ColumnElement[bool]:
    return FollowUp.message_id.in_(select(Message.id).where(messages))


def timeline(
    session: Session, scope: Scope, *, limit: int = 50, before: str | None = None, made: bool = True
) -> list[TimelineRow]:
    """One page, newest first; `before` is the id of the last entry of the page before it, `limit` 0: all.

    `made`: with the follow-ups that each letter made. Raises NotFound for a `before` that is none.
    """
    below = _place(session, before) if before is not None else None
    sources = (_messages, *((_made,) if made else ()), _notes, _decisions, _kept)
    found = [entry for source in sources for entry in source(session, scope, below, limit)]
    newest = nlargest(limit or len(found), found, key=lambda entry: entry[0])
    return [row for _place_, row in newest]


def _messages(session: Session, scope: Scope, below: _Place | None, limit: int) -> Iterator[Found]:
    moment = func.coalesce(Message.sent_at, _NEVER)
    chosen = (
        select(Message.id, moment, Message.from_name, Address.address, Message.subject, Message.direction)
        .outerjoin(Address, Message.address_id == Address.id)
        .where(_near(session, scope, below, limit), *_older(moment, MESSAGE, Message.id, below))
        .order_by(moment.desc(), Message.id.desc())
    )
    for number, at, name, address, subject, way in session.execute(_page(chosen, limit)):
        printed = ids.printed("message", number)
        yield (
            _Place(at, MESSAGE, number),
            TimelineRow(
                printed, "message", _shown(at), name or address, subject, direction=way, message=printed
            ),
        )


def _near(session: Session, scope: Scope, below: _Place | None, limit: int) -> ColumnElement[bool]:
    """Of an office with very many letters those among the newest of all, where they fill the first page."""
    if scope.office is None or below is not None or not limit:
        return scope.messages
    here = Link.office_id == scope.office
    order = Message.sent_at.desc().nulls_last(), Message.id.desc()
    newest = select(Message.id, Message.sent_at).order_by(*order).limit(_AMONG).subquery()
    linked = select(Link.message_id).where(Link.message_id == newest.c.id, here).exists()
    first = (
        select(newest.c.id).where(linked).order_by(newest.c.sent_at.desc().nulls_last(), newest.c.id.desc())
    )
    found = list(session.scalars(first.limit(limit)))
    return Message.id.in_(found) if len(found) == limit else scope.messages


def _made(session: Session, scope: Scope, below: _Place | None, limit: int) -> Iterator[Found]:
    """Of those that a person added the decision tells."""
    moment = func.coalesce(Message.sent_at, _NEVER)
    chosen = (
        select(FollowUp, moment, Message.from_name, Address.address)
        .join(Message, FollowUp.message_id == Message.id)
        .outerjoin(Address, Message.address_id == Address.id)
        .where(scope.follow_ups, *_older(moment, MADE, FollowUp.id, below))
        .order_by(moment.desc(), FollowUp.id.desc())
    )
    for item, at, name, address in session.execute(_page(chosen, limit)):
        printed = ids.printed("follow-up", item.id)
        yield _Place(at, MADE, item.id), _of_item(printed, "follow-up", at, name or address, item)


def _of_item(name: str, kind: str, at: datetime, by: str | None, item: FollowUp, **more: Any) -> TimelineRow:
    return TimelineRow(
        id=name,
        kind=kind,
        at=_shown(at),
        by=by,
        text=item.text,
        **{
            "message": ids.printed("message", item.message_id) if item.message_id else None,
            "follow_up": ids.printed("follow-up", item.id),
            "owes": item.owes,
            "due_start": item.due_start,
            "due_end": item.due_end,
            **more,
        },
    )


def _notes(session: Session, scope: Scope, below: _Place | None, limit: int) -> Iterator[Found]:
    chosen = (
        select(Note)
        .where(scope.notes, Note.removed.is_(False), *_older(Note.at, NOTE, Note.id, below))
        .order_by(Note.at.desc(), Note.id.desc())
    )
    for note in session.scalars(_page(chosen, limit)):
        printed = ids.printed("note", note.id)
        yield (
            _Place(note.at, NOTE, note.id),
            TimelineRow(printed, note.kind, _shown(note.at), note.author, note.text, note=printed),
        )


def _decisions(session: Session, scope: Scope, below: _Place | None, limit: int) -> Iterator[Found]:
    """Those that hold: what was taken back is in the follow-up's own history."""
    undone = select(Decision.undoes_id).where(Decision.undoes_id.is_not(None))
    chosen = (
        select(Decision, FollowUp)
        .join(FollowUp, Decision.follow_up_id == FollowUp.id)
        .where(
            scope.follow_ups,
            Decision.undoes_id.is_(None),
            Decision.id.not_in(undone),
            *_older(Decision.at, DECISION, Decision.id, below),
        )
        .order_by(Decision.at.desc(), Decision.id.desc())
    )
    for decision, item in session.execute(_page(chosen, limit)):
        row = decision_row(decision, None)
        told = {
            "action": row.action,
            "from_start": row.from_start,
            "from_end": row.from_end,
            "because": row.because,
            "who": row.who,
            "note": row.note,
        }
        if row.action == "move":
            told |= {"due_start": row.due_start, "due_end": row.due_end}
        entry = _of_item(row.id, "decision", decision.at, decision.by, item, **told)
        yield _Place(decision.at, DECISION, decision.id), entry


def _kept(session: Session, scope: Scope, below: _Place | None, limit: int) -> Iterator[Found]:
    """By a letter, of which the day is known."""
    chosen = (
        select(FollowUp)
        .where(scope.follow_ups, FollowUp.state == "kept", *_older_days(FollowUp.kept_on, below))
        .order_by(FollowUp.kept_on.desc(), FollowUp.id.desc())
    )
    for item in session.scalars(_page(chosen, limit)):
        at = _end_of(item.kept_on or date.min)
        name = ids.printed("follow-up", item.id) + _KEPT
        shown = (item.evidence or {}).get("message")
        yield _Place(at, KEPT, item.id), _of_item(name, "kept", at, None, item, message=shown)


def _page(chosen: Any, limit: int) -> Any:
    return chosen.limit(limit) if limit else chosen


def _shown(at: datetime) -> datetime | None:
    return local(at) if at > _NEVER else None


def _older(
    moment: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    source: int,
    number: InstrumentedAttribute[int],
    below: _Place | None,
) -> Sequence[ColumnElement[bool]]:
    """What of a source stands below a place."""
    if below is None:
        return ()
    same = (
        and_(moment == below.at, number < below.number)
        if source == below.source
        else moment == below.at
        if source < below.source
        else None
    )
    return (moment < below.at if same is None else or_(moment < below.at, same),)


def _older_days(
    day: InstrumentedAttribute[date | None], below: _Place | None
) -> Sequence[ColumnElement[bool]]:
    """The same where only a day is known, which counts as its end."""
    if below is None:
        return (day.is_not(None),)
    last = below.at.astimezone(HERE).date()
    end = _end_of(last)
    if below.at > end:
        return (day <= last,)
    if below.at < end or below.source < KEPT:
        return (day < last,)
    return (or_(day < last, and_(day == last, FollowUp.id < below.number)),)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), HERE)


def _place(session: Session, name: str) -> _Place:
    """Where an entry stands, by its id. Raises NotFound."""
    if name.endswith(_KEPT):
        number = ids.number("follow-up", name.removesuffix(_KEPT))
        item = session.get(FollowUp, number)
        at = _end_of(item.kept_on) if item is not None and item.kept_on is not None else None
        return _found(name, at, KEPT, number)
    match name[:1]:
        case "n":
            number = ids.number("note", name)
            note = session.get(Note, number)
            return _found(name, note.at if note else None, NOTE, number)
        case "d":
            number = ids.number("decision", name)
            decision = session.get(Decision, number)
            return _found(name, decision.at if decision else None, DECISION, number)
        case "f":
            number = ids.number("follow-up", name)
            item = session.get(FollowUp, number)
            return _found(name, _sent(session, item.message_id if item else None), MADE, number)
        case _:
            number = ids.number("message", name)
            return _found(name, _sent(session, number), MESSAGE, number)


def _sent(session: Session, message: int | None) -> datetime | None:
    row = session.get(Message, message) if message is not None else None
    return (row.sent_at or _NEVER) if row is not None else None


def _found(name: str, at: datetime | None, source: int, number: int) -> _Place:
    if at is None:
        raise NotFound("entry", name)
    return _Place(at, source, number)
