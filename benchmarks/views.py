"""Every view over a large store: python benchmarks/views.py [MESSAGES [DATABASE_URL]] (1000000 for a million)

The letters of `searching.py`, with threads, a mailbox, follow-ups and one letter of a megabyte beside them. First what each
view asks of the store (milliseconds; the first time, then the median of five), then a running screen of 160 × 50, driven by keys: from the
key to rows in sight, and of that the processor's time; and how long a key takes to answer while mail is being written.
The memory is the screen's.
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from common import count_argument, machine
from searching import PEOPLE, fill

TODAY = date(2021, 10, 18)
TURNS = 5
LETTER = 1_000_000
_THREADED = (
    ("INSERT INTO thread (id, subject, last_date, messages) "
    "SELECT (id + 2) / 3, min(subject), max(sent_at), count(*) FROM message GROUP BY (id + 2) / 3"),
    "UPDATE message SET thread_id = (id + 2) / 3",
    ('INSERT INTO occurrence (message_id, raw_id, part, start, "end", position, kind, confidence) '
    "SELECT id, raw_id, '1', 0, length(body), 0, kind, 1.0 FROM message"),
    ("UPDATE follow_up SET office_id = 1 + id % 28, due_end = CASE WHEN id % 5 > 0 THEN "
    "date('2021-10-18', '+' || (id % 900 - 300) || ' days') END, state = CASE id % 3 WHEN 0 THEN 'proposed' WHEN 1 THEN "
    "'accepted' ELSE 'done' END"),
)  # fmt: skip


def main() -> None:
    from db import schema as s
    from db.store import open_store

    if sys.argv[1:2] == ["--drive"]:
        asyncio.run(_drive(sys.argv[2]))
        return
    count = count_argument(200_000)
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{Path(folder) / 'store.db'}"
        with open_store(url, upgrade=True) as store:
            if not _has_any(store, s.Message):
                fill(store, count)
            if not _has_any(store, s.Thread):
                add_the_rest(store)
        print(machine())
        print(f"{count} messages, {PEOPLE} people; milliseconds", flush=True)
        run = [sys.executable, __file__, "--drive", url]
        subprocess.run(run, check=True)  # a process of its own, that its memory is the screen's alone
        ask_each(url)


def _has_any(store: Any, table: Any) -> bool:
    from sqlalchemy import select

    with store.read() as session:
        return session.scalar(select(table.id).limit(1)) is not None


def add_the_rest(store: Any) -> None:
    """Threads, occurrences, a mailbox that was fetched just now, and the letter of a megabyte."""
    from datetime import UTC, datetime

    from sqlalchemy import insert, text, update

    from db import schema as s

    with store.write() as session:
        for statement in _THREADED:
            session.execute(text(statement))
        session.execute(
            insert(s.Account),
            [
                {
                    "name": "registrator",
                    "host": "a.example",
                    "port": 993,
                    "user": "a",
                    "state": "ok",
                    "folders": ["INBOX"],
                    "last_sync": datetime.now(UTC),
                }
            ],
        )
        session.execute(
            insert(s.Folder),
            [{"account_id": 1, "name": "INBOX", "uidvalidity": 1, "last_sync": datetime.now(UTC)}],
        )
        session.execute(
            text(
                "INSERT INTO location (folder_id, uidvalidity, uid, raw_id, gone, flags) SELECT 1, 1, id, raw_id, false, '' FROM message WHERE kind = 'received'"
            )
        )
        body = "".join(
            f"Rad {n}: vi återkommer om lokalen i Ånge, och kommunen svarar.\n" for n in range(LETTER // 63)
        )
        session.execute(update(s.Message).where(s.Message.id == 1).values(body=body))  # fmt: skip
        session.execute(text("ANALYZE"))


def ask_each(url: str) -> None:
    """What the views ask, without a screen."""
    from crm.agenda_rows import AgendaQuery, Seen
    from tui.backend import StoreBackend
    from tui.cli.options import Options
    from tui.widgets.paged import FIRST

    backend = StoreBackend(Options(database=url, today=TODAY, user="anna"))
    backend.situation()
    threads, queue, people = (
        backend.thread_ids(FIRST),
        backend.queue_ids(FIRST, oldest=False),
        backend.contact_ids("person", "", FIRST),
    )
    oldest = backend.thread_ids(FIRST, last=True), backend.queue_ids(FIRST, oldest=False, last=True)
    agenda, now = backend.agenda(AgendaQuery()), backend.news(None).now
    due = [name for _, names in agenda.sections for name in names]
    questions: tuple[tuple[str, Callable[[], object]], ...] = (
        ("how things stand", backend.situation),
        ("has anything changed", backend.version),
        (f"follow-ups: {len(due)} ids", lambda: backend.agenda(AgendaQuery())),
        ("follow-ups: a page", lambda: backend.agenda_page(due[:100])),
        ("follow-ups: settled", lambda: backend.agenda(AgendaQuery(settled=True))),
        ("what is new, of everything", lambda: backend.news(Seen(0, 0))),
        ("what is new, of 1000 letters", lambda: backend.news(Seen(now.message - 1000, now.follow_up - 100))),
        ("threads: the first ids", lambda: backend.thread_ids(FIRST)),
        ("threads: the last ids", lambda: backend.thread_ids(FIRST, last=True)),
        ("threads: the first page", lambda: backend.thread_page(threads[:100])),
        ("threads: the last page", lambda: backend.thread_page(oldest[0][-100:])),
        ("a thread", lambda: backend.thread_part(f"t{threads[0]}")),
        ("the letter of a megabyte", lambda: backend.chain("m1")),
        ("offices", backend.office_map),
        ("an office", lambda: backend.office_story("2260")),
        ("people: the first ids", lambda: backend.contact_ids("person", "", FIRST)),
        ("people: the last ids", lambda: backend.contact_ids("person", "", FIRST, last=True)),
        ("people: a page", lambda: backend.contact_page("person", people[:100])),
        ("people: by a part of a name", lambda: backend.contact_ids("person", "paul")),
        ("a person", lambda: backend.contact("p1")),
        ("organisations", lambda: backend.contact_ids("organisation", "")),
        ("who is there twice", backend.alike),
        ("the queue: the first ids", lambda: backend.queue_ids(FIRST, oldest=False)),
        ("the queue: the last ids", lambda: backend.queue_ids(FIRST, oldest=False, last=True)),
        ("the queue: the first page", lambda: backend.queue_page(queue[:100])),
        ("the queue: the last page", lambda: backend.queue_page(oldest[1][-100:])),
        ("mailboxes", backend.mailboxes),
        ("what could not be read", backend.quarantined),
        *((f"search: {text}", lambda text=text: backend.search(text, 50)) for text in ("l", "lo", "lok", "lokal", "lokalen å", "kontor:ånge före:november")),
        ("search: lokal, all that is listed", lambda: backend.search("lokal", 200)),
        ("complete: från:pa", lambda: backend.complete("från:pa", 7)),
        ("nothing found", lambda: backend.nothing_found("finnsinte lokalen")),
        ("palette: ånge", lambda: backend.find("ånge")),
        ("palette: paul ka", lambda: backend.find("paul ka")),
        ("palette: 0690-25", lambda: backend.find("0690-25")),
    )  # fmt: skip
    for said, ask in questions:
        first, *rest = (_took(ask) for _ in range(TURNS + 1))
        print(f"{first:8.1f} {statistics.median(rest):8.1f}  {said}")
    backend.close()


def _took(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


async def _drive(url: str) -> None:
    """A screen, with keys."""
    from tui.app import AterkomApp
    from tui.backend import StoreBackend
    from tui.cli.options import Options
    from tui.views import VIEWS

    app = AterkomApp(StoreBackend(Options(database=url, today=TODAY, user="anna"), alone=True), is_ahead=True)
    started = time.perf_counter()
    async with app.run_test(size=(160, 50)) as pilot:
        await _until(lambda: bool(app.home.view.rows.loaded))  # type: ignore[attr-defined]
        print(f"{_since(started):8.1f}           the first rows, from the start")
        await _until(
            lambda: len(app.home.query_one("#views").children) == len(VIEWS) and not app.workers
        )  # as whoever reads the first line before the first key
        print(f"{_since(started):8.1f}           all that is made ready behind them")
        for said, key, is_there in _steps(app):
            started, spent = time.perf_counter(), time.process_time()
            await _press(pilot, key)
            await _until(is_there)
            await _painted(app)
            spent = (time.process_time() - spent) * 1000
            print(f"{_since(started):8.1f} {spent:8.1f}  {said}")
        most = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        )  # before this process writes as well
        print(f"memory: {most} MB at most", flush=True)
        await _while_written(app, pilot, url)


def _steps(app: Any) -> tuple[tuple[str, str, Callable[[], bool]], ...]:
    def rows() -> Any:
        return app.home.view.rows

    def drawn() -> bool:
        return rows().count() > 0 and rows().row() is not None

    def at_end() -> bool:
        return drawn() and rows().cursor == rows().count() - 1

    def there(view: str) -> Callable[[], bool]:
        return lambda: app.active_view == view and drawn()

    return (
        ("to threads", "2", there("mail")),
        ("to the end of threads", "end", at_end),
        ("a page up", "pageup", lambda: drawn() and not at_end()),
        ("to offices", "3", lambda: app.active_view == "offices" and rows().count() > 0),
        ("to people", "4", there("contacts")),
        ("to the queue", "5", there("register")),
        ("to the end of the queue", "end", at_end),
        ("to mailboxes", "7", lambda: app.active_view == "mailboxes" and rows().count() > 0),
        ("to threads again", "2", there("mail")),
        ("to follow-ups again", "1", there("follow-ups")),
        ("to the end of follow-ups", "end", at_end),
    )


async def _while_written(app: Any, pilot: Any, url: str) -> None:
    """Keys while another process's worth of writing goes on: how long until the cursor has moved."""
    from sqlalchemy import text

    from db.store import open_store

    is_over = threading.Event()

    def write() -> None:
        with open_store(url) as store:
            while not is_over.is_set():
                with store.write() as session:
                    session.execute(text("UPDATE thread SET messages = messages WHERE id % 100 = 1"))

    writer = threading.Thread(target=write)
    writer.start()
    times = []
    for number in range(60):
        await asyncio.sleep(0.03)
        before, started = app.home.view.rows.cursor, time.perf_counter()
        key = "up" if number % 2 == 0 else "down"
        await _press(pilot, key)
        await _until(lambda: app.home.view.rows.cursor != before)  # noqa: B023 (waited for at once)
        times.append(_since(started))
    is_over.set()
    writer.join()
    print(f"{statistics.median(times):8.1f} {max(times):8.1f}  a key while mail is written: median, worst of {len(times)}")  # fmt: skip


async def _press(pilot: Any, key: str) -> None:
    """Without waiting for what it sets off."""
    from textual import events

    character = key if len(key) == 1 else None
    pilot.app.post_message(events.Key(key, character))


async def _painted(app: Any) -> None:
    """Until what is there is drawn as well."""
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def _until(is_there: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + 60
    while not is_there():
        if time.perf_counter() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.001)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
