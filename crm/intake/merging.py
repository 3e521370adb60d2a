"""Two rows that turn out to be one message: a mail that was indexed before it was read, and the quote of it.

A mail that is read at once takes over the row of its quote. One that was indexed has a row of its own, with a printed
id; what hangs on the quote's row moves there.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from crm.intake.known import Identities, Known, Mails, Row
from crm.lookup import chunks
from db.fulltext import remove
from db.schema import (
    Arrangement,
    FollowUp,
    FollowUpChange,
    Link,
    LinkChange,
    LinkDecision,
    Message,
    Occurrence,
    OfficeFact,
    Registration,
)

_COLUMNS: tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...] = (
    Occurrence.message_id,
    FollowUp.message_id,
    OfficeFact.message_id,
    FollowUpChange.message_id,
    Link.message_id,
    LinkChange.message_id,
    Message.parent_id,
    Message.reply_to_id,
)


class _Pair(NamedTuple):
    quote: Row
    indexed: Message


def take_over(session: Session, mails: Mails, identities: Identities, known: Known) -> None:
    """Makes the indexed rows of a batch known by their words, and the rows of their quotes one with them."""
    pairs = []
    for raw, read in mails:
        row = known.indexed.get(raw.id)
        if row is None or not read.messages:
            continue
        outer = read.messages[0].chain
        identity = identities[raw.id, 0]
        quote, _ = known.same(outer, identity)
        if quote is not None:
            known.forget(quote)
            pairs.append(_Pair(quote, row))
        row.words_key, row.head_key = identity.words, identity.head
        known.add(row, outer.sender, outer.to)
    if pairs:
        _merge(session, pairs)


def _merge(session: Session, pairs: Sequence[_Pair]) -> None:
    session.flush()
    moves = {quote.id: indexed.id for quote, indexed in pairs}
    _move(session, moves)
    for number in _decided(session, moves):
        _move_decisions(session, number, moves[number])
    for quote, indexed in pairs:
        indexed.taken_in_on = min(indexed.taken_in_on, quote.taken_in_on)
    for part in chunks(moves):
        session.execute(delete(Message).where(Message.id.in_(part)))
    remove(session, moves)


def _move(session: Session, moves: Mapping[int, int]) -> None:
    """Whatever refers to a quote refers to its mail from now on; messages that the session holds know it as well."""
    for row in session.identity_map.values():
        if isinstance(row, Message):
            row.parent_id = _moved(row.parent_id, moves)
            row.reply_to_id = _moved(row.reply_to_id, moves)
    session.flush()
    parameters = [{"quote": quote, "mail": mail} for quote, mail in moves.items()]
    connection = session.connection()  # the session's own way with many parameters goes by primary keys alone
    for column in _COLUMNS:
        moving = update(column.class_).where(column == bindparam("quote"))
        connection.execute(moving.values({column.key: bindparam("mail")}), parameters)


def _moved(number: int | None, moves: Mapping[int, int]) -> int | None:
    return number if number is None else moves.get(number, number)


def _decided(session: Session, quotes: Collection[int]) -> set[int]:
    """Those of the messages that a person has decided something on."""
    columns = (LinkDecision.message_id, Registration.message_id)
    return {
        number
        for part in chunks(quotes)
        for column in columns
        for number in session.scalars(select(column).where(column.in_(part)))
    }


def _move_decisions(session: Session, quote: int, indexed: int) -> None:
    """What a person decided on both of them counts as it was decided on the mail itself."""
    other = aliased(LinkDecision)
    both = exists(
        select(other.id).where(other.message_id == indexed, other.office_id == LinkDecision.office_id)
    )
    session.execute(delete(LinkDecision).where(LinkDecision.message_id == quote, both))
    session.execute(update(LinkDecision).where(LinkDecision.message_id == quote).values(message_id=indexed))
    history = update(Arrangement).where(
        Arrangement.subject.in_(("registration", "link")), Arrangement.one == quote
    )
    session.execute(history.values(one=indexed))
    if session.get(Registration, indexed) is None:
        session.execute(
            update(Registration).where(Registration.message_id == quote).values(message_id=indexed)
        )
    else:
        session.execute(delete(Registration).where(Registration.message_id == quote))
