"""The messages of a batch of mails: each is one row, however many raws and chains it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from crm.direction import Own, direction
from crm.intake.known import RANK, Draft, Identity, Known, Row, identities_of, known_rows
from crm.intake.merging import take_over
from crm.intake.parties import Parties
from crm.intake.threads import refresh
from crm.lookup import chunks
from crm.readings import ReadMail, ReadMessage, audience
from db.bulk import insert_rows
from db.fulltext import index_messages, remove
from db.rowids import take_ids
from db.schema import (
    AttachmentRow,
    Decision,
    FollowUp,
    LinkDecision,
    Message,
    Occurrence,
    Raw,
    Recipient,
    Registration,
    Thread,
)
from ingest.model import Mailbox

_COLUMNS = tuple(each.name for each in fields(Draft))


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """What taking in needs to know: who we are, which day it is, the zone of written dates."""

    own: Own
    today: date
    zone: str = "Europe/Stockholm"


@dataclass(slots=True)
class Placed:
    """One message of one raw, and the row that stands for it; `best` where this raw is its best place.

    `sure`: how much of its words are those of the row.
    """

    raw: Raw
    read: ReadMessage
    row: Row
    best: bool = True
    fresh: bool = True
    sure: float = 1.0


def place_messages(
    session: Session, mails: Sequence[tuple[Raw, ReadMail]], parties: Parties, context: IntakeContext
) -> list[Placed]:
    """Finds or makes the row of every message of every mail, with its recipients, attachments and places."""
    _forget_places(session, [raw.id for raw, _ in mails])
    identities = identities_of(mails)
    known = known_rows(session, mails, identities)
    take_over(session, mails, identities, known)
    placed = [
        _place(raw, read, message, identities[raw.id, message.chain.index], known, parties, context)
        for raw, read in mails
        for message in read.messages
    ]
    session.flush()
    _weigh_again(session, placed)
    _write_drafts(session, placed)
    chosen = [item for item in placed if item.best]
    _write_parents(placed)
    _write_recipients(session, chosen, parties)
    _write_attachments(session, chosen)
    _write_occurrences(session, placed)
    session.flush()
    _drop_orphans(session, [raw.id for raw, _ in mails], {item.row.id for item in placed})
    return placed


def _weigh_again(session: Session, placed: Sequence[Placed]) -> None:
    """Where a better place brings other words, those are the message's, and the places so far hold a part of them."""
    for item in placed:
        if not item.best or item.fresh or item.sure == 1:
            continue
        earlier = update(Occurrence).where(Occurrence.message_id == item.row.id)
        session.execute(earlier.values(confidence=item.sure))
        for other in placed:
            if other.row is item.row and other is not item:
                other.sure = min(other.sure, item.sure)
        item.sure = 1.0


def _forget_places(session: Session, raws: list[int]) -> None:
    """A raw that is read again stands in new places; the messages themselves stay."""
    session.execute(delete(Occurrence).where(Occurrence.raw_id.in_(raws)))


def _drop_orphans(session: Session, raws: list[int], placed: set[int]) -> None:
    """Messages that a better reader no longer sees in these raws go, unless a person decided on them."""
    judged = (
        select(FollowUp.id)
        .join(Decision, Decision.follow_up_id == FollowUp.id)
        .where(FollowUp.message_id == Message.id),
        select(LinkDecision.id).where(LinkDecision.message_id == Message.id),
        select(Registration.message_id).where(Registration.message_id == Message.id),
    )
    stands = select(Occurrence.id).where(Occurrence.message_id == Message.id)
    unseen = [~exists(rows) for rows in (stands, *judged)]
    orphans = {
        row.id: row.thread_id
        for part in chunks(raws)
        for row in session.execute(
            select(Message.id, Message.thread_id).where(Message.raw_id.in_(part), *unseen)
        )
        if row.id not in placed
    }
    for part in chunks(orphans):
        session.execute(update(Message).where(Message.parent_id.in_(part)).values(parent_id=None))
        session.execute(update(Message).where(Message.reply_to_id.in_(part)).values(reply_to_id=None))
        session.execute(delete(FollowUp).where(FollowUp.message_id.in_(part)))
        session.execute(delete(Message).where(Message.id.in_(part)))
    remove(session, orphans)
    refresh(session, {thread for thread in orphans.values() if thread})


def _place(
    raw: Raw,
    read: ReadMail,
    message: ReadMessage,
    identity: Identity,
    known: Known,
    parties: Parties,
    context: IntakeContext,
) -> Placed:
    key, words, head = identity
    row, sure = known.by_key.get(key), 1.0
    if row is None:
        row, sure = known.same(message.chain, identity)
    if row is None and message.chain.index == 0:  # what stood for this raw before it was, or could be, read
        row = known.by_key.get(read.sha256) or known.indexed.get(raw.id) or known.again.get(raw.id)
    fresh = row is None
    if row is None:
        sure = 1.0
        row = Draft(key, words, raw.id, context.today)
    best = fresh or row.raw_id == raw.id or RANK[message.chain.kind] < RANK[row.kind]
    if best:
        row.key, row.words_key, row.head_key, row.raw_id = key, words, head, raw.id
        _describe(row, read, message, parties, context)
    known.add(row, message.chain.sender, message.chain.to)
    return Placed(raw, message, row, best, fresh, sure)


