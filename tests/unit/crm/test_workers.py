"""Reading in processes: one bad mail harms no other, whatever it does to its process."""

import os
import signal
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from crm import workers
from crm.reading import ReadingContext, ReadMail
from crm.workers import ReaderPool
from tests.mails import mail

CONTEXT = ReadingContext(today=date(2021, 6, 8))
PROMISE = mail("Hej!\n\nVi återkommer i slutet av oktober 2021.\n", message_id="<1@x.example>")


def read_by_name(raw: bytes, _reader: Any, _context: ReadingContext) -> ReadMail:
    """Stands for the reader in the process: does what the mail says."""
    if raw == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if raw == b"hang":
        threading.Event().wait()
    if raw == b"raise":
        raise RecursionError
    return ReadMail(raw.decode(), "ok", (), ())


def serve(pipe: Any) -> None:
    """The process, with that reader in the place of the real one."""
    vars(workers)["read_mail"] = read_by_name
    workers._serve(pipe)


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderPool]:
    monkeypatch.setattr(workers, "_serve_target", serve)
    with ReaderPool(CONTEXT, jobs=2, deadline=1.0) as made:
        yield made


def test_a_real_letter_comes_back_read() -> None:
    with ReaderPool(CONTEXT, jobs=1) as pool:
        ((key, read),) = pool.read([("a", PROMISE)])
    assert key == "a"
    assert [item.due_end for item in read.messages[0].reading.follow_ups] == [date(2021, 10, 31)]


def test_one_bad_mail_harms_no_other(pool: ReaderPool) -> None:
    raws = [b"1", b"die", b"2", b"hang", b"3", b"raise", b"4"]
    answers = dict(pool.read((raw, raw) for raw in raws))
    bad = {raw: answers[raw].problems[0].partition(":")[0] for raw in (b"die", b"hang", b"raise")}
    assert bad == {b"die": "reader-died", b"hang": "limit-time", b"raise": "reader-failed"}
    assert [answers[raw].sha256 for raw in (b"1", b"2", b"3", b"4")] == ["1", "2", "3", "4"]


def test_no_more_is_taken_than_there_is_room_for(pool: ReaderPool) -> None:
    taken = []

    def mails() -> Iterator[tuple[int, bytes]]:
        for number in range(100):
            taken.append(number)
            yield number, str(number).encode()

    reading = pool.read(mails())
    next(reading)
    assert len(taken) <= 4
    assert len(list(reading)) == 99


def test_an_abandoned_reading_does_not_spoil_the_next(pool: ReaderPool) -> None:
    next(pool.read((raw, raw) for raw in (b"1", b"2", b"3")))
    assert {key: mail.sha256 for key, mail in pool.read([(b"4", b"4"), (b"5", b"5")])} == {
        b"4": "4",
        b"5": "5",
    }
