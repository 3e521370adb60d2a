"""The number of a thread, which stands in printed lists and in people's notes: given back when what took it away is undone."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crm.intake.answers import assign
from crm.intake.threads import refresh
from crm.lookup import chunks
from db.bulk import insert_rows
from db.schema import Message, Thread, ThreadKey


def give_back(session: Session, numbers: Mapping[int, int]) -> None:
    """Threads by the number that they have → the one that they had. Whose old number another thread has keeps its own."""
    session.flush()
    wanted = list(numbers.values())
    held = _held(session, wanted) - numbers.keys()
    renamed = {
        now: old for now, old in numbers.items() if now != old and old not in held and wanted.count(old) == 1
    }
    if not renamed:
        return
    _make(session, renamed)
    _move(session, renamed)
    gone = renamed.keys() - renamed.values()
    session.execute(delete(Thread).where(Thread.id.in_(gone)))
    refresh(session, set(renamed.values()))


def _held(session: Session, numbers: list[int]) -> set[int]:
    return set(session.scalars(select(Thread.id).where(Thread.id.in_(numbers))))


def _make(session: Session, renamed: Mapping[int, int]) -> None:
    there = _held(session, list(renamed.values()))
    insert_rows(session, Thread, [{"id": old} for old in renamed.values() if old not in there])


def _move(session: Session, renamed: Mapping[int, int]) -> None:
    """Two may change places: who goes where is known before anything moves."""
    now = list(renamed)
    messages = dict(
        session.execute(select(Message.id, Message.thread_id).where(Message.thread_id.in_(now))).all()
    )
    keys = session.execute(
        select(ThreadKey.message_id, ThreadKey.thread_id).where(ThreadKey.thread_id.in_(now))
    ).all()
    assign(session, thread_id={number: renamed[thread or 0] for number, thread in messages.items()})
    for old in renamed.values():
        names = [name for name, thread in keys if renamed[thread] == old]
        for part in chunks(names):
            session.execute(update(ThreadKey).where(ThreadKey.message_id.in_(part)).values(thread_id=old))
