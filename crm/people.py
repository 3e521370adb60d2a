"""People and organisations as the mail shows them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from crm import ids
from crm.errors import Ambiguous, NotFound
from crm.folding import fold
from crm.lookup import all_by_column, chunks
from crm.rows.people import AffiliationRow, MailboxRow, OrganisationRow, PersonRow
from db.schema import Address, Affiliation, Message, Organisation, Person, PersonName, Phone, Recipient

Seen = dict[int, tuple[int, object]]


def list_people(session: Session, *, limit: int = 200, before: str | None = None) -> list[PersonRow]:
    """Newest first."""
    chosen = select(Person.id).where(Person.merged_into_id.is_(None)).order_by(Person.id.desc())
    if before is not None:
        chosen = chosen.where(Person.id < _existing(session, Person, "person", before))
    return person_rows(session, list(session.scalars(chosen.limit(limit) if limit else chosen)))


def list_organisations(
    session: Session, *, limit: int = 200, before: str | None = None
) -> list[OrganisationRow]:
    """Newest first."""
    standing = Organisation.merged_into_id.is_(None)
    chosen = select(Organisation.id).where(standing).order_by(Organisation.id.desc())
    if before is not None:
        chosen = chosen.where(Organisation.id < _existing(session, Organisation, "organisation", before))
    return organisation_rows(session, list(session.scalars(chosen.limit(limit) if limit else chosen)))


def _existing(session: Session, table: type[Person | Organisation], kind: ids.Kind, name: str) -> int:
    """The number of a printed id that is in the store. Raises NotFound."""
    number = ids.number(kind, name)
    if session.get(table, number) is None:
        raise NotFound(kind, name)
    return number


def show_person(session: Session, name: str) -> list[PersonRow]:
    """The people with an id, an address or a name (in any case, with or without å ä ö). Raises NotFound."""
    if name[:1] == "p" and name[1:].isdigit():
        chosen = [ids.number("person", name)]
    elif "@" in name:
        chosen = [
            number
            for number in session.scalars(select(Address.person_id).where(Address.address == name.lower()))
            if number
        ]
    else:
        # no database folds å ä ö as we do, so every name is looked at
        asked, names = fold(name), session.execute(select(PersonName.person_id, PersonName.name))
        chosen = sorted({number for number, full in names if asked and asked in fold(full)})
    found = person_rows(session, _standing(session, Person, chosen))
    if not found:
        raise NotFound("person", name)
    return found


def find_person(session: Session, name: str) -> PersonRow:
    """The one person with an id, an address or a name. Raises NotFound, and Ambiguous where several have it."""
    found = show_person(session, name)
    if len(found) > 1:
        raise Ambiguous(name, tuple(f"{row.id} {row.name}" for row in found))
    return found[0]


def _standing(session: Session, table: type[Person | Organisation], numbers: Sequence[int]) -> list[int]:
    """Each, or the one into which it was merged."""
    homes = {row.id: row.merged_into_id or row.id for row in all_by_column(session, table, table.id, numbers)}
    return list(dict.fromkeys(homes[number] for number in numbers if number in homes))


def standing_people(session: Session, numbers: Sequence[int]) -> list[int]:
    """Each of these people, or the one into which they were merged; who is no longer in the store is left out."""
    return _standing(session, Person, numbers)


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
    found = organisation_rows(session, _standing(session, Organisation, numbers))
    if not found:
        raise NotFound("organisation", name)
    return found[0]


def person_rows(session: Session, numbers: Sequence[int]) -> list[PersonRow]:
    """People in the order of their numbers, each with what is known of those who were merged into it."""
    people = {row.id: row for row in all_by_column(session, Person, Person.id, numbers)}
    home = _homes(session, numbers)
    addresses = _addresses(session, Address.person_id, numbers)
    houses, jobs = _houses(session, numbers), _jobs(session, home)
    names = _names(session, home)
    phones: dict[int, set[str]] = {}
    for phone in all_by_column(session, Phone, Phone.person_id, home):
        phones.setdefault(home[phone.person_id], set()).add(phone.number)
    seen = _seen(session, Address.person_id, numbers)
    return [
        PersonRow(
            id=ids.printed("person", number),
            name=people[number].name,
            addresses=tuple(addresses.get(number, ())),
            title=jobs[number][0].title if number in jobs else None,
            organisation=(jobs[number][0].organisation if number in jobs else None) or houses.get(number),
            phones=tuple(sorted(phones.get(number, ()))),
            messages=seen.get(number, (0, None))[0],
            last_message=seen.get(number, (0, None))[1],  # type: ignore[arg-type]  # a day, or nothing
            names=tuple(dict.fromkeys([people[number].name, *names.get(number, ())])),
            affiliations=tuple(jobs.get(number, ())),
            login=people[number].login,
        )
        for number in numbers
        if number in people
    ]


def _homes(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    """Each person, and who was merged into it → that person."""
    home = {number: number for number in numbers}
    for row in all_by_column(session, Person, Person.merged_into_id, numbers):
        home[row.id] = row.merged_into_id or row.id
    return home


def _names(session: Session, home: dict[int, int]) -> dict[int, list[str]]:
    """All names of each, the last seen first."""
    names: dict[int, list[str]] = {}
    rows = all_by_column(session, PersonName, PersonName.person_id, home)
    for row in sorted(rows, key=lambda row: (row.seen_last or date.min, row.name), reverse=True):
        names.setdefault(home[row.person_id], []).append(row.name)
    return names


def organisation_rows(session: Session, numbers: Sequence[int]) -> list[OrganisationRow]:
    """Organisations in the order of their numbers."""
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


def _houses(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """The organisation of each one's address."""
    houses: dict[int, str] = {}
    for part in chunks(numbers):
        found = session.execute(
            select(Address.person_id, Organisation.name)
            .join(Organisation, Address.organisation_id == Organisation.id)
            .where(Address.person_id.in_(part))
        )
        houses.update({number: name for number, name in found if number})
    return houses


def _jobs(session: Session, home: dict[int, int]) -> dict[int, list[AffiliationRow]]:
    """Titles and organisations of each, the last seen first."""
    into = aliased(Organisation)
    jobs: dict[int, list[tuple[date, AffiliationRow]]] = {}
    for part in chunks(home):
        for row, own, other in session.execute(
            select(Affiliation, Organisation.name, into.name)
            .outerjoin(Organisation, Affiliation.organisation_id == Organisation.id)
            .outerjoin(into, Organisation.merged_into_id == into.id)
            .where(Affiliation.person_id.in_(part))
            .order_by(Affiliation.id)
        ):
            job = AffiliationRow(
                row.title, other or own, row.unit, row.seen_first, row.seen_last, row.ended_on
            )
            jobs.setdefault(home[row.person_id], []).append((row.seen_last or date.min, job))
    return {
        number: [job for _, job in sorted(found, key=lambda one: one[0], reverse=True)]
        for number, found in jobs.items()
    }


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
