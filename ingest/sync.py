"""The sync algorithm alone: from a mail source into a sink, one folder at a time, nothing lost, nothing doubled.

It knows neither IMAP nor tables, only the two Protocols of `ingest.sync_types`, and holds whatever the server does:

1. What has changed is found by the ladder of `ingest.differences`; a folder that is as it was is not opened.
2. A UIDVALIDITY other than the cursor's, up or down, is a new epoch, and a folder that is new where another with its
   UIDVALIDITY has vanished is that one renamed: `ingest.epochs` finds its mails again by their headers. If fewer than
   80 % of what can be found is, the folder is left alone with a problem, until somebody says that it is as it should.
3. What is missing is fetched in batches bounded by number and bytes; sizes are asked first. A mail larger than a
   batch is a batch of its own: no mail is left out for its size. What the source itself refuses to carry is a listed
   problem, and asked for again by every sync.
4. Each batch is one transaction of the sink: raws first, then their places, then the cursor.
5. The cursor passes a UID only if it came or is proven gone. A FETCH may leave out UIDs without a word: they are
   asked for once more, one by one; if one still does not come and is still listed, it is a problem, the cursor
   stays before it, and the mails after it are stored all the same.
6. Expunged mails are marked gone and never deleted; flags are followed.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from ingest.batches import bring
from ingest.differences import (
    Difference,
    Look,
    changed_flags,
    find_difference,
    flags_may_differ,
    known_count,
    untouched,
)
from ingest.epochs import match
from ingest.errors import FolderMissing, FolderRefused
from ingest.folders import Choice, Folder, choose
from ingest.sync_types import (
    Batch,
    Changes,
    Cursor,
    FetchedMail,
    Fingerprint,
    Flags,
    FolderResult,
    FolderStatus,
    InStep,
    Listed,
    MailSink,
    MailSource,
    Place,
    Progress,
    Standing,
    Stored,
    SyncProblem,
)

__all__ = [
    "Batch",
    "Changes",
    "Cursor",
    "FetchedMail",
    "Fingerprint",
    "Flags",
    "FolderResult",
    "FolderStatus",
    "InStep",
    "Listed",
    "MailSink",
    "MailSource",
    "Place",
    "Progress",
    "Standing",
    "Stored",
    "SyncProblem",
    "sync_folder",
    "sync_mailbox",
]

BATCH_MAILS = 500
BATCH_BYTES = 8 * 1024 * 1024
PLACES_AT_ONCE = 10_000
ENOUGH = 0.8  # of what can be found again in a new epoch


@dataclass(slots=True)
class _Pass:
    """One folder in hand: what the run has come to so far. `live` places are known and not gone."""

    look: Look
    batch_mails: int
    batch_bytes: int
    progress: Progress | None
    cursor: int
    live: int = 0
    new: int = 0
    known: int = 0
    gone: int = 0
    unseen: int = 0
    written: bool = False
    problems: list[SyncProblem] = field(default_factory=list)

    def store(self, batch: Batch) -> None:
        """Keeps the cursor from passing a UID that did not come, and from going backwards."""
        ceiling = min((problem.uid for problem in self.problems), default=batch.cursor + 1) - 1
        self.cursor = max(self.cursor, min(batch.cursor, ceiling))
        stored = self.look.sink.store(self.look.folder, replace(batch, cursor=self.cursor))
        self.written = True
        self.new += stored.new
        self.known += stored.known + len(batch.places)
        self.gone += len(batch.gone)
        self.live += len(batch.mails) - len(batch.gone)
        self.unseen += sum("\\Seen" not in mail.flags for mail in batch.mails)

    def batch(self, cursor: int | None = None) -> Batch:
        """An empty one, with the cursor where it is or at `cursor`."""
        return Batch(self.look.status.uidvalidity, self.cursor if cursor is None else cursor)


def sync_folder(
    source: MailSource,
    sink: MailSink,
    folder: str,
    *,
    told: FolderStatus | None = None,
    vanished: Collection[str] = (),
    renumbered: bool = False,
    batch_mails: int = BATCH_MAILS,
    batch_bytes: int = BATCH_BYTES,
    received_since: date | None = None,
    progress: Progress | None = None,
) -> FolderResult:
    """Brings one folder up to date; raises FolderMissing and what the source and the sink raise.

    `told`: its STATUS, if the server was asked. `vanished`: folders of the sink that the server has no more; where
    this one is new, it may be one of them renamed. `renumbered` accepts a new epoch in which few mails are found
    again. After an error everything up to the last batch is stored, and the next run goes on from there.
    """
    started = time.monotonic()
    cursor = sink.cursor(folder)
    if untouched(cursor, told, received_since):
        return FolderResult(folder, seconds=time.monotonic() - started)
    status = source.select(folder)
    epoch = cursor is not None and cursor.uidvalidity != status.uidvalidity
    look = Look(source, sink, folder, status, None if epoch else cursor, received_since)
    run = _Pass(look, batch_mails, batch_bytes, progress, look.passed)
    if _places_found(run, cursor, vanished, renumbered=renumbered):
        _follow(run, told)
    seconds = time.monotonic() - started
    return FolderResult(folder, run.new, run.known, run.gone, 0, tuple(run.problems), epoch, seconds)


def _follow(run: _Pass, told: FolderStatus | None) -> None:
    """All that is to be done within one epoch: gone ones, new ones, flags, and the note that nothing is left."""
    difference = find_difference(run.look)
    run.live = difference.known
    if difference.gone:
        run.store(replace(run.batch(), gone=difference.gone))
    _bring(run, difference)
    if difference.changes is not None or flags_may_differ(run.look, told, difference, run.unseen):
        for flags in changed_flags(run.look, difference):
            run.store(replace(run.batch(), flags=flags))
    _conclude(run, told, difference)


def _conclude(run: _Pass, told: FolderStatus | None, difference: Difference) -> None:
    """The cursor goes to the highest UID that is settled; where nothing was left undone, that is noted."""
    before = run.look.cursor
    done = difference.agreed and not run.problems
    in_step = InStep(_believed(run.look.status, told), run.live, run.look.received_since) if done else None
    batch = replace(run.batch(difference.end), in_step=in_step)
    if run.written or before is None or before.in_step != in_step or before.uid < batch.cursor:
        run.store(batch)


def _believed(opened: FolderStatus, told: FolderStatus | None) -> FolderStatus:
    """STATUS, if it said what opening the folder says: there are servers whose STATUS is that of yesterday."""
    if told is None or (told.uidvalidity, told.exists) != (opened.uidvalidity, opened.exists):
        return opened
    return told if opened.uidnext in {None, told.uidnext} else opened


def _places_found(run: _Pass, cursor: Cursor | None, vanished: Collection[str], *, renumbered: bool) -> bool:
    """Finds mails again whose UIDs are others than before; False where too few are, and nothing is changed then."""
    look, uidvalidity = run.look, run.look.status.uidvalidity
    if cursor is None:
        _find_again(run, [name for name in vanished if _validity(look.sink, name) == uidvalidity])
    elif cursor.uidvalidity != uidvalidity:
        return _new_epoch(run, cursor, renumbered=renumbered)
    elif cursor.uid and look.status.exists and not known_count(look):
        _find_again(run, [look.folder])  # all of it was gone: the folder has come back
    return True


def _validity(sink: MailSink, folder: str) -> int | None:
    cursor = sink.cursor(folder)
    return None if cursor is None else cursor.uidvalidity


def _find_again(run: _Pass, folders: Sequence[str]) -> None:
    """The mails that stood in these folders under the same UIDVALIDITY stand here now."""
    if folders:
        listed = _headers(run)
        validity = run.look.status.uidvalidity
        _put_places(run, listed, match([run.look.sink.standing(name, validity) for name in folders], listed))


def _new_epoch(run: _Pass, cursor: Cursor, *, renumbered: bool) -> bool:
    """What stood under the old UIDVALIDITY is gone from there and stands at new places; False if too little of it."""
    look = run.look
    listed = _headers(run)
    known = look.sink.count(look.folder, cursor.uidvalidity)
    epochs = (cursor.uidvalidity, look.status.uidvalidity)
    matched = match([look.sink.standing(look.folder, epoch) for epoch in epochs], listed)
    if not renumbered and len(matched) < ENOUGH * min(known, len(listed)):
        problem = SyncProblem(look.folder, "epoch_mismatch")
        run.problems.append(replace(problem, known=known, listed=len(listed), matched=len(matched)))
        return False
    run.gone += known
    _put_places(run, listed, matched, closes=cursor.uidvalidity)
    return True


def _headers(run: _Pass) -> list[Listed]:
    """The mails of the open folder that are to be synced, by their headers alone."""
    uids = run.look.source.uids(1, run.look.received_since)
    return list(run.look.source.headers(sorted(uids))) if uids else []


def _put_places(
    run: _Pass, listed: Iterable[Listed], matched: Mapping[int, str], closes: int | None = None
) -> None:
    """The cursor stays where it is: what was not found again has still to come."""
    places = (
        Place(mail.uid, matched[mail.uid], mail.internal_date, mail.flags)
        for mail in listed
        if mail.uid in matched
    )
    while (page := tuple(islice(places, PLACES_AT_ONCE))) or closes is not None:
        run.store(replace(run.batch(), places=page, closes=closes))
        closes = None


def sync_mailbox(
    source: MailSource,
    sink: MailSink,
    *,
    patterns: Sequence[str] = (),
    exclude: Sequence[str] = (),
    synced: Collection[str] = (),
    received_since: date | None = None,
    progress: Progress | None = None,
    renumbered: bool = False,
    batch_mails: int = BATCH_MAILS,
) -> tuple[Choice, Iterator[FolderResult]]:
    """The folders of a mailbox, chosen as `ingest.folders.choose` says, and their results as they come.

    A folder that does not open, or of which the server refuses what is asked, is a result with a problem; what stood in it is gone from there if the server does
    not list it either. `synced`: the folders that the sink has; what stood in one that was
    deleted or renamed since is gone from there. `renumbered`: see `sync_folder`. Errors of source and sink end the
    run.
    """
    listed = source.folders()
    choice = choose(listed, patterns, exclude)
    vanished = _vanished(synced, listed)

    def results() -> Iterator[FolderResult]:
        told = source.statuses(choice.chosen)
        # A folder may be hidden from the list and open all the same: what was named is tried.
        for name in (*choice.chosen, *choice.missing):
            try:
                yield sync_folder(
                    source,
                    sink,
                    name,
                    told=told.get(name),
                    vanished=vanished,
                    renumbered=renumbered,
                    batch_mails=batch_mails,
                    received_since=received_since,
                    progress=progress,
                )
            except FolderMissing:
                gone = _close(sink, name) if name in choice.missing else 0  # what is listed is there
                yield FolderResult(name, gone=gone, problems=(SyncProblem(name, "folder_missing"),))
            except FolderRefused:  # one folder that the server cannot serve keeps none of the others
                yield FolderResult(name, problems=(SyncProblem(name, "folder_refused"),))
        for name in vanished:
            if name not in choice.missing and (gone := _close(sink, name)):
                yield FolderResult(name, gone=gone)

    return choice, results()


def _vanished(synced: Collection[str], listed: Sequence[Folder]) -> list[str]:
    """Folders that are on the server no more; a list without INBOX, which always exists, proves nothing."""
    names = {folder.name for folder in listed}
    if not any(name.upper() == "INBOX" for name in names):
        return []
    return [name for name in synced if name not in names]


def _close(sink: MailSink, folder: str) -> int:
    """Nothing stands in a folder that is not there."""
    cursor = sink.cursor(folder)
    if cursor is None or not (gone := sink.count(folder, cursor.uidvalidity)):
        return 0
    sink.store(folder, Batch(cursor.uidvalidity, cursor.uid, closes=cursor.uidvalidity))
    return gone


def _bring(run: _Pass, difference: Difference) -> None:
    """Batch after batch, each with its part of the cursor; what the numbers do not bear out moves it nowhere."""
    look, todo, done = run.look, len(difference.wanted), 0
    batches = bring(look.source, difference.wanted, run.batch_mails, run.batch_bytes)
    for brought in batches:
        done += len(brought.uids)
        run.problems += [
            SyncProblem(look.folder, "not_delivered", uid, size) for uid, size in brought.missing.items()
        ]
        run.store(replace(run.batch(min(brought.uids[-1], difference.end)), mails=brought.mails))
        if run.progress is not None:
            run.progress(look.folder, done, todo)
        del brought  # a mail of 50 MB is not kept while the next one comes
