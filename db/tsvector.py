"""The full-text index of PostgreSQL. Its own parser and dictionaries have no part in it: the stems are ours."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    cast,
    column,
    delete,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from db.document import Document
from db.query import Phrase, Term
from db.schema.mail import Message

INDEX = table(
    "message_text", column("message_id", BigInteger), column("exact", TSVECTOR), column("folded", TSVECTOR)
)
_INSERT = text(
    "INSERT INTO message_text (message_id, exact, folded) "
    "VALUES (:id, CAST(:exact AS tsvector), CAST(:folded AS tsvector))"
)
_LAST_POSITION = 16_383
_GAP = 2  # no phrase reaches from the subject into the body


def insert(session: Session, documents: Sequence[tuple[int, Document]]) -> None:
    rows = [
        {
            "id": message,
            "exact": vector(words.subject.split(), words.body.split(), words.parts.split()),
            "folded": vector(
                words.folded_subject.split(), words.folded_body.split(), words.folded_parts.split()
            ),
        }
        for message, words in documents
    ]
    if rows:
        session.execute(_INSERT, rows)


def already_indexed(session: Session, documents: Mapping[int, Document]) -> list[int]:  # noqa: ARG001 (as of FTS5)
    """None that is known: a vector does not hold a text's words as they were."""
    return []


def remove(session: Session, ids: Sequence[int]) -> None:
    session.execute(delete(INDEX).where(INDEX.c.message_id.in_(ids)))


def matching(terms: Iterable[Term]) -> Select[int]:
    """The messages that hold all terms."""
    return ranked(terms)[0]


def hits(
    terms: Sequence[Term], within: tuple[int, int] | None = None, *, subject: bool = False
) -> Select[int]:
    """The ids of the messages that hold all terms (in their subject), those from the first to the last of `within`."""
    chosen = select(INDEX.c.message_id).where(
        *(_vector(term).bool_op("@@")(cast(expression(term, subject=subject), TSQUERY)) for term in terms)
    )
    return chosen if within is None else chosen.where(INDEX.c.message_id.between(*within))


def holds(terms: Sequence[Term], *, subject: bool = False) -> ColumnElement[bool]:
    """Whether a row of `message` does."""
    return Message.id.in_(hits(terms, subject=subject))


def _vector(term: Term) -> ColumnElement[str]:
    return INDEX.c.folded if term.folded else INDEX.c.exact


def ranked(terms: Iterable[Term]) -> tuple[Select[int], ColumnElement[float]]:
    """The same, and by what to order the best first."""
    queries = [(_vector(term), cast(expression(term), TSQUERY)) for term in terms]
    statement = select(Message.id).join(INDEX, INDEX.c.message_id == Message.id)
    matches = and_(*(words.bool_op("@@")(query) for words, query in queries))
    ranks = [func.ts_rank(words, query) for words, query in queries]
    return statement.where(matches), -sum(ranks[1:], ranks[0])


def expression(term: Term, *, subject: bool = False) -> str:
    """A term in the language of tsquery; words of the subject have the weight A."""
    return " | ".join(f"({_phrase(phrase, 'A' if subject else '')})" for phrase in term.phrases)


def vector(subject: Sequence[str], body: Iterable[str], parts: Iterable[str]) -> str:
    """The text form of a tsvector. Parts have no place: a phrase does not reach into a compound."""
    after = len(subject) + _GAP
    placed = chain(
        (f"'{stem}':{_position(at)}A" for at, stem in enumerate(subject, 1)),
        (f"'{stem}':{_position(at)}B" for at, stem in enumerate(body, after)),
        (f"'{stem}'" for stem in parts),
    )
    return " ".join(placed)


def _position(at: int) -> int:
    return min(at, _LAST_POSITION)


def _phrase(phrase: Phrase, weight: str) -> str:
    *first, last = [f"'{stem}'" for stem in phrase.stems]
    mark = f":{weight}" if weight else ""
    return " <-> ".join(
        (*(f"{stem}{mark}" for stem in first), f"{last}:*{weight}" if phrase.prefix else f"{last}{mark}")
    )
