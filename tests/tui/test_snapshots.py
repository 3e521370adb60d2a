"""Each view as people see it at 80 by 24: on an ordinary day, with nothing in the store, and when the store is away."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from crm.rows.accounts import MailboxView, StoreSummary
from crm.rows.follow_ups import ReminderRow
from db.errors import StoreLocked
from tests.tui import snapshots
from tests.tui.fakes import FakeBackend, box, follow_up, message_row, office_row, thread_row
from tests.tui.fakes_mail import account_row, organisation_row, person_row
from tests.tui.pilot import opened, press, quiet, shown, type_, until
from tests.tui.test_register_view import NAMES, NOTHING, waiting

VIEWS = {
    "1-bevakningar": "1",
    "2-korrespondens": "2",
    "3-kontor": "3",
    "4-kontakter": "4",
    "5-diarieforing": "5",
    "6-sok": "6",
    "7-brevlador": "7",
}


@pytest.fixture(autouse=True)
def _in_stockholm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clock times are shown as they are here."""
    monkeypatch.setenv("TZ", "Europe/Stockholm")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def ordinary() -> FakeBackend:
    """An ordinary day: of everything some, with long names among short ones."""
    backend = FakeBackend()
    long = "Vi återkommer med ett förslag på tider för ett gemensamt möte om lokalen och bemanningen."
    backend.rows.insert(
        0,
        ReminderRow(
            "overdue",
            follow_up(
                id="u7",
                state="accepted",
                due_start=None,
                due_end=date(2021, 9, 30),
                office_name="Upplands Väsby",
                text=long,
                assignee="anna.andersson",
            ),
        ),
    )
    backend.threads = [
        thread_row(),
        thread_row(
            id="t2",
            subject="Lokal för servicekontor vid torget, ritningar och tillgänglighet",
            messages=14,
            last_sender="Karin Ståhl",
            waiting="them",
            proposed=0,
            offices=("1233", "2260"),
        ),
        thread_row(id="t3", subject="", messages=1, last_sender=None, waiting=None, proposed=0, offices=()),
    ]
    backend.office_rows = [
        office_row(owner="anna"),
        office_row(
            id="o2",
            municipality="Åre",
            place="Järpen",
            code="2321",
            phase=1,
            messages=0,
            follow_ups_open=0,
            last_message=None,
        ),
        office_row(
            id="o3",
            municipality="Upplands Väsby",
            place="Upplands Väsby",
            code="0114",
            messages=1234,
            follow_ups_open=48,
        ),
    ]
    backend.people.append(
        person_row(
            id="p4",
            name="Registratorn vid Kommunstyrelsens kansli och förvaltning",
            title="Registrator",
            organisation="Upplands Väsby kommun",
            messages=1234,
        )
    )
    backend.organisations.append(
        organisation_row(id="o2", name="Statens servicecenter", domain="ssc.example")
    )
    backend.waiting = [
        waiting(1),
        waiting(2, NAMES),
        waiting(
            3,
            NOTHING,
            subject="Lokal för servicekontor vid torget, ritningar och tillgänglighet",
            sender=box("Karin Ståhl", "karin.stahl@ange.example"),
        ),
    ]
    backend.found.insert(
        0,
        message_row(
            id="m3",
            subject="Ritningar till lokalen vid torget i Ånge, andra omgången",
            sender=box(None, "registrator@ange.example"),
            direction="in",
            date=datetime(2021, 10, 4, 7, 5, tzinfo=UTC),
        ),
    )
    backend.boxes.append(MailboxView(account_row(name="funktionsbrevlåda", last_sync=None, state="new"), ()))
    backend.unreadable = [message_row(id="m8", status="quarantined", subject="", problems=("limit-depth",))]
    return backend


def empty() -> FakeBackend:
    """A store that was made just now."""
    backend = FakeBackend(
        summary=StoreSummary(0, 0, 0, 0, None), rows=[], threads=[], letters=[], office_rows=[], found=[]
    )
    backend.people, backend.organisations, backend.pairs, backend.boxes = [], [], [], []
    return backend


def away() -> FakeBackend:
    """Another program holds the store: every question of a view ends with that."""
    locked = StoreLocked("sqlite:////srv/aterkom/aterkom.sqlite", "database is locked")
    asked = "agenda thread_ids offices contact_ids queue_ids search mailboxes"
    return FakeBackend(failing=dict.fromkeys(asked.split(), locked))


@pytest.mark.parametrize("state", [ordinary, empty, away], ids=lambda state: state.__name__)
@pytest.mark.parametrize("view", VIEWS)
async def test_a_view(view: str, state: Callable[[], FakeBackend]) -> None:
    backend = state()
    async with opened(backend) as pilot:
        await press(pilot, VIEWS[view])
        if view == "6-sok":
            await type_(pilot, "lokal")
            await until(pilot, lambda: ("search", "lokal") in [asked[:2] for asked in backend.asked])
            await quiet(pilot)
        snapshots.same(f"{view}-{state.__name__}", shown(pilot))
