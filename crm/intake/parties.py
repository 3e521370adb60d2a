"""Addresses, people and organisations of a batch of mails: looked up together, made where they are new."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from crm.address_book import PersonCard
from crm.folding import name_key
from crm.identity import address_kind, organisation_of, person_name
from crm.intake.careers import Said, write_names, write_phones, write_titles
from crm.lookup import by_column, chunks
from db.schema import Address, Organisation, Person, PersonName
from ingest.model import Mailbox
from nlp.municipalities.gazetteer import municipalities
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
        self._lists: set[str] = set()

    def add_lists(self, addresses: Iterable[str]) -> None:
        """Notes addresses that a mail's headers say to be lists: whatever their names look like, they are nobody's."""
        self._lists.update(addresses)

    def add(self, mailboxes: Iterable[Mailbox]) -> None:
        """Notes mailboxes; of several spellings of one address the first that is a person's counts."""
        for mailbox in mailboxes:
            if not mailbox.address:
                continue
            kept = self._boxes.get(mailbox.address)
            if kept is None or (kept.name != mailbox.name and person_name(kept) is None):
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
        for part in chunks(self._lists & self._rows.keys()):
            known = update(Address).where(Address.address.in_(part), Address.person_id.is_(None))
            self._session.execute(known.where(Address.kind != "list").values(kind="list"))
        new = [box for address, box in self._boxes.items() if address not in self._rows]
        if new:
            self._make(new)

    def _make(self, new: Sequence[Mailbox]) -> None:
        organisations = self._organisations({organisation_of(box.address) for box in new} - {None})
        people = self._people([box for box in new if box.address not in self._lists])
        rows: list[Address] = []
        for box in new:
            organisation = organisations.get(organisation_of(box.address) or "")
            is_list = box.address in self._lists
            person = None if is_list else people.get(self._person_key(box) or ("", ""))
            rows.append(
                Address(
                    address=box.address,
                    kind="list" if is_list else address_kind(box.name, box.address),
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
        for name, row in rows.items():
            if row.merged_into_id is not None:
                rows[name] = self._session.get_one(Organisation, row.merged_into_id)
        return rows

    @staticmethod
    def _person_key(box: Mailbox) -> tuple[str, str] | None:
        """One person a name and house: the same name elsewhere may be somebody else."""
        name = person_name(box)
        house = organisation_of(box.address) or (box.address or "").rpartition("@")[2]
        return (name_key(name), house) if name else None

    def _people(self, boxes: Iterable[Mailbox]) -> dict[tuple[str, str], Person]:
        wanted = {key: person_name(box) for box in boxes if (key := self._person_key(box))}
        people = self._known_people({name for name in wanted.values() if name})
        made: list[Person] = []
        for key, name in wanted.items():
            if key not in people:
                people[key] = Person(name=name or "")
                made.append(people[key])
        self._session.add_all(made)
        self._session.flush()
        self._session.add_all(PersonName(person_id=person.id, name=person.name) for person in made)
        return people

    def _known_people(self, names: set[str]) -> dict[tuple[str, str], Person]:
        """Name and house → whoever bears it, or bore it, there; who was merged into another is that one."""
        bearer, owner = aliased(Person), aliased(Person)
        home = owner.id == func.coalesce(bearer.merged_into_id, bearer.id)
        return {
            (name_key(name), house or address.rpartition("@")[2]): person
            for part in chunks(names)
            for name, person, address, house in self._session.execute(
                select(PersonName.name, owner, Address.address, Organisation.name)
                .join(bearer, bearer.id == PersonName.person_id)
                .join(owner, home)
                .join(Address, Address.person_id == owner.id)
                .outerjoin(Organisation, Address.organisation_id == Organisation.id)
                .where(PersonName.name.in_(part))
                .order_by(owner.id.desc())
            )
        }

    def add_cards(self, cards: Iterable[CardSeen]) -> None:
        """What headers, signatures and sentences say of people whose address is known: names, titles, phones."""
        known = [
            (card, day, row.person_id)
            for card, day in cards
            if (row := self._card_row(card)) is not None and row.person_id
        ]
        if not known:
            return
        write_names(
            self._session, [(person, card.name, day) for card, day, person in known if not card.guessed]
        )
        write_phones(self._session, [(person, card.phones) for card, _, person in known])
        titled = [(card, day, person) for card, day, person in known if card.title]
        houses = self._organisations({card.organisation for card, _, _ in titled} - {None})
        write_titles(
            self._session,
            [
                Said(person, card.title or "", card.unit, _number(houses, card.organisation), day)
                for card, day, person in titled
            ],
        )

    def _card_row(self, card: PersonCard) -> _Known | None:
        return next((self._rows[address] for address in card.addresses if address in self._rows), None)


def _number(houses: dict[str, Organisation], name: str | None) -> int | None:
    house = houses.get(name or "")
    return house.id if house else None
