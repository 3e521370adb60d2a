"""What has changed in a folder since it was last synced: a ladder, from what costs least to what every server has.

1. LIST-STATUS or STATUS says what it said when the folder was in step: it is not even opened (`untouched`).
2. QRESYNC: changed flags and vanished UIDs since the last HIGHESTMODSEQ.
3. CONDSTORE: changed flags; that something is expunged is seen by number, what it is by a list.
4. Neither (Exchange Online): new UIDs by a search, expunged ones by number, then by list, and the flags of all known
   mails, unless the new ones explain why the number of unseen mails is another.

What a server says is believed where the numbers agree: places known, less what is said to be gone, plus what is new,
are as many as the folder says to hold. Where they are not, all UIDs are listed, and a list shorter than the folder
proves no absence.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ingest.sync_types import MAX_UID, Changes, Cursor, Flags, FolderStatus, MailSink, MailSource

FLAGS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Difference:
    """UIDs to fetch, oldest first; known ones that are gone; how many were known; changes, where they are counted.

    `agreed`: the numbers bear it out, so that a folder with all of this done is in step. `end`: the highest UID
    that is settled then.
    """

    wanted: Sequence[int]
    gone: AbstractSet[int]
    known: int
    end: int
    agreed: bool
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A folder opened: both sides, what the server said at that moment, and where the last run had come to."""

    source: MailSource
    sink: MailSink
    folder: str
    status: FolderStatus
    cursor: Cursor | None
    received_since: date | None = None

    @property
    def passed(self) -> int:
        """The highest UID that the cursor has passed in this epoch."""
        return self.cursor.uid if self.cursor is not None else 0

    def known_uids(self, first: int = 1, last: int = MAX_UID) -> AbstractSet[int]:
        return self.sink.known_uids(self.folder, self.status.uidvalidity, first, last)


def untouched(cursor: Cursor | None, status: FolderStatus | None, received_since: date | None) -> bool:
    """The first rung: the server says what it said when everything of this folder was known.

    As UIDs are given out once, the same UIDNEXT and the same number of mails mean the same mails.
    """
    return (
        cursor is not None
        and cursor.in_step is not None
        and status is not None
        and status.uidnext is not None
        and cursor.in_step.status == status
        and cursor.in_step.since == received_since
    )


def find_difference(look: Look) -> Difference:
    """The other rungs; flags apart from those that `changes` holds are `changed_flags`' to find."""
    changes = _changes(look)
    known = known_count(look)
    if look.received_since is None:
        above = look.known_uids(look.passed + 1)
        recent = look.source.uids(look.passed + 1) - above
        vanished = _vanished(look, changes)
        if known - len(vanished) + len(recent) == look.status.exists:
            end = max((*recent, *above), default=look.passed)
            return Difference(sorted(recent), vanished, known, end, agreed=True, changes=changes)
    return _by_list(look, changes)


def _changes(look: Look) -> Changes | None:
    in_step = look.cursor.in_step if look.cursor is not None else None
    modseq = in_step.status.modseq if in_step is not None else None
    if modseq is None or look.status.modseq is None or not look.status.exists:
        return None
    return look.source.changes(modseq)


def known_count(look: Look) -> int:
    """How many places the sink has here; counted only where the last run could not say."""
    if look.cursor is not None and look.cursor.in_step is not None:
        return look.cursor.in_step.known
    return look.sink.count(look.folder, look.status.uidvalidity)


def _vanished(look: Look, changes: Changes | None) -> AbstractSet[int]:
    """The known UIDs among those that the server says are there no more."""
    ranges = sorted(changes.vanished) if changes is not None else []
    if not ranges:
        return frozenset()
    known = sorted(look.known_uids(ranges[0][0], max(last for _, last in ranges)))
    return frozenset(_within(known, ranges))


def _within(uids: Sequence[int], ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Those of ascending `uids` that lie in one of the ranges, sorted by their beginnings; one pass over both."""
    waiting = iter(ranges)
    upcoming = next(waiting, None)
    reach = 0
    for uid in uids:
        while upcoming is not None and upcoming[0] <= uid:
            reach = max(reach, upcoming[1])
            upcoming = next(waiting, None)
        if uid <= reach:
            yield uid


def _by_list(look: Look, changes: Changes | None) -> Difference:
    known = look.known_uids()
    listed = look.source.uids()
    wanted = listed
    if look.received_since is not None:
        wanted = look.source.uids(1, look.received_since) & listed
    whole = len(listed) >= look.status.exists
    gone = known - listed if whole else frozenset[int]()
    end = max((*known, *wanted), default=look.passed) if whole else look.passed
    return Difference(sorted(wanted - known), gone, len(known), end, agreed=whole, changes=changes)


def flags_may_differ(look: Look, told: FolderStatus | None, difference: Difference, unseen_new: int) -> bool:
    """On the last rung: whether anything but new mails, of which `unseen_new` are unseen, has moved the numbers."""
    if not difference.known or difference.changes is not None:
        return False
    in_step = look.cursor.in_step if look.cursor is not None else None
    if in_step is None or told is None or told.unseen is None or in_step.status.unseen is None:
        return True
    explained = difference.wanted and told.unseen == in_step.status.unseen + unseen_new
    return bool(difference.gone) or not explained


def changed_flags(look: Look, difference: Difference) -> Iterator[Mapping[int, Flags]]:
    """The flags of known mails that are not what they were, page by page."""
    if difference.changes is not None:
        changed = difference.changes.flags
        pages = ({uid: changed[uid] for uid in page} for page in _pages(sorted(changed)))
    else:
        known = sorted(look.known_uids() - difference.gone)
        pages = (dict(look.source.flags(page)) for page in _pages(known))
    for told in pages:
        was = look.sink.flags(look.folder, look.status.uidvalidity, told)
        differing = {uid: flags for uid, flags in was.items() if told[uid] != flags}
        if differing:
            yield {uid: told[uid] for uid in differing}


def _pages(uids: Collection[int]) -> Iterator[list[int]]:
    rest = iter(uids)
    while page := list(islice(rest, FLAGS_AT_ONCE)):
        yield page
