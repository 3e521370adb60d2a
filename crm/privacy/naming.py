"""Which messages somebody wrote, got, or is named in; and the sentences that name them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm.lookup import chunks
from crm.privacy.passages import Span, passages, places
from crm.privacy.subject import Subject
from db import fulltext
from db.schema import AttachmentRow, MentionRow, Message, Occurrence, Recipient, Registration

Role = Literal["author", "to", "cc", "named"]
_LETTERS = ("to", "cc")
_TEXTS = 50  # messages whose words and documents are in memory at a time


@dataclass(frozen=True, slots=True)
class Roles:
    """Numbers of messages by what somebody is in them; the words of those that they wrote are not looked through."""

    author: frozenset[int]
    to: frozenset[int]
    cc: frozenset[int]
    named: frozenset[int]

    def of(self, number: int) -> tuple[Role, ...]:
        """What they are in one message, in a fixed order."""
        held: tuple[tuple[Role, frozenset[int]], ...] = (
            ("author", self.author),
            ("to", self.to),
            ("cc", self.cc),
            ("named", self.named),
        )
        return tuple(role for role, numbers in held if number in numbers)

    @property
    def all(self) -> frozenset[int]:
        return self.author | self.to | self.cc | self.named


@dataclass(slots=True)
class _Text:
    """A field of a message: its text, its name where it is a document, and where the person stands in it."""

    text: str
    document: str | None = None
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a message; `field` is subject, body or document, `document` that one's name."""

    message: int
    field: str
    document: str | None
    text: str


def roles(session: Session, subject: Subject) -> Roles:
    """In which messages they are what; a query for each kind, however many there are."""
    owned = [one.number for one in subject.addresses]
    author = frozenset(session.scalars(select(Message.id).where(Message.address_id.in_(owned))))
    got: dict[str, set[int]] = {name: set() for name in _LETTERS}
    addressed = select(Recipient.field, Recipient.message_id).where(Recipient.address_id.in_(owned))
    for name, number in session.execute(addressed):
        got[name].add(number)
    named = _named(session, subject) - author
    return Roles(author, frozenset(got["to"]), frozenset(got["cc"]), frozenset(named))


def _named(session: Session, subject: Subject) -> set[int]:
    """Where reading found them; and where their name or address stands, though no rule has taken it for somebody's."""
    found = set(session.scalars(select(MentionRow.message_id).where(_mentioned(subject))))
    for word in words_of(subject):
        candidates = fulltext.find(session, f'"{word}"', limit=0)
        for part in chunks((number for number in candidates if number not in found), _TEXTS):
            found |= {one for one, fields in _texts(session, part).items() if _stands(fields, word)}
    return found


def _stands(fields: dict[str, _Text], word: str) -> bool:
    return any(places(one.text, (word,)) for one in fields.values())


def words_of(subject: Subject) -> tuple[str, ...]:
    """What is looked for in texts: names of two words and more, since one alone may be anybody's, and addresses."""
    return (*(name for name in subject.names if " " in name.strip()), *subject.written)


def _mentioned(subject: Subject) -> ColumnElement[bool]:
    return or_(
        (MentionRow.label == "PERSON") & MentionRow.name.in_(subject.names),
        (MentionRow.label == "PHONE") & MentionRow.name.in_(subject.phones),
        (MentionRow.label == "ADDRESS") & MentionRow.name.in_(subject.written),
    )


def passages_of(session: Session, subject: Subject, numbers: Sequence[int]) -> Iterator[Passage]:
    """The sentences that name them in these messages, in the order of the messages; a few queries for 50 of them."""
    own = (*subject.written, *subject.phones)
    words = words_of(subject)
    for part in chunks(numbers, _TEXTS):
        texts = _texts(session, part)
        _add_mentions(session, subject, texts)
        for number in part:
            for name, one in texts.get(number, {}).items():
                spans = one.spans + places(one.text, words)
                for said in passages(one.text, spans, own):
                    kind = "document" if name.startswith("attachment") else name
                    yield Passage(number, kind, one.document, said)


def _texts(session: Session, numbers: Collection[int]) -> dict[int, dict[str, _Text]]:
    """Message → field → text."""
    words = select(Message.id, Message.subject, Message.body).where(Message.id.in_(numbers))
    found = {
        number: {"subject": _Text(subject or ""), "body": _Text(body)}
        for number, subject, body in session.execute(words)
    }
    columns = AttachmentRow.message_id, AttachmentRow.position, AttachmentRow.filename, AttachmentRow.text
    documents = select(*columns).where(AttachmentRow.message_id.in_(numbers), AttachmentRow.text.is_not(None))
    for number, position, name, text in session.execute(documents.order_by(AttachmentRow.position)):
        found[number][f"attachment:{position + 1}"] = _Text(text or "", name or "")
    return found


def _add_mentions(session: Session, subject: Subject, texts: dict[int, dict[str, _Text]]) -> None:
    columns = MentionRow.message_id, MentionRow.field, MentionRow.start, MentionRow.end
    asked = select(*columns).where(MentionRow.message_id.in_(texts), _mentioned(subject))
    for number, name, start, end in session.execute(asked):
        if name in texts[number]:
            texts[number][name].spans.append((start, end))


def secret(session: Session, numbers: Collection[int]) -> dict[int, str | None]:
    """Those of these messages that are marked secret, or stand in a mail that is → its number in the diary."""
    mark = select(Message.raw_id, Registration.number).join(
        Registration, Registration.message_id == Message.id
    )
    mark = mark.where(Registration.secret_provision.is_not(None))
    marked = mark.subquery()
    asked = (
        select(Occurrence.message_id, marked.c.number)
        .join(marked, Occurrence.raw_id == marked.c.raw_id)
        .join(Message, Occurrence.message_id == Message.id)
        .where(Message.kind != "received")  # what came by itself has a mark of its own
    )
    own = select(Registration.message_id, Registration.number).where(
        Registration.secret_provision.is_not(None)
    )
    found: dict[int, str | None] = {}
    for part in chunks(numbers):
        found |= dict(session.execute(asked.where(Occurrence.message_id.in_(part))).all())
        found |= dict(session.execute(own.where(Registration.message_id.in_(part))).all())
    return found
