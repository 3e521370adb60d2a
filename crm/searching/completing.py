"""What can stand at the cursor of a search: operators, their choices, and names from the store. Asked as one types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.finding import find_organisations, find_people
from crm.folding import fold
from crm.lookup import all_by_column
from crm.rows.searching import Completion
from crm.searching.language import operator, scan
from crm.searching.operators import OPERATORS, Operator
from db.query import QUERY_CHARACTERS
from db.schema import Account, Folder, MentionRow, Municipality, Office, Organisation, Person

_LIMIT = 10
_MOST_FOLDERS = 2_000


@dataclass(frozen=True, slots=True)
class Spot:
    """The piece that the cursor stands in or behind: its characters `start` to `end`, and what is typed of it so far.

    `head`: the operator that it begins with, and then `typed` is of its value.
    """

    start: int
    end: int
    typed: str
    negated: bool
    head: str | None = None


def spot(text: str, cursor: int) -> Spot:
    """Where in a search the cursor stands. Pure; for any text and any cursor."""
    cursor = max(0, min(cursor, len(text), QUERY_CHARACTERS))
    piece = next((one for one in scan(text[:cursor]) if one.end == cursor), None)
    if piece is None:
        return Spot(cursor, cursor, "", negated=False)
    end = next((one.end for one in scan(text) if one.start == piece.start), cursor)
    head, typed = piece.head, piece.text
    if head is None and not piece.quoted and typed.endswith(":") and operator(typed[:-1]) is not None:
        head, typed = typed[:-1], ""
    return Spot(piece.start, end, typed, piece.negated, head)


def complete(session: Session, text: str, cursor: int, *, limit: int = _LIMIT) -> list[Completion]:
    """At most `limit` completions of the piece at the cursor, none for a phrase or where a word says no operator."""
    at = spot(text, cursor)
    if at.head is None:
        return list(_operators(at))[:limit]
    one = operator(at.head)
    if one is None:
        return []
    if one.choices is not None:
        return list(_choices(at, one))[:limit]
    return [
        _completion(at, one, at.head, value, value=value) for value in _values(session, one, at.typed, limit)
    ]


def _operators(at: Spot) -> Iterator[Completion]:
    """In Swedish, and in English where that is what was begun."""
    begun = fold(at.typed)
    for one in OPERATORS:
        for word in dict.fromkeys(one.words[:2]):
            if begun and fold(word).startswith(begun):
                yield Completion(f"{_sign(at)}{word}:", at.start, at.end, one.name)
                break
        else:
            if not begun:
                yield Completion(f"{_sign(at)}{one.words[0]}:", at.start, at.end, one.name)


def _choices(at: Spot, one: Operator) -> Iterator[Completion]:
    begun = fold(at.typed)
    for choice, words in (one.choices or {}).items():
        fitting = next((word for word in words if fold(word).startswith(begun)), None)
        if fitting is not None:
            yield _completion(at, one, at.head or "", fitting, choice=choice)


def _completion(
    at: Spot, one: Operator, head: str, said: str, *, choice: str | None = None, value: str | None = None
) -> Completion:
    quoted = f'"{said.replace(chr(34), "")}"' if any(sign.isspace() for sign in said) else said
    return Completion(f"{_sign(at)}{head}:{quoted} ", at.start, at.end, one.name, choice, value)


def _sign(at: Spot) -> str:
    return "-" if at.negated else ""


def _values(session: Session, one: Operator, typed: str, limit: int) -> list[str]:
    """Names from the store that begin so, each once; none before a letter is typed where there may be many."""
    if one.name in {"from", "to", "cc", "person"}:
        people = {
            row.id: row.name
            for row in all_by_column(session, Person, Person.id, find_people(session, typed, limit))
        }
        found: Sequence[str] = list(people.values())
    elif one.name == "organisation":
        houses = find_organisations(session, typed, limit)
        found = [row.name for row in all_by_column(session, Organisation, Organisation.id, houses)]
    elif one.name in {"office", "municipality"}:
        found = _beginning(_places(session, in_plan=one.name == "office"), typed)
    elif one.name in {"folder", "account"}:
        names = Folder.name if one.name == "folder" else Account.name
        found = _beginning(session.scalars(select(names).order_by(names).limit(_MOST_FOLDERS)).all(), typed)
    elif one.name == "number" and typed:
        found = _numbers(session, typed, limit)
    else:
        found = ()
    return list(dict.fromkeys(found))[:limit]


def _places(session: Session, *, in_plan: bool) -> Sequence[str]:
    chosen = select(Municipality.name).order_by(Municipality.name)
    if in_plan:
        chosen = chosen.join(Office, Office.municipality_code == Municipality.code).where(
            Office.in_plan.is_(True)
        )
    return session.scalars(chosen).all()


def _beginning(names: Sequence[str], typed: str) -> list[str]:
    """Those of which a word begins so, with or without å ä ö; first the whole name, then those that are spelt so."""
    begun = fold(typed)
    fitting = [
        name for name in names if any(word.startswith(begun) for word in (fold(name), *fold(name).split()))
    ]
    return sorted(fitting, key=lambda name: (fold(name) != begun, not name.lower().startswith(typed.lower())))


def _numbers(session: Session, typed: str, limit: int) -> Sequence[str]:
    """Case numbers that letters name."""
    named = select(MentionRow.name).where(
        MentionRow.label == "CASE", MentionRow.name.startswith(typed, autoescape=True)
    )
    return [name for name in session.scalars(named.distinct().limit(limit)) if name]