def _describe(
    row: Row, read: ReadMail, message: ReadMessage, parties: Parties, context: IntakeContext
) -> None:
    chain = message.chain
    offset = chain.date.utcoffset() if chain.date else None
    row.kind = chain.kind
    row.message_id = chain.message_id
    row.from_name = chain.sender.name if chain.sender else None
    row.address_id = parties.number(chain.sender.address) if chain.sender else None
    row.subject = chain.subject
    row.sent_at = chain.date
    row.date_text = chain.date_text
    row.utc_offset = int(offset.total_seconds() // 60) if offset is not None else None
    row.zone_known = chain.date_zone_known
    row.written_on = chain.date.astimezone(ZoneInfo(context.zone)).date() if chain.date else message.reference
    row.body = chain.body
    row.signature_start = chain.signature_start
    row.automatic = chain.automatic
    row.announces, row.deeds = message.announces, message.deeds
    row.direction = direction(
        context.own,
        chain.sender.address if chain.sender else None,
        [mailbox.address for mailbox in audience(chain, [item.chain for item in read.messages])],
    )
    row.status = read.status if chain.index == 0 else "ok"
    row.problems = list(read.problems) if chain.index == 0 else []


def drafts_of(placed: Iterable[Placed]) -> list[Draft]:
    """The rows that are new with this batch, each once."""
    return list(dict.fromkeys(item.row for item in placed if isinstance(item.row, Draft)))


def _write_drafts(session: Session, placed: Sequence[Placed]) -> None:
    """New rows, without what refers to other rows: that may be one that comes behind it."""
    drafts = drafts_of(placed)
    for draft, number in zip(drafts, take_ids(session, Message, len(drafts)), strict=True):
        draft.id = number
    insert_rows(session, Message, [{name: getattr(draft, name) for name in _COLUMNS} for draft in drafts])


def _write_parents(placed: Sequence[Placed]) -> None:
    rows = {(item.raw.id, item.read.chain.index): item.row for item in placed}
    for item in placed:
        parent = item.read.chain.parent
        if item.best:
            item.row.parent_id = None if parent is None else rows[item.raw.id, parent].id


def _write_recipients(session: Session, chosen: Sequence[Placed], parties: Parties) -> None:
    for part in chunks([item.row.id for item in chosen if not item.fresh]):
        session.execute(delete(Recipient).where(Recipient.message_id.in_(part)))
    rows = [
        {
            "message_id": item.row.id,
            "field": field_name,
            "position": position,
            "name": mailbox.name,
            "address_id": parties.number(mailbox.address),
        }
        for item in _last_of_each(chosen)
        for field_name, mailboxes in (("to", item.read.chain.to), ("cc", item.read.chain.cc))
        for position, mailbox in enumerate(mailboxes)
    ]
    insert_rows(session, Recipient, rows)


def _last_of_each(chosen: Sequence[Placed]) -> list[Placed]:
    """One batch may hold the same message twice: what is written of it is written once."""
    return list({item.row.id: item for item in chosen}.values())


def _write_attachments(session: Session, chosen: Sequence[Placed]) -> None:
    for part in chunks([item.row.id for item in chosen if not item.fresh]):
        session.execute(delete(AttachmentRow).where(AttachmentRow.message_id.in_(part)))
    rows = [
        {
            "message_id": item.row.id,
            "position": position,
            "part": document.part,
            "filename": document.filename,
            "content_type": document.content_type,
            "size": document.size,
            "sha256": document.sha256,
            "text": document.text,
        }
        for item in _last_of_each(chosen)
        for position, document in enumerate(item.read.chain.attachments)
    ]
    insert_rows(session, AttachmentRow, rows)


def _write_occurrences(session: Session, placed: Sequence[Placed]) -> None:
    """A place each; the one around it, in the same raw, stands before it."""
    ids = take_ids(session, Occurrence, len(placed))
    numbers = {(item.raw.id, item.read.chain.index): number for item, number in zip(placed, ids, strict=True)}
    rows = [
        {
            "id": number,
            "message_id": item.row.id,
            "raw_id": item.raw.id,
            "part": item.read.chain.part,
            "start": item.read.chain.start,
            "end": item.read.chain.end,
            "position": item.read.chain.index,
            "parent_id": None
            if item.read.chain.parent is None
            else numbers[item.raw.id, item.read.chain.parent],
            "kind": item.read.chain.kind,
            "confidence": item.sure,
        }
        for item, number in zip(placed, ids, strict=True)
    ]
    insert_rows(session, Occurrence, rows)


def quarantine(session: Session, raw: Raw, problems: Sequence[str], today: date) -> Message:
    """A mail that could not be read is a message as well: its raw and the reason, so that nobody misses it.

    One that was read before keeps what was read then.
    """
    read_before = session.scalar(
        select(Message)
        .join(Occurrence, Occurrence.message_id == Message.id)
        .where(Occurrence.raw_id == raw.id, Occurrence.position == 0)
    )
    if read_before is not None:
        read_before.problems = list(problems)
        if raw.status == "unread" and read_before.raw_id == raw.id:
            read_before.status = "quarantined"  # it was indexed alone: what was found of it stays
        return read_before
    row = session.scalar(select(Message).where(Message.key == raw.sha256))
    if row is None:
        thread = Thread(messages=1)
        session.add(thread)
        session.flush()
        row = Message(key=raw.sha256, raw_id=raw.id, taken_in_on=today, kind="received", thread_id=thread.id)
        session.add(row)
    row.status, row.problems = "quarantined", list(problems)
    session.flush()
    index_messages(session, [(row.id, "", "")])
    return row


def mailboxes_of(mails: Sequence[tuple[Raw, ReadMail]]) -> list[Mailbox]:
    """Every sender and recipient of a batch."""
    return [
        mailbox
        for _, read in mails
        for message in read.messages
        for mailbox in (
            *([message.chain.sender] if message.chain.sender else []),
            *message.chain.to,
            *message.chain.cc,
        )
    ]
