"""Who bears a Message-ID, and which of them it means: the store's side of the rules of `ingest.threading`."""

from bisect import insort
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from crm.intake.arranged import nearest, split_threads
from crm.lookup import among, asked_in_parts
from db.schema import Message, ThreadKey
from ingest.threading import MAX_HOLDERS

K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Bearers:
    """What the store knows of some Message-IDs.

    `threads`: where each stands, seen or only referred to. `mails`: the received messages that bear it, by raw and
    message, the first stored first. `crowded`: those that so many bear that they mean nobody; `overcrowded`: those of them that may
    have become so just now. `split`: threads that people have split off.
    """

    threads: dict[str, int] = field(default_factory=dict)
    mails: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    overcrowded: set[str] = field(default_factory=set)
    split: set[int] = field(default_factory=set)

    def owner(self, name: str | None) -> int | None:
        """The message that a Message-ID means: the first of those that bear it."""
        mails = self.mails.get(name or "")
        return mails[0][1] if mails and name not in self.crowded else None

    def arrive(self, mails: Iterable[tuple[str, int, int]]) -> None:
        """Counts mails in that come, stored already or not: Message-ID, raw and message of each."""
        for name, raw, message in mails:
            bearing = self.mails.setdefault(name, [])
            if name not in self.crowded and (raw, message) not in bearing:
                insort(bearing, (raw, message))
                self._crowd(name, len(bearing))

    def _crowd(self, name: str, bearers: int) -> None:
        if bearers > MAX_HOLDERS:
            self.crowded.add(name)
            if name in self.threads:
                self.overcrowded.add(name)

    def joining(self, mail: int, own: str | None, references: Sequence[str]) -> list[str]:
        """The Message-IDs that say which thread a mail belongs to."""
        names = [name for name in references if name not in self.crowded]
        if self.split:
            homes = {self.threads[name] for name in names if name in self.threads}
            names = nearest(names, self.threads) if len(homes) > 1 and homes & self.split else names
        return [*names, own] if own is not None and self.owner(own) == mail else names


def find_bearers(session: Session, names: Collection[str], arriving: int = 0) -> Bearers:
    """Looks Message-IDs up; at most `arriving` of the bearers of each have come with this batch and are stored.

    However many mails bear an ID, a handful of them is looked at.
    """
    found = Bearers(split=split_threads(session))
    for name, thread, crowded, long_since in asked_in_parts(session, _asked_keys(arriving), names):
        found.threads[name] = thread
        if crowded:
            found.crowded.add(name)
        if crowded and not long_since:
            found.overcrowded.add(name)
    # Whatever is borne by a mail of the store has a thread.
    _find_mails(session, found, [name for name in found.threads if name not in found.crowded])
    return found


@lru_cache(16)
def _asked_keys(arriving: int) -> Select[str, int, bool, bool]:
    return select(
        ThreadKey.message_id,
        ThreadKey.thread_id,
        _borne_by_more_than(MAX_HOLDERS),
        _borne_by_more_than(MAX_HOLDERS + arriving),
    ).where(among(ThreadKey.message_id))


def _borne_by_more_than(number: int) -> ColumnElement[bool]:
    bearers = select(literal(1)).where(Message.message_id == ThreadKey.message_id, Message.kind == "received")
    return bearers.limit(1).offset(number).correlate(ThreadKey).exists()


def _find_mails(session: Session, found: Bearers, names: Sequence[str]) -> None:
    for name, raw, number in asked_in_parts(session, _asked_mails(), names):
        found.mails.setdefault(name or "", []).append((raw, number))
    found.crowded |= {name for name, mails in found.mails.items() if len(mails) > MAX_HOLDERS}


@cache
def _asked_mails() -> Select[str | None, int, int]:
    return (
        select(Message.message_id, Message.raw_id, Message.id)
        .where(among(Message.message_id), Message.kind == "received")
        .order_by(Message.raw_id, Message.id)
    )


class Sets(Generic[K]):
    """Disjoint sets, joined and found in next to constant time."""

    def __init__(self) -> None:
        self._above: dict[K, K] = {}
        self._size: dict[K, int] = {}

    def find(self, member: K) -> K:
        """The member that stands for its set."""
        root = member
        while (above := self._above.setdefault(root, root)) != root:
            root = above
        while self._above[member] != root:
            self._above[member], member = root, self._above[member]
        return root

    def join(self, one: K, other: K) -> bool:
        """False if they were together already."""
        left, right = self.find(one), self.find(other)
        if left == right:
            return False
        if self._size.get(left, 1) < self._size.get(right, 1):
            left, right = right, left
        self._above[right] = left
        self._size[left] = self._size.get(left, 1) + self._size.get(right, 1)
        return True
