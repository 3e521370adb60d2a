"""What the tables say of one another, beyond what a foreign key can hold: the same questions to both stores."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db.schema import (
    Decision,
    FollowUp,
    LinkDecision,
    Message,
    Occurrence,
    Raw,
    Registration,
    Thread,
    Tombstone,
)

MOST = 100  # problems of one kind; more say nothing new


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is version, page, link, index, thread, message or raw; `where` the row or table, `detail` what is wrong."""

    kind: str
    where: str
    detail: str


def consistency(session: Session) -> list[Problem]:
    """Rows that contradict each other, at most `MOST` of a kind."""
    return [
        Problem(kind, f"{kind} {row}", detail)
        for kind, detail, rows in _questions()
        for row in session.scalars(rows.limit(MOST))
    ]


def _questions() -> Iterator[tuple[str, str, Select[int]]]:
    received = Message.kind == "received"
    yield (
        "message",
        "it came by mail and stands in no thread",
        select(Message.id).where(received, Message.thread_id.is_(None)),
    )
    yield (
        "message",
        "it stands in no mail, and nobody decided on it",
        select(Message.id).where(Message.status != "quarantined", ~_stands(), ~_judged()),
    )
    in_thread = select(func.count()).where(Message.thread_id == Thread.id, received)
    yield (
        "thread",
        "it counts its mails wrong",
        select(Thread.id).where(Thread.messages != in_thread.correlate(Thread).scalar_subquery()),
    )
    yield (
        "raw",
        "it was read, and no message came of it",
        select(Raw.id).where(
            Raw.reader_version > 0,
            Raw.status.in_(("ok", "partial")),
            ~exists().where(Occurrence.raw_id == Raw.id),
        ),
    )
    yield (
        "raw",
        "it could not be read, and is not listed",
        select(Raw.id).where(
            Raw.status == "quarantined",
            ~exists().where(or_(Message.raw_id == Raw.id, Occurrence.raw_id == Raw.id)),
        ),
    )
    buried = exists().where(and_(Tombstone.digest == Raw.sha256, Tombstone.kind == "raw"))
    yield "raw", "it was erased, and has no tombstone", select(Raw.id).where(Raw.status == "erased", ~buried)
    yield "raw", "its tombstone says that it was erased", select(Raw.id).where(Raw.status != "erased", buried)


def _stands() -> ColumnElement[bool]:
    return exists().where(Occurrence.message_id == Message.id)


def _judged() -> ColumnElement[bool]:
    """Kept for what a person decided, though no reader finds the message any more."""
    decided = exists().where(FollowUp.message_id == Message.id, Decision.follow_up_id == FollowUp.id)
    by_hand = (exists().where(table.message_id == Message.id) for table in (LinkDecision, Registration))
    return or_(decided, *by_hand)
