"""Threads made anew from what their messages refer to, where a Message-ID no longer means what it meant."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crm.intake.answers import Letter, assign, nearest_first
from crm.intake.arranged import nearest, split_messages
from crm.intake.bearers import Bearers, Sets, find_bearers
from crm.lookup import chunks
from db.schema import Message, Occurrence, Reference, Thread, ThreadKey


def thread_again(session: Session, threads: Collection[int]) -> set[int]:
    """Splits threads into what still belongs together; gives all threads that are concerned.

    The part with the first mail keeps the thread's number.
    """
    if not threads:
        return set()
    letters, homes = _letters(session, threads)
    bearers = find_bearers(session, {name for one in letters for name in (one.own, *one.references) if name})
    sets: Sets[int | str] = Sets()
    is_split = not split_messages(session).isdisjoint(homes)
    for letter in letters:
        for name in _joining(letter, bearers, is_split=is_split):
            sets.join(letter.id, name)
    parts = _parts(session, letters, homes, sets)
    moved = {one.id: thread for one in letters if (thread := parts[sets.find(one.id)]) != homes[one.id]}
    assign(session, thread_id=moved)
    _move_embedded(session, moved)
    _move_keys(session, threads, bearers, sets, parts)
    assign(session, reply_to_id=_answered(letters, bearers))
    return {*threads, *parts.values()}


def _joining(letter: Letter, bearers: Bearers, *, is_split: bool) -> list[str]:
    """Where something was split off, a mail follows the nearest mail that it answers."""
    names = bearers.joining(letter.id, letter.own, letter.references)
    parents = {name for name in letter.references if bearers.owner(name) not in {None, letter.id}}
    if not is_split or not parents:
        return names
    own = [name for name in names if name == letter.own]
    return [*nearest(letter.references, parents), *own]


def _letters(session: Session, threads: Collection[int]) -> tuple[list[Letter], dict[int, int]]:
    """The received messages of threads, the first stored first, and the thread of each.

    Their Message-IDs stand in the store as the keys do; what is none has no key and joins nobody.
    """
    rows = [
        row
        for part in chunks(threads)
        for row in session.execute(
            select(Message.raw_id, Message.id, Message.message_id, Message.thread_id).where(
                Message.thread_id.in_(part), Message.kind == "received"
            )
        )
    ]
    references: dict[int, list[str]] = {row.id: [] for row in rows}
    for part in chunks(references):
        found = session.execute(
            select(Reference.message_id, Reference.target)
            .where(Reference.message_id.in_(part))
            .order_by(Reference.message_id, Reference.position)
        )
        for number, target in found:
            references[number].append(target)
    letters = [
        Letter(number, name, tuple(references[number]))
        for _raw, number, name, _thread in sorted(rows, key=lambda row: (row.raw_id, row.id))
    ]
    return letters, {row.id: row.thread_id for row in rows}


def _parts(
    session: Session, letters: Sequence[Letter], homes: Mapping[int, int], sets: Sets[int | str]
) -> dict[int | str, int]:
    """Set → its thread."""
    parts: dict[int | str, int] = {}
    made: dict[int | str, Thread] = {}
    for letter in letters:
        root, home = sets.find(letter.id), homes[letter.id]
        if root in parts or root in made:
            continue
        if home in parts.values():
            made[root] = Thread()
        else:
            parts[root] = home
    session.add_all(made.values())
    session.flush()
    return parts | {root: thread.id for root, thread in made.items()}


def _move_embedded(session: Session, moved: Mapping[int, int]) -> None:
    """What a mail carries goes with it."""
    carried: dict[int, int | None] = {}
    for part in chunks(moved):
        rows = session.execute(
            select(Message.id, Occurrence.message_id)
            .join(Occurrence, Occurrence.raw_id == Message.raw_id)
            .where(Occurrence.message_id.in_(part), Occurrence.position == 0, Message.kind != "received")
        )
        carried.update((number, moved[carrier]) for number, carrier in rows)
    assign(session, thread_id=carried)


def _move_keys(
    session: Session,
    threads: Collection[int],
    bearers: Bearers,
    sets: Sets[int | str],
    parts: Mapping[int | str, int],
) -> None:
    """Keys go with their part; those that nobody names any more go."""
    held = {
        name: thread
        for part in chunks(threads)
        for name, thread in session.execute(
            select(ThreadKey.message_id, ThreadKey.thread_id).where(ThreadKey.thread_id.in_(part))
        )
    }
    moves = []
    for name, thread in held.items():
        home = parts.get(sets.find(name))
        if home is not None and home != thread:
            moves.append({"message_id": name, "thread_id": home})
    if moves:
        session.execute(update(ThreadKey), moves)
    named = bearers.threads.keys() | bearers.crowded
    for part in chunks(held.keys() - named):
        session.execute(delete(ThreadKey).where(ThreadKey.message_id.in_(part)))


def _answered(letters: Sequence[Letter], bearers: Bearers) -> dict[int, int | None]:
    """Each message gets its parent once, so a set tells a loop."""
    trees: Sets[int] = Sets()
    parents: dict[int, int | None] = {}
    for letter in letters:
        candidates = nearest_first(letter, bearers)
        parents[letter.id] = next((one for one in candidates if trees.join(letter.id, one)), None)
    return parents
