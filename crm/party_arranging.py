"""A person merges and splits people and organisations; the addresses move, everything else stays where it was said.

What is merged into another stays as a row without addresses: its names, titles and phones are read together with the
other's (`crm.people`), so that a merger can be undone and the history is whole.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import audit, ids
from crm.alike_people import CERTAIN, alike_people
from crm.errors import Ambiguous, NotFound, NothingToSplit
from crm.people import organisation_rows, person_rows, show_organisation, show_person
from crm.rows.people import OrganisationRow, PersonRow
from db.schema import Address, Arrangement, Message, Organisation, Person, PersonName, Recipient
from nlp.people.mailboxes import given_first, name_of_address

Subject = Literal["person", "organisation"]
_TABLES: dict[str, type[Person | Organisation]] = {"person": Person, "organisation": Organisation}
_OWNERS: dict[str, InstrumentedAttribute[int | None]] = {
    "person": Address.person_id,
    "organisation": Address.organisation_id,
}


def merge_people(session: Session, one: str, other: str, *, by: str, now: datetime) -> list[PersonRow]:
    """Makes one person of two: the first, who gets the other's addresses. Raises NotFound, Ambiguous."""
    target = _merge(session, "person", _person(session, one), _person(session, other), by=by, now=now)
    return person_rows(session, [target])


def merge_certain(session: Session, *, by: str, now: datetime) -> list[PersonRow]:
    """Joins every pair of people that is as good as certain; all of it is one step of undo. Gives who they are now."""
    batch, joined = secrets.token_hex(8), []
    for row in alike_people(session, limit=0):
        if row.score < CERTAIN:
            break
        pair = [ids.number("person", show_person(session, name)[0].id) for name in (row.person, row.other)]
        joined.append(_merge(session, "person", *pair, by=by, now=now, batch=batch))
    standing = [ids.number("person", show_person(session, f"p{number}")[0].id) for number in joined]
    return person_rows(session, list(dict.fromkeys(standing)))


def merge_organisations(
    session: Session, one: str, other: str, *, by: str, now: datetime
) -> list[OrganisationRow]:
    """Makes one organisation of two: the first. Raises NotFound."""
    numbers = [ids.number("organisation", show_organisation(session, name).id) for name in (one, other)]
    target = _merge(session, "organisation", *numbers, by=by, now=now)
    return organisation_rows(session, [target])


def _person(session: Session, name: str) -> int:
    rows = show_person(session, name)
    if len(rows) > 1:
        raise Ambiguous(name, tuple(f"{row.id} {row.name}" for row in rows))
    return ids.number("person", rows[0].id)


def _merge(
    session: Session,
    subject: Subject,
    target: int,
    other: int,
    *,
    by: str,
    now: datetime,
    batch: str | None = None,
) -> int:
    """Gives the row that stands for both."""
    if target == other:
        return target
    table = _TABLES[subject]
    moved = _addresses(session, subject, other)
    members = list(session.scalars(select(table.id).where(table.merged_into_id == other)))
    session.add(
        Arrangement(
            subject=subject,
            action="merge",
            one=target,
            other=other,
            payload={"addresses": moved, "members": members},
            at=now,
            by=by,
            batch=batch or secrets.token_hex(8),
        )
    )
    _own(session, subject, moved, target)
    session.execute(update(table).where(table.id.in_([other, *members])).values(merged_into_id=target))
    audit.record(session, now, by, f"{subject} merge", {"one": target, "other": other})
    return target


