"""Addresses, people and organisations of a batch of mails: looked up together, made where they are new."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.address_book import PersonCard
from crm.identity import address_kind, name_key, organisation_of, person_name
from crm.lookup import by_column, chunks
from db.schema import Address, Affiliation, Organisation, Person, Phone
from ingest.model import Mailbox
from nlp.municipalities import municipalities
from nlp.organisations import municipal_name

CardSeen = tuple[PersonCard, date]


class _Known(NamedTuple):
    """An address of the store."""

    id: int
    person_id: int | None


class Parties:
    """The parties of one batch. `add` them all, then `save` once; then `number` gives ids."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._boxes: dict[str, Mailbox] = {}
        self._rows: dict[str, _Known] = {}

    def add(self, mailboxes: Iterable[Mailbox]) -> None:
        """Notes mailboxes; of several spellings of one address the first that is a person's counts."""
        for mailbox in mailboxes:
            if mailbox.address and (
                mailbox.address not in self._boxes or person_name(self._boxes[mailbox.address]) is None
            ):
                self._boxes[mailbox.address] = mailbox

    def number(self, address: str | None) -> int | None:
        """The id of an address that was saved; None for a name without one."""
        row = self._rows.get(address or "")
        return row.id if row else None

    def save(self) -> None:
        """Makes what is new. Four queries a batch, whatever its size."""
        for part in chunks(self._boxes):
            found = select(Address.address, Address.id, Address.person_id).where(Address.address.in_(part))
            self._rows.update(
                (address, _Known(number, person)) for address, number, person in self._session.execute(found)
            )
        new = [box for address, box in self._boxes.items() if address not in self._rows]
        if new:
            self._make(new)

    def _make(self, new: Sequence[Mailbox]) -> None:
        organisations = self._organisations({organisation_of(box.address) for box in new} - {None})
        people = self._people(new)
        rows: list[Address] = []
        for box in new:
            organisation = organisations.get(organisation_of(box.address) or "")
            person = people.get(self._person_key(box) or ("", ""))
            rows.append(
                Address(
                    address=box.address,
                    kind=address_kind(box.name, box.address),
                    person_id=person.id if person else None,
                    organisation_id=organisation.id if organisation else None,
                )
            )
        self._session.add_all(rows)
        self._session.flush()
        self._rows.update((row.address, _Known(row.id, row.person_id)) for row in rows)

    def _organisations(self, names: set[str | None]) -> dict[str, Organisation]:
        wanted = [name for name in names if name]
        rows = by_column(self._session, Organisation, Organisation.name, wanted)
        codes = {municipal_name(place.name): place for place in municipalities()}
        for name in wanted:
            if name not in rows:
                place = codes.get(name)
                rows[name] = Organisation(
                    name=name,
                    kind="municipality" if place else "other",
                    domain=place.domain if place else None,
                    municipality_code=place.code if place else None,
                )
                self._session.add(rows[name])
        self._session.flush()
        return rows

    @staticmethod
    def _person_key(box: Mailbox) -> tuple[str, str] | None:
        """One person a name and house: the same name elsewhere may be somebody else."""
        name = person_name(box)
        house = organisation_of(box.address) or (box.address or "").rpartition("@")[2]
        return (name_key(name), house) if name else None

    def _people(self, boxes: Iterable[Mailbox]) -> dict[tuple[str, str], Person]:
        wanted = {key: person_name(box) for box in boxes if (key := self._person_key(box))}
        people = {
            (name_key(person.name), house or address.rpartition("@")[2]): person
            for part in chunks({name for name in wanted.values() if name})
            for person, address, house in self._session.execute(
                select(Person, Address.address, Organisation.name)
                .join(Address, Address.person_id == Person.id)
                .outerjoin(Organisation, Address.organisation_id == Organisation.id)
                .where(Person.name.in_(part))
                .order_by(Person.id.desc())
            )
        }
        for key, name in wanted.items():
            if key not in people:
                people[key] = Person(name=name or "")
                self._session.add(people[key])
        self._session.flush()
        return people

    def add_cards(self, cards: Iterable[CardSeen]) -> None:
        """What signatures and sentences say of people whose address is known: titles and phones."""
        wanted = [
            (card, day, row.person_id)
            for card, day in cards
            if (row := self._card_row(card)) is not None and row.person_id and (card.title or card.phones)
        ]
        if not wanted:
            return
        people = {person for _, _, person in wanted}
        phones = {
            (row.person_id, row.number)
            for row in self._session.scalars(select(Phone).where(Phone.person_id.in_(people)))
        }
        titles = {
            (row.person_id, row.title): row
            for row in self._session.scalars(select(Affiliation).where(Affiliation.person_id.in_(people)))
        }
        houses = self._organisations({card.organisation for card, _, _ in wanted if card.title} - {None})
        for card, day, person in wanted:
            for number in card.phones:
                if (person, number) not in phones:
                    phones.add((person, number))
                    self._session.add(Phone(person_id=person, number=number))
            if card.title:
                house = houses.get(card.organisation or "")
                self._title(titles, person or 0, card.title, house, day)

    def _card_row(self, card: PersonCard) -> _Known | None:
        return next((self._rows[address] for address in card.addresses if address in self._rows), None)

    def _title(
        self,
        titles: dict[tuple[int, str | None], Affiliation],
        person: int,
        title: str,
        house: Organisation | None,
        day: date,
    ) -> None:
        row = titles.get((person, title))
        if row is None:
            row = Affiliation(
                person_id=person,
                title=title,
                organisation_id=house.id if house else None,
                seen_first=day,
                seen_last=day,
            )
            titles[person, title] = row
            self._session.add(row)
        row.seen_first = min(row.seen_first or day, day)
        row.seen_last = max(row.seen_last or day, day)
