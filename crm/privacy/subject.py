"""Whose data it is: a person as the store knows them, or an address behind which nobody is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm import ids
from crm.errors import NotAPerson, PartOfName
from crm.folding import name_key
from crm.lookup import all_by_column
from crm.people import find_person
from db.schema import Address, Person, PersonName, Phone

_NOBODY = frozenset({"function", "list"})


class Owned(NamedTuple):
    """An address: its row, how it is written, what kind it is."""

    number: int
    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class Subject:
    """`numbers` are the rows of the person and of who was merged into them, none for an address alone.

    `names` holds every name they ever bore, the one that holds first; `logins` how this system calls them if they are staff.
    """

    name: str
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    addresses: tuple[Owned, ...]
    phones: tuple[str, ...]
    logins: tuple[str, ...] = ()

    @property
    def id(self) -> str | None:
        """The printed id of the person; None for an address alone."""
        return ids.printed("person", self.numbers[0]) if self.numbers else None

    @property
    def written(self) -> tuple[str, ...]:
        """How their addresses are written."""
        return tuple(owned.address for owned in self.addresses)

    @property
    def called(self) -> tuple[str, ...]:
        """What stands for them where staff are named: logins, names, addresses."""
        return tuple(dict.fromkeys((*self.logins, *self.names, *self.written)))


def find_subject(session: Session, name: str, *, logins: Sequence[str] = (), whole: bool = False) -> Subject:
    """Whoever has this id, address or name. Raises NotFound, Ambiguous where several have it, NotAPerson.

    `whole`: a part of a name is not enough and raises PartOfName.
    """
    alone = _address(session, name) if "@" in name else None
    if alone is not None and alone.person_id is None:
        if alone.kind in _NOBODY:
            raise NotAPerson(alone.address)
        owned = Owned(alone.id, alone.address, alone.kind)
        return Subject(alone.address, (), (), (owned,), (), tuple(logins))
    row = find_person(session, name)
    subject = _person(session, ids.number("person", row.id), row.name, logins)
    if whole and not _is_whole(name, subject):
        raise PartOfName(name, (f"{row.id} {row.name}",))
    return subject


def _address(session: Session, name: str) -> Address | None:
    return session.scalar(select(Address).where(Address.address == name.strip().lower()))


def _person(session: Session, number: int, name: str, logins: Sequence[str]) -> Subject:
    bearers = session.scalars(
        select(Person).where(or_(Person.id == number, Person.merged_into_id == number)).order_by(Person.id)
    ).all()
    numbers = (number, *(row.id for row in bearers if row.id != number))
    borne = [row.name for row in all_by_column(session, PersonName, PersonName.person_id, numbers)]
    owned = all_by_column(session, Address, Address.person_id, numbers)
    phones = {row.number for row in all_by_column(session, Phone, Phone.person_id, numbers)}
    return Subject(
        name=name,
        numbers=numbers,
        names=tuple(dict.fromkeys(one for one in (name, *(row.name for row in bearers), *borne) if one)),
        addresses=tuple(Owned(row.id, row.address, row.kind) for row in owned),
        phones=tuple(sorted(phones)),
        logins=tuple(dict.fromkeys((*logins, *(row.login for row in bearers if row.login)))),
    )


def _is_whole(name: str, subject: Subject) -> bool:
    if "@" in name or re.fullmatch(r"p\d+", name):
        return True
    return name_key(name) in {name_key(one) for one in subject.names}
