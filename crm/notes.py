"""Notes by hand: a tjänsteanteckning, a phone call, a paper letter. Written, corrected, taken back; never lost silently."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm import audit, followups, ids
from crm.errors import EmptyText, NotFound, TooLong
from crm.noted import weigh_note
from crm.offices import find_office
from crm.people import find_person
from crm.rows.notes import NoteRow
from crm.when import local
from db.note_index import index_note, older_note, unindex_note
from db.schema import Arrangement, Municipality, Note, NoteVersion, Office, Person

Kind = Literal["note", "call", "letter"]
LONGEST = 50_000  # signs of a note

_CONTENT = ("at", "kind", "text", "office_id", "person_id")
_FORM = (*_CONTENT, "changed_at", "changed_by")


@dataclass(frozen=True, slots=True)
class NoteQuery:
    """Which notes: an office by its printed id, a person by theirs. `limit` 0: all."""

    office: str | None = None
    person: str | None = None
    limit: int = 200
    before: str | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, and how it stood before each correction, the newest first."""

    note: NoteRow
    versions: tuple[NoteRow, ...]


def list_notes(session: Session, query: NoteQuery) -> list[NoteRow]:
    """Newest first, by when it happened. Raises NotFound for a `before` that is none."""
    conditions: list[ColumnElement[bool]] = [Note.removed.is_(False)]
    if query.office:
        conditions.append(Note.office_id == ids.number("office", query.office))
    if query.person:
        conditions.append(Note.person_id == ids.number("person", query.person))
    if query.before:
        last = get_note(session, query.before)
        conditions.append(older_note(last.at, last.id))
    return note_rows(session, *conditions, limit=query.limit)


def note_rows(session: Session, *conditions: ColumnElement[bool], limit: int = 0) -> list[NoteRow]:
    """The notes that meet all conditions, newest first; at most `limit` (0: all)."""
    chosen = (
        select(Note, Municipality.code, Municipality.name, Person.name)
        .outerjoin(Office, Note.office_id == Office.id)
        .outerjoin(Municipality, Office.municipality_code == Municipality.code)
        .outerjoin(Person, Note.person_id == Person.id)
        .where(*conditions)
        .order_by(Note.at.desc(), Note.id.desc())
    )
    found = session.execute(chosen.limit(limit) if limit else chosen)
    return [_row(note, code, office, person) for note, code, office, person in found]


def _row(note: Note, code: str | None, office: str | None, person: str | None) -> NoteRow:
    return NoteRow(
        id=ids.printed("note", note.id),
        kind=note.kind,
        at=local(note.at),
        author=note.author,
        office=code,
        office_name=office,
        person=ids.printed("person", note.person_id) if note.person_id else None,
        person_name=person,
        text=note.text,
        written_at=local(note.written_at) if note.written_at else None,
        changed_at=local(note.changed_at) if note.changed_at else None,
        changed_by=note.changed_by,
        removed=note.removed,
    )


def show_note(session: Session, name: str) -> NoteView:
    """A note and its earlier forms; one that was taken back as well, marked so. Raises NotFound."""
    note = get_note(session, name, removed=True)
    (row,) = note_rows(session, Note.id == note.id)
    versions = session.scalars(
        select(NoteVersion).where(NoteVersion.note_id == note.id).order_by(NoteVersion.id.desc())
    )
    return NoteView(row, tuple(_version_row(row, version) for version in versions))


def _version_row(row: NoteRow, version: NoteVersion) -> NoteRow:
    """Its earlier words, with the office and person that it is about now left out where it was about others."""
    return replace(
        row,
        kind=version.kind,
        at=local(version.at),
        text=version.text,
        changed_at=local(version.changed_at) if version.changed_at else None,
        changed_by=version.changed_by,
    )


def get_note(session: Session, name: str, *, removed: bool = False) -> Note:
    """The note with a printed id; one that was taken back only if `removed`. Raises NotFound."""
    row = session.get(Note, ids.number("note", name))
    if row is None or (row.removed and not removed):
        raise NotFound("note", name)
    return row


