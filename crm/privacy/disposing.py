"""A person's data disposed of by a decision: the mails that they wrote, and all that is theirs alone. For ever.

A mail that is in the diary, or with the registrar, is an official document and stays. So do others' mails that name them:
nothing in these is changed, since a mail is kept as it came; the plan lists them.
"""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.backups import Copy
from crm.erasing import Erased, copies_of, erase_mails
from crm.errors import NotInDiary
from crm.intake.tombstones import Burial
from crm.lookup import chunks
from crm.privacy.compiling import naming_notes
from crm.privacy.events import naming_events
from crm.privacy.forgetting import forget
from crm.privacy.issued import said_of, take_out
from crm.privacy.naming import roles, words_of
from crm.privacy.passages import places
from crm.privacy.saved import saved_searches
from crm.privacy.subject import Subject, find_subject
from crm.when import local
from db.schema import (
    Affiliation,
    Decision,
    FollowUp,
    Message,
    Note,
    Occurrence,
    Raw,
    Recipient,
    Registration,
)
from db.scrub import empty_log, forget_words
from db.store import Store

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail of theirs that stays, and why: its `state` in the register, its number if it has one."""

    id: str
    state: str
    number: str | None


@dataclass(frozen=True, slots=True)
class Going:
    """How much goes beside the mails; `follow_ups` are those of the mails, `renamed` those that lose their name alone."""

    follow_ups: int
    decided: int
    renamed: int
    notes: int
    names: int
    addresses: int
    phones: int
    affiliations: int
    searches: int
    events: int
    issued: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes and what stays; mails, messages and notes by their printed ids, oldest first.

    `quoted_in` are others' mails that carry words of theirs, `named_in` others' messages that name or address them,
    `noted_in` and `said_in` notes and follow-ups added by hand whose words do. `unread` mails may be theirs as well.
    """

    person: str | None
    name: str
    mails: tuple[str, ...]
    going: Going
    kept: tuple[Kept, ...]
    quoted_in: tuple[str, ...]
    named_in: tuple[str, ...]
    noted_in: tuple[str, ...]
    said_in: tuple[str, ...]
    kept_addresses: int
    unread: int
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Disposed:
    """What was planned and is done; `erased` says what may hold it still."""

    plan: Plan
    erased: Erased


def plan(store: Store, session: Session, name: str, now: datetime) -> Plan:
    """What erasing a person would take away. Raises NotFound, Ambiguous, NotAPerson, PartOfName."""
    return _plan(store, session, find_subject(session, name, whole=True), now)


def dispose(store: Store, name: str, *, decision: str, by: str, now: datetime) -> Disposed:
    """Erases a person by the disposal decision with this number, all or nothing. Raises as `plan`, NotInDiary, StoreErrors."""
    number = decision_number(decision)
    with store.write() as session:
        subject = find_subject(session, name, whole=True)
        planned = _plan(store, session, subject, now)
        burial = Burial(now, by, number)
        take_out(
            session, burial, follow_ups=_promised(session, subject, planned.kept), words=words_of(subject)
        )
        rows = erase_mails(session, planned.mails, burial)
        forget(session, subject)
        audit.record(session, now, by, "privacy erase", _event(planned, number))
        forget_words(session)
    return Disposed(planned, Erased(tuple(rows), planned.copies, empty_log(store)))


def decision_number(text: str) -> str:
    """The number on one line. Raises NotInDiary for one that is empty, overlong or holds signs that nobody sees."""
    said = " ".join(text.split())
    if not said or len(said) > _LONGEST or not said.isprintable():
        raise NotInDiary("number", text[:_LONGEST])
    return said


def _event(planned: Plan, number: str) -> dict[str, Any]:
    """Numbers alone: who it was is what was erased."""
    going = asdict(planned.going)
    return {"decision": number, "mails": len(planned.mails), "kept": len(planned.kept), **going}


def _plan(store: Store, session: Session, subject: Subject, now: datetime) -> Plan:
    held = roles(session, subject)
    kept = list(_kept(session, held.author))
    staying = {ids.number("message", one.id) for one in kept}
    mails = [one for one in _received(session, held.author) if one not in staying]
    beside = set(_standing(session, held.all - set(mails), mails))
    quoted = set(_carriers(session, held.author)) - set(mails)
    named = beside - held.author
    return Plan(
        person=subject.id,
        name=subject.name,
        mails=_printed(mails),
        going=_going(session, subject, mails, kept),
        kept=tuple(kept),
        quoted_in=_printed(quoted),
        named_in=_printed(named),
        noted_in=tuple(_noted(session, subject)),
        said_in=tuple(_said(session, subject)),
        kept_addresses=len(_named_still(session, subject, beside)),
        unread=session.scalar(select(func.count()).where(Raw.status == "unread")) or 0,
        copies=copies_of(store, session, _first(session, subject, held.all, now), now),
    )


def _printed(numbers: Collection[int]) -> tuple[str, ...]:
    return tuple(ids.printed("message", number) for number in sorted(numbers))


