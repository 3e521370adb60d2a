"""What the store holds of a person beside the mail: notes, names, numbers, what staff arranged, what the log says of it."""

from collections.abc import Collection

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from crm.erasing_people import Traces, forget_traces
from crm.lookup import chunks
from crm.privacy.contacts import forget_contacts
from crm.privacy.events import forget_payloads, naming_events
from crm.privacy.saved import forget_searches
from crm.privacy.subject import Subject
from db.note_index import unindex_note
from db.schema import (
    Address,
    Affiliation,
    Arrangement,
    Finding,
    FollowUp,
    Note,
    NoteVersion,
    Person,
    PersonName,
    Phone,
)


def forget(session: Session, subject: Subject) -> None:
    """Takes all of it away, after the mails. An address that others' mail names stays, as nobody's."""
    _forget_notes(session, subject.numbers)
    _forget_decided(session, subject)
    forget_contacts(session, subject.numbers)
    forget_searches(session, subject)
    forget_payloads(session, [event.id for event in naming_events(session, subject)])
    owned = frozenset(one.number for one in subject.addresses)
    forget_traces(session, Traces(owned, frozenset(subject.phones)))
    _forget_person(session, subject.numbers)


def _forget_notes(session: Session, numbers: Collection[int]) -> None:
    """Empty rows stay, so that no printed id is given twice; their words, earlier words and way back go."""
    session.execute(update(NoteVersion).where(NoteVersion.person_id.in_(numbers)).values(person_id=None))
    notes = list(session.scalars(select(Note.id).where(Note.person_id.in_(numbers))))
    for part in chunks(notes):
        session.execute(delete(NoteVersion).where(NoteVersion.note_id.in_(part)))
        theirs = (Arrangement.subject == "note") & Arrangement.one.in_(part)
        session.execute(delete(Arrangement).where(theirs))
        empty = {"text": "", "person_id": None, "office_id": None, "removed": True}
        session.execute(update(Note).where(Note.id.in_(part)).values(empty))
    for number in notes:
        unindex_note(session, number)


def _forget_decided(session: Session, subject: Subject) -> None:
    """Who a follow-up names, and which people were joined or split."""
    named = (*subject.names, *subject.written)
    for table in (FollowUp, Finding):
        session.execute(update(table).where(table.who.in_(named)).values(who=None))
    numbers = subject.numbers
    theirs = or_(Arrangement.one.in_(numbers), Arrangement.other.in_(numbers))
    session.execute(delete(Arrangement).where((Arrangement.subject == "person") & theirs))


def _forget_person(session: Session, numbers: Collection[int]) -> None:
    session.execute(update(Address).where(Address.person_id.in_(numbers)).values(person_id=None))
    for table in (Phone, Affiliation, PersonName):
        session.execute(delete(table).where(table.person_id.in_(numbers)))
    session.execute(delete(Person).where(Person.merged_into_id.in_(numbers)))
    session.execute(delete(Person).where(Person.id.in_(numbers)))
