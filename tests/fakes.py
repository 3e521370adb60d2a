"""A mailbox and a store in memory, held to the same contract as the real ones."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ingest.errors import FolderMissing, ServerUnreachable
from ingest.folders import Folder
from ingest.sync import Cursor, FetchedMail, FolderStatus, Stored

ARRIVED = datetime(2021, 5, 4, 8, 30, tzinfo=UTC)


class StoreFull(Exception):
    """What the store in memory raises before a commit, when it is told to."""


@dataclass
class FakeFolder:
    uidvalidity: int = 1
    uidnext: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    arrived: dict[int, datetime] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


@dataclass
class FakeServer:
    """Folders of mails. `ever` is every raw that any folder has held."""

    boxes: dict[str, FakeFolder] = field(default_factory=lambda: {"INBOX": FakeFolder()})
    ever: set[bytes] = field(default_factory=set)

    def create(self, folder: str, *flags: str) -> None:
        self.boxes[folder] = FakeFolder(flags=flags)

    def append(self, folder: str, raw: bytes, arrived: datetime = ARRIVED) -> int:
        box = self.boxes[folder]
        uid, box.uidnext = box.uidnext, box.uidnext + 1
        box.mails[uid] = raw
        box.arrived[uid] = arrived
        self.ever.add(raw)
        return uid

    def expunge(self, folder: str, uid: int) -> bytes:
        return self.boxes[folder].mails.pop(uid)

    def move(self, folder: str, uid: int, target: str) -> int:
        return self.append(target, self.expunge(folder, uid))

    def renumber(self, folder: str, uidvalidity: int) -> None:
        """What a server does whose index was lost: the same mails, new numbers."""
        box = self.boxes[folder]
        raws = [box.mails[uid] for uid in sorted(box.mails)]
        self.boxes[folder] = FakeFolder(uidvalidity, 1, flags=box.flags)
        for raw in raws:
            self.append(folder, raw)

    def snapshot(self) -> dict[str, tuple[int, int, dict[int, bytes]]]:
        return {name: (box.uidvalidity, box.uidnext, dict(box.mails)) for name, box in self.boxes.items()}


@dataclass
class FakeSource:
    """Looks at a FakeServer. `withheld` never come, `forgotten` not at the first asking; `cut` mails, then an error."""

    server: FakeServer
    withheld: set[int] = field(default_factory=set)
    forgotten: set[int] = field(default_factory=set)
    cut: int | None = None
    asked: list[list[int]] = field(default_factory=list)
    open: str = ""

    @property
    def _box(self) -> FakeFolder:
        return self.server.boxes[self.open]

    def folders(self) -> Sequence[Folder]:
        return [Folder(name, box.flags, "/") for name, box in self.server.boxes.items()]

    def select(self, folder: str) -> FolderStatus:
        if folder not in self.server.boxes:
            raise FolderMissing(folder=folder)
        self.open = folder
        return FolderStatus(self._box.uidvalidity, self._box.uidnext, len(self._box.mails))

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        return {
            uid
            for uid in self._box.mails
            if uid >= since_uid
            and (received_since is None or self._box.arrived[uid].date() >= received_since)
        }

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        return {uid: len(self._box.mails[uid]) for uid in uids if uid in self._box.mails}

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        self.asked.append(list(uids))
        for uid in uids:
            if uid in self.forgotten:
                self.forgotten.discard(uid)
            elif uid in self._box.mails and uid not in self.withheld:
                self._count()
                raw = self._box.mails[uid]
                yield FetchedMail(uid, raw, self._box.arrived[uid], len(raw))

    def _count(self) -> None:
        if self.cut is not None:
            if self.cut == 0:
                raise ServerUnreachable(host="imap.example", reason="cut")
            self.cut -= 1


@dataclass
class Place:
    raw: str
    gone: bool = False


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

    def known_uids(self, folder: str, uidvalidity: int) -> AbstractSet[int]:
        return {
            uid
            for (name, validity, uid), place in self.places.items()
            if name == folder and validity == uidvalidity and not place.gone
        }

    def store_batch(
        self, folder: str, uidvalidity: int, mails: Sequence[FetchedMail], cursor: int, gone: Collection[int]
    ) -> Stored:
        self._fail_if_due()
        before = len(self.raws)
        for mail in mails:
            digest = hashlib.sha256(mail.raw).hexdigest()
            self.raws[digest] = mail.raw
            self.places[folder, uidvalidity, mail.uid] = Place(digest)
        for uid in gone:
            self.places[folder, uidvalidity, uid].gone = True
        self.cursors[folder] = Cursor(uidvalidity, cursor)
        self.transactions += 1
        new = len(self.raws) - before
        return Stored(new, len(mails) - new)

    def _fail_if_due(self) -> None:
        if self.fail_in is not None:
            self.fail_in -= 1
            if self.fail_in < 0:
                self.fail_in = None
                raise StoreFull
