"""Offices, people and organisations by some letters of a name or some digits of a phone number."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.agenda_rows import Found
from crm.identity import fold
from db.schema import (
    Address,
    Affiliation,
    Municipality,
    Office,
    Organisation,
    Person,
    PersonName,
    Phone,
)

LIMIT = 30
CANDIDATES = 5_000  # what the store may give, before we fold names as it cannot
_PHONE = re.compile(r"[\d\s()+/–-]{5,}")
_VAGUE = re.compile(r"[aeiouycnsz\W_]|[^\x00-\x7f]", re.IGNORECASE)


def find(session: Session, text: str, *, limit: int = LIMIT) -> list[Found]:
    """At most `limit` of each kind, offices first; those whose name begins with `text` before the others.

    Case makes no difference, nor do dots and rings: "ange" finds Ånge. A number finds those who have it.
    """
    text = text.strip()
    if not text:
        return []
    if _PHONE.fullmatch(text):
        return _by_phone(session, text, limit)
    return [
        *_offices(session, text, limit),
        *_people(session, text, limit),
        *_organisations(session, text, limit),
    ]


def _pattern(text: str) -> str:
    """A LIKE pattern in which every letter that may bear a mark stands for any: the store folds none of them."""
    composed = unicodedata.normalize("NFC", text)
    return f"%{_VAGUE.sub('_', composed)}%"


def _ranked(rows: Iterable[tuple[int, str]], text: str, limit: int) -> dict[int, str]:
    """Ids with the name that was found, best first: names that begin so, then words that do, then the rest."""
    wanted = fold(text)

    def rank(name: str) -> int:
        folded = fold(name)
        return 0 if folded.startswith(wanted) else 1 if f" {wanted}" in folded else 2

    fitting = sorted((rank(name), len(name), name, number) for number, name in rows if wanted in fold(name))
    found: dict[int, str] = {}
    for *_rank, name, number in fitting:
        found.setdefault(number, name)
    return dict(list(found.items())[:limit])


def _offices(session: Session, text: str, limit: int) -> list[Found]:
    """There are a few dozen: every one is looked at."""
    chosen = select(Office.id, Municipality.name, Office.place, Municipality.code).join(
        Municipality, Office.municipality_code == Municipality.code
    )
    rows = session.execute(chosen).all()
    named = {number: (name, place or "", code) for number, name, place, code in rows}
    found = _ranked(((n, f"{name} {place} {code}") for n, (name, place, code) in named.items()), text, limit)
    return [
        Found(
            "office", ids.printed("office", n), named[n][0], named[n][1] if named[n][1] != named[n][0] else ""
        )
        for n in found
    ]


def _people(session: Session, text: str, limit: int) -> list[Found]:
    standing = Person.merged_into_id.is_(None)
    pattern = _pattern(text)
    names = (
        select(PersonName.person_id, PersonName.name)
        .join(Person, PersonName.person_id == Person.id)
        .where(standing, PersonName.name.ilike(pattern))
        .limit(CANDIDATES)
    )
    rows = [(number, name) for number, name in session.execute(names)]
    if "@" in text:
        addresses = select(Address.person_id, Address.address).where(
            Address.person_id.is_not(None), Address.address.startswith(text.lower(), autoescape=True)
        )
        rows += [(number, name) for number, name in session.execute(addresses.limit(limit)) if number]
    return _described(session, _ranked(rows, text, limit))


def _by_phone(session: Session, text: str, limit: int) -> list[Found]:
    """Whoever has a number that begins so, written with its country's code or with a zero."""
    digits = re.sub(r"\D", "", text)
    wanted = (
        f"+46{digits[1:]}"
        if digits.startswith("0") and not digits.startswith("00")
        else f"+{digits.lstrip('0')}"
    )
    chosen = (
        select(Phone.person_id)
        .join(Person, Phone.person_id == Person.id)
        .where(Person.merged_into_id.is_(None), Phone.number.startswith(wanted))
        .limit(limit)
    )
    numbers = list(dict.fromkeys(session.scalars(chosen)))
    return _described(session, dict.fromkeys(numbers, ""))


def _described(session: Session, found: dict[int, str]) -> list[Found]:
    """People by the name that holds, with where they work or what else they were found by."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(found)))
    names = {number: name for number, name in rows}  # noqa: C416 - a Row is no pair to the type checker
    work = _work(session, list(found))
    return [
        Found("person", ids.printed("person", number), names[number], work.get(number, ""))
        for number in found
        if number in names
    ]


def _work(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    rows = session.execute(
        select(Affiliation.person_id, Affiliation.title, Organisation.name)
        .outerjoin(Organisation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.person_id.in_(numbers), Affiliation.ended_on.is_(None))
        .order_by(Affiliation.seen_last)
    )
    return {number: ", ".join(part for part in (title, name) if part) for number, title, name in rows}


def _organisations(session: Session, text: str, limit: int) -> list[Found]:
    chosen = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.merged_into_id.is_(None), Organisation.name.ilike(_pattern(text)))
        .limit(CANDIDATES)
    )
    found = _ranked(((number, name) for number, name in session.execute(chosen)), text, limit)
    return [
        Found("organisation", ids.printed("organisation", number), name, "") for number, name in found.items()
    ]
