"""Which mail a received mail answers: the nearest of its references that is at hand and closes no loop.

Where references make a circle (none that honest programs write do), somebody in it stays without a parent, and who
that is depends on the order in which they came: to be independent of it, every arrival would have to read all of its
thread again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from crm.intake.bearers import Bearers
from crm.lookup import chunks
from db.bulk import update_rows
from db.schema import Message, Reference


@dataclass(frozen=True, slots=True)
class Letter:
    """What threading needs of an arrival. `placed`: it may have answers in the store already."""

    id: int
    own: str | None
    references: tuple[str, ...]
    placed: bool = False


@dataclass(slots=True)
class _Waiting:
    """A message of the store that refers to an arrival, nearer than to the mail that it answers so far."""

    id: int
    position: int


@dataclass(slots=True)
class _Forest:
    """Message → the one it answers, as far as it matters here; `changed` are those to write."""

    above: dict[int, int | None] = field(default_factory=dict)
    changed: dict[int, int | None] = field(default_factory=dict)

    def put(self, number: int, parent: int | None) -> None:
        self.above[number] = self.changed[number] = parent

    def up(self, number: int | None) -> Iterator[int]:
        """The message, the one it answers, and so on; a circle in the store, should there be one, ends it."""
        seen: set[int] = set()
        while number is not None and number not in seen:
            seen.add(number)
            yield number
            number = self.above.get(number)


def find_answered(session: Session, letters: Sequence[Letter], bearers: Bearers) -> dict[int, int | None]:
    """The parent of every arrival, and those of the mails that waited for an arrival."""
    owners = {one.own: one.id for one in letters if one.own and bearers.owner(one.own) == one.id}
    candidates = {letter.id: nearest_first(letter, bearers) for letter in letters}
    # Whatever the store refers to has a thread.
    known = {name: number for name, number in owners.items() if name in bearers.threads}
    waiting = _find_waiting(session, known, candidates.keys())
    # A loop needs somebody below: without answers in the store, what stands above is of no interest.
    busy = {letter.id for letter in letters if letter.placed} | waiting.keys()
    above = {number for one in _reached(busy, candidates) for number in candidates[one]}
    forest = _Forest(_ancestors(session, above))
    forest.above.update(dict.fromkeys(candidates))
    _place(forest, candidates, busy)
    _adopt(forest, waiting)
    return forest.changed


def nearest_first(letter: Letter, bearers: Bearers) -> list[int]:
    """The mails at hand that a mail refers to."""
    owners = (bearers.owner(name) for name in reversed(letter.references))
    return [owner for owner in owners if owner is not None and owner != letter.id]


def _reached(busy: Collection[int], candidates: Mapping[int, Sequence[int]]) -> set[int]:
    """These arrivals and all that may come to stand above them: a loop can lead through several of a batch."""
    reached: set[int] = set()
    waiting = list(busy)
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += [parent for parent in candidates[number] if parent in candidates]
    return reached


def _place(forest: _Forest, candidates: Mapping[int, Sequence[int]], busy: Collection[int]) -> None:
    answered = set(busy)
    for number, parents in candidates.items():
        fitting = (one for one in parents if number not in answered or number not in forest.up(one))
        parent = next(fitting, None)
        forest.put(number, parent)
        if parent is not None:
            answered.add(parent)


def _adopt(forest: _Forest, waiting: Mapping[int, Iterable[_Waiting]]) -> None:
    nearest: dict[int, int] = {}
    for number, children in waiting.items():
        above = set(forest.up(number))
        for child in children:
            if child.position > nearest.get(child.id, -1) and child.id not in above:
                nearest[child.id] = child.position
                forest.put(child.id, number)


def _find_waiting(
    session: Session, owners: Mapping[str, int], arrived: Collection[int]
) -> dict[int, list[_Waiting]]:
    """Arrival → the older messages for which it is nearer than what they answer so far."""
    waiting: dict[int, list[_Waiting]] = {}
    for part in chunks(owners):
        for name, number, position, so_far in session.execute(_asked_waiting(), {"names": part}):
            if number not in arrived and (so_far is None or position > so_far):
                waiting.setdefault(owners[name], []).append(_Waiting(number, position))
    return waiting


@cache
def _asked_waiting() -> Select[str, int, int, int]:
    """The question of `_find_waiting`, made once."""
    parent, held = aliased(Message), aliased(Reference)
    # An expression keeps the index of targets out of it: a mail has a hundred references, a target any number of them.
    target = func.coalesce(held.target, "")
    return (
        select(Reference.target, Reference.message_id, Reference.position, held.position)
        .join(Message, Message.id == Reference.message_id)
        .outerjoin(parent, parent.id == Message.reply_to_id)
        .outerjoin(held, and_(held.message_id == Message.id, target == parent.message_id))
        .where(Reference.target.in_(bindparam("names", expanding=True)))
    )


def _ancestors(session: Session, starts: Collection[int]) -> dict[int, int | None]:
    """Message → the one it answers, for all of `starts` and whatever stands above them."""
    found: dict[int, int | None] = {}
    for part in chunks(starts):
        up = select(Message.id, Message.reply_to_id).where(Message.id.in_(part)).cte("up", recursive=True)
        up = up.union(select(Message.id, Message.reply_to_id).join(up, Message.id == up.c.reply_to_id))
        found.update((number, above) for number, above in session.execute(select(up)))
    return found


def assign(session: Session, **columns: Mapping[int, int | None]) -> None:
    """Writes columns of messages, each by message; those that the session holds know it as well.

    A message of which all are written is written once: its row is as long as its body.
    """
    loaded = {row.id: row for row in session.identity_map.values() if isinstance(row, Message)}
    rest: dict[int, dict[str, Any]] = {}
    for column, values in columns.items():
        for number, value in values.items():
            if number in loaded:
                setattr(loaded[number], column, value)
            else:
                rest.setdefault(number, {"id": number})[column] = value
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rest.values():
        alike.setdefault(tuple(row), []).append(row)
    for rows in alike.values():
        update_rows(session, Message, rows)
    session.flush()
