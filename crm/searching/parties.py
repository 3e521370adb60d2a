"""The addresses behind what is typed for a person or an organisation: an address, a domain, an id, or names."""

import re

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all

from crm.folding import fold
from db.names import name_words, named
from db.schema import Address, Organisation, Person

_ID = re.compile(r"([po])(\d{1,18})", re.ASCII | re.IGNORECASE)


def is_exact(value: str) -> bool:
    """Whether it names addresses or rows of the store: then names without an address are not meant."""
    return "@" in value or _ID.fullmatch(value) is not None


def addresses(dialect: str, value: str) -> Select[int]:
    """Ids of the addresses that `value` means: of whoever has, or has had, a name with these words; å ä ö make no difference.

    Words of an address count as well. `@ange.se` means all of a domain, `p12` a person.
    """
    given = _ID.fullmatch(value)
    if given is not None and given[1].lower() == "p":
        return select(Address.id).where(Address.person_id == int(given[2]))
    if "@" in value:
        return select(Address.id).where(_address(dialect, value))
    people = select(func.coalesce(Person.merged_into_id, Person.id)).where(
        Person.id.in_(named(dialect, "person", name_words(value)))
    )
    whole = named(dialect, "address", name_words(value, begins=False))
    return _either(
        select(Address.id).where(Address.person_id.in_(people)),
        select(Address.id).where(Address.id.in_(whole)),
    )


def addresses_of_organisation(dialect: str, value: str) -> Select[int]:
    """Ids of the addresses of an organisation: by words of its name or domain, by `@domain`, or by its id `o3`."""
    given = _ID.fullmatch(value)
    if given is not None and given[1].lower() == "o":
        return select(Address.id).where(Address.organisation_id == int(given[2]))
    if "@" in value:
        return select(Address.id).where(_address(dialect, value))
    houses = select(func.coalesce(Organisation.merged_into_id, Organisation.id)).where(
        Organisation.id.in_(named(dialect, "organisation", name_words(value)))
    )
    return select(Address.id).where(Address.organisation_id.in_(houses))


def _address(dialect: str, value: str) -> ColumnElement[bool]:
    """All of a domain, or the one; whoever leaves out å ä ö in a domain, or writes them, means the same."""
    lower = value.lower()
    if not lower.startswith("@"):
        return Address.address.in_({lower, fold(lower)})
    some = Address.id.in_(named(dialect, "address", name_words(value, begins=False)))
    return some & or_(*(Address.address.endswith(one, autoescape=True) for one in {lower, fold(lower)}))


def _either(one: Select[int], other: Select[int]) -> Select[int]:
    both = union_all(one, other).subquery()
    return select(both.c.id)