def _kept(session: Session, numbers: Collection[int]) -> Iterator[Kept]:
    """Mails that are registered, or given to the registrar to be."""
    official = or_(Registration.number.is_not(None), Registration.state == "sent")
    columns = Registration.message_id, Registration.state, Registration.number
    for part in chunks(sorted(numbers)):
        asked = select(*columns).where(Registration.message_id.in_(part), official)
        for number, state, registered in session.execute(asked.order_by(Registration.message_id)):
            yield Kept(ids.printed("message", number), state, registered)


def _received(session: Session, numbers: Collection[int]) -> list[int]:
    return [
        number
        for part in chunks(sorted(numbers))
        for number in session.scalars(
            select(Message.id).where(Message.id.in_(part), Message.kind == "received").order_by(Message.id)
        )
    ]


def _standing(session: Session, numbers: Collection[int], mails: Collection[int]) -> Iterator[int]:
    """Of these messages those that stand in a mail that stays."""
    own = {
        raw
        for part in chunks(mails)
        for raw in session.scalars(
            select(Occurrence.raw_id).where(Occurrence.message_id.in_(part), Occurrence.kind == "received")
        )
    }
    columns = Occurrence.message_id, Occurrence.raw_id
    for part in chunks(sorted(numbers)):
        for number, raw in session.execute(select(*columns).where(Occurrence.message_id.in_(part))):
            if raw not in own:
                yield number


def _carriers(session: Session, numbers: Collection[int]) -> Iterator[int]:
    """The mails in which these messages are quoted, forwarded or attached."""
    for part in chunks(sorted(numbers)):
        raws = select(Occurrence.raw_id).where(Occurrence.message_id.in_(part), Occurrence.kind != "received")
        first = and_(Occurrence.raw_id.in_(raws), Occurrence.position == 0)
        yield from session.scalars(select(Occurrence.message_id).where(first))


def _promised(session: Session, subject: Subject, kept: Collection[Kept]) -> list[int]:
    """Follow-ups in what they wrote, wherever that stands, but for the mails that are kept."""
    official = {ids.number("message", one.id) for one in kept}
    return [
        number
        for part in chunks(sorted(roles(session, subject).author - official))
        for number in session.scalars(select(FollowUp.id).where(FollowUp.message_id.in_(part)))
    ]


def _going(session: Session, subject: Subject, mails: Collection[int], kept: Collection[Kept]) -> Going:
    follow_ups = [
        number
        for part in chunks(mails)
        for number in session.scalars(select(FollowUp.id).where(FollowUp.message_id.in_(part)))
    ]
    decided = {
        number
        for part in chunks(follow_ups)
        for number in session.scalars(select(Decision.follow_up_id).where(Decision.follow_up_id.in_(part)))
    }
    named = select(FollowUp.id).where(FollowUp.who.in_((*subject.names, *subject.written)))
    notes = select(func.count()).where(Note.person_id.in_(subject.numbers))
    jobs = select(func.count()).where(Affiliation.person_id.in_(subject.numbers))
    return Going(
        follow_ups=len(follow_ups),
        decided=len(decided),
        renamed=len(set(session.scalars(named)) - set(follow_ups)),
        notes=session.scalar(notes) or 0,
        names=len(subject.names),
        addresses=len(subject.addresses),
        phones=len(subject.phones),
        affiliations=session.scalar(jobs) or 0,
        searches=sum(1 for _ in saved_searches(session, subject)),
        events=sum(1 for _ in naming_events(session, subject)),
        issued=sum(1 for _ in said_of(session, _promised(session, subject, kept), words_of(subject))),
    )


def _noted(session: Session, subject: Subject) -> Iterator[str]:
    for row in naming_notes(session, subject):
        if row.person_id not in subject.numbers:
            yield ids.printed("note", row.id)


def _said(session: Session, subject: Subject) -> Iterator[str]:
    by_hand = select(FollowUp.id, FollowUp.text).where(FollowUp.message_id.is_(None)).order_by(FollowUp.id)
    for number, text in session.execute(by_hand):
        if places(text, (*subject.names, *subject.written)):
            yield ids.printed("follow-up", number)


def _named_still(session: Session, subject: Subject, staying: Collection[int]) -> set[int]:
    """Those of their addresses that messages which stay come from or go to."""
    owned = [one.number for one in subject.addresses]
    found: set[int | None] = set()
    for part in chunks(sorted(staying)):
        sent = select(Message.address_id).where(Message.id.in_(part), Message.address_id.in_(owned))
        got = select(Recipient.address_id).where(
            Recipient.message_id.in_(part), Recipient.address_id.in_(owned)
        )
        found |= {*session.scalars(sent), *session.scalars(got)}
    return {number for number in found if number is not None}


def _first(session: Session, subject: Subject, messages: Collection[int], now: datetime) -> date:
    """The day since which the store, and so a copy of it, may hold something of them."""
    days = [now.date()]
    for part in chunks(sorted(messages)):
        day = session.scalar(select(func.min(Message.taken_in_on)).where(Message.id.in_(part)))
        days += [day] if day else []
    noted = session.scalar(select(func.min(Note.written_at)).where(Note.person_id.in_(subject.numbers)))
    return min([*days, local(noted).date()] if noted else days)
