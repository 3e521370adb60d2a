"""What a mail without References answers, by what its chain proves: it quotes a message that the mailbox holds.

A mail whose headers say whom it answers is believed, whatever it quotes. Of one that says nothing, a quoted block
counts that is a received message (`crm.intake.known`: sender, minute, subject and words), if it was quoted by somebody
who wrote or got that message, or names one of the same recipients: one letter goes to thirty municipalities in the
same minute. One that quotes nothing answers what its subject, its parties and its time say (`crm.intake.resumed`).
The Message-ID of what is answered counts as a reference then, and all rules of threads hold.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crm.identity import name_key
from crm.intake.arranged import is_joint
from crm.intake.known import Row
from crm.intake.messages import Placed
from crm.intake.resumed import answered, waiting
from crm.intake.threads import Arrival
from crm.lookup import all_by_column, chunks
from db.schema import Address, Message, Occurrence, Recipient, Reference
from db.text import key_text
from ingest.conversations import MADE
from ingest.model import ChainMessage, Mailbox
from ingest.threading import clean_id
from nlp.people.mailboxes import given_first


def arrivals(session: Session, placed: Sequence[Placed], chosen: Iterable[Placed]) -> list[Arrival]:
    """The received messages of a batch, and older ones that quote one of them and were waiting for it."""
    received = [item for item in chosen if item.row.kind == "received"]
    quotes = _quotes(placed)
    parties = _parties(session, placed, [quote.row for found in quotes.values() for quote in found])
    found = [
        Arrival.of(item.row, item.read.chain, _proven(quotes.get(item.raw.id, ()), parties))
        for item in received
    ]
    lost = {one.id for one in found if not one.references}
    resumed = answered(session, [item.row for item in received if item.row.id in lost])
    found = [one._replace(references=resumed.get(one.id, one.references)) for one in found]
    return [*found, *_late(session, received, {item.raw.id for item in placed}, parties)]


def _late(
    session: Session, received: Sequence[Placed], raws: set[int], parties: Mapping[int, set[str]]
) -> list[Arrival]:
    """Older mails that were waiting for one of these: that quote it, else that answer it by all else that they say."""
    quoting = _waiting(session, received, raws, parties)
    known = {one.id for one in quoting}
    named = {
        number: names
        for number, names in waiting(session, [item.row for item in received], raws)
        if number not in known
    }
    made = _made(session, named.keys())
    rows = all_by_column(session, Message, Message.id, named.keys())
    return [*quoting, *(Arrival.again(row, (*made.get(row.id, ()), *named[row.id])) for row in rows)]


class _Quote(NamedTuple):
    """A quoted message that is a received one; `carrier` quotes it."""

    row: Row
    chain: ChainMessage
    carrier: ChainMessage


def _quotes(placed: Sequence[Placed]) -> dict[int, list[_Quote]]:
    """Raw → the received messages that it quotes, the innermost first."""
    by_raw: dict[int, list[Placed]] = {}
    for item in placed:
        by_raw.setdefault(item.raw.id, []).append(item)
    return {
        raw: [
            _Quote(item.row, item.read.chain, items[item.read.chain.parent or 0].read.chain)
            for item in reversed(items)
            if item.read.chain.index and item.row.kind == "received" and item.row.id != items[0].row.id
        ]
        for raw, items in by_raw.items()
    }


def _proven(quotes: Iterable[_Quote], parties: Mapping[int, set[str]]) -> tuple[str, ...]:
    """The Message-IDs of what is quoted, oldest first."""
    names = (
        clean_id(quote.row.message_id)
        for quote in quotes
        if _spoken_of(quote) & parties.get(quote.row.id, set())
    )
    return tuple(dict.fromkeys(key_text(name) for name in names if name))


def _spoken_of(quote: _Quote) -> set[str]:
    """Whom the quoted header names as recipients; where it names none, who quotes it."""
    to = (*quote.chain.to, *quote.chain.cc)
    return _keys(to or ((quote.carrier.sender,) if quote.carrier.sender else ()))


def _keys(mailboxes: Iterable[Mailbox]) -> set[str]:
    """Addresses and names, each as a key: a quote may have either."""
    keys: set[str] = set()
    for box in mailboxes:
        if box.address:
            keys.add(box.address)
        if box.name:
            keys.add(name_key(given_first(box.name, box.address) or box.name))
    return keys


def _parties(session: Session, placed: Sequence[Placed], rows: Sequence[Row]) -> dict[int, set[str]]:
    """Message → its sender and recipients as keys."""
    keys = {item.row.id: _keys(_all(item.read.chain)) for item in placed if item.read.chain.index == 0}
    stored = {row.id for row in rows} - keys.keys()
    return keys | _stored_parties(session, stored)


def _all(chain: ChainMessage) -> list[Mailbox]:
    return [*((chain.sender,) if chain.sender else ()), *chain.to, *chain.cc]


def _stored_parties(session: Session, messages: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for part in chunks(messages):
        senders = select(Message.id, Message.from_name, Address.address).outerjoin(
            Address, Message.address_id == Address.id
        )
        got = select(Recipient.message_id, Recipient.name, Address.address).outerjoin(
            Address, Recipient.address_id == Address.id
        )
        for number, name, address in (
            *session.execute(senders.where(Message.id.in_(part))),
            *session.execute(got.where(Recipient.message_id.in_(part))),
        ):
            found.setdefault(number, set()).update(_keys([Mailbox(name, address)]))
    return found


def _waiting(
    session: Session, received: Sequence[Placed], raws: set[int], parties: Mapping[int, set[str]]
) -> list[Arrival]:
    """Mails without references that were read before what they quote came; it was known by their quote alone."""
    late = {item.row.id: item.row for item in received if not item.fresh}
    inner, outer, home = aliased(Occurrence), aliased(Occurrence), aliased(Message)
    around, writer = aliased(Message), aliased(Address)
    first = aliased(Occurrence)
    asked = (
        select(inner.message_id, home, around.from_name, writer.address)
        .join(outer, outer.id == inner.parent_id)
        .join(around, around.id == outer.message_id)
        .outerjoin(writer, writer.id == around.address_id)
        .join(first, (first.raw_id == inner.raw_id) & (first.position == 0))
        .join(home, (home.id == first.message_id) & (home.raw_id == inner.raw_id))
        .outerjoin(Reference, (Reference.message_id == home.id) & ~Reference.target.endswith(MADE))
        .where(Reference.message_id.is_(None), inner.position > 0, home.thread_id.is_not(None))
        .order_by(home.id, inner.position.desc())
    )
    proven: dict[int, tuple[Message, list[str]]] = {}
    for part in chunks(late):
        for number, mail, name, address in session.execute(asked.where(inner.message_id.in_(part))):
            quoted = clean_id(late[number].message_id)
            known = _keys([Mailbox(name, address)]) & parties.get(number, set())
            if quoted and known and mail.raw_id not in raws and mail.id != number:
                proven.setdefault(mail.id, (mail, []))[1].append(key_text(quoted))
    made = _made(session, proven.keys())
    return [
        Arrival.again(mail, tuple(dict.fromkeys([*made.get(mail.id, ()), *names])))
        for mail, names in proven.values()
    ]


def _made(session: Session, messages: Collection[int]) -> dict[int, list[str]]:
    """The conversations that messages of the store belong to."""
    found: dict[int, list[str]] = {}
    for part in chunks(messages):
        asked = select(Reference.message_id, Reference.target).where(Reference.message_id.in_(part))
        for number, target in session.execute(asked.order_by(Reference.position)):
            if not is_joint(target):
                found.setdefault(number, []).append(target)
    return found