def add_note(
    session: Session,
    text: str,
    *,
    by: str,
    now: datetime,
    kind: Kind = "note",
    office: str | None = None,
    person: str | None = None,
    at: datetime | None = None,
    keeps: Sequence[str] = (),
    batch: str | None = None,
) -> NoteRow:
    """Writes a note, and marks the follow-ups `keeps` as kept with the note as evidence: one step of undo.

    `batch`: the step that it is a part of.

    Raises EmptyText, TooLong, and NotFound or Ambiguous for an office, person or follow-up.
    """
    note = Note(
        at=at or now,
        author=by,
        kind=kind,
        text=checked(text),
        office_id=_office(session, office),
        person_id=_person(session, person),
        written_at=now,
    )
    session.add(note)
    session.flush()
    index_note(session, note.id, note.text)
    batch = _journal(session, "add", note, {}, by, now, batch)
    if keeps:
        shown = evidence(session, ids.printed("note", note.id))
        followups.decide(session, keeps, "done", by=by, now=now, note=shown, batch=batch)
    weigh_note(session, note)
    (row,) = note_rows(session, Note.id == note.id)
    return row


def add_notes(
    session: Session, text: str, offices: Sequence[str], *, by: str, now: datetime, kind: Kind = "note"
) -> list[NoteRow]:
    """The same words noted at each of several offices: one step of undo. Raises as `add_note` does."""
    batch = secrets.token_hex(8)
    return [
        add_note(session, text, by=by, now=now, kind=kind, office=office, batch=batch) for office in offices
    ]


def correct_note(
    session: Session,
    name: str,
    *,
    by: str,
    now: datetime,
    text: str | None = None,
    kind: Kind | None = None,
    office: str | None = None,
    person: str | None = None,
    at: datetime | None = None,
) -> NoteRow:
    """Changes what is given; how the note stood before is kept. Raises as `add_note`."""
    note = get_note(session, name)
    given = {
        "text": checked(text) if text is not None else None,
        "kind": kind,
        "office_id": _office(session, office),
        "person_id": _person(session, person),
        "at": at,
    }
    version = NoteVersion(note_id=note.id, **{column: getattr(note, column) for column in _FORM})
    session.add(version)
    session.flush()
    _bring(note, {column: value for column, value in given.items() if value is not None})
    note.changed_at, note.changed_by = now, by
    index_note(session, note.id, note.text)
    weigh_note(session, note)
    _journal(session, "correct", note, {"version": version.id}, by, now)
    (row,) = note_rows(session, Note.id == note.id)
    return row


def take_back(session: Session, arrangements: Sequence[Arrangement]) -> list[NoteRow]:
    """Undoes what was written or corrected, the newest first."""
    for each in arrangements:
        each.undone = True
        note = session.get_one(Note, each.one)
        if each.action == "add":
            note.removed = True
            unindex_note(session, note.id)
        else:
            _restore(session, note, each.payload["version"])
        weigh_note(session, note)
    session.flush()
    return note_rows(session, Note.id.in_({each.one for each in arrangements}))


def _restore(session: Session, note: Note, number: int) -> None:
    version = session.get_one(NoteVersion, number)
    _bring(note, {column: getattr(version, column) for column in _FORM})
    if note.person_id and session.get(Person, note.person_id) is None:
        note.person_id = None  # forgotten since
    session.delete(version)
    if not note.removed:
        index_note(session, note.id, note.text)


def _bring(note: Note, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(note, column, value)


def evidence(session: Session, name: str) -> tuple[str, date]:
    """A note as evidence for what was done: its printed id and its day. Raises NotFound."""
    note = get_note(session, name)
    return ids.printed("note", note.id), local(note.at).date()


def checked(text: str) -> str:
    """The text without blanks around it. Raises EmptyText, TooLong."""
    text = text.strip()
    if not text:
        raise EmptyText
    if len(text) > LONGEST:
        raise TooLong(LONGEST)
    return text


def _office(session: Session, name: str | None) -> int | None:
    return ids.number("office", find_office(session, name).id) if name else None


def _person(session: Session, name: str | None) -> int | None:
    return ids.number("person", find_person(session, name).id) if name else None


def _journal(
    session: Session,
    action: str,
    note: Note,
    payload: dict[str, int],
    by: str,
    now: datetime,
    batch: str | None = None,
) -> str:
    """The decision in the journal and in the log, which holds no words of the note; its step of undo."""
    batch = batch or secrets.token_hex(8)
    session.add(
        Arrangement(subject="note", action=action, one=note.id, payload=payload, at=now, by=by, batch=batch)
    )
    audit.record(session, now, by, f"note {action}", {"id": ids.printed("note", note.id)})
    return batch
