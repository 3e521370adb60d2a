"""Reading in processes: mails as read, or quarantined with the reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crm.errors import SettingsInvalid
from crm.reader_pool import ReaderPool
from crm.readings import ReadingContext, ReadMail
from crm.workers import WorkerLimits
from tests.mails import mail

CONTEXT = ReadingContext(today=date(2021, 6, 8))
PROMISE = mail("Hej!\n\nVi återkommer i slutet av oktober 2021.\n", message_id="<1@x.example>")


def read_by_name(_context: ReadingContext) -> Callable[[bytes], ReadMail]:
    """Stands for the reader in the process: hangs where the mail says so."""
    from tests.unit.crm.work import DEEDS

    def read(raw: bytes) -> ReadMail:
        DEEDS.get(raw, lambda: None)()
        return ReadMail(raw.decode(), "ok", (), ())

    return read


def test_a_real_letter_comes_back_read() -> None:
    with ReaderPool(CONTEXT, jobs=1) as pool:
        ((key, read),) = pool.read([("a", PROMISE)])
    assert key == "a"
    assert [item.due_end for item in read.messages[0].reading.follow_ups] == [date(2021, 10, 31)]


def test_a_pipeline_that_does_not_load_is_a_setting_to_put_right(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    broken = replace(CONTEXT, name_model=str(tmp_path))
    with ReaderPool(broken, jobs=1) as pool, pytest.raises(SettingsInvalid, match="name_model"):
        list(pool.read([("a", PROMISE)]))


def test_a_bad_mail_is_quarantined_with_its_hash_and_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderPool, "work", f"{__name__}:read_by_name")
    with ReaderPool(CONTEXT, jobs=1, limits=WorkerLimits(seconds=1.0)) as pool:
        answers = dict(pool.read((raw, raw) for raw in (b"1", b"die", b"2", b"hang", b"raise")))
    bad = {key: read.problems[0].partition(":")[0] for key, read in answers.items() if read.status != "ok"}
    assert bad == {b"die": "reader-died", b"hang": "limit-time", b"raise": "reader-failed"}
    assert len(answers[b"die"].sha256) == 64
    assert [answers[raw].sha256 for raw in (b"1", b"2")] == ["1", "2"]


def read_without_documents(context: ReadingContext) -> Callable[[bytes], ReadMail]:
    """Stands for a reader whose process a document ends."""
    from tests.unit.crm.work import DEEDS

    def read(raw: bytes) -> ReadMail:
        if context.documents:
            DEEDS[b"die"]()
        return ReadMail(raw.decode(), "ok", ("date-invalid: x",), ())

    return read


def test_a_document_that_ends_the_process_costs_the_letter_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderPool, "work", f"{__name__}:read_without_documents")
    named = b"Content-Disposition: attachment; filename=a.pdf"
    with ReaderPool(CONTEXT, jobs=1) as pool:
        answers = dict(pool.read([(1, named), (2, b"no document")]))
    assert (answers[1].sha256, answers[1].status) == (named.decode(), "partial")
    assert answers[1].problems == (
        "date-invalid: x",
        "documents-unread: reader-died: the process ended with -9",
    )
    assert answers[2].status == "quarantined"
