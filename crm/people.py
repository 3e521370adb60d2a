"""People and organisations as the mail shows them."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crm import ids
from crm.errors import NotFound
from crm.identity import fold
from crm.lookup import all_by_column, chunks
from crm.rows import MailboxRow, OrganisationRow, PersonRow
from db.schema import Address, Affiliation, Message, Organisation, Person, Phone, Recipient

Seen = dict[int, tuple[int, object]]


def list_people(session: Session, *, limit: int = 200, before: str | None = None) -> list[PersonRow]:
    """Newest first."""
    chosen = select(Person.id).order_by(Person.id.desc())
    if before is not None:
        chosen = chosen.where(Person.id < _existing(session, Person, "person", before))
    return _people(session, list(session.scalars(chosen.limit(limit) if limit else chosen)))


def list_organisations(
    session: Session, *, limit: int = 200, before: str | None = None
) -> list[OrganisationRow]:
    """Newest first."""
    chosen = select(Organisation.id).order_by(Organisation.id.desc())
    if before is not None:
        chosen = chosen.where(Organisation.id < _existing(session, Organisation, "organisation", before))
    return _organisations(session, list(session.scalars(chosen.limit(limit) if limit else chosen)))


def _existing(session: Session, table: type[Person | Organisation], kind: ids.Kind, name: str) -> int:
    """The number of a printed id that is in the store. Raises NotFound."""
    number = ids.number(kind, name)
    if session.get(table, number) is None:
        raise NotFound(kind, name)
    return number


def show_person(session: Session, name: str) -> list[PersonRow]:
    """The people with an id, an address or a name (in any case, with or without å ä ö). Raises NotFound."""
    if name[:1] == "p" and name[1:].isdigit():
        found = _people(session, [ids.number("person", name)])
    elif "@" in name:
        owners = session.scalars(select(Address.person_id).where(Address.address == name.lower()))
        found = _people(session, [number for number in owners if number])
    else:
        # no database folds å ä ö as we do, so every name is looked at
        asked, names = fold(name), session.execute(select(Person.id, Person.name).order_by(Person.id))
        chosen = [number for number, full in names if asked and asked in fold(full)]
        found = _people(session, chosen)
    if not found:
        raise NotFound("person", name)
    return found


def show_organisation(session: Session, name: str) -> OrganisationRow:
    """The organisation with an id, a name or a domain. Raises NotFound."""
    if name[:1] == "o" and name[1:].isdigit():
        numbers = [ids.number("organisation", name)]
    else:
        numbers = list(
            session.scalars(
                select(Organisation.id).where(
                    or_(Organisation.name == name, Organisation.domain == name.lower())
                )
            )
        )
    found = _organisations(session, numbers)
    if not found:
        raise NotFound("organisation", name)
    return found[0]


def _people(session: Session, numbers: Sequence[int]) -> list[PersonRow]:
    people = {row.id: row for row in all_by_column(session, Person, Person.id, numbers)}
    addresses = _addresses(session, Address.person_id, numbers)
    jobs = _jobs(session, numbers)
    phones: dict[int, list[str]] = {}
    for phone in all_by_column(session, Phone, Phone.person_id, numbers):
        phones.setdefault(phone.person_id, []).append(phone.number)
    seen = _seen(session, Address.person_id, numbers)
    return [
        PersonRow(
            id=ids.printed("person", number),
            name=people[number].name,
            addresses=tuple(addresses.get(number, ())),
            title=jobs.get(number, (None, None))[0],
            organisation=jobs.get(number, (None, None))[1],
            phones=tuple(sorted(phones.get(number, ()))),
            messages=seen.get(number, (0, None))[0],
            last_message=seen.get(number, (0, None))[1],  # type: ignore[arg-type]  # a day, or nothing
        )
        for number in numbers
        if number in people
    ]


def _organisations(session: Session, numbers: Sequence[int]) -> list[OrganisationRow]:
    found = {row.id: row for row in all_by_column(session, Organisation, Organisation.id, numbers)}
    addresses = _addresses(session, Address.organisation_id, numbers)
    seen = _seen(session, Address.organisation_id, numbers)
    return [
        OrganisationRow(
            id=ids.printed("organisation", number),
            name=found[number].name,
            addresses=tuple(addresses.get(number, ())),
            domain=found[number].domain,
            phones=(),
            messages=seen.get(number, (0, None))[0],
            last_message=seen.get(number, (0, None))[1],  # type: ignore[arg-type]  # a day, or nothing
        )
        for number in numbers
        if number in found
    ]


def _addresses(
    session: Session, owner: InstrumentedAttribute[int | None], numbers: Sequence[int]
) -> dict[int, list[MailboxRow]]:
    found: dict[int, list[MailboxRow]] = {}
    for row in all_by_column(session, Address, owner, list(numbers)):
        found.setdefault(getattr(row, owner.key), []).append(MailboxRow(None, row.address, row.kind))
    return found


def _jobs(session: Session, numbers: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """Newest title and organisation; without a title, the house of the address."""
    jobs: dict[int, tuple[str | None, str | None]] = {}
    for part in chunks(numbers):
        houses = session.execute(
            select(Address.person_id, Organisation.name)
            .join(Organisation, Address.organisation_id == Organisation.id)
            .where(Address.person_id.in_(part))
        )
        jobs.update({number: (None, name) for number, name in houses if number})
        titles = session.execute(
            select(Affiliation.person_id, Affiliation.title, Organisation.name)
            .outerjoin(Organisation, Affiliation.organisation_id == Organisation.id)
            .where(Affiliation.person_id.in_(part))
            .order_by(Affiliation.seen_last, Affiliation.id)
        )
        for number, title, name in titles:
            jobs[number] = (title, name or jobs.get(number, (None, None))[1])
    return jobs


def _seen(session: Session, owner: InstrumentedAttribute[int | None], numbers: Sequence[int]) -> Seen:
    """How many messages each wrote or got, and the day of the newest."""
    seen: Seen = {}
    for part in chunks(numbers):
        sent = select(owner.label("owner"), Message.id.label("message"), Message.written_on).join(
            Message, Message.address_id == Address.id
        )
        got = (
            select(owner.label("owner"), Message.id.label("message"), Message.written_on)
            .join(Recipient, Recipient.address_id == Address.id)
            .join(Message, Recipient.message_id == Message.id)
        )
        both = sent.where(owner.in_(part)).union(got.where(owner.in_(part))).subquery()
        for number, count, last in session.execute(
            select(both.c.owner, func.count(), func.max(both.c.written_on)).group_by(both.c.owner)
        ):
            seen[number] = (count, last)
    return seen
