"""Who answers whom, by Message-ID, References and In-Reply-To alone.

The rules are those of RFC 5256's REFERENCES without its fifth step, as Dovecot's REFS: subjects say nothing, since one
subject is used for a hundred matters. A mail's parent is the nearest of its references that is at hand; mails that
refer to the same Message-ID are of one thread, whether or not that mail is at hand.

- In-Reply-To counts only where References has nothing usable.
- What is no Message-ID (no brackets' worth of text, blanks, too long) joins nothing.
- A Message-ID borne by several mails is the first one's; borne by more than three, it is a machine's that numbers
  nothing, and joins nothing. Mails with the same Message-ID are not joined by it.
- No loops: a reference that would close one is passed over for the next.

Everything is linear in the number of references, of which a mail has a hundred at most.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MAX_REFERENCES = 100
MAX_ID_LENGTH = 998  # a line of RFC 5322
MAX_HOLDERS = 3

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Headers(Generic[K]):
    """What threading needs of a mail; Message-IDs with or without their angle brackets, oldest reference first."""

    id: K
    message_id: str | None
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed(Generic[K]):
    """Where a mail stands: the mail it answers, if it is at hand, and its thread, named by the thread's first mail."""

    parent: K | None
    thread: K


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """A mail that the store has placed already. `references` as `reference_ids` gave them; `thread` is the store's."""

    id: K
    message_id: str | None
    references: tuple[str, ...]
    parent: K | None
    parent_message_id: str | None
    thread: Hashable


@dataclass(frozen=True, slots=True)
class Placement(Generic[K]):
    """What a new mail changes: its parent, the mails whose parent it now is, and the threads that are one from now on.

    Without threads to join it begins one.
    """

    parent: K | None
    adopted: tuple[K, ...]
    threads: tuple[Hashable, ...]


def clean_id(text: str | None) -> str | None:
    """A Message-ID in angle brackets, or None for junk: blanks or controls within, no "@" and short, too long."""
    if text is None or len(text) > MAX_ID_LENGTH:
        return None
    bare = text.strip().removeprefix("<").removesuffix(">").strip()
    if not bare.isprintable() or any(character in bare for character in " <>"):
        return None
    left, at, right = bare.partition("@")
    # Some systems write no "@"; a long word with digits is still nobody else's.
    unique = bool(left and right) if at else len(bare) >= 16 and any(map(str.isdigit, bare))
    return f"<{bare}>" if unique else None


def reference_ids(mail: Headers[K]) -> tuple[str, ...]:
    """What a mail answers, oldest first, each once (its last place counts), its own Message-ID left out."""
    own = clean_id(mail.message_id)
    found = _clean(mail.references, own) or _clean(mail.in_reply_to[:1], own)
    return found if len(found) <= MAX_REFERENCES else (found[0], *found[1 - MAX_REFERENCES :])


def _clean(texts: Sequence[str], own: str | None) -> tuple[str, ...]:
    ids = (clean_id(text) for text in reversed((*texts[:1], *texts[1:][-10 * MAX_REFERENCES :])))
    return tuple(reversed(dict.fromkeys(found for found in ids if found is not None and found != own)))


def lookup_ids(mail: Headers[K]) -> tuple[str, ...]:
    """The Message-IDs to ask the store about before `place`: the mail's own first, then its references."""
    own = clean_id(mail.message_id)
    return ((own,) if own else ()) + reference_ids(mail)


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


def place(
    mail: Headers[K],
    holders: Iterable[Known[K]],
    referrers: Iterable[Known[K]],
    parent_of: Callable[[K], K | None],
) -> Placement[K]:
    """Places one new mail among those that are known, as `thread_parents` would.

    `holders`: the known mails whose Message-ID is among `lookup_ids(mail)`, oldest first; `referrers`: those that refer
    to any of them. Each is one query. `parent_of` is asked only where a loop is possible.
    """
    by_id: dict[str, list[Known[K]]] = defaultdict(list)
    for known in holders:
        if known.message_id is not None and known.id != mail.id:
            by_id[known.message_id].append(known)
    own = clean_id(mail.message_id)
    if own in by_id:
        own = None  # somebody else's already
    usable = [found for found in reference_ids(mail) if len(by_id.get(found, ())) <= MAX_HOLDERS]
    parent = next((by_id[found][0] for found in reversed(usable) if found in by_id), None)
    asked = {*usable, own} - {None}
    linked = [known for known in referrers if known.id != mail.id and not asked.isdisjoint(known.references)]
    related = [by_id[found][0] for found in usable if found in by_id] + linked
    adopted = _adopted(own, linked, parent, parent_of) if own is not None else ()
    return Placement(
        parent.id if parent else None, adopted, tuple(dict.fromkeys(known.thread for known in related))
    )


def _adopted(
    own: str, linked: Iterable[Known[K]], parent: Known[K] | None, parent_of: Callable[[K], K | None]
) -> tuple[K, ...]:
    """Those that refer to the new mail and to nothing nearer, and are not among its own ancestors."""
    nearer = [known for known in linked if own in known.references and _is_nearer(own, known)]
    if not nearer:
        return ()
    ancestors = _ancestors(parent, parent_of)
    return tuple(known.id for known in nearer if known.id not in ancestors)


def _is_nearer(own: str, known: Known[K]) -> bool:
    if known.parent_message_id is None or known.parent_message_id not in known.references:
        return True
    return known.references.index(own) > known.references.index(known.parent_message_id)


def _ancestors(parent: Known[K] | None, parent_of: Callable[[K], K | None]) -> Collection[K]:
    """The parent, its parent and so on; the store's own loops, should there be any, end it."""
    found: dict[K, None] = {}
    current = parent.id if parent else None
    while current is not None and current not in found:
        found[current] = None
        current = parent_of(current)
    return found


class _Sets(Generic[K]):
    """Disjoint sets, joined and found in next to constant time."""

    def __init__(self) -> None:
        self._above: dict[K, K] = {}
        self._size: dict[K, int] = {}

    def find(self, member: K) -> K:
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
