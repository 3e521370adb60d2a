"""What a sync talks about: folders, places, batches, results, and the two Protocols that it stands between."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from ingest.folders import Folder

MAX_UID = 2**32 - 1

Flags = tuple[str, ...]  # sorted, without \\Recent, which is about the session and not the mail


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """What STATUS or opening a folder tells; None where the server does not say.

    `unseen` is of STATUS alone; `modseq` is HIGHESTMODSEQ (RFC 7162).
    """

    uidvalidity: int
    uidnext: int | None
    exists: int
    unseen: int | None = None
    modseq: int | None = None


@dataclass(frozen=True, slots=True)
class InStep:
    """What the server said of a folder when all of it was known: `known` places, of mail since `since`."""

    status: FolderStatus
    known: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder is synced: every UID up to `uid` came or is gone; `in_step` if nothing was left undone."""

    uidvalidity: int
    uid: int
    in_step: InStep | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as the server gave it. `internal_date` has an offset; `size` is the server's RFC822.SIZE.

    `thread` is the server's THREADID (RFC 8474), where it has them.
    """

    uid: int
    raw: bytes
    internal_date: datetime | None = None
    size: int = 0
    flags: Flags = ()
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells one mail from another without its body: digest of the header block, size, Message-ID.

    `own`: the block is one mail's alone, by a Message-ID or a Date.
    """

    header: bytes
    size: int
    message_id: bytes | None
    own: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail of which the header alone was fetched."""

    uid: int
    mark: Fingerprint
    internal_date: datetime | None = None
    flags: Flags = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A mail that the sink has a place of, gone or not, by the SHA-256 of its bytes."""

    sha256: str
    mark: Fingerprint
    internal_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail that the sink has stands as well."""

    uid: int
    sha256: str
    internal_date: datetime | None = None
    flags: Flags = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a server with CONDSTORE says has changed since a MODSEQ: flags by UID, new mails among them.

    `vanished`: ranges of UIDs that are no longer there, known or not (QRESYNC).
    """

    flags: Mapping[int, Flags]
    vanished: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction does to a folder: all of it or nothing, in this order.

    `closes`: the UIDVALIDITY of which every place is gone now. `mails`: raws by hash, then their places; a place
    that is there already takes the new raw and is no longer gone. `places`: of mails that the sink has. `gone`
    and `flags`: by UID, of known places. Then `(uidvalidity, cursor)` is the folder's, and `in_step` is.
    """

    uidvalidity: int
    cursor: int
    mails: Sequence[FetchedMail] = ()
    places: Sequence[Place] = ()
    gone: Collection[int] = ()
    flags: Mapping[int, Flags] = field(default_factory=dict)
    closes: int | None = None
    in_step: InStep | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What a batch came to: raws that were `new` to the store, and raws that it had already."""

    new: int
    known: int


ProblemKind = Literal["not_delivered", "folder_missing", "folder_refused", "epoch_mismatch"]


@dataclass(frozen=True, slots=True)
class SyncProblem:
    """Something that this run could not do; `uid` 0 where it is about the folder.

    An epoch that does not match: of `known` places and `listed` mails only `matched` are the same.
    """

    folder: str
    kind: ProblemKind
    uid: int = 0
    size: int = 0
    known: int = 0
    listed: int = 0
    matched: int = 0


@dataclass(frozen=True, slots=True)
class FolderResult:
    """One folder's sync. `new` and `known` count mails, `gone` places that are no longer there.

    `known` are mails that the store had, whether they were fetched again or found again by their headers.
    `quarantined` is the reader's to fill in. `epoch` says that UIDVALIDITY had changed.
    """

    folder: str
    new: int = 0
    known: int = 0
    gone: int = 0
    quarantined: int = 0
    problems: tuple[SyncProblem, ...] = ()
    epoch: bool = False
    seconds: float = field(default=0.0, compare=False)


class MailSource(Protocol):
    """Where mail comes from. Nothing that is called here changes anything on the other side."""

    def folders(self) -> Sequence[Folder]: ...

    def statuses(self, folders: Collection[str]) -> Mapping[str, FolderStatus]:
        """What the server says of folders without opening them; those that it says nothing of are missing."""

    def select(self, folder: str) -> FolderStatus:
        """Opens a folder read-only; raises FolderMissing."""

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        """The UIDs of the open folder from `since_uid` on, of mail received on that day or later."""

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        """RFC822.SIZE of each; a UID that is no longer there may be missing."""

    def flags(self, uids: Collection[int]) -> Mapping[int, Flags]:
        """The flags of each; a UID that is no longer there may be missing."""

    def changes(self, modseq: int) -> Changes | None:
        """What has changed in the open folder since then; None where the server keeps no count of it."""

    def headers(self, uids: Sequence[int]) -> Iterator[Listed]:
        """The mails by their headers, in any order; some may be left out. Marks nothing as seen."""

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        """The mails that come, in any order; some may be left out. Marks nothing as seen."""


class MailSink(Protocol):
    """Where mail goes. Folders are named as the source spells them."""

    def cursor(self, folder: str) -> Cursor | None:
        """How far the folder is synced, None if never."""

    def count(self, folder: str, uidvalidity: int) -> int:
        """How many places there are under that UIDVALIDITY that are not marked gone."""

    def known_uids(
        self, folder: str, uidvalidity: int, first: int = 1, last: int = MAX_UID
    ) -> AbstractSet[int]:
        """Their UIDs, from `first` to `last`."""

    def flags(self, folder: str, uidvalidity: int, uids: Collection[int]) -> Mapping[int, Flags]:
        """The flags of those among `uids` that are known and not marked gone, as they were last seen, sorted."""

    def standing(self, folder: str, uidvalidity: int) -> Iterator[Standing]:
        """Every place under that UIDVALIDITY, gone or not, whose bytes are still there."""

    def store(self, folder: str, batch: Batch) -> Stored:
        """One transaction, all or nothing; see `Batch`."""


Progress = Callable[[str, int, int], None]  # folder, mails done, mails to do
