"""Private mail removed from the store for ever: its bytes, words and findings go, a tombstone keeps it from coming back.

What is erased is a mail that came (kind received), with all its copies and the messages that stand in these alone.
A mail that quotes it is another mail and stays; it is named, and read anew. What people decided on its follow-ups
goes as well. The log has the event without its content.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.backups import Copy, copies_since, set_aside_since
from crm.erasing_people import forget_traces, traces_of
from crm.errors import NotReceived, RegisteredInDiary
from crm.intake.rethreading import thread_again
from crm.intake.threads import refresh
from crm.intake.tombstones import Burial, empty, put_tombstones
from crm.lookup import all_by_column, chunks
from crm.messages import get
from crm.privacy.issued import take_out
from crm.rehoming import rehome
from crm.settling import settle
from db.fulltext import remove
from db.schema import (
    Arrangement,
    Audit,
    AuditPayload,
    Decision,
    FollowUp,
    LinkDecision,
    Message,
    Occurrence,
    OfficeChange,
    Raw,
    Registration,
    Thread,
    ThreadKey,
    Tombstone,
)
from db.scrub import empty_log, forget_words
from db.store import Store

_DECIDING = ("follow-up %", "undo", "link", "unlink", "register%")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes with one mail: its raws (SHA-256), messages, follow-ups, and those of them that people decided on.

    `still_in` are the ids of other mails in which its words are quoted or attached; they stay.
    """

    id: str
    raws: tuple[str, ...]
    messages: int
    follow_ups: int
    decided: int
    still_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, the copies of the store that may still hold it, and whether the store's files hold nothing more.

    `scrubbed` is False where another program kept the write-ahead log from being emptied, and None for
    PostgreSQL, where VACUUM and the server's own log decide.
    """

    rows: tuple[Erasure, ...]
    copies: tuple[Copy, ...]
    scrubbed: bool | None


@dataclass(frozen=True, slots=True)
class _Scope:
    """A mail's rows: the raws that are it, the messages that stand in them alone, and the others."""

    message: Message
    raws: list[Raw]
    alone: list[int]
    elsewhere: list[int]


def preview(session: Session, names: Sequence[str]) -> list[Erasure]:
    """What erasing these mails would take away. Raises NotFound, NotReceived and RegisteredInDiary."""
    return [_erasure(session, _scope(session, name)) for name in dict.fromkeys(names)]


def erase(store: Store, names: Sequence[str], *, by: str, now: datetime) -> Erased:
    """Erases mails by the ids of their messages, all or none. Raises as `preview`, and StoreErrors."""
    chosen = list(dict.fromkeys(names))
    with store.write() as session:
        days = [raw.taken_in_on for name in chosen for raw in _scope(session, name).raws]
        rows = tuple(erase_mails(session, chosen, Burial(now, by)))
        copies = copies_of(store, session, min(days, default=now.date()), now)
        forget_words(session)
    return Erased(rows, copies, empty_log(store))


def erase_mails(session: Session, names: Sequence[str], burial: Burial) -> list[Erasure]:
    """Erases mails in the caller's transaction, who has the words forgotten and the log emptied. Raises as `preview`."""
    rows: list[Erasure] = []
    alone: list[int] = []
    follow_ups: set[int] = set()
    for name in names:
        # Each is looked at when its turn comes: what stands in two of them is at home in neither.
        scope = _scope(session, name)
        alone += scope.alone
        follow_ups |= set(_follow_ups(session, scope))
        rows.append(_erase(session, scope, burial))
    _forget_events(session, alone, follow_ups)
    take_out(session, burial, follow_ups=follow_ups)
    _reopen(session, alone)
    return rows


def copies_of(store: Store, session: Session, first: date, now: datetime) -> tuple[Copy, ...]:
    """Copies that may hold what was taken in on `first` or later."""
    return (*copies_since(session, first, now.tzinfo), *set_aside_since(store, first, now.tzinfo))


