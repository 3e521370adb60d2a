"""What a store holds, without its numbers: two stores that took in the same mails another way have equal dumps."""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from crm import ids
from db import schema as s

Dump = dict[str, Any]
_NUMBERS = {
    "id",
    "message_id",
    "thread_id",
    "parent_id",
    "reply_to_id",
    "raw_id",
    "address_id",
    "office_id",
    "claimed_until",
}
_OF_A_MESSAGE: tuple[type[s.Base], ...] = (
    s.Recipient,
    s.AttachmentRow,
    s.Occurrence,
    s.Reference,
    s.Link,
    s.MentionRow,
    s.Finding,
    s.FollowUp,
)


def dump(session: Session) -> dict[str, Dump]:
    """Messages by key with all that hangs on them, threads, addresses and people."""
    keys: dict[int | None, str | None] = {row.id: row.key for row in session.scalars(select(s.Message))}
    messages = {row.key: _message(row, keys) for row in session.scalars(select(s.Message))}
    _add(session, messages, keys)
    return {"messages": messages, "threads": _threads(session), "parties": _parties(session)}


def _values(row: s.Base, *leave: str) -> Dump:
    names = [column.key for column in inspect(type(row)).column_attrs]
    return {name: _ordered(getattr(row, name)) for name in names if name not in {*_NUMBERS, *leave}}


def _ordered(value: Any) -> Any:
    """JSON with its names in order: PostgreSQL has an order of its own."""
    return json.loads(json.dumps(value, sort_keys=True)) if isinstance(value, dict) else value


def _message(row: s.Message, keys: dict[int | None, str | None]) -> Dump:
    return {
        **_values(row),
        "message_id": row.message_id,
        "parent": keys.get(row.parent_id),
        "reply_to": keys.get(row.reply_to_id),
    }


def _add(session: Session, messages: dict[str, Dump], keys: dict[int | None, str | None]) -> None:
    raws = {row.id: row.sha256 for row in session.scalars(select(s.Raw))}
    addresses: dict[int | None, str] = {row.id: row.address for row in session.scalars(select(s.Address))}
    offices: dict[int | None, str] = {
        row.id: row.municipality_code for row in session.scalars(select(s.Office))
    }
    printed = {ids.printed("message", number): key for number, key in keys.items() if number}
    for row in session.scalars(select(s.Message)):
        messages[row.key]["raw"] = raws[row.raw_id]
        messages[row.key]["sender"] = addresses.get(row.address_id)
    places = {row.id: (raws[row.raw_id], row.position) for row in session.scalars(select(s.Occurrence))}
    for table in _OF_A_MESSAGE:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for one in session.scalars(select(table)):
            if getattr(one, "message_id") is None:  # noqa: B009 (every table of the list has it)
                continue
            values = _values(one)
            if isinstance(one, s.Occurrence):
                values |= {"raw": raws[one.raw_id], "in": places.get(one.parent_id or 0)}
            if isinstance(one, s.Recipient):
                values["address"] = addresses.get(one.address_id)
            if isinstance(one, s.Link | s.FollowUp):
                values["office"] = offices.get(one.office_id)
            if isinstance(one, s.FollowUp) and one.evidence:
                values["evidence"] |= {"message": printed[one.evidence["message"]]}
            held[keys[getattr(one, "message_id")] or ""].append(repr(sorted(values.items())))  # noqa: B009 (likewise)
        for key, rows in held.items():
            messages[key][table.__tablename__] = sorted(rows)


def _threads(session: Session) -> Dump:
    """First key of each thread → what it says of itself, its messages and the Message-IDs that belong to it."""
    members: defaultdict[int | None, list[str]] = defaultdict(list)
    for row in session.scalars(select(s.Message)):
        members[row.thread_id].append(row.key)
    named: defaultdict[int, list[str]] = defaultdict(list)
    for key in session.scalars(select(s.ThreadKey)):
        named[key.thread_id].append(key.message_id)
    return {
        min(members[row.id], default=f"empty {row.id}"): {
            **_values(row),
            "members": sorted(members[row.id]),
            "keys": sorted(named[row.id]),
        }
        for row in session.scalars(select(s.Thread))
    }


def _parties(session: Session) -> Dump:
    people = {row.id: row.name for row in session.scalars(select(s.Person))}
    houses: dict[int | None, str] = {row.id: row.name for row in session.scalars(select(s.Organisation))}
    return {
        "addresses": {
            row.address: (row.kind, people.get(row.person_id or 0), houses.get(row.organisation_id))
            for row in session.scalars(select(s.Address))
        },
        "people": sorted(people.values()),
        "phones": sorted((people[row.person_id], row.number) for row in session.scalars(select(s.Phone))),
        "titles": sorted(
            (
                people[row.person_id],
                row.title or "",
                houses.get(row.organisation_id) or "",
                row.seen_first,
                row.seen_last,
            )
            for row in session.scalars(select(s.Affiliation))
        ),
    }
