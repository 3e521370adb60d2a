"""Stage one of a mail: its headers, text and search index, without chains, language or links (`sync --no-read`).

A mail that is indexed is a message like any other (kind received, in its thread), whose body is the whole text;
`read` takes the same row over and gives it its own words. Mails are parsed in processes that can be killed, which
make the words of the index as well; one thread of ours writes, some hundreds of mails a transaction.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import undefer

from crm.bootstrap import own_of
from crm.collecting import collecting_seldom
from crm.indexed import IndexContext, IndexedMail
from crm.intake import IntakeContext
from crm.intake.indexed import take_in_indexed
from crm.raws import unpack
from crm.settings import Settings
from crm.waiting import unindexed
from crm.workers import WorkerPool
from crm.working import Failure, place_of
from db.schema import Raw
from db.store import Store, StoreError

Progress = Callable[[int, int], None]  # searchable, put so far
Item = tuple[int, bytes]

BATCH = 500  # mails a transaction
CHUNK = 32  # mails that travel to a process together
PAGE_BYTES = 8_000_000  # raw bytes that are looked up at once
_WAITING = 4  # puts that may wait
_WORK = "crm.indexing_process:indexer"


class Indexer:
    """Makes stored raws searchable while others are still being fetched. Use it with `with`.

    `put` may be called from any thread; the exit waits until everything that was put can be found, unless it comes
    by an exception: what is left then is for `index_missing`. `bad` are the raws that could not be parsed.
    """

    def __init__(self, store: Store, settings: Settings, progress: Progress | None = None) -> None:
        with store.read() as session:
            own = own_of(session, settings)
        self.bad: set[int] = set()
        self._store = store
        self._context = IntakeContext(own=own, today=settings.day(), zone=settings.zone)
        self._pool: WorkerPool[IndexedMail] = WorkerPool(
            _WORK,
            IndexContext(own, settings.day(), settings.zone, settings.limits()),
            jobs=settings.jobs,
            limits=settings.worker_limits(),
            chunk=CHUNK,
        )
        self._progress = progress
        self._queue: queue.Queue[Sequence[Item] | None] = queue.Queue(_WAITING)
        self._batch: list[tuple[int, IndexedMail]] = []
        self._error: BaseException | None = None
        self._put = self._done = 0
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)
        self._ending = threading.Event()
        self._closed = False  # nothing more is put

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._ending.set()
        self._queue.put(None)
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def put(self, items: Sequence[Item]) -> None:
        """Takes (raw id, bytes) of raws that are committed; waits while too many are on their way.

        Raises what has ended the indexing: StoreErrors, WorkerFailed.
        """
        if self._error is not None:
            raise self._error
        if items:
            self._queue.put(items)

    def _run(self) -> None:
        """The thread that feeds the processes and writes; after an error it only takes what still comes."""
        try:
            self._index()
        except BaseException as error:  # noqa: BLE001 (raised again where `put` is called, or at the exit)
            self._error = error
        while not self._closed:
            self._closed = self._queue.get() is None

    def _index(self) -> None:
        with collecting_seldom(), self._pool:
            for number, answer in self._pool.run(self._mails()):
                self._batch.append((number, _as_mail(answer)))
                if len(self._batch) >= BATCH:
                    self._write()
            self._write()

    def _mails(self) -> Iterator[Item | None]:
        """What was put, one by one; None where nothing is at hand and the processes are still at work."""
        while True:
            items = self._next()
            self._closed = items is None
            if items is None or self._ending.is_set():
                return
            if not items:
                yield None
            for item in items:
                if self._ending.is_set():
                    return
                self._put += 1
                yield item

    def _next(self) -> Sequence[Item] | None:
        """The next put, an empty one if there is none yet; what is indexed is written before it is waited for."""
        try:
            return self._queue.get_nowait()
        except queue.Empty:
            if not self._pool.idle:
                return ()
        self._write()
        return self._queue.get()

    def _write(self) -> None:
        """Takes in what is indexed. If that fails, mail by mail, so that a single bad one stops no other."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        try:
            self._take_in(batch)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 (which mail it was is found out below, and said)
            for item in batch:
                self._take_alone(*item)
        self._done += len(batch)
        if self._progress is not None:
            self._progress(self._done, self._put)

    def _take_alone(self, number: int, mail: IndexedMail) -> None:
        try:
            self._take_in([(number, mail)])
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 (the raw mail is kept, and says why it is not indexed)
            failed = IndexedMail("quarantined", (f"intake-failed: {place_of(error)}",))
            self._take_in([(number, failed)])

    def _take_in(self, batch: Sequence[tuple[int, IndexedMail]]) -> None:
        ordered = sorted(batch, key=_number)
        with self._store.write() as session:
            take_in_indexed(session, ordered, self._context)
        self.bad.update(number for number, mail in batch if mail.status == "quarantined")


def _as_mail(answer: IndexedMail | Failure) -> IndexedMail:
    return IndexedMail("quarantined", (answer.problem,)) if isinstance(answer, Failure) else answer


def _number(item: tuple[int, IndexedMail]) -> int:
    return item[0]


def index_missing(
    store: Store, settings: Settings, progress: Progress | None = None, bad: set[int] | None = None
) -> int:
    """Indexes what an earlier run stored and neither indexed nor read; gives how many mails that were.

    What could not be parsed is added to `bad`.
    """
    done = after = 0
    sizes = _missing(store, after)
    if not sizes:
        return 0
    with Indexer(store, settings, progress) as indexer:
        while sizes:
            for items in _pages(store, sizes):
                indexer.put(items)
            done, after = done + len(sizes), sizes[-1][0]
            sizes = _missing(store, after)
    if bad is not None:
        bad |= indexer.bad
    return done


def _missing(store: Store, after: int) -> list[tuple[int, int]]:
    """The next raws behind the id `after` that nobody has indexed or read, with their sizes."""
    with store.read() as session:
        rows = session.execute(
            select(Raw.id, Raw.size).where(unindexed(), Raw.id > after).order_by(Raw.id).limit(BATCH)
        )
        return [(number, size) for number, size in rows]


def _pages(store: Store, sizes: Sequence[tuple[int, int]]) -> Iterator[list[Item]]:
    """Their bytes, as many at once as memory is set aside for, at least one."""
    page: list[int] = []
    held = 0
    for number, size in sizes:
        if page and held + size > PAGE_BYTES:
            yield _bytes(store, page)
            page, held = [], 0
        page.append(number)
        held += size
    if page:
        yield _bytes(store, page)


def _bytes(store: Store, numbers: Sequence[int]) -> list[Item]:
    with store.read() as session:
        rows = session.scalars(
            select(Raw).options(undefer(Raw.content)).where(Raw.id.in_(numbers)).order_by(Raw.id)
        )
        return [(row.id, unpack(row)) for row in rows]
