"""Notes among what a search finds: each in the shape of a message, of the kind note."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from crm import ids
from crm.errors import NotFound
from crm.notes import get_note, note_rows
from crm.rows.messages import MessageRow
from crm.rows.notes import NoteRow
from crm.rows.people import MailboxRow
from db import fulltext
from db.note_index import find_notes, older_note
from db.schema import Message, Note

_NEVER = datetime.min.replace(tzinfo=UTC)
_ALL = 2**62  # above every number: of one moment letters stand above notes


def is_note(name: str) -> bool:
    """Whether a printed id is a note's."""
    return name[:1].lower() == "n"


def after(session: Session, name: str) -> tuple[datetime | None, int]:
    """Where a note stands among letters: below those of its moment. Raises NotFound."""
    return get_note(session, name, removed=True).at, 0


def by_date(
    session: Session, text: str, letters: Sequence[MessageRow], *, before: str | None, limit: int
) -> list[MessageRow]:
    """A page of letters with the notes that belong among them, newest first."""
    rows = [*letters, *_notes(session, text, _before(session, before), limit)]
    rows.sort(key=_place, reverse=True)
    return rows[:limit] if limit else rows


def at_the_end(
    session: Session, text: str, letters: Sequence[MessageRow], *, before: str | None, limit: int
) -> list[MessageRow]:
    """A page of letters, the best first, filled up with notes, the newest first: ranks of two indexes do not compare."""
    room = limit - len(letters) if limit else 0
    if limit and not room:
        return list(letters)
    last = _before(session, before) if before is not None and is_note(before) else None
    return [*letters, *_notes(session, text, last, room)]


def _before(session: Session, name: str | None) -> tuple[datetime, int] | None:
    if name is None:
        return None
    if is_note(name):
        note = get_note(session, name, removed=True)
        return note.at, note.id
    row = session.get(Message, ids.number("message", name))
    if row is None:
        raise NotFound("message", name)
    return row.sent_at or _NEVER, _ALL


def _place(row: MessageRow) -> tuple[datetime, bool, int]:
    note = row.kind == "note"
    return row.date or _NEVER, not note, ids.number("note" if note else "message", row.id)


def _notes(session: Session, text: str, before: tuple[datetime, int] | None, limit: int) -> list[MessageRow]:
    if text:
        numbers = find_notes(session, text, limit=limit, before=before)
        return [_row(note, text) for note in note_rows(session, Note.id.in_(numbers))]
    older = [older_note(*before)] if before else []
    return [_row(note, text) for note in note_rows(session, Note.removed.is_(False), *older, limit=limit)]


def _row(note: NoteRow, text: str) -> MessageRow:
    """Its first line stands for a subject."""
    return MessageRow(
        id=note.id,
        kind="note",
        message_id=None,
        raws=(),
        parent_id=None,
        thread_id=None,
        occurrences=(),
        locations=(),
        direction="internal",
        sender=MailboxRow(note.author, None, "person"),
        to=(),
        cc=(),
        subject=note.text.partition("\n")[0],
        date=note.at,
        status="ok",
        problems=(),
        offices=(note.office,) if note.office else (),
        snippet=fulltext.snippet(note.text, text),
    )
