"""The messages of a batch of mails: each is one row, however many raws and chains it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from crm.direction import Own, direction
from crm.intake.keys import embedded_key, message_key, quoted_key, same_moment, same_sender, words_key
from crm.intake.parties import Parties
from crm.intake.threads import refresh
from crm.lookup import all_by_column, by_column, chunks
from crm.reading import ReadMail, ReadMessage, audience
from db.fulltext import index_messages, remove
from db.schema import (
    Address,
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
from ingest.model import ChainMessage, Mailbox

# The best place of a message is the one where most of it is known.
_RANK = {"received": 0, "attached": 1, "forwarded": 2, "quoted": 3}


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """What taking in needs to know: who we are, which day it is, the zone of written dates."""

    own: Own
    today: date
    zone: str = "Europe/Stockholm"


@dataclass(slots=True)
class Placed:
    """One message of one raw, and the row that stands for it; `best` where this raw is its best place."""

    raw: Raw
    read: ReadMessage
    row: Message
    best: bool = True
    fresh: bool = True


@dataclass(slots=True)
class _Known:
    """The rows that a batch's messages may already have, by both kinds of key, each with its sender."""

    by_key: dict[str, Message] = field(default_factory=dict)
    by_words: dict[str, dict[int, tuple[Message, Mailbox | None]]] = field(default_factory=dict)

    def add(self, row: Message, sender: Mailbox | None) -> None:
        self.by_key[row.key] = row
        if row.words_key:
            self.by_words.setdefault(row.words_key, {})[id(row)] = (row, sender)

    def same_words(self, message: ChainMessage, words: str | None) -> Message | None:
        """The best row that may be this one: an embedded message and a received one, never two received ones."""
        alike = [
            row
            for row, sender in self.by_words.get(words or "", {}).values()
            if same_moment(row.sent_at, message.date)
            and same_sender(sender, message.sender)
            and not (message.kind == "received" and row.kind == "received")
        ]
        return min(alike, key=lambda row: _RANK[row.kind], default=None)


def _identity(read: ReadMail, message: ChainMessage) -> tuple[str, str | None]:
    """Key and words key. A quoted message has no Message-ID: its words are what it is known by."""
    words = words_key(message, _subject(read, message))
    if message.index == 0:
        return message_key(message, read.digest), words
    if message.message_id:
        return message_key(message, words or ""), words
    return quoted_key(message, words) if words else embedded_key(read.sha256, message), words


def _subject(read: ReadMail, message: ChainMessage) -> str | None:
    """Its own, or that of the nearest mail around it that has one."""
    while message.subject is None and message.parent is not None:
        message = read.messages[message.parent].chain
    return message.subject


def place_messages(
    session: Session, mails: Sequence[tuple[Raw, ReadMail]], parties: Parties, context: IntakeContext
) -> list[Placed]:
    """Finds or makes the row of every message of every mail, with its recipients, attachments and places."""
    _forget_places(session, [raw.id for raw, _ in mails])
    known = _known(session, mails)
    placed = [
        _place(session, raw, read, message, known, parties, context)
        for raw, read in mails
        for message in read.messages
    ]
    session.flush()
    chosen = [item for item in placed if item.best]
    _write_parents(placed)
    _write_recipients(session, chosen, parties)
    _write_attachments(session, chosen)
    _write_occurrences(session, placed)
    session.flush()
    _drop_orphans(session, [raw.id for raw, _ in mails], {item.row.id for item in placed})
    return placed


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


def _known(session: Session, mails: Sequence[tuple[Raw, ReadMail]]) -> _Known:
    identities = [_identity(read, message.chain) for _, read in mails for message in read.messages]
    keys = {key for key, _ in identities}
    rows = {
        *by_column(session, Message, Message.key, keys | {read.sha256 for _, read in mails}).values(),
        *all_by_column(session, Message, Message.words_key, {words for _, words in identities if words}),
    }
    addresses = by_column(session, Address, Address.id, {row.address_id for row in rows if row.address_id})
    known = _Known()
    for row in sorted(rows, key=lambda row: row.id):
        address = addresses.get(row.address_id or 0)
        known.add(row, Mailbox(row.from_name, address.address if address else None))
    return known


