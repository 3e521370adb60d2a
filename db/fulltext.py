"""Full-text search over messages, the same on both stores: FTS5, or a tsvector, over the stems of `db.tokens`.

SQLite has the stems as columns of text (subject, body, parts of compounds; each with and without å, ä, ö),
PostgreSQL as two tsvectors (exact, folded) with the weights A, B and (for parts) D.
On PostgreSQL a phrase is found within the first 16 383 words of a message and the first 256 places of a word.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import ModuleType

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from db import fts5
from db.chunks import chunks
from db.document import Document, document
from db.keyset import older
from db.query import Term, parse
from db.schema.mail import Message
from db.snippet import hit, snippet

Before = tuple[datetime | None, int]

_ROWS_AT_ONCE = 200
_NEWEST = (Message.sent_at.desc().nulls_last(), Message.id.desc())


def index_messages(session: Session, rows: Iterable[tuple[int, str, str]]) -> None:
    """Index messages by (id, subject, body); what was indexed of them before is replaced."""
    index_documents(session, ((message, document(subject, body)) for message, subject, body in rows))


def index_documents(
    session: Session, documents: Iterable[tuple[int, Document]], *, new: bool = False
) -> None:
    """The same with words made elsewhere. `new`: none of the messages stands in the index, which saves a look.

    What was indexed with these very words is left alone: a mail that quotes nothing is found by the same before it is
    read and after.
    """
    for some in chunks(documents, _ROWS_AT_ONCE):
        kind, newest = _kind(session), dict(some)
        if not new:
            for message in kind.already_indexed(session, newest):
                del newest[message]
            remove(session, newest)
        kind.insert(session, list(newest.items()))


def remove(session: Session, ids: Iterable[int]) -> None:
    """Take messages out of the index; a message that is deleted leaves it by itself."""
    for some in chunks(ids, _ROWS_AT_ONCE):
        _kind(session).remove(session, some)


def find(session: Session, query: str, *, limit: int = 200, before: Before | None = None) -> list[int]:
    """Ids of the messages in which every term of `query` stands; none for a query without a word.

    The newest come first, those without a date last. `before` is the (sent_at, id) of the last message of the
    page before; a `limit` of 0 gives all.
    """
    terms = parse(query)
    if not terms:
        return []
    statement = _kind(session).matching(terms).order_by(*_NEWEST)
    if before is not None:
        statement = statement.where(older(Message.sent_at, Message.id, *before))
    return list(session.scalars(statement.limit(limit) if limit else statement))


def find_ranked(
    session: Session, query: str, *, where: Sequence[ColumnElement[bool]] = (), limit: int = 200
) -> list[int]:
    """The same of those that meet `where`, the best first: those of one rank newest first."""
    terms = parse(query)
    if not terms:
        return []
    statement, rank = _kind(session).ranked(terms)
    statement = statement.where(*where).order_by(rank, *_NEWEST)
    return list(session.scalars(statement.limit(limit) if limit else statement))


def hits(
    session: Session, terms: Sequence[Term], within: tuple[int, int] | None = None, *, subject: bool = False
) -> Select[int]:
    """Ids of the messages in which every term stands (in the subject), as a subquery; `within`: from id to id."""
    made: Select[int] = _kind(session).hits(terms, within, subject=subject)
    return made


def holds(session: Session, terms: Sequence[Term], *, subject: bool = False) -> ColumnElement[bool]:
    """The same, asked of a row of `message`."""
    made: ColumnElement[bool] = _kind(session).holds(terms, subject=subject)
    return made


def _kind(session: Session) -> ModuleType:
    if session.get_bind().dialect.name == "sqlite":
        return fts5
    from db import tsvector

    return tsvector


__all__ = [
    "Document",
    "document",
    "find",
    "find_ranked",
    "hit",
    "hits",
    "holds",
    "index_documents",
    "index_messages",
    "remove",
    "snippet",
]
