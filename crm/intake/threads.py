"""Which thread a received message belongs to, by References and In-Reply-To, and what `crm.intake.proof` gives in their place.

The rules are `ingest.threading`'s. `thread_key` says where every Message-ID stands, seen or only referred to, so that
a batch asks for the IDs that it names and for nothing else: the size of the store does not matter, that of a thread
next to nothing. Threads grow and merge; only where a Message-ID turns out to mean somebody else, or nobody, are the
threads that it held together made anew (`crm.intake.rethreading`).

The threads depend neither on the order of arrival nor on the batches. Of several mails with the same Message-ID it
means the first stored, so that nobody takes over a known one by writing an older date.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, Update, bindparam, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from crm.intake.answers import Letter, assign, find_answered
from crm.intake.arranged import arranged_references
from crm.intake.bearers import Bearers, Sets, find_bearers
from crm.intake.known import Row
from crm.intake.rethreading import thread_again
from crm.lookup import among, asked_in_parts, chunks
from db.bulk import insert_rows
from db.rowids import take_ids
from db.schema import Message, Reference, Thread, ThreadKey
from db.text import key_text
from ingest.model import ChainMessage
from ingest.threading import Headers, answered_ids, clean_id


class _Home(NamedTuple):
    """A thread of the store among what stands for itself: messages (int) and Message-IDs (str)."""

    id: int


_Sets = Sets[int | str | _Home]


class Arrival(NamedTuple):
    """A received message that is stored and is to find its thread; its Message-IDs as the store writes them."""

    id: int
    raw_id: int
    thread_id: int | None  # where it stands already
    own: str | None
    references: tuple[str, ...]

    @classmethod
    def of(cls, row: Row, chain: ChainMessage, proven: tuple[str, ...] = ()) -> "Arrival":
        """By the mail's headers: the row may hold a long Message-ID cut. `proven` counts where they say nothing."""
        own = clean_id(chain.message_id)
        headers = Headers(row.id, chain.message_id, chain.references, chain.in_reply_to)
        answered = tuple(key_text(name) for name in answered_ids(headers)) or proven
        references = (*chain.conversations, *answered)
        return cls(row.id, row.raw_id, row.thread_id, own and key_text(own), references)

    @classmethod
    def again(cls, row: Message, references: tuple[str, ...]) -> "Arrival":
        """A message of the store that turns out to answer another."""
        own = clean_id(row.message_id)
        return cls(row.id, row.raw_id, row.thread_id, own and key_text(own), references)

    def letter(self) -> Letter:
        return Letter(self.id, self.own, self.references, placed=self.thread_id is not None)


class Places(NamedTuple):
    """Where arrivals are to stand: message → thread, and message → the one that it answers.

    `answered` holds older messages as well: those for which an arrival is nearer than what they answered so far.
    `letters` are those whose references are to be written, `overturned` threads to be made anew, `changed` those
    whose mails are no longer the same.
    """

    threads: dict[int, int]
    answered: dict[int, int | None]
    letters: list[Letter]
    overturned: set[int]
    changed: set[int]


