"""What nobody has judged yet: newest or oldest first, with its age and a suggestion. A page costs a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from crm import ids, messages
from crm.errors import NotFound
from crm.lookup import chunks, numbers_of
from crm.messages import MessageQuery
from crm.register.age import working_days_since
from crm.register.case_numbers import Named, Numbers, parted
from crm.register.judged import OfThread, of_threads
from crm.register.suggesting import Clues, Document, suggest
from crm.rows.messages import MessageRow
from crm.rows.register import QueueRow
from db.schema import FollowUp, MentionRow, Message, Registration
from nlp.case_forms import key, normalised
from nlp.municipalities.gazetteer import municipality_of_domain


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the table says of a message, beside its row."""

    number: int
    thread: int | None
    words: str
    subject: str
    automatic: bool
    day: date


def unjudged(
    session: Session, query: MessageQuery, pattern: str, today: date, *, oldest: bool = False
) -> list[QueueRow]:
    """A page of mails that nobody has judged; `pattern` is that of our own numbers.

    Raises NotFound as `messages.list_messages`.
    """
    return queued(session, unjudged_ids(session, query, oldest=oldest), pattern, today)


def unjudged_ids(session: Session, query: MessageQuery, *, oldest: bool = False) -> list[int]:
    """The numbers of the same; those without a date come last, or first where the oldest do."""
    messages.check(session, query)
    judged = select(Registration.message_id).where(Registration.message_id == Message.id)
    chosen = select(Message.id).where(
        *messages.conditions(query), Message.kind == "received", ~judged.exists()
    )
    if oldest:
        return _oldest_first(session, chosen, query)
    return messages.newest_first(chosen, session, query.before, query.limit)


def _oldest_first(session: Session, chosen: Select[int], query: MessageQuery) -> list[int]:
    if query.before is not None:
        last = session.get(Message, ids.number("message", query.before))
        if last is None:
            raise NotFound("message", query.before)
        chosen = chosen.where(_younger(last))
    chosen = chosen.order_by(Message.sent_at.asc().nulls_first(), Message.id)
    return numbers_of(session, chosen.limit(query.limit) if query.limit else chosen)


def _younger(last: Message) -> ColumnElement[bool]:
    if last.sent_at is None:
        return or_(Message.sent_at.is_not(None), Message.id > last.id)
    same = and_(Message.sent_at == last.sent_at, Message.id > last.id)
    return or_(Message.sent_at > last.sent_at, same)


def queued(session: Session, numbers: Sequence[int], pattern: str, today: date) -> list[QueueRow]:
    """Rows of these messages, in order, with age and suggestion."""
    made: list[QueueRow] = []
    for part in chunks(numbers):
        made += _page(session, part, pattern, today)
    return made


def _page(session: Session, numbers: list[int], pattern: str, today: date) -> list[QueueRow]:
    rows = messages.rows(session, numbers)
    letters = _letters(session, numbers)
    threads = of_threads(session, {each.thread for each in letters.values() if each.thread})
    named = _named(session, letters)
    known = _known(session, named)
    kinds = _follow_ups(session, numbers)
    made = []
    for row in rows:
        letter = letters[ids.number("message", row.id)]
        ours = parted(
            named.get(letter.number, ()), pattern, known, from_us=row.direction in {"out", "internal"}
        )
        of_thread = threads.get(letter.thread or 0, OfThread())
        clues = _clues(row, letter, of_thread, ours, kinds.get(letter.number, frozenset()))
        made.append(QueueRow(row, working_days_since(letter.day, today), suggest(clues)))
    return made


def _letters(session: Session, numbers: list[int]) -> dict[int, _Letter]:
    """A mail without a date waits since it was taken in."""
    asked = select(
        Message.id, Message.thread_id, Message.body, Message.signature_start, Message.subject, Message.automatic,
        Message.written_on, Message.taken_in_on,
    )  # fmt: skip
    return {
        row.id: _Letter(
            row.id,
            row.thread_id,
            row.body[: row.signature_start],
            row.subject or "",
            row.automatic,
            row.written_on or row.taken_in_on,
        )
        for row in session.execute(asked.where(Message.id.in_(numbers)))
    }


def _named(session: Session, letters: Mapping[int, _Letter]) -> dict[int, list[Named]]:
    named: dict[int, list[Named]] = {}
    asked = (
        select(
            MentionRow.message_id,
            MentionRow.name,
            MentionRow.text,
            MentionRow.start,
            MentionRow.field,
            Message.body,
        )
        .join(Message, MentionRow.message_id == Message.id)
        .where(MentionRow.message_id.in_(list(letters)), MentionRow.label == "CASE")
        .order_by(MentionRow.id)
    )
    for message, name, text, start, field, body in session.execute(asked):
        inside = {"subject": letters[message].subject, "body": body}.get(field, "")
        named.setdefault(message, []).append(Named.at(name or text, inside, start, field))
    return named


def _known(session: Session, named: Mapping[int, Sequence[Named]]) -> set[str]:
    """Keys of those numbers that stand in our register."""
    written = {normalised(one.number) for of_message in named.values() for one in of_message}
    asked = select(Registration.number).distinct()
    return {
        key(number)
        for part in chunks(written)
        for number in session.scalars(asked.where(Registration.number.in_(part)))
        if number
    }


def _follow_ups(session: Session, numbers: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    asked = select(FollowUp.message_id, FollowUp.kind).where(
        FollowUp.message_id.in_(numbers), FollowUp.state != "dismissed"
    )
    for message, kind in session.execute(asked):
        found.setdefault(message or 0, set()).add(kind)
    return {message: frozenset(kinds) for message, kinds in found.items()}


def _clues(
    row: MessageRow, letter: _Letter, of_thread: OfThread, numbers: Numbers, follow_ups: frozenset[str]
) -> Clues:
    boxes = (row.sender, *row.to, *row.cc)
    domains = {box.address.rpartition("@")[2] for box in boxes if box and box.address}
    return Clues(
        direction=row.direction,
        subject=letter.subject,
        words=letter.words,
        automatic=letter.automatic,
        unreadable=row.status == "quarantined",
        documents=tuple(Document(one.filename or "", one.content_type) for one in row.attachments),
        follow_ups=follow_ups,
        numbers=numbers,
        thread_number=of_thread.number,
        thread_secret=of_thread.secret,
        municipality=any(municipality_of_domain(domain) is not None for domain in domains),
    )
