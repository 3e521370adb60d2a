"""A person splits and joins threads; that stays, whatever is read again, until it is undone."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.errors import NotFound, NothingToSplit
from crm.intake.arranged import is_joint, joint
from crm.intake.rethreading import thread_again
from crm.intake.thread_numbers import give_back
from crm.intake.threads import Arrival, join_threads, refresh
from crm.rows.messages import ThreadRow
from crm.threads import thread_page
from db.schema import Arrangement, Message, Reference, Thread


def split(session: Session, names: Sequence[str], *, by: str, now: datetime) -> list[ThreadRow]:
    """Makes each message, and what answers it, a thread of its own. Gives all threads that this concerns.

    Raises NotFound for what is no received message, NothingToSplit for one that answers nothing.
    """
    rows = [_received(session, name) for name in names]
    batch = secrets.token_hex(8)
    for name, row in zip(names, rows, strict=True):
        if not _references(session, row.id):
            raise NothingToSplit(name)
    threads = {row.thread_id or 0 for row in rows}
    for row in rows:
        _split_off(session, row, by=by, now=now, batch=batch)
    session.flush()
    changed = thread_again(session, threads)
    refresh(session, changed)
    audit.record(session, now, by, "thread split", {"ids": list(names)})
    return _threads(session, changed)


def _split_off(session: Session, row: Message, *, by: str, now: datetime, batch: str) -> None:
    """What a person had joined it to goes as well: that person wants it elsewhere now."""
    references = _references(session, row.id)
    joints = [name for name in references if is_joint(name)]
    for each in session.scalars(
        select(Arrangement).where(Arrangement.subject == "thread", Arrangement.action == "join")
    ):
        if joint(each.id) in joints:
            each.undone = True
    kept = [name for name in references if not is_joint(name)]
    payload = {"references": kept, "threads": {str(row.id): row.thread_id}}
    session.add(_arrangement("split", row.id, None, payload, by=by, now=now, batch=batch))
    session.execute(delete(Reference).where(Reference.message_id == row.id))


def join(session: Session, names: Sequence[str], *, by: str, now: datetime) -> list[ThreadRow]:
    """Makes one thread of several, named by their own ids or by those of messages in them. Gives that thread.

    Raises NotFound.
    """
    rows = list({row.id: row for row in (_first(session, name) for name in names)}.values())
    batch = secrets.token_hex(8)
    for row in rows[1:]:
        payload = {"threads": {str(one.id): one.thread_id for one in (rows[0], row)}}
        session.add(_arrangement("join", rows[0].id, row.id, payload, by=by, now=now, batch=batch))
    session.flush()
    audit.record(session, now, by, "thread join", {"ids": list(names)})
    _again(session, rows)
    return _threads(session, {row.thread_id or 0 for row in rows})


def take_back(session: Session, arrangements: Sequence[Arrangement]) -> list[ThreadRow]:
    """Undoes what was decided in one step."""
    kept: dict[int, list[str]] = {}
    stood: dict[int, int] = {}
    numbers: set[int] = set()
    for each in arrangements:
        each.undone = True
        stood |= {int(number): thread for number, thread in each.payload.get("threads", {}).items()}
        numbers |= {number for number in (each.one, each.other) if number is not None}
        if each.action == "split":
            kept[each.one] = list(each.payload.get("references", ()))
    session.flush()
    rows = list(session.scalars(select(Message).where(Message.id.in_(numbers))))
    before = {row.thread_id or 0 for row in rows}
    _again(session, rows, kept)
    give_back(session, {row.thread_id or 0: stood[row.id] for row in rows if row.id in stood})
    for row in rows:
        session.refresh(row, ["thread_id"])
    return _threads(session, before | {row.thread_id or 0 for row in rows})


def _again(session: Session, rows: Sequence[Message], kept: dict[int, list[str]] | None = None) -> None:
    """Threads these messages anew: what people decided is added on the way."""
    arrivals = []
    for row in rows:
        headers = (kept or {}).get(row.id)
        if headers is None:
            headers = [name for name in _references(session, row.id) if not is_joint(name)]
        arrivals.append(Arrival.again(row, tuple(headers)))
    join_threads(session, arrivals)
    for row in rows:
        session.refresh(row, ["thread_id"])


def _arrangement(
    action: str,
    one: int,
    other: int | None,
    payload: dict[str, Any],
    *,
    by: str,
    now: datetime,
    batch: str,
) -> Arrangement:
    return Arrangement(
        subject="thread", action=action, one=one, other=other, payload=payload, at=now, by=by, batch=batch
    )


def _references(session: Session, message: int) -> list[str]:
    asked = select(Reference.target).where(Reference.message_id == message).order_by(Reference.position)
    return list(session.scalars(asked))


def _received(session: Session, name: str) -> Message:
    row = session.get(Message, ids.number("message", name))
    if row is None or row.kind != "received":
        raise NotFound("message", name)
    return row


def _first(session: Session, name: str) -> Message:
    """The first mail of a thread, or a message that stands for its thread."""
    if name[:1].lower() != "t":
        return _received(session, name)
    number = ids.number("thread", name)
    row = session.scalar(
        select(Message)
        .where(Message.thread_id == number, Message.kind == "received")
        .order_by(Message.sent_at.is_(None), Message.sent_at, Message.id)
        .limit(1)
    )
    if row is None:
        raise NotFound("thread", name)
    return row


def _threads(session: Session, numbers: set[int]) -> list[ThreadRow]:
    session.flush()
    held = session.scalars(select(Thread.id).where(Thread.id.in_(numbers), Thread.messages > 0))
    return thread_page(session, sorted(held, reverse=True))