def _place(
    session: Session,
    raw: Raw,
    read: ReadMail,
    message: ReadMessage,
    known: _Known,
    parties: Parties,
    context: IntakeContext,
) -> Placed:
    key, words = _identity(read, message.chain)
    row = known.by_key.get(key) or known.same_words(message.chain, words)
    if row is None and message.chain.index == 0:
        row = known.by_key.get(read.sha256)  # what stood for this raw while it could not be read
    fresh = row is None
    if row is None:
        row = Message(key=key, words_key=words, raw_id=raw.id, taken_in_on=context.today)
        session.add(row)
    best = fresh or row.raw_id == raw.id or _RANK[message.chain.kind] < _RANK[row.kind]
    if best:
        row.key, row.words_key, row.raw_id = key, words, raw.id
        _describe(row, read, message, parties, context)
    known.add(row, message.chain.sender)
    return Placed(raw, message, row, best, fresh)


def _describe(
    row: Message, read: ReadMail, message: ReadMessage, parties: Parties, context: IntakeContext
) -> None:
    chain = message.chain
    sender = parties.address(chain.sender)
    offset = chain.date.utcoffset() if chain.date else None
    row.kind = chain.kind
    row.message_id = chain.message_id
    row.from_name = chain.sender.name if chain.sender else None
    row.address_id = sender.id if sender else None
    row.subject = chain.subject
    row.sent_at = chain.date
    row.date_text = chain.date_text
    row.utc_offset = int(offset.total_seconds() // 60) if offset is not None else None
    row.zone_known = chain.date_zone_known
    row.written_on = chain.date.astimezone(ZoneInfo(context.zone)).date() if chain.date else message.reference
    row.body = chain.body
    row.signature_start = chain.signature_start
    row.automatic = chain.automatic
    row.direction = direction(
        context.own,
        chain.sender.address if chain.sender else None,
        [mailbox.address for mailbox in audience(chain, [item.chain for item in read.messages])],
    )
    row.status = read.status if chain.index == 0 else "ok"
    row.problems = list(read.problems) if chain.index == 0 else []


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
            "address_id": address.id if (address := parties.address(mailbox)) else None,
        }
        for item in _last_of_each(chosen)
        for field_name, mailboxes in (("to", item.read.chain.to), ("cc", item.read.chain.cc))
        for position, mailbox in enumerate(mailboxes)
    ]
    if rows:
        session.execute(insert(Recipient), rows)


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
        }
        for item in _last_of_each(chosen)
        for position, document in enumerate(item.read.chain.attachments)
    ]
    if rows:
        session.execute(insert(AttachmentRow), rows)


def _write_occurrences(session: Session, placed: Sequence[Placed]) -> None:
    """All in one statement, then the parents: their ids are known by raw and place in the chain."""
    rows = {
        (item.raw.id, item.read.chain.index): {
            "message_id": item.row.id,
            "raw_id": item.raw.id,
            "part": item.read.chain.part,
            "start": item.read.chain.start,
            "end": item.read.chain.end,
            "position": item.read.chain.index,
            "kind": item.read.chain.kind,
        }
        for item in placed
    }
    if not rows:
        return
    session.execute(insert(Occurrence), list(rows.values()))
    nested = [item for item in placed if item.read.chain.parent is not None]
    numbers: dict[tuple[int, int], int] = {}
    for part in chunks({item.raw.id for item in nested}):
        found = session.execute(
            select(Occurrence.raw_id, Occurrence.position, Occurrence.id).where(Occurrence.raw_id.in_(part))
        )
        numbers |= {(raw, position): number for raw, position, number in found}
    parents = [
        {"id": numbers[item.raw.id, item.read.chain.index], "parent_id": numbers[item.raw.id, parent]}
        for item in nested
        if (parent := item.read.chain.parent) is not None
    ]
    if parents:
        session.execute(update(Occurrence), parents)


def quarantine(session: Session, raw: Raw, read: ReadMail, today: date) -> Message:
    """A mail that could not be read is a message as well: its raw and the reason, so that nobody misses it.

    One that was read before keeps what was read then.
    """
    read_before = session.scalar(
        select(Message)
        .join(Occurrence, Occurrence.message_id == Message.id)
        .where(Occurrence.raw_id == raw.id, Occurrence.position == 0)
    )
    if read_before is not None:
        read_before.problems = list(read.problems)
        return read_before
    row = session.scalar(select(Message).where(Message.key == raw.sha256))
    if row is None:
        thread = Thread(messages=1)
        session.add(thread)
        session.flush()
        row = Message(key=raw.sha256, raw_id=raw.id, taken_in_on=today, kind="received", thread_id=thread.id)
        session.add(row)
    row.status, row.problems = "quarantined", list(read.problems)
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
