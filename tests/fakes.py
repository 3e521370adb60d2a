"""A mailbox and a store in memory, held to the same contract as the real ones."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from ingest.epochs import fingerprint
from ingest.errors import FolderMissing, ServerUnreachable
from ingest.folders import Folder
from ingest.sync_types import (
    MAX_UID,
    Batch,
    Changes,
    Cursor,
    FetchedMail,
    Flags,
    FolderStatus,
    Listed,
    Standing,
    Stored,
)

ARRIVED = datetime(2021, 5, 4, 8, 30, tzinfo=UTC)
SEEN: Flags = ("\\Seen",)


class StoreFull(Exception):
    """What the store in memory raises before a commit, when it is told to."""


@dataclass
class FakeFolder:
    """`modseqs` are of the mails, and of the expunged ones since the folder began (`vanished`)."""

    uidvalidity: int = 1
    uidnext: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    arrived: dict[int, datetime] = field(default_factory=dict)
    marked: dict[int, Flags] = field(default_factory=dict)
    modseqs: dict[int, int] = field(default_factory=dict)
    vanished: dict[int, int] = field(default_factory=dict)
    modseq: int = 1
    flags: tuple[str, ...] = ()

    def touch(self, uid: int) -> None:
        self.modseq += 1
        (self.modseqs if uid in self.mails else self.vanished)[uid] = self.modseq


@dataclass
class FakeServer:
    """Folders of mails. `ever` is every raw that any folder has held. What it offers is said by `capabilities`."""

    boxes: dict[str, FakeFolder] = field(default_factory=lambda: {"INBOX": FakeFolder()})
    ever: set[bytes] = field(default_factory=set)
    capabilities: frozenset[str] = frozenset({"STATUS"})

    def create(self, folder: str, *flags: str) -> None:
        self.boxes[folder] = FakeFolder(flags=flags)

    def append(self, folder: str, raw: bytes, arrived: datetime = ARRIVED, flags: Flags = ()) -> int:
        box = self.boxes[folder]
        uid, box.uidnext = box.uidnext, box.uidnext + 1
        box.mails[uid] = raw
        box.arrived[uid] = arrived
        box.marked[uid] = flags
        box.touch(uid)
        self.ever.add(raw)
        return uid

    def expunge(self, folder: str, uid: int) -> bytes:
        box = self.boxes[folder]
        raw = box.mails.pop(uid)
        box.touch(uid)
        return raw

    def move(self, folder: str, uid: int, target: str) -> int:
        box = self.boxes[folder]
        return self.append(target, self.expunge(folder, uid), box.arrived[uid], box.marked[uid])

    def mark(self, folder: str, uid: int, *flags: str) -> None:
        """The mail has these flags, and no other."""
        box = self.boxes[folder]
        box.marked[uid] = tuple(sorted(flags))
        box.touch(uid)

    def rename(self, folder: str, name: str) -> None:
        self.boxes[name] = self.boxes.pop(folder)

    def renumber(self, folder: str, uidvalidity: int) -> None:
        """What a server does whose index was lost: the same mails, new numbers."""
        old = self.boxes[folder]
        self.boxes[folder] = FakeFolder(uidvalidity, 1, flags=old.flags)
        for uid in sorted(old.mails):
            self.append(folder, old.mails[uid], old.arrived[uid], old.marked[uid])

    def snapshot(self) -> dict[str, tuple[int, int, int, dict[int, bytes]]]:
        return {
            name: (box.uidvalidity, box.uidnext, box.modseq, dict(box.mails))
            for name, box in self.boxes.items()
        }


@dataclass
class FakeSource:
    """Looks at a FakeServer. `withheld` never come, `forgotten` not at the first asking; `cut` mails, then an error.

    `asked` are the UIDs of each FETCH of whole mails, `searched` where each search began, `looked` the number of
    mails whose flags were asked for, `opened` the folders that were opened.
    """

    server: FakeServer
    withheld: set[int] = field(default_factory=set)
    forgotten: set[int] = field(default_factory=set)
    cut: int | None = None
    asked: list[list[int]] = field(default_factory=list)
    searched: list[int] = field(default_factory=list)
    looked: int = 0
    opened: list[str] = field(default_factory=list)
    open: str = ""

    @property
    def _box(self) -> FakeFolder:
        return self.server.boxes[self.open]

    def folders(self) -> Sequence[Folder]:
        return [Folder(name, box.flags, "/") for name, box in self.server.boxes.items()]

    def statuses(self, folders: Collection[str]) -> Mapping[str, FolderStatus]:
        if "STATUS" not in self.server.capabilities:
            return {}
        return {name: self._status(box) for name, box in self.server.boxes.items() if name in folders}

    def _status(self, box: FakeFolder) -> FolderStatus:
        unseen = sum("\\Seen" not in box.marked[uid] for uid in box.mails)
        modseq = box.modseq if "CONDSTORE" in self.server.capabilities else None
        return FolderStatus(box.uidvalidity, box.uidnext, len(box.mails), unseen, modseq)

    def select(self, folder: str) -> FolderStatus:
        if folder not in self.server.boxes:
            raise FolderMissing(folder=folder)
        self.open = folder
        self.opened.append(folder)
        return replace(self._status(self._box), unseen=None)

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        self.searched.append(since_uid)
        return {
            uid
            for uid in self._box.mails
            if uid >= since_uid
            and (received_since is None or self._box.arrived[uid].date() >= received_since)
        }

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        return {uid: len(self._box.mails[uid]) for uid in uids if uid in self._box.mails}

    def flags(self, uids: Collection[int]) -> Mapping[int, Flags]:
        self.looked += len(uids)
        return {uid: self._box.marked[uid] for uid in uids if uid in self._box.mails}

    def changes(self, modseq: int) -> Changes | None:
        if "CONDSTORE" not in self.server.capabilities:
            return None
        box = self._box
        changed = {uid: box.marked[uid] for uid in box.mails if box.modseqs[uid] > modseq}
        vanished = [(uid, uid) for uid, moment in box.vanished.items() if moment > modseq]
        return Changes(changed, vanished if "QRESYNC" in self.server.capabilities else ())

    def headers(self, uids: Sequence[int]) -> Iterator[Listed]:
        for uid in uids:
            if uid in self._box.mails and uid not in self.withheld:
                self._count()
                raw = self._box.mails[uid]
                mark = fingerprint(raw, len(raw))
                yield Listed(uid, mark, self._box.arrived[uid], self._box.marked[uid])

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        self.asked.append(list(uids))
        for uid in uids:
            if uid in self.forgotten:
                self.forgotten.discard(uid)
            elif uid in self._box.mails and uid not in self.withheld:
                self._count()
                raw = self._box.mails[uid]
                yield FetchedMail(uid, raw, self._box.arrived[uid], len(raw), self._box.marked[uid])

    def _count(self) -> None:
        if self.cut is not None:
            if self.cut == 0:
                raise ServerUnreachable(host="imap.example", reason="cut")
            self.cut -= 1


@dataclass
class Place:
    raw: str
    gone: bool = False
    internal_date: datetime | None = None
    flags: Flags = ()


@dataclass
class MemorySink:
    """Raws by SHA-256, places, cursors. `fail_in` transactions from now, one fails before it has changed anything."""

    raws: dict[str, bytes] = field(default_factory=dict)
    places: dict[tuple[str, int, int], Place] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    transactions: int = 0
    fail_in: int | None = None

    def cursor(self, folder: str) -> Cursor | None:
        return self.cursors.get(folder)

    def live(self, folder: str, uidvalidity: int) -> dict[int, Place]:
        return {
            uid: place
            for (name, validity, uid), place in self.places.items()
            if name == folder and validity == uidvalidity and not place.gone
        }

    def count(self, folder: str, uidvalidity: int) -> int:
        return len(self.live(folder, uidvalidity))

    def known_uids(
        self, folder: str, uidvalidity: int, first: int = 1, last: int = MAX_UID
    ) -> AbstractSet[int]:
        return {uid for uid in self.live(folder, uidvalidity) if first <= uid <= last}

    def flags(self, folder: str, uidvalidity: int, uids: Collection[int]) -> Mapping[int, Flags]:
        return {uid: place.flags for uid, place in self.live(folder, uidvalidity).items() if uid in set(uids)}

    def standing(self, folder: str, uidvalidity: int) -> Iterator[Standing]:
        for (name, validity, _), place in self.places.items():
            if (name, validity) == (folder, uidvalidity):
                raw = self.raws[place.raw]
                yield Standing(place.raw, fingerprint(raw, len(raw)), place.internal_date)

    def store(self, folder: str, batch: Batch) -> Stored:
        self._fail_if_due()
        for (name, validity, _), place in self.places.items():
            place.gone |= (name, validity) == (folder, batch.closes)
        before = len(self.raws)
        for mail in batch.mails:
            digest = hashlib.sha256(mail.raw).hexdigest()
            self.raws[digest] = mail.raw
            place = Place(digest, gone=False, internal_date=mail.internal_date, flags=mail.flags)
            self.places[folder, batch.uidvalidity, mail.uid] = place
        for found in batch.places:
            place = Place(found.sha256, gone=False, internal_date=found.internal_date, flags=found.flags)
            self.places[folder, batch.uidvalidity, found.uid] = place
        for uid in batch.gone:
            self.places[folder, batch.uidvalidity, uid].gone = True
        for uid, flags in batch.flags.items():
            self.places[folder, batch.uidvalidity, uid].flags = flags
        self.cursors[folder] = Cursor(batch.uidvalidity, batch.cursor, batch.in_step)
        self.transactions += 1
        new = len(self.raws) - before
        return Stored(new, len(batch.mails) - new)

    def _fail_if_due(self) -> None:
        if self.fail_in is not None:
            self.fail_in -= 1
            if self.fail_in < 0:
                self.fail_in = None
                raise StoreFull
