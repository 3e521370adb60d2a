"""Taking in mails that are indexed and not read: a message each, in its thread, with its text in the search index.

What is written here is what `crm.intake.take_in` writes of a received message, but for what reading finds. It is
written by plain statements, each for a whole batch.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.indexed import IndexedMail
from crm.intake.answers import assign
from crm.intake.conversed import conversed_indexed
from crm.intake.messages import IntakeContext, quarantine
from crm.intake.parties import Parties
from crm.intake.threads import Arrival, Places, find_places, settle
from crm.intake.tombstones import bury_copies
from crm.lookup import chunks
from crm.waiting import INDEX_VERSION, unindexed
from db.bulk import insert_rows
from db.fulltext import index_documents
from db.rowids import take_ids
from db.schema import AttachmentRow, Message, Occurrence, Raw, Recipient
from ingest.model import Mailbox

# Every column is written in every row, so that one statement serves all.
_UNREAD: dict[str, Any] = {"words_key": None, "head_key": None, "parent_id": None, "signature_start": None}


class _New(NamedTuple):
    """A mail that gets a row of its own."""

    message: int
    raw: int
    mail: IndexedMail


def take_in_indexed(
    session: Session, mails: Sequence[tuple[int, IndexedMail]], context: IntakeContext
) -> int:
    """Takes in raws that nobody has indexed or read meanwhile; gives their number."""
    waiting = _waiting(session, [number for number, _ in mails])
    todo = [(number, mail) for number, mail in mails if number in waiting]
    bad = {number: mail.problems for number, mail in todo if mail.status == "quarantined"}
    for number, problems in bad.items():
        quarantine(session, session.get_one(Raw, number), problems, context.today)
    good = {number: mail for number, mail in todo if number not in bad}
    erased = bury_copies(session, {number: mail.key for number, mail in good.items()})
    if good.keys() - erased:
        _take_in_good(session, {n: mail for n, mail in good.items() if n not in erased}, context)
    for part in chunks(waiting - erased):
        session.execute(update(Raw).where(Raw.id.in_(part)).values(index_version=INDEX_VERSION))
    return len(todo)


def _waiting(session: Session, raws: Collection[int]) -> set[int]:
    waiting = select(Raw.id).where(unindexed())
    return {number for part in chunks(raws) for number in session.scalars(waiting.where(Raw.id.in_(part)))}


def _take_in_good(session: Session, mails: dict[int, IndexedMail], context: IntakeContext) -> None:
    mails = conversed_indexed(session, mails)
    parties = Parties(session)
    parties.add(_mailboxes(mails.values()))
    parties.add_lists(address for mail in mails.values() for address in mail.lists)
    parties.save()
    known = _known(session, {mail.key for mail in mails.values()})
    first = {mail.key: number for number, mail in reversed(mails.items()) if mail.key not in known}
    ids = take_ids(session, Message, len(first))
    new = [_New(message, raw, mails[raw]) for message, raw in zip(ids, reversed(first.values()), strict=True)]
    known |= {item.mail.key: item.message for item in new}
    arrivals = [Arrival(item.message, item.raw, None, item.mail.own, item.mail.references) for item in new]
    places = find_places(session, arrivals, stored=False)
    _write_messages(session, new, places, parties, context)
    _write_recipients(session, new, parties)
    _write_attachments(session, new)
    _write_occurrences(session, mails, known)
    settle(session, places)
    index_documents(
        session, [(item.message, item.mail.document) for item in new if item.mail.document], new=True
    )


def _known(session: Session, keys: Collection[str]) -> dict[str, int]:
    found = select(Message.key, Message.id)
    return {
        key: number
        for part in chunks(keys)
        for key, number in session.execute(found.where(Message.key.in_(part)))
    }


def _mailboxes(mails: Collection[IndexedMail]) -> list[Mailbox]:
    """Every sender and recipient of a batch."""
    return [
        Mailbox(name, address)
        for mail in mails
        for name, address in (
            *((mail.sender,) if mail.sender else ()),
            *((name, address) for _, _, name, address in mail.recipients),
        )
    ]


def _write_messages(
    session: Session, new: Sequence[_New], places: Places, parties: Parties, context: IntakeContext
) -> None:
    """Each with its thread and what it answers, whose row is written before it: it is never written again."""
    rows = {
        item.message: {
            **_UNREAD,
            **item.mail.columns,
            "id": item.message,
            "raw_id": item.raw,
            "key": item.mail.key,
            "address_id": parties.number(item.mail.sender[1] if item.mail.sender else None),
            "taken_in_on": context.today,
            "thread_id": places.threads[item.message],
            "reply_to_id": places.answered[item.message],
        }
        for item in new
    }
    insert_rows(session, Message, [rows[number] for number in _parents_first(rows, places.answered)])
    older = {number: parent for number, parent in places.answered.items() if number not in rows}
    assign(session, reply_to_id=older)


def _parents_first(numbers: Collection[int], parents: Mapping[int, int | None]) -> list[int]:
    """Messages in an order in which each comes after the one that it answers (none answer in a circle)."""
    ordered: dict[int, None] = {}
    for number in numbers:
        line: dict[int, None] = {}
        above: int | None = number
        while above is not None and above in numbers and above not in ordered and above not in line:
            line[above] = None
            above = parents[above]
        ordered.update(dict.fromkeys(reversed(line)))
    return list(ordered)


def _write_recipients(session: Session, new: Sequence[_New], parties: Parties) -> None:
    rows = [
        {
            "message_id": item.message,
            "field": field,
            "position": position,
            "name": name,
            "address_id": parties.number(address),
        }
        for item in new
        for field, position, name, address in item.mail.recipients
    ]
    insert_rows(session, Recipient, rows)


def _write_attachments(session: Session, new: Sequence[_New]) -> None:
    rows = [{"message_id": item.message, **document} for item in new for document in item.mail.attachments]
    insert_rows(session, AttachmentRow, rows)


def _write_occurrences(session: Session, mails: dict[int, IndexedMail], messages: dict[str, int]) -> None:
    """Every raw stands in its message, also one whose message another raw has brought."""
    rows = [
        {
            "message_id": messages[mail.key],
            "raw_id": raw,
            "part": mail.part,
            "start": 0,
            "end": mail.length,
            "position": 0,
            "kind": "received",
            "confidence": 1.0,
        }
        for raw, mail in mails.items()
    ]
    insert_rows(session, Occurrence, rows)
