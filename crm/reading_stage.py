"""Reading what is stored: claims unread raws by lease, reads them in processes, takes them in batch by batch.

Neither reading nor network runs inside a transaction, so a screen or a sync is never kept waiting for it.
"""

import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_, select

from crm.collecting import collecting_seldom
from crm.intake import IntakeContext, take_in
from crm.lookup import all_by_column
from crm.raws import unpacked
from crm.reader_pool import ReaderPool
from crm.readings import ReadingContext, ReadMail
from crm.waiting import ReadResult, claimant, count, unread
from crm.workers import WorkerLimits
from crm.working import place_of
from db.bulk import update_rows
from db.schema import Message, Office, Raw
from db.store import Store, StoreError

LEASE = timedelta(minutes=10)
CLAIM = 200  # raws claimed at once
BATCH = 400  # mails a transaction; what stands on their offices is asked for once for all of them
PAGE_BYTES = 4_000_000  # raw bytes that are fetched at once
_TURN = 0.0005  # seconds until a thread that writes lets one go on that brings a process its next mails

Progress = Callable[[int, int], None]  # done, to do
Place = tuple[int, int]  # its turn in this run, and its id


def read_unread(
    store: Store,
    reading: ReadingContext,
    intake: IntakeContext,
    *,
    jobs: int = 0,
    limits: WorkerLimits | None = None,
    progress: Progress | None = None,
) -> ReadResult:
    """Reads everything that this version of the reader has not read yet; `limits` is what one mail may cost."""
    reading = replace(reading, codes=office_codes(store))
    todo = count(store, unread())
    result = ReadResult()
    if not todo:
        return result
    if progress is not None:
        progress(0, todo)
    with collecting_seldom(), _short_turns(), ReaderPool(reading, jobs, limits) as pool:
        batch: list[tuple[Place, ReadMail]] = []
        for answer in pool.read(_claimed(store)):
            batch.append(answer)
            if len(batch) >= BATCH:
                result = _take(store, batch, intake, result)
                batch = []
                if progress is not None:
                    progress(result.read + result.quarantined, todo)
        if batch:
            result = _take(store, batch, intake, result)
    if progress is not None:
        progress(todo, todo)
    return result


@contextmanager
def _short_turns() -> Iterator[None]:
    """Python's 5 ms, waited for several times a chunk, kept each process idle for a tenth of its time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def office_codes(store: Store) -> frozenset[str]:
    """The municipalities that have an office in the store's newest plan."""
    with store.read() as session:
        return frozenset(session.scalars(select(Office.municipality_code).where(Office.in_plan)))


def _claimed(store: Store) -> Iterator[tuple[Place, bytes]]:
    """Unread raws, claimed a page at a time; another process leaves them alone meanwhile."""
    turns = itertools.count()
    last = 0  # never back to what this run has in hand, however the clock jumps
    while waiting := _unread(store, last):
        last = max(waiting)
        turn = {number: next(turns) for number in waiting}
        order = _by_thread(waiting)
        for start in range(0, len(order), CLAIM):
            for page in _pages(_claim(store, order[start : start + CLAIM])):
                for number, raw in _bytes(store, page):
                    yield (turn[number], number), raw


def _by_thread(waiting: Mapping[int, int]) -> list[int]:
    """Raws as they are read: thread by thread among those that are taken in together.

    The letters of a thread quote each other: read one after the other, each is in the memory of a process but once.
    """
    numbers = list(waiting)
    parts = (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
    return [number for part in parts for number in sorted(part, key=waiting.__getitem__)]


def _unread(store: Store, last: int) -> dict[int, int]:
    """Raws beyond `last` that wait to be read, each with its thread (0: not known); what is indexed stands in the order
    in which it was written.

    Each letter is there before the quote of it, and a promise before what keeps it: of the letters that are there
    already, few came after it.
    """
    received = and_(Message.raw_id == Raw.id, Message.kind == "received")
    waiting = (
        select(Raw.id, Message.thread_id)
        .outerjoin(Message, received)
        .where(Raw.id > last, unread())
        .order_by(Message.sent_at, Raw.id)
    )
    with store.read() as session:
        found: dict[int, int] = {}
        for number, thread in session.execute(waiting):
            found.setdefault(number, thread or 0)
    return found


def _claim(store: Store, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Those of these raws that are free, in their order, with their sizes; they are this process's now."""
    now = datetime.now(UTC)
    with store.write() as session:
        free = (
            select(Raw.id, Raw.size)
            .where(Raw.id.in_(numbers), unread(), or_(Raw.claimed_until.is_(None), Raw.claimed_until < now))
            .with_for_update(skip_locked=True)
        )
        sizes = {row.id: row.size for row in session.execute(free)}
        mine = {"claimed_by": claimant(), "claimed_until": now + LEASE}
        update_rows(session, Raw, [{"id": number, **mine} for number in sizes])
    return [(number, sizes[number]) for number in numbers if number in sizes]


def _pages(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Raws that are fetched at once: as many as fit in 4 MB, at least one."""
    page: list[int] = []
    held = 0
    for number, size in sizes:
        if page and held + size > PAGE_BYTES:
            yield page
            page, held = [], 0
        page.append(number)
        held += size
    if page:
        yield page


def _bytes(store: Store, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    with store.read() as session:
        found = session.execute(select(Raw.id, Raw.content).where(Raw.id.in_(numbers)))
        packed = {row.id: row.content for row in found}
    return [(number, unpacked(packed[number])) for number in numbers if number in packed]


def _take(
    store: Store, batch: list[tuple[Place, ReadMail]], intake: IntakeContext, so_far: ReadResult
) -> ReadResult:
    """Takes a batch in. One that fails is taken in mail by mail, so that a single bad one stops no other."""
    mails = [(number, mail) for (_, number), mail in sorted(batch, key=_place)]
    try:
        _take_in(store, mails, intake)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 (which mail it was is found out below, and said)
        mails = [(number, _take_alone(store, number, mail, intake)) for number, mail in mails]
    bad = frozenset(number for number, mail in mails if mail.status == "quarantined")
    good = len(mails) - len(bad)
    return ReadResult(so_far.read + good, so_far.quarantined + len(bad), so_far.bad | bad)


def _take_alone(store: Store, number: int, mail: ReadMail, intake: IntakeContext) -> ReadMail:
    """The mail as it was taken in: as read, or quarantined with the reason."""
    try:
        _take_in(store, [(number, mail)], intake)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 (the raw mail is kept, and says why it is not read)
        failed = replace(
            mail, status="quarantined", problems=(f"intake-failed: {place_of(error)}",), messages=()
        )
        _take_in(store, [(number, failed)], intake)
        return failed
    return mail


def _take_in(store: Store, batch: list[tuple[int, ReadMail]], intake: IntakeContext) -> None:
    with store.write() as session:
        rows = {row.id: row for row in all_by_column(session, Raw, Raw.id, [number for number, _ in batch])}
        take_in(session, [(rows[number], mail) for number, mail in batch], intake)


def _place(answer: tuple[Place, ReadMail]) -> Place:
    return answer[0]
