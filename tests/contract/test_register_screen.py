"""What the screen asks of the register's queue, of a real store."""

from datetime import date

import pytest

from crm.errors import NotInDiary
from db.store import Store
from tests.intake import Take
from tui.backend import StoreBackend
from tui.backend_register import Verdict
from tui.cli.options import Options


def mail(number: int, subject: str, body: str) -> bytes:
    return (
        f"From: Eva Ek <eva.ek@ange.example>\r\nTo: registrator@statenssc.se\r\nSubject: {subject}\r\n"
        f"Message-ID: <{number}@ange.example>\r\nDate: {number} Jun 2021 09:12:00 +0200\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture
def backend(filled: Store, take: Take) -> StoreBackend:
    take(mail(1, "Avtal", "Dnr 2021-01431-1.1.1"), mail(2, "Tack", "Tack!"), mail(3, "Tack", "Stort tack!"))
    made = StoreBackend(Options(user="anna", today=date(2021, 6, 8)))
    made._opened = filled
    return made


def test_the_queue_and_its_pages(backend: StoreBackend) -> None:
    newest, oldest = backend.queue_ids(oldest=False), backend.queue_ids(oldest=True)
    assert newest == oldest[::-1]
    rows = backend.queue_page(oldest)
    assert [row.message.subject for row in rows] == ["Avtal", "Tack", "Tack"]
    assert [row.suggestion.state for row in rows] == ["number", "minor", "minor"]
    assert [row.working_days for row in rows] == [5, 4, 3]


def test_each_as_it_is_said_and_all_taken_back_at_once(backend: StoreBackend) -> None:
    before = backend.queue_ids(oldest=True)
    first, second, third = (f"m{number}" for number in before)
    said = {third: Verdict("minor"), first: Verdict("number", " 2021-01431-1.1.1 "), second: Verdict("sent", None, "OSL 19:1")}  # fmt: skip
    assert backend.judge(said) == 3
    assert backend.queue_ids(oldest=True) == []
    judged = {row.id: row.registration for each in before for row in [backend.queue_page([each])[0].message]}
    assert {name: (row.state, row.number, row.secret, row.by) for name, row in judged.items() if row} == {
        first: ("number", "2021-01431-1.1.1", None, "anna"),
        second: ("sent", None, "OSL 19:1", "anna"),
        third: ("minor", None, None, "anna"),
    }
    undone = backend.undo()
    assert (undone.subject, undone.action, len(undone.rows)) == ("registration", "judge", 3)
    assert backend.queue_ids(oldest=True) == before


def test_one_number_that_cannot_be_one_keeps_all_from_being_judged(backend: StoreBackend) -> None:
    before = backend.queue_ids(oldest=True)
    said = {f"m{before[0]}": Verdict("minor"), f"m{before[1]}": Verdict("number", "\x1b[2J")}
    with pytest.raises(NotInDiary):
        backend.judge(said)
    assert backend.queue_ids(oldest=True) == before
