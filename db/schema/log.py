"""Notes, the register's judgements, and the log of what was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Id, KeyText, Text


class Note(Base):
    """Written by hand: a phone call, a paper letter, something to remember. `at`: when it happened.

    One that was taken back stays as a row (`removed`), so that its printed id is never given twice.
    """

    __tablename__ = "note"
    __table_args__ = (Index(None, "office_id", "at"), Index(None, "person_id", "at"), Index(None, "at", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(8), default="note")  # note, call or letter
    text: Mapped[str] = mapped_column(Text)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None] = mapped_column(Text)
    removed: Mapped[bool] = mapped_column(default=False)


class NoteVersion(Base):
    """A note as it stood before it was corrected; `changed_at` and `changed_by` are those of that older form.

    Office and person are plain numbers: what a note once named must not keep a person from being forgotten.
    """

    __tablename__ = "note_version"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    office_id: Mapped[int | None] = mapped_column(Id)
    person_id: Mapped[int | None] = mapped_column(Id)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None] = mapped_column(Text)


class Absence(Base):
    """Somebody is away from `first` to `last`; the deputy is reminded of what is theirs."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    who: Mapped[str] = mapped_column(Text)
    deputy: Mapped[str] = mapped_column(Text)
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    removed: Mapped[bool] = mapped_column(default=False)


class Arrangement(Base):
    """What a person decided on what belongs together: threads, people, organisations. Outlives every reading.

    `subject`: thread (`one` and `other` are messages), person or organisation; `action`: join, split, merge. What an
    undo needs to put things back is in `payload`: numbers of rows, Message-IDs and phone numbers, no names.
    Of a note (add, correct) and an absence (add, end) `one` is its number; of a registration (judge) it is a message,
    and `payload` its judgement before and after: its history.
    """

    __tablename__ = "arrangement"
    __table_args__ = (Index(None, "subject", "one"), Index(None, "subject", "other"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(8))
    one: Mapped[int] = mapped_column(Id)
    other: Mapped[int | None] = mapped_column(Id)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    batch: Mapped[str] = mapped_column(String(32))  # one command is one step of undo
    undone: Mapped[bool] = mapped_column(default=False)


class SavedSearch(Base):
    """A search that somebody keeps by a name of their own.

    A row never changes: what replaces or renames it is a new one, and `removed` marks the old one, so that an undo
    puts it back.
    """

    __tablename__ = "saved_search"
    __table_args__ = (Index(None, "owner", "name", unique=True, sqlite_where=text("NOT removed")),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner: Mapped[str] = mapped_column(KeyText)
    name: Mapped[str] = mapped_column(KeyText)
    query: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    removed: Mapped[bool] = mapped_column(default=False)


class Registration(Base):
    """How a message was judged for the diary; `secret_provision` is the mark beside the state, made by whom and when."""

    __tablename__ = "registration"
    __table_args__ = (Index(None, "state", "message_id"), Index(None, "number"))

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))  # minor, ordered, not_public, sent, number
    number: Mapped[str | None] = mapped_column(Text)
    secret_provision: Mapped[str | None] = mapped_column(Text)
    secret_at: Mapped[datetime | None]
    secret_by: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)


class Audit(Base):
    """One event. `digest` covers `previous` and the hash of its salted payload, so the chain survives erasure."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)  # the chain has no second event of one number

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(40))
    payload_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class AuditPayload(Base):
    """What an event was about; may be deleted without breaking the chain."""

    __tablename__ = "audit_payload"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]


class Tombstone(Base):
    """The SHA-256 of a raw, or the key of a message, that was erased: it is not taken in again.

    `decision` is the number of the disposal decision, where there was one.
    """

    __tablename__ = "tombstone"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # raw or message
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
