"""What a mail without References answers, by what its chain proves: it quotes a message that the mailbox holds.

A mail whose headers say whom it answers is believed, whatever it quotes. Of one that says nothing, a quoted block
counts that is a received message (`crm.intake.known`: sender, minute, subject and words), if it was quoted by somebody
who wrote or got that message, or names one of the same recipients: one letter goes to thirty municipalities in the
same minute. One that quotes nothing answers what its subject, its parties and its time say (`crm.intake.resumed`).
The Message-ID of what is answered counts as a reference then, and all rules of threads hold. A reference beside it
that nobody else has marks what was so found, so that it is asked anew when another quoted letter comes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from crm.folding import name_key
from crm.intake.arranged import is_joint, is_made
from crm.intake.known import Row
from crm.intake.messages import Placed
from crm.intake.resumed import GUESSED, answered, is_guess, waiting
from crm.intake.threads import Arrival
from crm.lookup import all_by_column, among, asked_in_parts
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
        Arrival.of(
            item.row, item.read.chain, _marked(item.row.key, _proven(quotes.get(item.raw.id, ()), parties))
        )
        for item in received
    ]
    lost = {one.id for one in found if all(map(is_made, one.references))}
    resumed = answered(session, [item.row for item in received if item.row.id in lost])
    found = [one._replace(references=(*one.references, *resumed.get(one.id, ()))) for one in found]
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


_QUOTED = f"@quoted{MADE}"


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


def _marked(key: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return (f"<{key}{_QUOTED}", *names) if names else ()


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
    for asked in (_asked_senders(), _asked_recipients()):
        for number, name, address in asked_in_parts(session, asked, messages):
            found.setdefault(number, set()).update(_keys([Mailbox(name, address)]))
    return found


@cache
def _asked_senders() -> Select[int, str | None, str]:
    chosen = select(Message.id, Message.from_name, Address.address).where(among(Message.id))
    return chosen.outerjoin(Address, Message.address_id == Address.id)


@cache
def _asked_recipients() -> Select[int, str | None, str]:
    chosen = select(Recipient.message_id, Recipient.name, Address.address).where(among(Recipient.message_id))
    return chosen.outerjoin(Address, Recipient.address_id == Address.id)


def _waiting(
    session: Session, received: Sequence[Placed], raws: set[int], parties: Mapping[int, set[str]]
) -> list[Arrival]:
    """Mails without references that were read before what they quote came; it was known by their quote alone."""
    late = {item.row.id for item in received if not item.fresh}
    homes = {number: mail for number, mail in _carriers(session, late).items() if mail.raw_id not in raws}
    proven = _proven_now(session, homes, parties)
    made = _made(session, proven.keys())
    return [
        Arrival.again(homes[number], (*made.get(number, ()), *_marked(homes[number].key, names)))
        for number, names in proven.items()
    ]


def _carriers(session: Session, quoted: Collection[int]) -> dict[int, Message]:
    """The mails that quote one of these messages, and of which nobody wrote what they answer."""
    return {mail.id: mail for (mail,) in asked_in_parts(session, _asked_carriers(), quoted)}


@cache
def _asked_carriers() -> Select[Message]:
    """The question of `_carriers`: made once, since its making costs more than a small store's answer."""
    inner, first, home = aliased(Occurrence), aliased(Occurrence), aliased(Message)
    written, mark = aliased(Reference), aliased(Reference)
    named = select(written.target).where(written.message_id == home.id, ~written.target.endswith(MADE))
    marked = select(mark.target).where(
        mark.message_id == home.id, or_(mark.target.endswith(GUESSED), mark.target.endswith(_QUOTED))
    )
    return (
        select(home)
        .join(first, (home.id == first.message_id) & (first.position == 0))
        .join(inner, (inner.raw_id == first.raw_id) & (inner.position > 0))
        .where(home.raw_id == first.raw_id, home.thread_id.is_not(None))
        .where(or_(~named.exists(), marked.exists()))
        .where(among(inner.message_id))
    )


def _proven_now(
    session: Session, homes: Mapping[int, Message], parties: Mapping[int, set[str]]
) -> dict[int, tuple[str, ...]]:
    """Mail → the Message-IDs of all the received letters that it quotes, oldest first, by what the store has of them."""
    found = _carried(session, homes)
    stored = _stored_parties(session, {quoted for _, quoted, _, _ in found} - parties.keys())
    known = {**parties, **stored}
    proven: dict[int, list[str]] = {}
    for home, quoted, name, carrier in found:
        if carrier & known.get(quoted, set()):
            proven.setdefault(home, []).append(name)
    return {home: tuple(dict.fromkeys(names)) for home, names in proven.items()}


def _carried(session: Session, homes: Mapping[int, Message]) -> list[tuple[int, int, str, set[str]]]:
    """Mail, received letter that it quotes, the letter's Message-ID and who quotes it as keys; the innermost first."""
    if not homes:
        return []
    by_raw = {mail.raw_id: number for number, mail in homes.items()}
    found = []
    for raw, number, message_id, name, address in asked_in_parts(session, _asked_carried(), by_raw):
        cleaned = clean_id(message_id)
        if cleaned and number != by_raw[raw]:
            found.append((by_raw[raw], number, key_text(cleaned), _keys([Mailbox(name, address)])))
    return found


@cache
def _asked_carried() -> Select[int, int, str | None, str | None, str]:
    inner, outer = aliased(Occurrence), aliased(Occurrence)
    quoted, around, writer = aliased(Message), aliased(Message), aliased(Address)
    return (
        select(inner.raw_id, quoted.id, quoted.message_id, around.from_name, writer.address)
        .join(quoted, quoted.id == inner.message_id)
        .join(outer, outer.id == inner.parent_id)
        .join(around, around.id == outer.message_id)
        .outerjoin(writer, writer.id == around.address_id)
        .where(inner.position > 0, quoted.kind == "received", among(inner.raw_id))
        .order_by(inner.raw_id, inner.position.desc())
    )


def _made(session: Session, messages: Collection[int]) -> dict[int, list[str]]:
    """The conversations that messages of the store belong to; of these none was given a reference by its author."""
    found: dict[int, list[str]] = {}
    for number, target in asked_in_parts(session, _asked_references(), messages):
        if is_made(target) and not (is_joint(target) or is_guess(target) or target.endswith(_QUOTED)):
            found.setdefault(number, []).append(target)
    return found


@cache
def _asked_references() -> Select[int, str]:
    chosen = select(Reference.message_id, Reference.target).where(among(Reference.message_id))
    return chosen.order_by(Reference.position)
