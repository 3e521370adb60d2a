"""Whose a new follow-up of ours is: the office's owner's, else its sender's if that is one of us, else nobody's yet."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.direction import Own
from crm.lookup import chunks
from db.schema import Address, Office, Person


def give(
    session: Session, rows: Sequence[dict[str, Any]], senders: Mapping[int, str | None], own: Own
) -> None:
    """Sets `given_to` and `assignee` of new rows; `senders` are the addresses by message. Two queries a batch."""
    ours = [row for row in rows if row["owes"] == "us"]
    owners = _owners(session, {row["office_id"] for row in ours if row["office_id"]})
    wanted = {address for row in ours if own.has(address := senders.get(row["message_id"]))}
    people = people_of(session, {address for address in wanted if address})
    for row in rows:
        row["given_to"] = row["assignee"] = None
    for row in ours:
        name = owners.get(row["office_id"]) or people.get(senders.get(row["message_id"]) or "")
        row["given_to"] = row["assignee"] = name


def _owners(session: Session, offices: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(offices):
        rows = session.execute(select(Office.id, Office.owner).where(Office.id.in_(part)))
        found |= {number: owner for number, owner in rows if owner}
    return found


def people_of(session: Session, addresses: Collection[str]) -> dict[str, str]:
    """Address → the name of the person who writes from it; function mailboxes and lists are nobody's."""
    found: dict[str, str] = {}
    for part in chunks(addresses):
        rows = session.execute(
            select(Address.address, Person.name)
            .join(Person, Address.person_id == Person.id)
            .where(Address.address.in_(part), Address.kind == "person")
        )
        found |= {address: name for address, name in rows}  # noqa: C416 (rows are no pairs to the type checker)
    return found
