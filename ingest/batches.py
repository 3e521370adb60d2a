"""Mails of one open folder in batches bounded by number and bytes, and what of each did not come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.sync_types import FetchedMail, MailSource

SIZES_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a batch, in ascending order; `missing`: what did not and is still there, with its size."""

    uids: Sequence[int]
    mails: Sequence[FetchedMail]
    missing: Mapping[int, int]


def bring(source: MailSource, wanted: Sequence[int], batch_mails: int, batch_bytes: int) -> Iterator[Brought]:
    """The mails of ascending UIDs, batch after batch; what came before is not kept."""
    for uids, sizes in _batches(source, wanted, batch_mails, batch_bytes):
        yield _bring_batch(source, uids, sizes)


def _bring_batch(source: MailSource, uids: Sequence[int], sizes: Mapping[int, int]) -> Brought:
    """What a FETCH leaves out without a word is asked for once more, one by one."""
    came = _ask(source, uids)
    for uid in [uid for uid in uids if uid not in came]:
        came |= _ask(source, [uid])
    absent = set(uids) - came.keys()
    there = source.uids(min(absent)) & absent if absent else set[int]()
    missing = {uid: sizes.get(uid, 0) for uid in sorted(there)}
    return Brought(uids, [came[uid] for uid in sorted(came)], missing)


def _ask(source: MailSource, uids: Sequence[int]) -> dict[int, FetchedMail]:
    """By UID; what was not asked for is dropped, and what comes twice counts once."""
    asked = set(uids)
    return {mail.uid: mail for mail in source.fetch(uids) if mail.uid in asked}


def _batches(
    source: MailSource, wanted: Sequence[int], batch_mails: int, batch_bytes: int
) -> Iterator[tuple[list[int], Mapping[int, int]]]:
    """Runs of ascending UIDs, at most so many and so heavy, yet at least one mail; and the sizes of these and others."""
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