def split_person(
    session: Session, name: str, addresses: Sequence[str], *, by: str, now: datetime
) -> list[PersonRow]:
    """Makes a person of some of a person's addresses; without any named, of who was merged in last.

    Gives both. Raises NotFound, Ambiguous, NothingToSplit.
    """
    number = _person(session, name)
    held = _addresses(session, "person", number)
    merged = _merged_in(session, number)
    wanted = (
        _wanted(session, held, addresses)
        if addresses
        else list(merged.payload["addresses"])
        if merged
        else []
    )
    if not wanted or (set(wanted) >= set(held) and merged is None):
        raise NothingToSplit(name)
    is_back = merged is not None and set(merged.payload["addresses"]) == set(wanted)
    other = (merged.other if merged and is_back else None) or _new_person(session, wanted, number)
    session.add(
        Arrangement(
            subject="person",
            action="split",
            one=number,
            other=other,
            payload={"addresses": wanted, "merged": is_back},
            at=now,
            by=by,
            batch=secrets.token_hex(8),
        )
    )
    _own(session, "person", wanted, other)
    session.execute(update(Person).where(Person.id == other).values(merged_into_id=None))
    audit.record(session, now, by, "person split", {"one": number, "other": other})
    return person_rows(session, [number, other])


def _merged_in(session: Session, person: int) -> Arrangement | None:
    """The newest merger into a person that still stands."""
    found = session.scalars(
        select(Arrangement)
        .join(Person, Person.id == Arrangement.other)
        .where(
            Arrangement.subject == "person",
            Arrangement.action == "merge",
            Arrangement.one == person,
            Arrangement.undone.is_(False),
            Person.merged_into_id == person,
        )
        .order_by(Arrangement.id.desc())
    )
    return found.first()


def _wanted(session: Session, held: Sequence[int], addresses: Sequence[str]) -> list[int]:
    rows = session.execute(select(Address.address, Address.id).where(Address.id.in_(held)))
    known = {row.address: row.id for row in rows}
    for address in addresses:
        if address.lower() not in known:
            raise NotFound("address", address)
    return [known[address.lower()] for address in addresses]


def _new_person(session: Session, addresses: Sequence[int], old: int) -> int:
    name = _name_seen(session, addresses) or session.get_one(Person, old).name
    person = Person(name=name)
    session.add(person)
    session.flush()
    session.add(PersonName(person_id=person.id, name=name))
    return person.id


def _name_seen(session: Session, addresses: Sequence[int]) -> str | None:
    """How mails call whoever writes from these addresses, newest first."""
    for number in addresses:
        address = session.get_one(Address, number).address
        sent = select(Message.from_name).where(Message.address_id == number, Message.from_name.is_not(None))
        got = select(Recipient.name).where(Recipient.address_id == number, Recipient.name.is_not(None))
        written = session.scalar(sent.order_by(Message.id.desc()).limit(1)) or session.scalar(got.limit(1))
        name = given_first(written or "", address) or name_of_address(address)
        if name:
            return name
    return None


def take_back(
    session: Session, arrangements: Sequence[Arrangement]
) -> list[PersonRow] | list[OrganisationRow]:
    """Undoes mergers and splits, the newest first."""
    numbers: list[int] = []
    for each in arrangements:
        each.undone = True
        table, other = _TABLES[each.subject], each.other or 0
        moved = list(each.payload.get("addresses", ()))
        if each.action == "merge":
            _own(session, each.subject, moved, other)
            members = list(each.payload.get("members", ()))
            session.execute(update(table).where(table.id == other).values(merged_into_id=None))
            session.execute(update(table).where(table.id.in_(members)).values(merged_into_id=other))
        else:
            _own(session, each.subject, moved, each.one)
            session.execute(update(table).where(table.id == other).values(merged_into_id=each.one))
        numbers += [each.one, other]
    if arrangements[0].subject == "organisation":
        return organisation_rows(session, numbers)
    return person_rows(session, numbers)


def _addresses(session: Session, subject: str, number: int) -> list[int]:
    return list(session.scalars(select(Address.id).where(_OWNERS[subject] == number).order_by(Address.id)))


def _own(session: Session, subject: str, addresses: Sequence[int], owner: int) -> None:
    session.flush()
    column = _OWNERS[subject]
    session.execute(update(Address).where(Address.id.in_(addresses)).values({column.key: owner}))
    session.expire_all()
