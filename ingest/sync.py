"""The sync algorithm alone: from a mail source into a sink, one folder at a time, nothing lost, nothing doubled.

It knows neither IMAP nor tables, only the two Protocols below, and holds whatever the server does in between:

1. The folder is opened read-only. A UIDVALIDITY other than the cursor's, up or down, is a new epoch: what stood
   under the old one is gone, and everything is asked for again (raws are kept by hash, so that none is doubled).
2. Search, then subtract what is known, then fetch in batches bounded by number and bytes; sizes are asked first.
   A mail larger than a batch is a batch of its own: no mail is left out for its size. What the source itself
   refuses to carry is a listed problem, and asked for again by every sync.
3. Each batch is one transaction of the sink: raws first, then their places, then the cursor.
4. The cursor passes a UID only if it came or is proven gone. A FETCH may leave out UIDs without a word: they are
   asked for once more, one by one; if one still does not come and is still listed, it is a problem, the cursor
   stays before it, and the mails after it are stored all the same.
5. Expunged mails are marked gone and never deleted.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from ingest.errors import FolderMissing
from ingest.folders import Choice, Folder, choose

BATCH_MAILS = 500
BATCH_BYTES = 8 * 1024 * 1024
SIZES_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """What opening a folder tells. `uidnext` is None where the server does not say."""

    uidvalidity: int
    uidnext: int | None
    exists: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder is synced: every UID up to `uid` came or is gone."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as the server gave it. `internal_date` has an offset; `size` is the server's RFC822.SIZE."""

    uid: int
    raw: bytes
    internal_date: datetime | None = None
    size: int = 0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """What a batch came to: raws that were `new` to the store, and raws that it had already."""

    new: int
    known: int


ProblemKind = Literal["not_delivered", "folder_missing"]