def _scope(session: Session, name: str) -> _Scope:
    message = get(session, name)
    places = select(Occurrence.raw_id).where(Occurrence.message_id == message.id)
    if message.kind != "received":
        raise NotReceived(name, _carriers(session, session.scalars(places).all()))
    number = session.scalar(select(Registration.number).where(Registration.message_id == message.id))
    if number is not None:
        raise RegisteredInDiary(name, number)
    own = set(session.scalars(places.where(Occurrence.kind == "received"))) | {message.raw_id}
    inside = set(session.scalars(select(Occurrence.message_id).where(Occurrence.raw_id.in_(own))))
    outside = select(Occurrence.message_id).where(
        Occurrence.message_id.in_(inside), Occurrence.raw_id.not_in(own)
    )
    elsewhere = set(session.scalars(outside)) - {message.id}
    inside |= set(session.scalars(_unseen(own)))
    return _Scope(
        message,
        all_by_column(session, Raw, Raw.id, own),
        sorted((inside | {message.id}) - elsewhere),
        sorted(elsewhere),
    )


def _unseen(raws: Collection[int]) -> Select[int]:
    """Messages that an earlier reader saw in these raws, kept for what somebody decided on them."""
    stands = exists().where(Occurrence.message_id == Message.id)
    return select(Message.id).where(Message.raw_id.in_(raws), ~stands)


def _carriers(session: Session, raws: Sequence[int]) -> tuple[str, ...]:
    """The mails that came in these raws."""
    found = session.scalars(
        select(Occurrence.message_id)
        .where(Occurrence.raw_id.in_(raws), Occurrence.position == 0)
        .distinct()
        .order_by(Occurrence.message_id)
    )
    return tuple(ids.printed("message", number) for number in found)


def _erasure(session: Session, scope: _Scope) -> Erasure:
    follow_ups = _follow_ups(session, scope)
    own = [raw.id for raw in scope.raws]
    hosts = session.scalars(
        select(Occurrence.raw_id).where(
            Occurrence.message_id == scope.message.id, Occurrence.raw_id.not_in(own)
        )
    ).all()
    decided = select(func.count(func.distinct(Decision.follow_up_id)))
    return Erasure(
        id=ids.printed("message", scope.message.id),
        raws=tuple(raw.sha256 for raw in scope.raws),
        messages=len(scope.alone),
        follow_ups=len(follow_ups),
        decided=session.scalar(decided.where(Decision.follow_up_id.in_(follow_ups))) or 0,
        still_in=_carriers(session, hosts),
    )


def _follow_ups(session: Session, scope: _Scope) -> list[int]:
    return list(session.scalars(select(FollowUp.id).where(FollowUp.message_id.in_(scope.alone))))


def _erase(session: Session, scope: _Scope, burial: Burial) -> Erasure:
    """The rows that refer to others first; the event comes last and has numbers alone."""
    told = _erasure(session, scope)
    traces = traces_of(session, scope.alone)
    own = {raw.id for raw in scope.raws}
    put_tombstones(session, burial, raws=told.raws, messages=[scope.message.key])
    _erase_decisions(session, scope)
    threads = _threads(session, scope)
    rehome(session, scope.message.id, own, scope.elsewhere)
    _erase_messages(session, scope, own)
    for raw in scope.raws:
        empty(raw)
    _mend_threads(session, threads)
    forget_traces(session, traces)
    counts: dict[str, int | str] = {
        "mails": len(told.raws),
        "messages": told.messages,
        "follow_ups": told.follow_ups,
    }
    if burial.decision is not None:
        counts["decision"] = burial.decision
    audit.record(session, burial.at, burial.by, "private", counts)
    return told


def _erase_decisions(session: Session, scope: _Scope) -> None:
    numbers = _follow_ups(session, scope)
    for part in chunks(numbers):
        session.execute(delete(Decision).where(Decision.follow_up_id.in_(part)))
        session.execute(delete(FollowUp).where(FollowUp.id.in_(part)))
    of_proposals = select(Arrangement.batch).where(Arrangement.subject == "proposal")
    quoting = OfficeChange.message_id.in_(scope.alone) & OfficeChange.batch.in_(of_proposals)
    session.execute(update(OfficeChange).where(quoting).values(because=None))  # a sentence of the mail
    for table in (LinkDecision, Registration):
        session.execute(delete(table).where(table.message_id.in_(scope.alone)))
    arranged = Arrangement.subject.in_(("registration", "link")) & Arrangement.one.in_(scope.alone)
    session.execute(delete(Arrangement).where(arranged))


