"""What only one mail said of people: erased with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from crm.lookup import chunks
from db.schema import Address, MentionRow, Message, Note, Person, Phone, Recipient


@dataclass(frozen=True, slots=True)
class Traces:
    """The rows of addresses that messages name, and the numbers (E.164) that stand in them."""

    addresses: frozenset[int]
    phones: frozenset[str]


def traces_of(session: Session, messages: Sequence[int]) -> Traces:
    """Senders, recipients and phone numbers of these messages."""
    addresses: set[int | None] = set()
    phones: set[str | None] = set()
    for part in chunks(messages):
        addresses |= set(session.scalars(select(Message.address_id).where(Message.id.in_(part))))
        addresses |= set(session.scalars(select(Recipient.address_id).where(Recipient.message_id.in_(part))))
        spoken = select(MentionRow.name).where(MentionRow.message_id.in_(part), MentionRow.label == "PHONE")
        phones |= set(session.scalars(spoken))
    return Traces(
        frozenset(number for number in addresses if number), frozenset(number for number in phones if number)
    )


def forget_traces(session: Session, traces: Traces) -> None:
    """Deletes addresses that no message names any more, people without one, and numbers that stand nowhere."""
    session.flush()
    people = _forget_addresses(session, traces.addresses)
    unheard = ~exists().where(MentionRow.label == "PHONE", MentionRow.name == Phone.number)
    for numbers in chunks(traces.phones):
        session.execute(delete(Phone).where(Phone.number.in_(numbers), unheard))
    homeless = ~exists().where(Address.person_id == Person.id), ~exists().where(Note.person_id == Person.id)
    for part in chunks(people):
        gone = list(session.scalars(select(Person.id).where(Person.id.in_(part), *homeless)))
        session.execute(delete(Person).where(Person.merged_into_id.in_(gone)))
        session.execute(delete(Person).where(Person.id.in_(gone)))


def _forget_addresses(session: Session, addresses: Collection[int]) -> set[int]:
    """The people whose addresses went."""
    unused = (
        ~exists().where(Message.address_id == Address.id),
        ~exists().where(Recipient.address_id == Address.id),
    )
    people: set[int] = set()
    for part in chunks(addresses):
        gone = session.execute(
            select(Address.id, Address.person_id).where(Address.id.in_(part), *unused)
        ).all()
        session.execute(delete(Address).where(Address.id.in_([number for number, _ in gone])))
        people |= {person for _, person in gone if person}
    return people
