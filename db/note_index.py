"""The full-text index of notes: the same words and queries as that of messages (`db.fulltext`), in a table of its own."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    column,
    delete,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from db import fts5, tsvector
from db.document import Document, document
from db.query import Term, parse
from db.schema import Note

Before = tuple[datetime, int]

_FTS5 = table("note_text", column("rowid", Integer))
_TSVECTOR = table(
    "note_text", column("note_id", BigInteger), column("exact", TSVECTOR), column("folded", TSVECTOR)
)
_INSERT_FTS5 = (
    "INSERT INTO note_text (rowid, subject, body, parts, folded_subject, folded_body, folded_parts) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_TSVECTOR = text(
    "INSERT INTO note_text (note_id, exact, folded) "
    "VALUES (:id, CAST(:exact AS tsvector), CAST(:folded AS tsvector))"
)
_DELETE_FTS5 = text("DELETE FROM note_text WHERE rowid = :id")


def index_note(session: Session, note: int, words: str) -> None:
    """Indexes a note by its words; what was indexed of it before is replaced."""
    unindex_note(session, note)
    made = document("", words)
    if _is_sqlite(session):
        session.connection().exec_driver_sql(_INSERT_FTS5, (note, *made))
    else:
        session.execute(_INSERT_TSVECTOR, {"id": note, **_vectors(made)})


def unindex_note(session: Session, note: int) -> None:
    """Takes a note out of the index; one that is deleted leaves it by itself."""
    session.flush()
    if _is_sqlite(session):
        session.execute(_DELETE_FTS5, {"id": note})
    else:
        session.execute(delete(_TSVECTOR).where(_TSVECTOR.c.note_id == note))


def find_notes(session: Session, query: str, *, limit: int = 200, before: Before | None = None) -> list[int]:
    """Ids of the notes in which every term of `query` stands, newest first; none for a query without a word.

    `before` is the (at, id) of the last note of the page before; a `limit` of 0 gives all.
    """
    terms = parse(query)
    if not terms:
        return []
    chosen = _matching(terms, sqlite=_is_sqlite(session)).order_by(Note.at.desc(), Note.id.desc())
    if before is not None:
        chosen = chosen.where(older_note(*before))
    return list(session.scalars(chosen.limit(limit) if limit else chosen))


def older_note(at: datetime, number: int) -> ColumnElement[bool]:
    """What comes after a note in a list that is newest first."""
    return or_(Note.at < at, and_(Note.at == at, Note.id < number))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _vectors(words: Document) -> dict[str, str]:
    return {
        "exact": tsvector.vector([], words.body.split(), words.parts.split()),
        "folded": tsvector.vector([], words.folded_body.split(), words.folded_parts.split()),
    }


def _matching(terms: tuple[Term, ...], *, sqlite: bool) -> Select[int]:
    chosen = select(Note.id).where(Note.removed.is_(False))
    if sqlite:
        match = text("note_text MATCH :match").bindparams(match=fts5.expression(terms))
        return chosen.where(Note.id.in_(select(_FTS5.c.rowid).where(match)))
    queries = (
        (_TSVECTOR.c.folded if term.folded else _TSVECTOR.c.exact, cast(tsvector.expression(term), TSQUERY))
        for term in terms
    )
    matches = (words.bool_op("@@")(query) for words, query in queries)
    return chosen.join(_TSVECTOR, _TSVECTOR.c.note_id == Note.id).where(*matches)