def _forget_events(session: Session, alone: Collection[int], follow_ups: Collection[int]) -> None:
    """What the log says of decisions on these messages and follow-ups; gone through once, however many they are."""
    names = {ids.printed("follow-up", number) for number in follow_ups} | set(follow_ups)
    names |= {ids.printed("message", number) for number in alone}
    numbers = set(alone)
    gone = [
        row.audit_id
        for row in session.scalars(select(AuditPayload).join(Audit).where(_of_decisions()))
        if names & set(row.payload.get("ids", ())) or row.payload.get("message") in numbers
    ]
    for part in chunks(gone):
        session.execute(delete(AuditPayload).where(AuditPayload.audit_id.in_(part)))


def _of_decisions() -> ColumnElement[bool]:
    return or_(*(Audit.action.like(action) for action in _DECIDING))


def _reopen(session: Session, alone: Collection[int]) -> None:
    """A promise that only these mails showed to be kept waits again, and one that they moved has its old date."""
    printed = {ids.printed("message", number) for number in alone}
    rows = [
        row
        for row in session.scalars(select(FollowUp).where(FollowUp.evidence.is_not(None)))
        if (row.evidence or {}).get("message") in printed
    ]
    for row in rows:
        row.evidence = None
    moved = all_by_column(session, FollowUp, FollowUp.changed_by_id, list(alone))
    for row in moved:
        row.change = row.changed_by_id = None
    settle(session, {row.id: row for row in (*rows, *moved)}.values())


def _threads(session: Session, scope: _Scope) -> set[int]:
    """The threads that the mail held together, and those of mails that share its Message-ID."""
    message = scope.message
    alike = select(Message.thread_id).where(
        Message.message_id == message.message_id, Message.thread_id.is_not(None)
    )
    same = set(session.scalars(alike)) if message.message_id else set()
    own = session.scalars(select(Message.thread_id).where(Message.id.in_(scope.alone)))
    return {number for number in (*same, *own) if number}


def _erase_messages(session: Session, scope: _Scope, own: set[int]) -> None:
    session.flush()
    for part in chunks(own):
        session.execute(delete(Occurrence).where(Occurrence.raw_id.in_(part)))
    for part in chunks(scope.alone):
        session.execute(update(Message).where(Message.parent_id.in_(part)).values(parent_id=None))
        session.execute(update(Message).where(Message.reply_to_id.in_(part)).values(reply_to_id=None))
        session.execute(delete(Message).where(Message.id.in_(part)))
    remove(session, scope.alone)


def _mend_threads(session: Session, threads: set[int]) -> None:
    """What still belongs together stays together; a thread without mail goes."""
    refresh(session, thread_again(session, threads))
    for number in threads:
        held = [
            session.scalar(select(func.count()).where(column == number))
            for column in (Message.thread_id, ThreadKey.thread_id)
        ]
        if not any(held):
            session.execute(delete(Thread).where(Thread.id == number))


def graves_of(store: Store) -> list[Tombstone]:
    """What was erased from a store, to be kept away from another one."""
    with store.read() as session:
        return list(session.scalars(select(Tombstone)))


def erase_again(store: Store, graves: Sequence[Tombstone], *, by: str, now: datetime) -> int:
    """Erases what was erased before and has come back with an older copy of the store; how many mails that were."""
    with store.write() as session:
        for grave in graves:
            kinds: dict[str, list[str]] = {"raw": [], "message": []}
            kinds[grave.kind].append(grave.digest)
            burial = Burial(grave.at, grave.by, grave.decision)
            put_tombstones(session, burial, raws=kinds["raw"], messages=kinds["message"])
        back = _back(session, [grave.digest for grave in graves])
    names = [ids.printed("message", number) for number in back]
    if names:
        erase(store, names, by=by, now=now)
    return len(names)


def _back(session: Session, digests: Sequence[str]) -> list[int]:
    """Messages that came by mail and bear, or stand in a raw that bears, one of these digests."""
    found: set[int] = set()
    for part in chunks(digests):
        inside = select(Occurrence.message_id).join(Raw, Occurrence.raw_id == Raw.id)
        found |= set(session.scalars(inside.where(Raw.sha256.in_(part), Occurrence.kind == "received")))
        found |= set(session.scalars(select(Message.id).where(Message.key.in_(part))))
    return sorted(found)
