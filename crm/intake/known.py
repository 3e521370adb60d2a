"""Which row stands for a message: the rows that the messages of a batch may already have, by both kinds of key."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.addressees import Addressees
from crm.keys import embedded_key, head_key, message_key, quoted_key, same_moment, same_sender, words_key
from crm.lookup import all_by_column, among, asked_in_parts, by_column
from crm.near import SAME, differs_in_fact, likeness
from crm.readings import ReadMail
from db.schema import Address, Message, Raw, Recipient
from ingest.model import ChainMessage, Mailbox

_MOST_NEAR = 40  # rows of one sender, minute and subject that are compared with a message

# The best place of a message is the one where most of it is known.
RANK = {"received": 0, "attached": 1, "forwarded": 2, "quoted": 3}


@dataclass(slots=True, eq=False)
class Draft:
    """A message that has no row yet: the columns of `Message`. Objects of the mapper cost ten times as much."""

    key: str
    words_key: str | None
    raw_id: int
    taken_in_on: date
    id: int = 0
    message_id: str | None = None
    kind: str = "received"
    parent_id: int | None = None
    thread_id: int | None = None
    reply_to_id: int | None = None
    from_name: str | None = None
    address_id: int | None = None
    subject: str | None = None
    sent_at: datetime | None = None
    date_text: str | None = None
    utc_offset: int | None = None
    zone_known: bool = True
    written_on: date | None = None
    body: str = ""
    signature_start: int | None = None
    automatic: bool = False
    announces: bool | None = None
    deeds: str | None = None
    direction: str = "others"
    status: str = "ok"
    problems: list[str] = field(default_factory=list)
    head_key: str | None = None


Row = Message | Draft
Mails = Sequence[tuple[Raw, ReadMail]]


class Identity(NamedTuple):
    """By what a message is known: its key, its words key, and the key of its head."""

    key: str
    words: str | None
    head: str | None


class _Held(NamedTuple):
    """A row, and what tells letters of the same words apart."""

    row: Row
    sender: Mailbox | None
    to: Addressees


Identities = Mapping[tuple[int, int], Identity]  # by raw and place in its chain


@dataclass(slots=True)
class Known:
    """Rows by key and by words, each with its sender and recipients; `indexed` are those of raws that were never read, by raw.

    `again` are the received ones of raws that were read before, by raw: a better reader, or other limits, may give
    the same bytes another key.
    """

    by_key: dict[str, Row] = field(default_factory=dict)
    by_words: dict[str, dict[int, _Held]] = field(default_factory=dict)
    by_head: dict[str, dict[int, _Held]] = field(default_factory=dict)
    indexed: dict[int, Message] = field(default_factory=dict)
    again: dict[int, Message] = field(default_factory=dict)

    def add(self, row: Row, sender: Mailbox | None, to: Iterable[Mailbox]) -> None:
        self.by_key[row.key] = row
        held = _Held(row, sender, Addressees.of(to))
        if row.words_key:
            self.by_words.setdefault(row.words_key, {})[id(row)] = held
        if row.head_key:
            self.by_head.setdefault(row.head_key, {})[id(row)] = held

    def forget(self, row: Row) -> None:
        """A row that another stands for from now on."""
        self.by_key.pop(row.key, None)
        self.by_words.get(row.words_key or "", {}).pop(id(row), None)
        self.by_head.get(row.head_key or "", {}).pop(id(row), None)

    def same(self, message: ChainMessage, identity: Identity) -> tuple[Row | None, float]:
        """The row that may be this message, and how surely: by its words, or by its head and most of its words."""
        row = self.same_words(message, identity.words)
        return (row, 1.0) if row is not None else self._near(message, identity.head)

    def _near(self, message: ChainMessage, head: str | None) -> tuple[Row | None, float]:
        best, surest = None, SAME
        held = self.by_head.get(head or "", {})
        to = Addressees.of(message.to)
        for one in held.values() if len(held) <= _MOST_NEAR else ():
            if not _may_be(one, message, to):
                continue
            share = likeness(one.row.body, message.body)
            if share < surest or (share == surest and best is not None):
                continue
            if one.to.same(to) or not differs_in_fact(one.row.body, message.body):
                best, surest = one.row, share
        return best, surest if best is not None else 0.0

    def same_words(self, message: ChainMessage, words: str | None) -> Row | None:
        """The best row that may be this one: an embedded message and a received one, never two received ones."""
        held, to = self.by_words.get(words or "", {}), Addressees.of(message.to)
        alike = [one.row for one in held.values() if _may_be(one, message, to)]
        return min(alike, key=lambda row: RANK[row.kind], default=None)


def _may_be(one: _Held, message: ChainMessage, to: Addressees) -> bool:
    both_received = message.kind == "received" and one.row.kind == "received"
    return (
        not both_received
        and same_moment(one.row.sent_at, message.date)
        and same_sender(one.sender, message.sender)
        and not one.to.others(to)
    )


def identities_of(mails: Mails) -> Identities:
    """The identity of every message of a batch."""
    return {
        (raw.id, message.chain.index): _identity(read, message.chain)
        for raw, read in mails
        for message in read.messages
    }


def _identity(read: ReadMail, message: ChainMessage) -> Identity:
    """A quoted message has no Message-ID: its words are what it is known by."""
    subject = _subject(read, message)
    words, head = words_key(message, subject), head_key(message, subject)
    if message.index == 0:
        return Identity(message_key(message, read.digest), words, head)
    if message.message_id:
        return Identity(message_key(message, words or ""), words, head)
    key = quoted_key(message, words) if words else embedded_key(read.sha256, message)
    return Identity(key, words, head)


def _subject(read: ReadMail, message: ChainMessage) -> str | None:
    """Its own, or that of the nearest mail around it that has one."""
    while message.subject is None and message.parent is not None:
        message = read.messages[message.parent].chain
    return message.subject


def known_rows(session: Session, mails: Mails, identities: Identities) -> Known:
    """The rows that these messages may already have."""
    keys = {identity.key for identity in identities.values()} | {read.sha256 for _, read in mails}
    indexed = _indexed(session, [raw.id for raw, _ in mails if raw.index_version and raw.status == "unread"])
    again = _received(session, [raw.id for raw, _ in mails if raw.status in {"ok", "partial"}])
    rows = {
        *by_column(session, Message, Message.key, keys).values(),
        *all_by_column(
            session, Message, Message.words_key, {i.words for i in identities.values() if i.words}
        ),
        *all_by_column(session, Message, Message.head_key, {i.head for i in identities.values() if i.head}),
        *indexed,
        *again,
    }
    addresses = by_column(session, Address, Address.id, {row.address_id for row in rows if row.address_id})
    known = Known(indexed={row.raw_id: row for row in indexed}, again={row.raw_id: row for row in again})
    recipients = _recipients(session, [row.id for row in rows])
    for row in sorted(rows, key=lambda row: row.id):
        address = addresses.get(row.address_id or 0)
        sender = Mailbox(row.from_name, address.address if address else None)
        known.add(row, sender, recipients.get(row.id, ()))
    return known


def _recipients(session: Session, messages: Collection[int]) -> dict[int, list[Mailbox]]:
    """Who stands in To."""
    found: dict[int, list[Mailbox]] = {}
    for number, name, address in asked_in_parts(session, _asked_recipients(), messages):
        found.setdefault(number, []).append(Mailbox(name, address))
    return found


@cache
def _asked_recipients() -> Select[int, str | None, str]:
    return (
        select(Recipient.message_id, Recipient.name, Address.address)
        .outerjoin(Address, Recipient.address_id == Address.id)
        .where(Recipient.field == "to", among(Recipient.message_id))
    )


def _received(session: Session, raws: Collection[int]) -> list[Message]:
    """What stands for these raws themselves."""
    return [row for row in all_by_column(session, Message, Message.raw_id, raws) if row.kind == "received"]


def _indexed(session: Session, raws: Collection[int]) -> list[Message]:
    """Received messages that were indexed and not read: their words are not told apart from what they quote."""
    return [row for (row,) in asked_in_parts(session, _asked_indexed(), raws)]


@cache
def _asked_indexed() -> Select[Message]:
    unread = Message.words_key.is_(None), Message.status != "quarantined"
    chosen = select(Message).where(Message.kind == "received", *unread, among(Message.raw_id))
    return chosen.order_by(Message.id)
