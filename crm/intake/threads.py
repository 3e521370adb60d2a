"""Which thread a received message belongs to, by References and In-Reply-To alone; subjects never merge."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crm.intake.lookup import all_by_column, by_column, chunks
from db.schema import Message, Reference, Thread, ThreadKey
from ingest.model import ChainMessage


@dataclass(frozen=True, slots=True)
class Arrival:
    """A received message that is to find its thread."""

    row: Message
    chain: ChainMessage

    def targets(self) -> list[str]:
        """What it refers to, oldest first, each once."""
        named = [*self.chain.references, *(ref for ref in self.chain.in_reply_to[:1])]
        return list(dict.fromkeys(ref for ref in named if ref != self.row.message_id))


def join_threads(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Gives every arrival its thread, merges threads that it proves to be one, and finds its parent."""
    wanted = {key for arrival in arrivals for key in (*arrival.targets(), arrival.row.message_id) if key}
    keys = by_column(session, ThreadKey, ThreadKey.message_id, wanted)
    merged: dict[int, int] = {}
    for arrival in arrivals:
        _place(session, arrival, keys, merged)
    session.flush()
    _merge(session, merged)
    _write_references(session, arrivals)
    _find_parents(session, arrivals)
    refresh(session, {arrival.row.thread_id for arrival in arrivals if arrival.row.thread_id})


def _place(session: Session, arrival: Arrival, keys: dict[str, ThreadKey], merged: dict[int, int]) -> None:
    names = [name for name in (*arrival.targets(), arrival.row.message_id) if name]
    threads = sorted({_final(merged, keys[name].thread_id) for name in names if name in keys})
    if threads:
        home, *others = threads
        merged.update(dict.fromkeys(others, home))
    else:
        thread = Thread(subject=arrival.row.subject)
        session.add(thread)
        session.flush()
        home = thread.id
    arrival.row.thread_id = home
    for name in names:
        if name not in keys:
            keys[name] = ThreadKey(message_id=name, thread_id=home)
            session.add(keys[name])


def _final(merged: dict[int, int], thread: int) -> int:
    while thread in merged:
        thread = merged[thread]
    return thread


def _merge(session: Session, merged: dict[int, int]) -> None:
    for old in merged:
        home = _final(merged, old)
        session.execute(update(Message).where(Message.thread_id == old).values(thread_id=home))
        session.execute(update(ThreadKey).where(ThreadKey.thread_id == old).values(thread_id=home))
    if merged:
        session.execute(delete(Thread).where(Thread.id.in_(list(merged))))


def _write_references(session: Session, arrivals: Sequence[Arrival]) -> None:
    session.execute(
        delete(Reference).where(Reference.message_id.in_([arrival.row.id for arrival in arrivals]))
    )
    session.add_all(
        Reference(message_id=arrival.row.id, position=position, target=target)
        for arrival in arrivals
        for position, target in enumerate(arrival.targets())
    )
    session.flush()


def _find_parents(session: Session, arrivals: Sequence[Arrival]) -> None:
    """The parent is the last reference that exists; one that arrives late is found by those that wait for it."""
    arrived = [arrival.row.message_id for arrival in arrivals if arrival.row.message_id]
    waiting = {row.message_id for row in all_by_column(session, Reference, Reference.target, arrived)}
    asking = waiting | {arrival.row.id for arrival in arrivals}
    references = all_by_column(session, Reference, Reference.message_id, asking)
    targets = {row.target for row in references}
    # A reused Message-ID names nobody for certain: the first to bear it is taken.
    owners: dict[str, int] = {}
    for part in chunks(targets):
        for number, name in session.execute(
            select(Message.id, Message.message_id)
            .where(Message.message_id.in_(part))
            .order_by(Message.id.desc())
        ):
            owners[name or ""] = number
    parents: dict[int, int] = {}
    for row in sorted(references, key=lambda row: row.position):
        if owners.get(row.target, row.message_id) != row.message_id:
            parents[row.message_id] = owners[row.target]
    rows = all_by_column(session, Message, Message.id, asking)
    above = _known_parents(session, {row.thread_id for row in rows if row.thread_id})
    for message in rows:
        parent = parents.get(message.id)
        above[message.id] = parent if _loop_free(above, message.id, parent) else None
        message.reply_to_id = above[message.id]
    session.flush()


def _known_parents(session: Session, threads: set[int]) -> dict[int, int | None]:
    known: dict[int, int | None] = {}
    for part in chunks(threads):
        rows = session.execute(select(Message.id, Message.reply_to_id).where(Message.thread_id.in_(part)))
        known.update({row.id: row.reply_to_id for row in rows})
    return known


def _loop_free(above: dict[int, int | None], number: int, parent: int | None) -> bool:
    """Whether `parent` does not lead back to `number`: forged references can bite their own tail."""
    while parent is not None:
        if parent == number:
            return False
        parent = above.get(parent)
    return True


def refresh(session: Session, threads: set[int]) -> None:
    """Brings each thread's count, last day and subject up to date."""
    for part in chunks(threads):
        rows = session.execute(
            select(Message.thread_id, func.count(), func.max(Message.sent_at), func.min(Message.id))
            .where(Message.thread_id.in_(part), Message.kind == "received")
            .group_by(Message.thread_id)
        ).all()
        for thread, count, last, first in rows:
            subject = select(Message.subject).where(Message.id == first).scalar_subquery()
            session.execute(
                update(Thread)
                .where(Thread.id == thread)
                .values(messages=count, last_date=last, subject=subject)
            )
