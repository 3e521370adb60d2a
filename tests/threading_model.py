"""Threads of a whole set of mails at once, as `ingest.threading` rules: what the store's way is held against."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.threading import MAX_HOLDERS, Headers, clean_id, reference_ids

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Placed(Generic[K]):
    """Where a mail stands: the mail it answers, if it is at hand, and its thread, named by the thread's first mail."""

    parent: K | None
    thread: K


def thread_parents(mails: Iterable[Headers[K]]) -> dict[K, Placed[K]]:
    """Parent and thread of every mail, in the order of `mails`; the first of a thread gives it its name."""
    ordered = list(mails)
    references = {mail.id: reference_ids(mail) for mail in ordered}
    holders = _holders(ordered)
    threads: _Sets[Hashable] = _Sets()
    for mail in ordered:
        own = clean_id(mail.message_id)
        ids = [found for found in references[mail.id] if _usable(holders, found)]
        if own is not None and holders[own][0] == mail.id and _usable(holders, own):
            ids.append(own)
        for found in ids:
            threads.join(("mail", mail.id), ("id", found))
    parents = _parents(ordered, references, holders)
    names: dict[Hashable, K] = {}
    placed: dict[K, Placed[K]] = {}
    for mail in ordered:
        thread = names.setdefault(threads.find(("mail", mail.id)), mail.id)
        placed[mail.id] = Placed(parents[mail.id], thread)
    return placed


def _holders(mails: Iterable[Headers[K]]) -> dict[str, list[K]]:
    holders: dict[str, list[K]] = defaultdict(list)
    for mail in mails:
        own = clean_id(mail.message_id)
        if own is not None:
            holders[own].append(mail.id)
    return dict(holders)


def _usable(holders: Mapping[str, Sequence[K]], found: str) -> bool:
    return len(holders.get(found, ())) <= MAX_HOLDERS


def _parents(
    mails: Sequence[Headers[K]], references: Mapping[K, tuple[str, ...]], holders: Mapping[str, Sequence[K]]
) -> dict[K, K | None]:
    """The nearest reference at hand that closes no loop. Each mail gets its parent once, so a set tells a loop."""
    trees: _Sets[K] = _Sets()
    parents: dict[K, K | None] = {}
    for mail in mails:
        parents[mail.id] = None
        for found in reversed(references[mail.id]):
            candidates = holders.get(found, ())
            if not candidates or len(candidates) > MAX_HOLDERS:
                continue
            if trees.join(mail.id, candidates[0]):
                parents[mail.id] = candidates[0]
                break
    return parents


class _Sets(Generic[K]):
    """Disjoint sets, plainly: every member has its whole set at hand, and joining writes it to each."""

    def __init__(self) -> None:
        self._of: dict[K, frozenset[K]] = {}

    def find(self, member: K) -> frozenset[K]:
        """The set of a member: alone at first."""
        return self._of.get(member, frozenset({member}))

    def join(self, one: K, other: K) -> bool:
        """False if they were together already."""
        left, right = self.find(one), self.find(other)
        if left == right:
            return False
        joined = left | right
        self._of.update(dict.fromkeys(joined, joined))
        return True