@dataclass(frozen=True, slots=True)
class SyncProblem:
    """Something that this run could not do; `uid` 0 where it is about the folder."""

    folder: str
    kind: ProblemKind
    uid: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class FolderResult:
    """One folder's sync. `new` and `known` count mails fetched, `gone` places that are no longer there.

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

    def select(self, folder: str) -> FolderStatus:
        """Opens a folder read-only; raises FolderMissing."""

    def uids(self, since_uid: int = 1, received_since: date | None = None) -> AbstractSet[int]:
        """The UIDs of the open folder from `since_uid` on, of mail received on that day or later."""

    def sizes(self, uids: Collection[int]) -> Mapping[int, int]:
        """RFC822.SIZE of each; a UID that is no longer there may be missing."""

    def fetch(self, uids: Sequence[int]) -> Iterator[FetchedMail]:
        """The mails that come, in any order; some may be left out. Marks nothing as seen."""


class MailSink(Protocol):
    """Where mail goes. Folders are named as the source spells them."""

    def cursor(self, folder: str) -> Cursor | None:
        """How far the folder is synced, None if never."""

    def known_uids(self, folder: str, uidvalidity: int) -> AbstractSet[int]:
        """UIDs stored under that UIDVALIDITY and not marked gone."""

    def store_batch(
        self, folder: str, uidvalidity: int, mails: Sequence[FetchedMail], cursor: int, gone: Collection[int]
    ) -> Stored:
        """One transaction, all or nothing: raws by hash, then places, then `gone` ones marked, then the cursor.

        A place that is there already takes the new raw and is no longer gone (a UIDVALIDITY may come back).
        The folder's cursor becomes `(uidvalidity, cursor)`.
        """


Progress = Callable[[str, int, int], None]  # folder, mails done, mails to do


@dataclass(slots=True)
class _Pass:
    """One folder in hand: what the run has come to so far."""

    source: MailSource
    sink: MailSink
    folder: str
    uidvalidity: int
    cursor: int
    new: int = 0
    known: int = 0
    gone: int = 0
    problems: list[SyncProblem] = field(default_factory=list)

    def store(self, mails: Sequence[FetchedMail], cursor: int, gone: Collection[int] = ()) -> None:
        self.cursor = self._held_back(cursor)
        stored = self.sink.store_batch(self.folder, self.uidvalidity, mails, self.cursor, gone)
        self.new += stored.new
        self.known += stored.known
        self.gone += len(gone)

    def _held_back(self, cursor: int) -> int:
        """Never past a UID that did not come; never backwards either."""
        ceiling = min((problem.uid for problem in self.problems), default=cursor + 1) - 1
        return max(self.cursor, min(cursor, ceiling))


def sync_folder(
    source: MailSource,
    sink: MailSink,
    folder: str,
    *,
    batch_mails: int = BATCH_MAILS,
    batch_bytes: int = BATCH_BYTES,
    received_since: date | None = None,
    progress: Progress | None = None,
) -> FolderResult:
    """Brings one folder up to date; raises FolderMissing and what the source and the sink raise.

    After an error everything up to the last batch is stored, and the next run goes on from there.
    """
    started = time.monotonic()
    status = source.select(folder)
    cursor = sink.cursor(folder)
    epoch = cursor is not None and cursor.uidvalidity != status.uidvalidity
    closed = _close_epoch(sink, folder, cursor) if cursor is not None and epoch else 0
    start = cursor.uid if cursor is not None and not epoch else 0
    run = _Pass(source, sink, folder, status.uidvalidity, start, gone=closed)
    known = sink.known_uids(folder, status.uidvalidity)
    if epoch or not _unchanged(status, cursor, known):
        wanted, gone = _differences(run, status, known, received_since)
        end = max((*known, *wanted), default=0)
        _bring(run, wanted, gone, end, _batches(source, wanted, batch_mails, batch_bytes), progress)
    return FolderResult(
        folder, run.new, run.known, run.gone, 0, tuple(run.problems), epoch, time.monotonic() - started
    )


def sync_mailbox(
    source: MailSource,
    sink: MailSink,
    *,
    patterns: Sequence[str] = (),
    exclude: Sequence[str] = (),
    synced: Collection[str] = (),
    received_since: date | None = None,
    progress: Progress | None = None,
) -> tuple[Choice, Iterator[FolderResult]]:
    """The folders of a mailbox, chosen as `ingest.folders.choose` says, and their results as they come.

    A folder that was named without a wildcard and does not open is a result with a problem; one that vanishes
    between the list and its turn as well. `synced`: the folders that the sink has; what stood in one that was
    deleted or renamed since is gone from there. Errors of source and sink end the run.
    """
    listed = source.folders()
    choice = choose(listed, patterns, exclude)

    def results() -> Iterator[FolderResult]:
        # A folder may be hidden from the list and open all the same: what was named is tried.
        for name in (*choice.chosen, *choice.missing):
            try:
                yield sync_folder(source, sink, name, received_since=received_since, progress=progress)
            except FolderMissing:
                yield _missing(sink, name)
        for name in _vanished(synced, listed):
            gone = _close_folder(sink, name)
            if gone:
                yield FolderResult(name, gone=gone)

    return choice, results()


def _vanished(synced: Collection[str], listed: Sequence[Folder]) -> list[str]:
    """Folders that are on the server no more; a list without INBOX, which always exists, proves nothing."""
    names = {folder.name for folder in listed}
    if not any(name.upper() == "INBOX" for name in names):
        return []
    return [name for name in synced if name not in names]


def _missing(sink: MailSink, folder: str) -> FolderResult:
    problem = SyncProblem(folder, "folder_missing")
    return FolderResult(folder, gone=_close_folder(sink, folder), problems=(problem,))


def _close_folder(sink: MailSink, folder: str) -> int:
    cursor = sink.cursor(folder)
    return _close_epoch(sink, folder, cursor) if cursor is not None else 0


def _close_epoch(sink: MailSink, folder: str, cursor: Cursor) -> int:
    """What stood under the old UIDVALIDITY is gone from there; first, as a later run could not tell any more."""
    old = sink.known_uids(folder, cursor.uidvalidity)
    if old:
        sink.store_batch(folder, cursor.uidvalidity, (), cursor.uid, old)
    return len(old)


def _unchanged(status: FolderStatus, cursor: Cursor | None, known: AbstractSet[int]) -> bool:
    """No new UID given out and as many mails as we know: the folder is as we left it."""
    return (
        cursor is not None
        and cursor.uidvalidity == status.uidvalidity
        and status.uidnext == cursor.uid + 1
        and status.exists == len(known)
    )


def _differences(
    run: _Pass, status: FolderStatus, known: AbstractSet[int], received_since: date | None
) -> tuple[list[int], AbstractSet[int]]:
    """The UIDs to fetch, oldest first, and the known ones that are no longer listed.

    The short search from the cursor on is enough when the numbers agree; otherwise all UIDs are listed. A list
    shorter than what the folder said to hold proves no absence: gone is what the next run still misses.
    """
    if received_since is None:
        recent = run.source.uids(run.cursor + 1) - known
        if len(known) + len(recent) == status.exists:
            return sorted(recent), frozenset()
    listed = run.source.uids()
    wanted = listed if received_since is None else run.source.uids(1, received_since) & listed
    gone = known - listed if len(listed) >= status.exists else frozenset[int]()
    return sorted(wanted - known), gone


Batch = tuple[list[int], Mapping[int, int]]  # UIDs, and the sizes of these and others


def _bring(
    run: _Pass,
    wanted: Sequence[int],
    gone: AbstractSet[int],
    end: int,
    batches: Iterator[Batch],
    progress: Progress | None,
) -> None:
    """Batch after batch; before them what is gone, or the bare fact that the folder was looked at.

    The last batch takes the cursor to `end`, the highest UID that is known then.
    """
    if gone or not wanted:
        run.store((), run.cursor if wanted else end, gone)
    done = 0
    for batch, sizes in batches:
        done += len(batch)
        mails = _fetch(run, batch, sizes)
        run.store(mails, batch[-1] if done < len(wanted) else end)
        if progress is not None:
            progress(run.folder, done, len(wanted))


def _batches(
    source: MailSource, wanted: Sequence[int], batch_mails: int, batch_bytes: int
) -> Iterator[Batch]:
    """Runs of ascending UIDs, at most `batch_mails` long and `batch_bytes` heavy, yet at least one mail."""
    for first in range(0, len(wanted), SIZES_AT_ONCE):
        part = wanted[first : first + SIZES_AT_ONCE]
        sizes = source.sizes(part)
        batch: list[int] = []
        weight = 0
        for uid in part:
            size = sizes.get(uid, 0)
            if batch and (len(batch) >= batch_mails or weight + size > batch_bytes):
                yield batch, sizes
                batch, weight = [], 0
            batch.append(uid)
            weight += size
        if batch:
            yield batch, sizes


def _fetch(run: _Pass, batch: Sequence[int], sizes: Mapping[int, int]) -> list[FetchedMail]:
    """The mails of a batch in ascending order; those that don't come and are still there become problems."""
    came = _ask(run.source, batch)
    for uid in [uid for uid in batch if uid not in came]:
        came |= _ask(run.source, [uid])
    absent = set(batch) - came.keys()
    if absent:
        there = run.source.uids(min(absent)) & absent
        run.problems += [
            SyncProblem(run.folder, "not_delivered", uid, sizes.get(uid, 0)) for uid in sorted(there)
        ]
    return [came[uid] for uid in sorted(came)]


def _ask(source: MailSource, uids: Sequence[int]) -> dict[int, FetchedMail]:
    """By UID; what was not asked for is dropped, and what comes twice counts once."""
    asked = set(uids)
    return {mail.uid: mail for mail in source.fetch(uids) if mail.uid in asked}
