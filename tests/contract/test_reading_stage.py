"""Reading what is stored: one mail that fails stops no other, now or ever."""

import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm import messages, reading_stage
from crm.importing import import_files, store_files
from crm.indexing import index_missing
from crm.messages import MessageQuery
from crm.reader_pool import ReaderPool, quarantined
from crm.reading_process import reading
from crm.readings import ReadingContext, ReadMail
from crm.settings import load
from crm.syncing import read_new
from db.store import Store
from ingest.files import PathUnreadable
from ingest.model import Source
from tests.mails import mail

SETTINGS = load(today=date(2021, 10, 18), own="statenssc.se", jobs=1)


def sources(*texts: str) -> list[Source]:
    return [Source(str(n), mail(text, message_id=f"<{n}@x.example>")) for n, text in enumerate(texts)]


def statuses(store: Store) -> list[tuple[str, tuple[str, ...]]]:
    with store.read() as session:
        rows = messages.list_messages(session, MessageQuery(limit=0))
    return sorted((row.status, row.problems) for row in rows)


def test_a_mail_on_which_intake_fails_is_quarantined_and_the_others_are_taken_in(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = vars(reading_stage)["take_in"]

    def failing(session: Any, mails: Any, context: Any) -> Any:
        if any("fel" in message.chain.body for _, read in mails for message in read.messages):
            raise OverflowError
        return real(session, mails, context)

    monkeypatch.setattr(reading_stage, "take_in", failing)
    report = import_files(filled, SETTINGS, sources("Hej.", "Ett fel.", "Tack."), "import")
    assert (report.reading.read, report.reading.quarantined) == (2, 1)
    found = statuses(filled)
    assert [status for status, _ in found] == ["ok", "ok", "quarantined"]
    assert found[2][1][0].startswith("intake-failed: OverflowError at ")
    assert read_new(filled, SETTINGS).read == 0


def test_threads_take_short_turns_while_mail_is_read_and_no_longer(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, turns = sys.getswitchinterval(), []
    real = vars(reading_stage)["take_in"]

    def timed(session: Any, mails: Any, context: Any) -> Any:
        turns.append(sys.getswitchinterval())
        return real(session, mails, context)

    monkeypatch.setattr(reading_stage, "take_in", timed)
    import_files(filled, SETTINGS, sources("Hej."), "import")
    assert turns[0] < before
    assert sys.getswitchinterval() == before


def test_a_date_at_the_end_of_the_calendar_stops_nothing(filled: Store) -> None:
    late = mail("Kan ni svara inom 14 dagar?", message_id="<late@x.example>").replace(b" 2021 ", b" 9999 ")
    report = import_files(filled, SETTINGS, [Source("late", late), *sources("Hej.")], "import")
    assert report.reading.read == 2


def test_a_file_that_can_not_be_read_costs_no_other_mail(filled: Store, tmp_path: Path) -> None:
    def some() -> Any:
        yield from sources("Hej.", "Tack.")
        raise PathUnreadable(str(tmp_path / "x"), "input/output error")

    report = import_files(filled, SETTINGS, some(), "import")
    assert [type(error).__name__ for error in report.errors] == ["PathUnreadable"]
    assert (report.rows[0].new, report.reading.read) == (2, 2)


def hanging(context: ReadingContext) -> Callable[[bytes], ReadMail]:
    """Reads as ever, but for a mail that says "hänger"."""
    read = reading(context)

    def work(raw: bytes) -> ReadMail:
        if "hänger".encode() in raw:
            threading.Event().wait()
        return read(raw)

    return work


def test_a_mail_that_took_too_long_is_quarantined_alone_and_read_again_by_read_all(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReaderPool, "work", f"{__name__}:hanging")
    hurried = load(today=date(2021, 10, 18), own="statenssc.se", jobs=1, limit_time=1.0)
    report = import_files(filled, hurried, sources("Hej.", "Den hänger.", "Tack."), "import")
    assert (report.reading.read, report.reading.quarantined) == (2, 1)
    assert [problems for _, problems in statuses(filled) if problems] == [("limit-time: not read in 1 s",)]
    monkeypatch.undo()
    assert read_new(filled, SETTINGS).read == 0
    again = read_new(filled, SETTINGS, again=True)
    assert (again.read, again.quarantined) == (3, 0)
    assert [status for status, _ in statuses(filled)] == ["ok", "ok", "ok"]


def test_letters_are_taken_in_in_the_order_in_which_they_were_written_where_they_are_indexed(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[tuple[int, bytes]] = []

    def seen(self: ReaderPool, mails: Any) -> Any:
        taken = list(mails)
        turns.extend((turn, raw) for (turn, _), raw in taken)
        return ((number, quarantined(raw, "x: y")) for number, raw in taken)

    monkeypatch.setattr(ReaderPool, "read", seen)
    days = ("2021-10-07", "2021-10-05", "2021-10-06")
    last, first, middle = (mail(f"Brev {day}.", at=f"{day} 09:00") for day in days)
    with filled.write() as session:
        store_files(session, "INBOX", [last, first, middle], date(2021, 10, 18))
    index_missing(filled, SETTINGS)
    assert read_new(filled, SETTINGS).quarantined == 3
    assert [raw for _, raw in sorted(turns)] == [first, middle, last]
    assert sorted(turn for turn, _ in turns) == [0, 1, 2]


def test_what_is_taken_in_together_is_read_thread_by_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_stage, "BATCH", 4)
    threads = {1: 20, 2: 10, 3: 20, 4: 10, 5: 10, 6: 20}
    assert reading_stage._by_thread(threads) == [2, 4, 1, 3, 5, 6]
