"""Contacts for a screen: numbers first and rows by pages, found by a part of a name or an address."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import ids
from crm.folding import fold
from crm.lookup import numbers_of
from crm.people import organisation_rows, person_rows, show_organisation, show_person
from crm.rows.people import ContactView, OrganisationRow, PersonRow
from crm.rows.timeline import TimelineRow
from crm.timeline import of_organisation, of_person, timeline
from db.schema import Address, Organisation, Person, PersonName

Kind = Literal["person", "organisation"]
FOUND = 200  # contacts that a filter gives at most
HAPPENED = 50  # entries of what has happened in a page
_COLLEAGUES = 200
_HEARD = 20_000  # names that may hold what is typed: found before anybody is looked up, since most do not
# What is typed without its dots and rings finds it with them, and no database folds as we do.
_FOLDED = frozenset("aoeucnyiszrlgt")


def contact_ids(
    session: Session, kind: Kind, text: str = "", *, limit: int = FOUND, first: int = 0, last: bool = False
) -> list[int]:
    """The numbers of all people or organisations by name; with `text` at most `limit` that hold it.

    `first`: so many from the beginning, or with `last` from the end, in the same order.

    `text` stands in a name or an address, in any case, with or without å ä ö.
    """
    if not text.strip():
        chosen = _all(kind, last=last)
        numbers = numbers_of(session, chosen.limit(first) if first else chosen)
        return numbers[::-1] if last else numbers
    found: dict[int, None] = {}
    wanted = fold(text.strip())
    for number, name in _candidates(session, kind, text.strip()):
        if wanted in fold(name):
            found[number] = None
        if len(found) >= limit:
            break
    return list(found)


def _all(kind: Kind, *, last: bool) -> Select[int]:
    table = Person if kind == "person" else Organisation
    order = (table.name.desc(), table.id.desc()) if last else (table.name, table.id)
    return select(table.id).where(table.merged_into_id.is_(None)).order_by(*order)


def _candidates(session: Session, kind: Kind, text: str) -> Iterator[tuple[int, str]]:
    """Everybody whose name or address may hold it, by name, and then by address."""
    if kind == "person":
        maybe = select(PersonName.person_id, PersonName.name).where(_maybe(session, PersonName.name, text))
        heard = maybe.limit(_HEARD).subquery()
        names = (
            select(Person.id, heard.c.name)
            .join(heard, heard.c.person_id == Person.id)
            .where(Person.merged_into_id.is_(None))
            .order_by(Person.name, Person.id)
        )
        owner, home = Address.person_id, Person.id
    else:
        names = (
            select(Organisation.id, Organisation.name)
            .where(Organisation.merged_into_id.is_(None), _maybe(session, Organisation.name, text))
            .order_by(Organisation.name, Organisation.id)
        )
        owner, home = Address.organisation_id, Organisation.id
    addresses = (
        select(home, Address.address)
        .join(Address, owner == home)
        .where(_maybe(session, Address.address, text))
        .order_by(Address.address)
    )
    for asked in (names, addresses):
        yield from ((number, name) for number, name in session.execute(asked).yield_per(1000))


def _maybe(session: Session, column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Whether `text` may stand in it: of a name with a letter beyond a to z any letter may be what was typed."""
    folded = fold(text)
    anything = "".join("_" if c in _FOLDED or not c.isascii() else _plain(c) for c in folded)
    there = _has(session, column, "".join(map(_plain, folded)))
    return or_(there, and_(_is_foreign(session, column), _has(session, column, anything)))


def _has(session: Session, column: InstrumentedAttribute[str], part: str) -> ColumnElement[bool]:
    """In any case of a to z. SQLite's LIKE takes no heed of it, and is half as slow without LOWER."""
    like = column.like if session.get_bind().dialect.name == "sqlite" else column.ilike
    return like(f"%{part}%", escape="/")


def _is_foreign(session: Session, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a letter beyond ASCII stands in it."""
    if session.get_bind().dialect.name == "sqlite":
        return column.op("GLOB")("*[^ -~]*")
    return column.regexp_match("[^[:ascii:]]")


def _plain(character: str) -> str:
    return f"/{character}" if character in "%_/" else character


def contact_page(
    session: Session, kind: Kind, numbers: Sequence[int]
) -> list[PersonRow] | list[OrganisationRow]:
    """Rows for those numbers, in their order."""
    return person_rows(session, numbers) if kind == "person" else organisation_rows(session, numbers)


def contact(session: Session, name: str) -> ContactView:
    """The page of a person (p…) or an organisation (o…); what was merged into another has that one's page.

    Raises NotFound.
    """
    if name[:1].lower() == "o":
        return _organisation(session, show_organisation(session, name))
    return _person(session, show_person(session, name)[0])


def happened(session: Session, name: str, before: str | None = None) -> list[TimelineRow]:
    """A page of letters, notes and decisions of a contact, by its printed id, newest first. Raises NotFound."""
    scope = of_organisation(name) if name[:1].lower() == "o" else of_person(name)
    return timeline(session, scope, limit=HAPPENED, before=before, made=False)


def _person(session: Session, row: PersonRow) -> ContactView:
    return ContactView(row, None, (), tuple(happened(session, row.id)))


def _organisation(session: Session, row: OrganisationRow) -> ContactView:
    number = ids.number("organisation", row.id)
    working = (
        select(Person.id)
        .where(Person.id.in_(select(Address.person_id).where(Address.organisation_id == number)))
        .order_by(Person.name)
        .limit(_COLLEAGUES)
    )
    people = person_rows(session, list(session.scalars(working)))
    return ContactView(None, row, tuple(people), tuple(happened(session, row.id)))


def contact_named(session: Session, name: str) -> str | None:
    """The id of the one person or organisation that bears this name; None where there is none or several."""
    people = select(PersonName.person_id).where(PersonName.name == name)
    found = {
        home or number
        for number, home in session.execute(
            select(Person.id, Person.merged_into_id).where(Person.id.in_(people)).limit(3)
        )
    }
    if len(found) == 1:
        return ids.printed("person", found.pop())
    house = session.execute(
        select(Organisation.id, Organisation.merged_into_id).where(
            or_(Organisation.name == name, Organisation.domain == name.lower())
        )
    ).first()
    return ids.printed("organisation", house[1] or house[0]) if house and not found else None
