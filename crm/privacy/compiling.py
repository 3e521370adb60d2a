"""What the store holds of somebody, as GDPR article 15 asks for it: one record after another, in pages.

What is marked secret shows its day and number in the diary alone, unless it is asked for. Of others who stand beside
nothing is told but what is in the sentences themselves, without their addresses and numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, load_only

from crm import audit, ids
from crm.lookup import all_by_column, chunks
from crm.messages import local
from crm.people import person_rows
from crm.privacy.contacts import naming_changes
from crm.privacy.events import naming_events
from crm.privacy.issued import said_of
from crm.privacy.naming import Passage, Roles, passages_of, roles, secret, words_of
from crm.privacy.passages import discreet, passages, places
from crm.privacy.saved import saved_searches
from crm.privacy.subject import Subject
from crm.register.judged import registrations
from crm.when import local as here
from db.note_index import find_notes
from db.schema import (
    Absence,
    Account,
    Arrangement,
    Audit,
    Decision,
    FollowUp,
    Message,
    Municipality,
    Note,
    Office,
    PersonName,
    Step,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is held of somebody; `facts` are of its kind, days and times not yet as text."""

    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose data, what they are in which messages, and which of these are marked secret (→ number)."""

    session: Session
    subject: Subject
    roles: Roles
    hidden: Mapping[int, str | None]


def compile_data(
    session: Session, subject: Subject, today: date, *, with_secret: bool = False
) -> Iterator[Record]:
    """Every record of a person, kind by kind; messages newest first. Nothing is held in memory but numbers."""
    held = roles(session, subject)
    asked = _Asked(session, subject, held, {} if with_secret else secret(session, held.all))
    yield Record("person", {"id": subject.id, "name": subject.name, "as_of": today})
    parts: tuple[Callable[[_Asked], Iterable[Record]], ...] = (
        _profile,
        _messages,
        _mentions,
        _follow_ups,
        _decisions,
        _notes,
        _arrangements,
        _staff,
        _offices,
        _searches,
        _issued,
        _events,
        _sources,
    )
    for part in parts:
        yield from part(asked)


def _profile(asked: _Asked) -> Iterator[Record]:
    names = all_by_column(asked.session, PersonName, PersonName.person_id, asked.subject.numbers)
    known = {row.name for row in names}
    for row in names:
        yield Record("name", {"name": row.name, "seen_first": row.seen_first, "seen_last": row.seen_last})
    for name in asked.subject.names:
        if name not in known:
            yield Record("name", {"name": name, "seen_first": None, "seen_last": None})
    for owned in asked.subject.addresses:
        yield Record("address", {"address": owned.address, "address_kind": owned.kind})
    for number in asked.subject.phones:
        yield Record("phone", {"number": number})
    for person in person_rows(asked.session, asked.subject.numbers[:1]):
        for job in person.affiliations:
            days = {"seen_first": job.seen_first, "seen_last": job.seen_last, "ended_on": job.ended_on}
            facts = {"title": job.title, "organisation": job.organisation, "unit": job.unit, **days}
            yield Record("affiliation", facts)


def _messages(asked: _Asked) -> Iterator[Record]:
    for part in chunks(_newest_first(asked.session, asked.roles.all)):
        columns = load_only(Message.subject, Message.sent_at, Message.utc_offset)
        chosen = select(Message).options(columns).where(Message.id.in_(part))
        rows = {row.id: row for row in asked.session.scalars(chosen)}
        judged = registrations(asked.session, part)
        for number in part:
            row, mark = rows[number], judged.get(number)
            shown = number not in asked.hidden
            diary = mark.number if mark else asked.hidden.get(number)
            yield Record(
                "message",
                {
                    "id": ids.printed("message", number),
                    "date": local(row),
                    "roles": asked.roles.of(number) if shown else (),
                    "subject": row.subject if shown else None,
                    "registration": mark.state if mark else None,
                    "number": diary,
                    "secret": not shown or bool(mark and mark.secret),
                },
            )


def _newest_first(session: Session, numbers: Iterable[int]) -> list[int]:
    found = [
        (sent.timestamp() if sent else 0.0, number)
        for part in chunks(sorted(numbers))
        for number, sent in session.execute(select(Message.id, Message.sent_at).where(Message.id.in_(part)))
    ]
    return [number for _, number in sorted(found, reverse=True)]


def _mentions(asked: _Asked) -> Iterator[Record]:
    shown = asked.roles.all - asked.roles.author - asked.hidden.keys()
    for said in passages_of(asked.session, asked.subject, _newest_first(asked.session, shown)):
        yield Record("mention", _said(said))


def _said(said: Passage) -> dict[str, Any]:
    where = {"field": said.field, "document": said.document}
    return {"message": ids.printed("message", said.message), **where, "text": said.text}


def _follow_ups(asked: _Asked) -> Iterator[Record]:
    for row, role in _follow_up_rows(asked):
        text = row.text if row.message_id not in asked.hidden else None
        if text is not None and row.message_id not in asked.roles.author:
            text = discreet(text, (*asked.subject.written, *asked.subject.phones))
        yield Record(
            "follow-up",
            {
                "id": ids.printed("follow-up", row.id),
                "role": role,
                "message": ids.printed("message", row.message_id) if row.message_id else None,
                "text": text,
                "since": row.since,
                "due_start": row.due_start,
                "due_end": row.due_end,
                "state": row.state,
            },
        )


def _follow_up_rows(asked: _Asked) -> Iterator[tuple[FollowUp, str]]:
    """Those of their letters and of letters to them, and those that name them; each once, by number."""
    session, seen = asked.session, set()
    for row in session.scalars(select(FollowUp).where(_named_in(asked.subject)).order_by(FollowUp.id)):
        seen.add(row.id)
        yield row, "owes" if row.who in asked.subject.called else "assigned"
    for part in chunks(sorted(asked.roles.author | asked.roles.to)):
        chosen = select(FollowUp).where(FollowUp.message_id.in_(part)).order_by(FollowUp.id)
        for row in session.scalars(chosen):
            if row.id not in seen:
                yield row, role_in(row.obligor, author=row.message_id in asked.roles.author)


def _named_in(subject: Subject) -> ColumnElement[bool]:
    columns = FollowUp.who, FollowUp.assignee, FollowUp.given_to
    return or_(*(column.in_(subject.called) for column in columns))


def role_in(obligor: str, *, author: bool) -> str:
    """What somebody is in a follow-up of a letter that they wrote or got: owes, owed, both or named."""
    if obligor == "both":
        return "both"
    if obligor not in {"sender", "recipient"}:
        return "named"
    return "owes" if (obligor == "sender") == author else "owed"


def _decisions(asked: _Asked) -> Iterator[Record]:
    """What staff decided on these follow-ups; not by whom."""
    for part in chunks([row.id for row, _role in _follow_up_rows(asked)]):
        chosen = select(Decision).where(Decision.follow_up_id.in_(part)).order_by(Decision.id)
        for row in asked.session.scalars(chosen):
            said = {"due_start": row.due_start, "due_end": row.due_end, "because": row.payload.get("because")}
            item = ids.printed("follow-up", row.follow_up_id)
            facts = {"follow_up": item, "action": row.action, "at": here(row.at), **said}
            yield Record("decision", {"id": ids.printed("decision", row.id), **facts})


def _notes(asked: _Asked) -> Iterator[Record]:
    """Those about them whole; of those that only name them the sentences."""
    about = Note.person_id.in_(asked.subject.numbers)
    seen = set()
    chosen = select(Note).where(about).order_by(Note.at.desc(), Note.id.desc())
    for row in asked.session.scalars(chosen):
        seen.add(row.id)
        yield _note(row, "about", row.text)
    for row in naming_notes(asked.session, asked.subject):
        if row.id not in seen:
            own = (*asked.subject.written, *asked.subject.phones)
            spans = places(row.text, (*asked.subject.names, *asked.subject.written))
            yield _note(row, "named", " ".join(passages(row.text, spans, own)))


def naming_notes(session: Session, subject: Subject) -> Iterator[Note]:
    """Notes in whose words they stand."""
    words = (*(name for name in subject.names if " " in name), *subject.written)
    numbers = {number for word in words for number in find_notes(session, f'"{word}"', limit=0)}
    for row in all_by_column(session, Note, Note.id, sorted(numbers)):
        if places(row.text, words):
            yield row


def _note(row: Note, role: str, text: str) -> Record:
    kept = {"note_kind": row.kind, "removed": row.removed, "text": text}
    return Record("note", {"id": ids.printed("note", row.id), "at": here(row.at), "role": role, **kept})


def _arrangements(asked: _Asked) -> Iterator[Record]:
    """That staff joined or split what is held of them."""
    numbers = asked.subject.numbers
    theirs = or_(Arrangement.one.in_(numbers), Arrangement.other.in_(numbers))
    chosen = select(Arrangement).where(and_(Arrangement.subject == "person", theirs))
    for row in asked.session.scalars(chosen.order_by(Arrangement.id)):
        yield Record("arrangement", {"action": row.action, "at": here(row.at), "undone": row.undone})


def _staff(asked: _Asked) -> Iterator[Record]:
    """Absences, and how much of the log they are the author of: only staff have any."""
    called = asked.subject.called
    chosen = select(Absence).where(or_(Absence.who.in_(called), Absence.deputy.in_(called)))
    for row in asked.session.scalars(chosen.order_by(Absence.id)):
        role = "away" if row.who in called else "deputy"
        facts = {"role": role, "from": row.first, "to": row.last, "removed": row.removed}
        yield Record("absence", {"id": ids.printed("absence", row.id), **facts})
    counted = select(Audit.actor, func.count(), func.min(Audit.at), func.max(Audit.at))
    for actor, count, first, last in asked.session.execute(
        counted.where(Audit.actor.in_(called)).group_by(Audit.actor)
    ):
        yield Record("activity", {"login": actor, "events": count, "first": here(first), "last": here(last)})


def _offices(asked: _Asked) -> Iterator[Record]:
    """Offices and steps that they look after or answer for."""
    called = asked.subject.called
    named = select(Office.id, Municipality.name, Office.place).join(
        Municipality, Office.municipality_code == Municipality.code
    )
    places_of = {number: (name, place) for number, name, place in asked.session.execute(named)}
    for number in asked.session.scalars(select(Office.id).where(Office.owner.in_(called))):
        yield _office(number, places_of, "owner", None)
    for row in asked.session.scalars(select(Step).where(Step.responsible.in_(called)).order_by(Step.id)):
        yield _office(row.office_id, places_of, "responsible", row.kind)
    for number in sorted({row.office_id for row in naming_changes(asked.session, asked.subject.numbers)}):
        yield _office(number, places_of, "contact", None)


def _office(number: int, names: Mapping[int, tuple[str, str]], role: str, step: str | None) -> Record:
    name, place = names.get(number, (None, None))
    told = {"municipality": name, "place": place, "role": role, "step": step}
    return Record("office", {"office": ids.printed("office", number), **told})


def _searches(asked: _Asked) -> Iterator[Record]:
    for row in saved_searches(asked.session, asked.subject):
        yield Record("saved-search", {"name": row.name, "query": row.query})


def _issued(asked: _Asked) -> Iterator[Record]:
    """What reports to the government say of them, or of what they promised; of mail that is marked secret nothing."""
    rows = {row.id: row.message_id for row, _role in _follow_up_rows(asked)}
    shown = [number for number, message in rows.items() if message not in asked.hidden]
    theirs = {ids.printed("follow-up", number) for number in shown if rows[number] in asked.roles.author}
    own = (*asked.subject.written, *asked.subject.phones)
    for said in said_of(asked.session, shown, words_of(asked.subject)):
        text = said.text if said.follow_up in theirs else discreet(said.text, own)
        facts = {"report": said.report, "as_of": said.as_of, "follow_up": said.follow_up, "text": text}
        yield Record("issued-report", facts)


def _events(asked: _Asked) -> Iterator[Record]:
    """Events of the log whose content names them."""
    for event in naming_events(asked.session, asked.subject):
        yield Record("event", {"id": event.id, "at": here(event.at), "action": event.action})


def _sources(asked: _Asked) -> Iterator[Record]:
    """The mailboxes and files from which the store takes its mail."""
    for row in asked.session.scalars(select(Account).order_by(Account.id)):
        yield Record("source", {"name": row.name, "source_kind": row.kind, "address": row.user})


def note(session: Session, subject: Subject, *, with_secret: bool, by: str, now: datetime) -> None:
    """The log says that an extract was made, and of whom by number."""
    audit.record(session, now, by, "privacy export", {"person": subject.id, "with_secret": with_secret})
