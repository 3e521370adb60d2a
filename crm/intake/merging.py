"""Two rows that turn out to be one message: a mail that was indexed before it was read, and the quote of it.

A mail that is read at once takes over the row of its quote. One that was indexed has a row of its own, with a printed
id; what hangs on the quote's row moves there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from crm.intake.known import Identities, Known, Mails, Row
from db.fulltext import remove
from db.schema import FollowUp, LinkDecision, Message, Occurrence, Registration

_COLUMNS: tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...] = (
    Occurrence.message_id,
    FollowUp.message_id,
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
        known.add(row, outer.sender)
    if pairs:
        _merge(session, pairs)


def _merge(session: Session, pairs: Sequence[_Pair]) -> None:
    session.flush()
    for quote, indexed in pairs:
        for column in _COLUMNS:
            session.execute(
                update(column.class_)
                .where(column == quote.id)
                .values({column.key: indexed.id})
                .execution_options(synchronize_session="fetch")
            )
        _move_decisions(session, quote.id, indexed.id)
        indexed.taken_in_on = min(indexed.taken_in_on, quote.taken_in_on)
        session.execute(delete(Message).where(Message.id == quote.id))
    remove(session, [quote.id for quote, _ in pairs])


def _move_decisions(session: Session, quote: int, indexed: int) -> None:
    """What a person decided on both of them counts as it was decided on the mail itself."""
    other = aliased(LinkDecision)
    both = exists(
        select(other.id).where(other.message_id == indexed, other.office_id == LinkDecision.office_id)
    )
    session.execute(delete(LinkDecision).where(LinkDecision.message_id == quote, both))
    session.execute(update(LinkDecision).where(LinkDecision.message_id == quote).values(message_id=indexed))
    if session.get(Registration, indexed) is None:
        session.execute(
            update(Registration).where(Registration.message_id == quote).values(message_id=indexed)
        )
    else:
        session.execute(delete(Registration).where(Registration.message_id == quote))
