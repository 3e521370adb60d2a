"""Offices, people, organisations and threads by what is typed of their names, or by a telephone number: the best first."""

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import ids
from crm.folding import fold
from crm.rows.searching import FoundRow
from crm.searching import plan
from crm.searching.conditions import Asked, in_words
from db.names import Kind, name_words, named
from db.query import parse
from db.schema import (
    Address,
    Affiliation,
    Message,
    Municipality,
    Office,
    Organisation,
    Person,
    PersonName,
    Phone,
    Thread,
)
from nlp.phones import to_e164

_DIALLED = re.compile(r"[\d\s()+./–-]{7,}")
_LOOKED_AT = 200  # of whatever a word begins, the newest so many are ranked
_WORD = re.compile(r"[^\W_]+")

_OFFICE, _HOUSE, _PERSON, _THREAD = 0.3, 0.2, 0.1, 0.0  # of two that fit alike the place comes first


def find(session: Session, text: str, limit: int = 30) -> list[FoundRow]:
    """At most `limit` offices, people, organisations and threads whose name has all these words, the best first.

    Å ä ö and case make no difference, and a word may be a beginning. A telephone number finds whose it is. At most a
    few hundred rows are looked at, whatever the store holds.
    """
    number = to_e164(text) if _DIALLED.fullmatch(text.strip()) else None
    if number is not None:
        return _people(session, _dialled(session, number), text)[:limit]
    if not name_words(text):
        return []
    found = [
        *_offices(session, text),
        *_organisations(session, find_organisations(session, text), text),
        *_people(session, find_people(session, text), text),
    ]
    found += _threads(session, text, max(limit - len(found), 5))
    return sorted(found, key=lambda row: (-row.score, len(row.name), row.name, row.id))[:limit]


def find_people(session: Session, text: str, limit: int = _LOOKED_AT) -> list[int]:
    """Numbers of the people of whom a name, or an address, has these words, or whose telephone number it is."""
    number = to_e164(text) if _DIALLED.fullmatch(text.strip()) else None
    if number is not None:
        return _dialled(session, number)
    people = _named(session, "person", text, limit)
    owners = select(Address.person_id).where(
        Address.id.in_(_named(session, "address", text, limit)), Address.person_id.is_not(None)
    )
    every = list(dict.fromkeys([*people, *(one for one in session.scalars(owners) if one)]))
    homes = select(Person.id, func.coalesce(Person.merged_into_id, Person.id)).where(Person.id.in_(every))
    home = dict(session.execute(homes).all())
    return list(dict.fromkeys(home[number] for number in every if number in home))[: limit or None]


def find_organisations(session: Session, text: str, limit: int = _LOOKED_AT) -> list[int]:
    """Numbers of the organisations of which the name or the domain has these words."""
    houses = select(func.coalesce(Organisation.merged_into_id, Organisation.id)).where(
        Organisation.id.in_(_named(session, "organisation", text, limit))
    )
    return list(dict.fromkeys(session.scalars(houses)))


def _named(session: Session, kind: Kind, text: str, limit: int) -> list[int]:
    """Those with the whole words first, then those with beginnings."""
    dialect = session.get_bind().dialect.name
    found: dict[int, None] = {}
    for begins in (False, True):
        words = name_words(text, begins=begins)
        if words and len(found) < limit:
            found |= dict.fromkeys(session.scalars(named(dialect, kind, words).limit(limit)))
    return list(found)


def _dialled(session: Session, number: str) -> list[int]:
    people = select(func.coalesce(Person.merged_into_id, Person.id)).join(Phone, Phone.person_id == Person.id)
    return list(dict.fromkeys(session.scalars(people.where(Phone.number == number).limit(_LOOKED_AT))))


def _offices(session: Session, text: str) -> list[FoundRow]:
    """There are few: every name is looked at."""
    rows = session.execute(
        select(Office.id, Office.municipality_code, Municipality.name, Office.place)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .where(Office.in_plan.is_(True))
    )
    found = []
    for number, code, municipality, place in rows:
        name = f"{municipality} {place}" if place else municipality
        score = likeness(text, name)
        if score or text.strip() == code:
            found.append(
                FoundRow("office", ids.printed("office", number), name, code, (score or 1.0) + _OFFICE)
            )
    return found


def _people(session: Session, numbers: Sequence[int], text: str) -> list[FoundRow]:
    """With an employer or else an address, so that two of one name can be told apart."""
    names: dict[int, list[str]] = {}
    for number, name in session.execute(
        select(PersonName.person_id, PersonName.name).where(PersonName.person_id.in_(numbers))
    ):
        names.setdefault(number, []).append(name)
    about = _addresses(session, numbers) | _employers(session, numbers)
    return [
        FoundRow(
            "person",
            ids.printed("person", number),
            name,
            about.get(number),
            _best(text, [name, *names.get(number, ())]) + _PERSON,
        )
        for number, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(numbers)))
    ]


def _addresses(session: Session, numbers: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Address.person_id, Address.address).where(Address.person_id.in_(numbers)).order_by(Address.id)
    )
    return {number: address for number, address in rows if number}


def _employers(session: Session, numbers: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Affiliation.person_id, Organisation.name)
        .join(Organisation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.person_id.in_(numbers))
        .order_by(Affiliation.seen_last, Affiliation.id)
    )
    return dict(rows.all())


def _organisations(session: Session, numbers: Sequence[int], text: str) -> list[FoundRow]:
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.domain).where(Organisation.id.in_(numbers))
    )
    return [
        FoundRow(
            "organisation",
            ids.printed("organisation", number),
            name,
            domain,
            _best(text, [name, domain or ""]) + _HOUSE,
        )
        for number, name, domain in rows
    ]


def _threads(session: Session, text: str, limit: int) -> list[FoundRow]:
    """The newest with these words in the subject."""
    asked = Asked(session)
    found = plan.newest(session, [in_words(asked, parse(text), subject=True)], plan.Page(limit=limit))
    threads = select(Message.thread_id).where(Message.id.in_(found), Message.thread_id.is_not(None))
    rows = session.execute(
        select(Thread.id, Thread.subject, Thread.last_date)
        .where(Thread.id.in_(threads))
        .order_by(Thread.last_date.desc())
    )
    return [
        FoundRow(
            "thread",
            ids.printed("thread", number),
            subject or "",
            last.date().isoformat() if last else None,
            likeness(text, subject or "") / 2 + _THREAD,
        )
        for number, subject, last in rows
    ]


def _best(text: str, names: Iterable[str]) -> float:
    return max((likeness(text, name) for name in names), default=0.0)


def likeness(typed: str, name: str) -> float:
    """1 for the whole name, less for all of its words in another order or some of them, for beginnings least; 0 for others."""
    asked, called = _words(typed), _words(name)
    if not asked or not called:
        return 0.0
    if asked == called:
        return 1.0
    if set(asked) <= set(called):
        return 0.6 + 0.3 * len(asked) / len(called)
    if all(any(word.startswith(one) for word in called) for one in asked):
        return 0.3 + 0.3 * sum(map(len, asked)) / max(sum(map(len, called)), 1)
    return 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