def join_threads(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Gives every arrival its thread, merges threads that it proves to be one, and finds its parent.

    A message that stands already where its headers say stays there.
    """
    session.flush()
    places = find_places(session, arrivals, stored=True)
    assign(session, thread_id=places.threads, reply_to_id=places.answered)
    settle(session, places)


def find_places(session: Session, arrivals: Sequence[Arrival], *, stored: bool) -> Places:
    """Where arrivals are to stand. Arrivals that are not `stored` yet are new, and are to be before `settle`."""
    ordered = sorted(_arranged(session, arrivals), key=lambda arrival: (arrival.raw_id, arrival.id))
    before = {arrival.id: arrival.thread_id for arrival in ordered}
    old = _references(session, [number for number, thread in before.items() if thread])
    letters = [arrival.letter() for arrival in ordered]
    letters = [
        one for one in letters if not one.placed or not one.references or old.get(one.id) != one.references
    ]
    bearers = _bearers(session, letters, ordered, stored=stored)
    overturned = _overturned(letters, bearers)
    overturned |= {before[one.id] or 0 for one in letters if set(old.get(one.id, ())) - set(one.references)}
    merged, threads = _join(session, letters, bearers, before)
    return Places(
        threads,
        find_answered(session, letters, bearers),
        letters,
        {merged.get(thread, thread) for thread in overturned},
        {merged.get(thread, thread) for thread in before.values() if thread},
    )


def settle(session: Session, places: Places) -> None:
    """What is left when the arrivals stand in their threads: their references, and the threads as they are now."""
    _write_references(session, places.letters)
    changed = thread_again(session, places.overturned)
    refresh(session, changed | places.changed | set(places.threads.values()))


def _arranged(session: Session, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Arrivals with the references that people leave or give them."""
    placed = {arrival.id: arrival.references for arrival in arrivals if arrival.thread_id is not None}
    references = arranged_references(session, placed) if placed else {}
    return [
        arrival._replace(references=references[arrival.id]) if arrival.id in references else arrival
        for arrival in arrivals
    ]


def _references(session: Session, messages: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What messages were found to refer to when they were last read."""
    found: dict[int, tuple[str, ...]] = {}
    for number, target in asked_in_parts(session, _asked_references(), messages):
        found[number] = (*found.get(number, ()), target)
    return found


@cache
def _asked_references() -> Select[int, str]:
    chosen = select(Reference.message_id, Reference.target).where(among(Reference.message_id))
    return chosen.order_by(Reference.message_id, Reference.position)


def _write_references(session: Session, letters: Sequence[Letter]) -> None:
    for part in chunks(letter.id for letter in letters if letter.placed):
        session.execute(delete(Reference).where(Reference.message_id.in_(part)))
    rows = [
        {"message_id": letter.id, "position": position, "target": target}
        for letter in letters
        for position, target in enumerate(letter.references)
    ]
    insert_rows(session, Reference, rows)


def _bearers(
    session: Session, letters: Sequence[Letter], arrivals: Iterable[Arrival], *, stored: bool
) -> Bearers:
    names = dict.fromkeys(name for letter in letters for name in (letter.own, *letter.references) if name)
    arriving = Counter(letter.own for letter in letters if letter.own)
    bearers = find_bearers(session, names.keys(), max(arriving.values(), default=0) if stored else 0)
    bearers.arrive((one.own, one.raw_id, one.id) for one in arrivals if one.own in names)
    return bearers


def _overturned(letters: Sequence[Letter], bearers: Bearers) -> set[int]:
    """Threads held together by a Message-ID that now means nobody, or a mail that was stored before the others."""
    arrived = {letter.id for letter in letters}
    names = set(bearers.overcrowded)
    for name in {letter.own for letter in letters if letter.own}:
        if bearers.owner(name) in arrived and len(bearers.mails[name]) > 1:
            names.add(name)
    return {bearers.threads[name] for name in names if name in bearers.threads}


def _join(
    session: Session, letters: Sequence[Letter], bearers: Bearers, before: Mapping[int, int | None]
) -> tuple[dict[int, int], dict[int, int]]:
    """Writes the threads of all Message-IDs that the arrivals name, and merges those that are one.

    Gives merged thread → what it is now, and arrival → thread.
    """
    sets: _Sets = Sets()
    for name, thread in bearers.threads.items():
        if name not in bearers.crowded:
            sets.join(name, _Home(thread))
    alone = _alone(session, letters)
    for letter in letters:
        names = bearers.joining(letter.id, letter.own, letter.references)
        for name in names:
            sets.join(letter.id, name)
        if letter.id in alone and not names:
            sets.join(letter.id, _Home(before[letter.id] or 0))
    merged, homes = _homes(
        session, sets, letters, [*bearers.threads.values(), *filter(None, before.values())]
    )
    _move(session, merged)
    _write_keys(session, letters, bearers, sets, homes)
    return merged, {letter.id: homes[sets.find(letter.id)] for letter in letters}


def _alone(session: Session, letters: Sequence[Letter]) -> set[int]:
    """Of those that stand in a thread, the messages that are its only received one."""
    placed = (letter.id for letter in letters if letter.placed)
    return {number for (number,) in asked_in_parts(session, _asked_alone(), placed)}


@cache
def _asked_alone() -> Select[int]:
    other = aliased(Message)
    others = select(other.id).where(
        other.thread_id == Message.thread_id, other.kind == "received", other.id != Message.id
    )
    return select(Message.id).where(among(Message.id), ~others.exists())


def _homes(
    session: Session, sets: _Sets, letters: Sequence[Letter], threads: Iterable[int]
) -> tuple[dict[int, int], dict[int | str | _Home, int]]:
    """Merged thread → thread, and set → thread: the largest that it holds, or a new one."""
    largest: dict[int | str | _Home, tuple[int, int]] = {}
    numbers = set(threads)
    for number, messages in asked_in_parts(session, _asked_sizes(), numbers):
        root = sets.find(_Home(number))
        largest[root] = max(largest.get(root, (-1, 0)), (messages, -number))
    homes = {root: -number for root, (_, number) in largest.items()}
    made = dict.fromkeys(root for letter in letters if (root := sets.find(letter.id)) not in homes)
    homes.update(zip(made, new_threads(session, len(made)), strict=True))
    merged = {number: home for number in numbers if (home := homes[sets.find(_Home(number))]) != number}
    return merged, homes


@cache
def _asked_sizes() -> Select[int, int]:
    return select(Thread.id, Thread.messages).where(among(Thread.id))


def new_threads(session: Session, number: int) -> list[int]:
    """Threads without messages."""
    made = take_ids(session, Thread, number)
    insert_rows(session, Thread, [{"id": thread} for thread in made])
    return made


def _move(session: Session, merged: Mapping[int, int]) -> None:
    """Messages and Message-IDs of merged threads stand in the larger one from now on."""
    if not merged:
        return
    for row in session.identity_map.values():
        if isinstance(row, Message) and row.thread_id is not None:
            row.thread_id = merged.get(row.thread_id, row.thread_id)
    session.flush()
    moves = [{"old": old, "home": home} for old, home in merged.items()]
    connection = session.connection()  # the session's own way with many parameters goes by primary keys alone
    for table in (Message, ThreadKey):
        moving = update(table).where(table.thread_id == bindparam("old"))
        connection.execute(moving.values(thread_id=bindparam("home")), moves)
    for part in chunks(merged):
        session.execute(delete(Thread).where(Thread.id.in_(part)))


def _write_keys(
    session: Session,
    letters: Sequence[Letter],
    bearers: Bearers,
    sets: _Sets,
    homes: Mapping[int | str | _Home, int],
) -> None:
    """Every Message-ID has a key, so that its bearers are found; that of a crowded one is not followed."""
    keys: dict[str, int] = {}
    for letter in letters:
        for name in (*letter.references, letter.own):
            if name is not None and name not in bearers.threads:
                keys.setdefault(name, homes[sets.find(letter.id if name in bearers.crowded else name)])
    insert_rows(
        session, ThreadKey, [{"message_id": name, "thread_id": thread} for name, thread in keys.items()]
    )


def refresh(session: Session, threads: Collection[int]) -> None:
    """Brings each thread's count, last day and subject up to date; the subject is that of its first mail."""
    for part in chunks(threads):
        session.execute(_refreshing(), {"values": part})


@cache
def _refreshing() -> Update:
    received = select(Message.id).where(Message.thread_id == Thread.id, Message.kind == "received")
    dated = received.where(Message.sent_at.is_not(None))
    first = dated.order_by(Message.sent_at, Message.id).with_only_columns(Message.subject).limit(1)
    undated = received.order_by(Message.id).with_only_columns(Message.subject).limit(1)
    return (
        update(Thread)
        .where(among(Thread.id))
        .values(
            messages=received.with_only_columns(func.count()).scalar_subquery(),
            last_date=dated.with_only_columns(func.max(Message.sent_at)).scalar_subquery(),
            subject=func.coalesce(first.scalar_subquery(), undated.scalar_subquery()),
        )
        .execution_options(synchronize_session=False)
    )
