"""What to say where a search finds nothing: what was looked through, and which search would find something."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.folding import fold
from crm.rows.searching import InsteadRow, SearchedRow
from crm.searching import plan
from crm.searching.clauses import conditions
from crm.searching.conditions import Asked
from crm.searching.language import Atom, Clause, Field, Query, Words, parse
from crm.searching.values import reads
from db.schema import Account, Message

COUNTED = 100
_CLAUSES = 8


def searched(session: Session) -> SearchedRow:
    """The mailboxes of the store, and the day and time up to which all of them were fetched; else the newest letter's."""
    accounts = session.scalars(select(Account).order_by(Account.name)).all()
    fetched = [one.last_sync for one in accounts if one.kind == "imap" and one.last_sync]
    newest = select(Message.sent_at).where(Message.sent_at.is_not(None)).order_by(Message.sent_at.desc())
    until = min(fetched) if fetched else session.scalar(newest.limit(1))
    return SearchedRow(tuple(one.name for one in accounts if one.kind == "imap"), until)


def instead(session: Session, text: str, today: date) -> list[InsteadRow]:
    """Searches near to `text` that find something, each with how many letters, at most 100.

    The same without å ä ö, and with one thing less. Raises SearchRefused.
    """
    asked = Asked(session, today)
    found = []
    for query, without in _near(parse(text, reads(today))):
        number = plan.count(session, conditions(asked, query), COUNTED + 1)
        if number:
            found.append(InsteadRow(written(query), without, min(number, COUNTED), number > COUNTED))
    return found


def _near(query: Query) -> Iterator[tuple[Query, str | None]]:
    folded = tuple(tuple(_folded(atom) for atom in clause) for clause in query)
    if folded != query:
        yield folded, None
    if len(query) > 1:
        for at, clause in enumerate(query[:_CLAUSES]):
            yield (*query[:at], *query[at + 1 :]), written((clause,))


def _folded(atom: Atom) -> Atom:
    return Words(fold(atom.text), atom.negated) if isinstance(atom, Words) else atom


def written(query: Query) -> str:
    """A search as it may be typed."""
    return " ".join(map(_clause, query))


def _clause(clause: Clause) -> str:
    return " OR ".join(("-" if atom.negated else "") + _atom(atom) for atom in clause)


def _atom(atom: Atom) -> str:
    if isinstance(atom, Field):
        return f"{atom.written}:{_quoted(atom.value)}"
    return _quoted(atom.text)


def _quoted(text: str) -> str:
    return f'"{text}"' if any(sign.isspace() for sign in text) or not text else text
