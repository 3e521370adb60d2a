"""Who is reminded, on a day, of what somebody is responsible for. Absences change it here and nowhere else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.bootstrap import own_of
from crm.lookup import chunks
from crm.mail_settings import is_address
from crm.settings import Settings
from crm.staff import called_among, staff
from db.schema import Address, Person


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses by name, in lower case; `stand_ins`: who is reminded of somebody's follow-ups while they are away."""

    addresses: Mapping[str, str]
    unassigned: str | None
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, assignee: str | None) -> tuple[str, ...]:
        """The addresses that are written to; none where no address is known."""
        if not assignee:
            return (self.unassigned,) if self.unassigned else ()
        told = self.stand_ins.get(assignee.casefold(), (assignee,))
        found = (self.address(name) for name in told)
        return tuple(dict.fromkeys(address for address in found if address))

    def address(self, name: str) -> str | None:
        """The address of one person."""
        return self.addresses.get(name.strip().casefold())


def recipients(
    session: Session,
    settings: Settings,
    names: Collection[str],
    stand_ins: Mapping[str, tuple[str, ...]] | None = None,
) -> Recipients:
    """Of the named people: what settings say, a name that is an address, else the one address of ours that is theirs."""
    people = staff(session)
    given = {
        name.casefold(): tuple(others)
        for one, others in (stand_ins or {}).items()
        for name in called_among(people, one)
    }
    asked = {*names, *(name for others in given.values() for name in others)}
    wanted = {name for one in asked for name in called_among(people, one)}
    themselves = {name.casefold(): name.lower() for name in wanted if is_address(name)}
    known = {**_of_people(session, settings, wanted), **themselves, **settings.reminder_addresses}
    return Recipients(_shared(known, people), settings.reminder_unassigned, given)


def _shared(known: Mapping[str, str], people: Collection[tuple[str, ...]]) -> dict[str, str]:
    """An address that is known of one of somebody's names is that of all."""
    shared = dict(known)
    for names in people:
        each = [name.casefold() for name in names]
        address = next((known[name] for name in each if name in known), None)
        if address is not None:
            shared = dict.fromkeys(each, address) | shared
    return shared


def _of_people(session: Session, settings: Settings, names: Iterable[str]) -> dict[str, str]:
    own = own_of(session, settings)
    found: dict[str, set[str]] = {}
    for part in chunks(sorted(names)):
        rows = session.execute(
            select(Person.name, Address.address)
            .join(Address, Address.person_id == Person.id)
            .where(Person.name.in_(part))
        )
        for name, address in rows:
            if own.has(address) and is_address(address):
                found.setdefault(name.casefold(), set()).add(address)
    return {name: next(iter(addresses)) for name, addresses in found.items() if len(addresses) == 1}
