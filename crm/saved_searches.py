"""Searches that people keep by names of their own. What replaces or renames one is a new row: an undo brings back the old."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, ids, search
from crm.errors import NotFound, NotUnderstood, SearchRefused
from crm.rows.searching import SavedSearchRow
from db.schema import Arrangement, SavedSearch

COUNTED = 1_000
_LONGEST = 200


def save(
    session: Session, name: str, query: str, *, by: str, now: datetime, today: date
) -> list[SavedSearchRow]:
    """Keeps a search for `by`; one of that name is replaced.

    Raises NotUnderstood for a name or a search without a word, SearchRefused for one that asks for what is impossible.
    """
    name = _name(name)
    if not search.read(query, today):
        raise NotUnderstood("search", query)
    search.count(session, query, today, most=1)
    return [_replace(session, _standing(session, name, by), name, query, "save", by=by, now=now)]


def remove(session: Session, name: str, *, by: str, now: datetime) -> list[SavedSearchRow]:
    """Forgets a search. Raises NotFound."""
    row = _existing(session, name, by)
    row.removed = True
    _note(session, "remove", None, row.id, by=by, now=now)
    return [_row(row)]


def rename(session: Session, name: str, new: str, *, by: str, now: datetime) -> list[SavedSearchRow]:
    """Gives a search another name; one that has it already is replaced. Raises NotFound, NotUnderstood."""
    row, new = _existing(session, name, by), _name(new)
    if row.name == new:
        return [_row(row)]
    batch = secrets.token_hex(8)
    there = _standing(session, new, by)
    if there is not None:
        there.removed = True
        _note(session, "remove", None, there.id, by=by, now=now, batch=batch)
    return [_replace(session, row, new, row.query, "rename", by=by, now=now, batch=batch)]


def query_of(session: Session, name: str, *, by: str) -> str:
    """What the search of that name asks for. Raises NotFound."""
    return _existing(session, name, by).query


def list_saved(session: Session, *, by: str, today: date, counted: int = COUNTED) -> list[SavedSearchRow]:
    """The searches of `by`, by name, each with how many messages it finds, counted up to `counted` (0: not at all)."""
    kept = select(SavedSearch).where(SavedSearch.owner == by, SavedSearch.removed.is_(False))
    rows = session.scalars(kept.order_by(SavedSearch.name, SavedSearch.id)).all()
    numbers = _counts(session, {row.query for row in rows}, today, counted) if counted else {}
    return [_row(row, numbers.get(row.query), counted) for row in rows]


def take_back(session: Session, arrangements: Sequence[Arrangement]) -> list[SavedSearchRow]:
    """Undoes what was done in one step, the last first."""
    rows = []
    for each in arrangements:
        each.undone = True
        came = session.get_one(SavedSearch, each.other) if each.other is not None else None
        if came is not None:
            came.removed = True
            session.flush()
        went = session.get_one(SavedSearch, each.payload["went"]) if each.payload.get("went") else None
        if went is not None:
            went.removed = False
            session.flush()
        rows.append(went or came)
    return [_row(row) for row in rows if row is not None]


def _counts(session: Session, queries: set[str], today: date, most: int) -> dict[str, int]:
    """Each search is counted once, whatever the number of its names; what asks for the impossible is left out."""
    found: dict[str, int] = {}
    for query in queries:
        try:
            found[query] = search.count(session, query, today, most=most + 1)
        except SearchRefused:
            continue
    return found


def _replace(
    session: Session,
    old: SavedSearch | None,
    name: str,
    query: str,
    action: str,
    *,
    by: str,
    now: datetime,
    batch: str | None = None,
) -> SavedSearchRow:
    if old is not None:
        old.removed = True
        session.flush()
    new = SavedSearch(owner=by, name=name, query=query, at=now, removed=False)
    session.add(new)
    session.flush()
    _note(session, action, new.id, old.id if old else None, by=by, now=now, batch=batch)
    return _row(new)


def _note(
    session: Session,
    action: str,
    came: int | None,
    went: int | None,
    *,
    by: str,
    now: datetime,
    batch: str | None = None,
) -> None:
    """The journal has the numbers of the rows alone: what people search for may name somebody."""
    session.add(
        Arrangement(
            subject="search",
            action=action,
            one=came or went or 0,
            other=came,
            payload={"went": went},
            at=now,
            by=by,
            batch=batch or secrets.token_hex(8),
        )
    )
    audit.record(session, now, by, f"search {action}", {"id": came or went})


def _name(name: str) -> str:
    said = " ".join(name.split())[:_LONGEST]
    if not any(sign.isalnum() for sign in said):
        raise NotUnderstood("name", name)
    return said


def _existing(session: Session, name: str, by: str) -> SavedSearch:
    row = _standing(session, " ".join(name.split())[:_LONGEST], by)
    if row is None:
        raise NotFound("search", name)
    return row


def _standing(session: Session, name: str, by: str) -> SavedSearch | None:
    kept = SavedSearch.owner == by, SavedSearch.name == name, SavedSearch.removed.is_(False)
    return session.scalar(select(SavedSearch).where(*kept))


def _row(row: SavedSearch, number: int | None = None, most: int = COUNTED) -> SavedSearchRow:
    more = number is not None and number > most
    counted = min(number, most) if number is not None else None
    return SavedSearchRow(ids.printed("search", row.id), row.name, row.query, counted, more, row.removed)
