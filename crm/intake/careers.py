"""What mails say of people over time: their names, titles and phones, with the days on which they said so."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.folding import fold
from crm.lookup import all_by_column, by_column, chunks
from crm.same_person import alike
from db.schema import Affiliation, Person, PersonName, Phone

_ONE_PERSON = 0.4  # an address whose mails call it by less alike names is shared: that is no new name


class Said(NamedTuple):
    """A title, and on which day it was said."""

    person: int
    title: str
    unit: str | None
    organisation: int | None
    day: date


def write_names(session: Session, seen: Sequence[tuple[int, str, date]]) -> None:
    """Keeps every name that a person was seen to bear; a new surname is the person's name from then on."""
    people = by_column(session, Person, Person.id, {person for person, _, _ in seen})
    rows = {
        (row.person_id, row.name): row
        for row in all_by_column(session, PersonName, PersonName.person_id, people)
    }
    for person, name, day in seen:
        bearer = people[person]
        reason = _alike(bearer.name, name)
        if reason.score < _ONE_PERSON:
            continue
        row = rows.get((person, name))
        if row is None:
            row = rows[person, name] = PersonName(person_id=person, name=name)
            session.add(row)
        row.seen_first, row.seen_last = _widened(row.seen_first, row.seen_last, day)
        now = rows.get((person, bearer.name))
        if name != bearer.name and _holds(
            bearer.name, name, reason.reason, now.seen_last if now else None, day
        ):
            bearer.name = name


_alike = lru_cache(4_096)(alike)  # a person writes many mails under one name


def _holds(name: str, new: str, reason: str, last: date | None, day: date) -> bool:
    """Whether a name replaces the one that stands: a later surname, or the same one with its å ä ö."""
    if reason == "surname":
        return last is None or day > last
    return fold(name) == fold(new) and name.isascii() and not new.isascii()


def _widened(first: date | None, last: date | None, day: date) -> tuple[date, date]:
    return min(first or day, day), max(last or day, day)


def write_phones(session: Session, said: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Numbers that are new."""
    new = dict.fromkeys((person, number) for person, numbers in said for number in numbers)
    people = {person for person, _ in new}
    chosen = select(Phone.person_id, Phone.number).where(Phone.person_id.in_(people))
    known = {
        (person, number)
        for part in chunks({number for _, number in new})
        for person, number in session.execute(chosen.where(Phone.number.in_(part)))
    }
    session.add_all(
        Phone(person_id=person, number=number) for person, number in new if (person, number) not in known
    )


def write_titles(session: Session, said: Sequence[Said]) -> None:
    """A new title is a new affiliation, and ends the one before it."""
    people = {one.person for one in said}
    found = all_by_column(session, Affiliation, Affiliation.person_id, people)
    rows = {(row.person_id, (row.title or "").casefold()): row for row in found}
    for one in said:
        key = (one.person, one.title.casefold())
        row = rows.get(key)
        if row is None:
            row = rows[key] = Affiliation(
                person_id=one.person, title=one.title, organisation_id=one.organisation
            )
            session.add(row)
        row.unit = one.unit or row.unit
        row.seen_first, row.seen_last = _widened(row.seen_first, row.seen_last, one.day)
    jobs: dict[int, list[Affiliation]] = {}
    for (person, _), row in rows.items():
        jobs.setdefault(person, []).append(row)
    for of_person in jobs.values():
        _end(of_person)


def _end(jobs: Collection[Affiliation]) -> None:
    """Ended is what nobody has said since something else was said; two that are said by turns both go on."""
    for job in jobs:
        later = [
            other.seen_first
            for other in jobs
            if other.seen_first and job.seen_last and other.seen_first > job.seen_last
        ]
        job.ended_on = min(later, default=None)
