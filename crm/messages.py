"""Messages: listed, and one opened with its whole chain."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from crm import ids
from crm.errors import NotFound, WasErased
from crm.lookup import all_by_column, chunks, numbers_of
from crm.raws import ERASED, unpack
from crm.register.judged import numbers_of_threads, registrations
from crm.rows.messages import DocumentRow, LocationRow, MessageRow, OccurrenceRow
from crm.rows.people import MailboxRow
from db.keyset import older
from db.schema import (
    Account,
    Address,
    AttachmentRow,
    Folder,
    Link,
    Location,
    Message,
    Occurrence,
    Office,
    Person,
    Raw,
    Recipient,
    Thread,
)

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class MessageQuery:
    """Which messages: every field that is None or False makes no difference. `limit` 0: all."""

    thread: str | None = None
    office: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None
    direction: str | None = None
    quarantined: bool = False
    unjudged: bool = False
    limit: int = 200
    before: str | None = None


def check(session: Session, query: MessageQuery) -> None:
    """Raises NotFound for a thread or person that is none: its list would be empty, as if nobody had written."""
    if query.thread and session.get(Thread, ids.number("thread", query.thread)) is None:
        raise NotFound("thread", query.thread)
    if query.person and session.get(Person, ids.number("person", query.person)) is None:
        raise NotFound("person", query.person)


def conditions(query: MessageQuery) -> list[ColumnElement[bool]]:
    """What a query asks of `message`, but for its page."""
    found: list[ColumnElement[bool]] = []
    if query.thread:
        found.append(Message.thread_id == ids.number("thread", query.thread))
    if query.office:
        linked = select(Link.message_id).join(Office).where(Office.municipality_code == query.office)
        found.append(Message.id.in_(linked))
    if query.person:
        found.append(_with_person(ids.number("person", query.person)))
    if query.since:
        found.append(Message.written_on >= query.since)
    if query.until:
        found.append(Message.written_on <= query.until)
    if query.direction:
        found.append(Message.direction == query.direction)
    if query.quarantined:
        found.append(Message.status == "quarantined")
    if query.unjudged:
        from db.schema import Registration

        found.append(Message.kind == "received")
        found.append(Message.id.not_in(select(Registration.message_id)))
    return found


def _with_person(person: int) -> ColumnElement[bool]:
    addresses = select(Address.id).where(Address.person_id == person)
    received = select(Recipient.message_id).where(Recipient.address_id.in_(addresses))
    return or_(Message.address_id.in_(addresses), Message.id.in_(received))


def newest_first(chosen: Select[int], session: Session, before: str | None, limit: int) -> list[int]:
    """One page of message numbers, newest first; `before` is the last id of the page before it."""
    if before is not None:
        last = session.get(Message, ids.number("message", before))
        if last is None:
            raise NotFound("message", before)
        chosen = chosen.where(older(Message.sent_at, Message.id, last.sent_at, last.id))
    chosen = chosen.order_by(Message.sent_at.desc().nulls_last(), Message.id.desc())
    return numbers_of(session, chosen.limit(limit) if limit else chosen)


def list_messages(session: Session, query: MessageQuery) -> list[MessageRow]:
    """Newest first. Raises NotFound for a thread, person or `before` that is none."""
    return rows(session, message_ids(session, query))


def message_ids(session: Session, query: MessageQuery) -> list[int]:
    """The numbers of the same."""
    check(session, query)
    chosen = select(Message.id).where(*conditions(query))
    return newest_first(chosen, session, query.before, query.limit)


def rows(session: Session, numbers: Sequence[int]) -> list[MessageRow]:
    """Rows for message numbers, in their order; a handful of queries whatever their number."""
    made: dict[int, MessageRow] = {}
    for part in chunks(numbers):
        made.update(_page(session, part))
    return [made[number] for number in numbers if number in made]


def _page(session: Session, numbers: list[int]) -> dict[int, MessageRow]:
    found = all_by_column(session, Message, Message.id, numbers)
    senders = _senders(session, numbers)
    to = _recipients(session, numbers)
    places, raws = _occurrences(session, numbers)
    locations = _locations(session, {raw for of_message in raws.values() for raw in of_message.values()})
    offices = _offices(session, numbers)
    attachments = _attachments(session, numbers)
    judged = registrations(session, numbers)
    proposed = numbers_of_threads(session, _unjudged_threads(found, judged))
    return {
        row.id: MessageRow(
            id=ids.printed("message", row.id),
            kind=row.kind,
            message_id=row.message_id,
            raws=tuple(raws.get(row.id, {})),
            parent_id=ids.printed("message", row.parent_id) if row.parent_id else None,
            thread_id=ids.printed("thread", row.thread_id) if row.thread_id else None,
            occurrences=tuple(places.get(row.id, ())),
            locations=tuple(
                place for raw in raws.get(row.id, {}).values() for place in locations.get(raw, ())
            ),
            direction=row.direction,
            sender=senders.get(row.id),
            to=tuple(to.get((row.id, "to"), ())),
            cc=tuple(to.get((row.id, "cc"), ())),
            subject=row.subject,
            date=local(row),
            status=row.status,
            problems=tuple(row.problems),
            offices=tuple(offices.get(row.id, ())),
            attachments=tuple(attachments.get(row.id, ())),
            registration=judged.get(row.id),
            proposed_number=proposed.get(row.id),
        )
        for row in found
    }


def _unjudged_threads(rows: Iterable[Message], judged: Container[int]) -> dict[int, int]:
    """Message → thread, of those mails whose thread may propose a number."""
    return {
        row.id: row.thread_id
        for row in rows
        if row.id not in judged and row.kind == "received" and row.thread_id
    }


def local(row: Message) -> datetime | None:
    """When it was sent, in the offset in which its sender wrote it."""
    if row.sent_at is None or row.utc_offset is None:
        return row.sent_at
    return row.sent_at.astimezone(timezone(timedelta(minutes=row.utc_offset)))


def _senders(session: Session, numbers: list[int]) -> dict[int, MailboxRow]:
    found = session.execute(
        select(Message.id, Message.from_name, Address.address, Address.kind)
        .outerjoin(Address, Message.address_id == Address.id)
        .where(Message.id.in_(numbers))
    )
    return {
        number: MailboxRow(name, address, kind or "unknown")
        for number, name, address, kind in found
        if name or address
    }


def _recipients(session: Session, numbers: list[int]) -> dict[tuple[int, str], list[MailboxRow]]:
    found = session.execute(
        select(Recipient.message_id, Recipient.field, Recipient.name, Address.address, Address.kind)
        .outerjoin(Address, Recipient.address_id == Address.id)
        .where(Recipient.message_id.in_(numbers))
        .order_by(Recipient.message_id, Recipient.field, Recipient.position)
    )
    to: dict[tuple[int, str], list[MailboxRow]] = {}
    for number, field, name, address, kind in found:
        to.setdefault((number, field), []).append(MailboxRow(name, address, kind or "unknown"))
    return to


def _occurrences(
    session: Session, numbers: list[int]
) -> tuple[dict[int, list[OccurrenceRow]], dict[int, dict[str, int]]]:
    """The places of each message, and of the raws of which it is the received message hash → number."""
    places: dict[int, list[OccurrenceRow]] = {}
    raws: dict[int, dict[str, int]] = {}
    found = session.execute(
        select(Occurrence, Raw.sha256)
        .join(Raw, Occurrence.raw_id == Raw.id)
        .where(Occurrence.message_id.in_(numbers))
        .order_by(Occurrence.id)
    ).all()
    parents = {
        row.id: row.message_id
        for row in all_by_column(
            session, Occurrence, Occurrence.id, {place.parent_id for place, _ in found if place.parent_id}
        )
    }
    for place, digest in found:
        parent = parents.get(place.parent_id or 0)
        places.setdefault(place.message_id, []).append(
            OccurrenceRow(
                digest, place.kind, ids.printed("message", parent) if parent else None, place.confidence
            )
        )
        if place.kind == "received":
            raws.setdefault(place.message_id, {})[digest] = place.raw_id
    _add_quarantined(session, numbers, raws)
    return places, raws


def _add_quarantined(session: Session, numbers: list[int], raws: dict[int, dict[str, int]]) -> None:
    """What could not be read stands nowhere but in its raw."""
    for number, digest, raw in session.execute(
        select(Message.id, Raw.sha256, Raw.id)
        .join(Raw, Message.raw_id == Raw.id)
        .where(Message.id.in_(numbers), Message.status == "quarantined")
    ):
        raws.setdefault(number, {})[digest] = raw


def _locations(session: Session, raws: set[int]) -> dict[int, list[LocationRow]]:
    places: dict[int, list[LocationRow]] = {}
    for part in chunks(raws):
        for place, folder, account in session.execute(
            select(Location, Folder.name, Account.name)
            .join(Folder, Location.folder_id == Folder.id)
            .join(Account, Folder.account_id == Account.id)
            .where(Location.raw_id.in_(part))
            .order_by(Location.id)
        ):
            places.setdefault(place.raw_id, []).append(
                LocationRow(account, folder, place.uidvalidity, place.uid, place.gone)
            )
    return places


def _offices(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    offices: dict[int, list[str]] = {}
    for number, code in session.execute(
        select(Link.message_id, Office.municipality_code)
        .join(Office, Link.office_id == Office.id)
        .where(Link.message_id.in_(numbers))
        .order_by(Link.confidence.desc(), Office.municipality_code)
    ):
        offices.setdefault(number, []).append(code)
    return offices


def _attachments(session: Session, numbers: list[int]) -> dict[int, list[DocumentRow]]:
    """Without their texts, which may be long."""
    found = session.execute(
        select(
            AttachmentRow.message_id,
            AttachmentRow.position,
            AttachmentRow.filename,
            AttachmentRow.content_type,
            AttachmentRow.size,
            AttachmentRow.sha256,
        )
        .where(AttachmentRow.message_id.in_(numbers))
        .order_by(AttachmentRow.message_id, AttachmentRow.position)
    )
    documents: dict[int, list[DocumentRow]] = {}
    for message, position, filename, content_type, size, sha256 in found:
        documents.setdefault(message, []).append(
            DocumentRow(position + 1, filename, content_type, size, sha256)
        )
    return documents


def get(session: Session, name: str) -> Message:
    """The message with a printed id or a Message-ID. Raises NotFound."""
    if name.startswith("<"):
        row = session.scalar(select(Message).where(Message.message_id == name).order_by(Message.id))
    else:
        row = session.get(Message, ids.number("message", name))
    if row is None:
        raise NotFound("message", name)
    return row


@dataclass(frozen=True, slots=True)
class SavedDocument:
    """A document as it came: a name that is safe to save under, and the decoded bytes."""

    name: str
    content: bytes


def document(session: Session, name: str, number: int) -> SavedDocument:
    """Document `number` (1 for the first) of a message. Raises NotFound, and WasErased for a private mail."""
    from ingest.mime import content

    message = get(session, name)
    row = session.get(AttachmentRow, (message.id, number - 1))
    found = content(raw_bytes(session, ids.printed("message", message.id)), row.part) if row else None
    if row is None or found is None:
        raise NotFound("attachment", f"{name} {number}")
    return SavedDocument(row.filename or f"{ids.printed('message', message.id)}-{number}.bin", found)


def raw_bytes(session: Session, name: str) -> bytes:
    """The exact bytes in which a message came: by its id, its Message-ID or a raw's SHA-256.

    Raises NotFound, and WasErased for a mail that is private.
    """
    if _SHA256.fullmatch(name):
        raw = session.scalar(select(Raw).where(Raw.sha256 == name.lower()))
        if raw is None:
            raise NotFound("message", name)
        if raw.status == ERASED:
            raise WasErased(name)
        return unpack(raw)
    return unpack(session.get_one(Raw, get(session, name).raw_id))
