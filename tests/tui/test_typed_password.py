"""A password that was typed while a mailbox is set up: what becomes of its file, however that ends."""

from textual.pilot import Pilot
from textual.widgets import Input

from crm.rows.accounts import StoreSummary
from ingest.errors import ServerUnreachable
from tests.tui.fakes import FakeBackend
from tests.tui.pilot import on, opened, press, type_
from tui.backend_mail import Tried
from tui.screens.setup import SetupScreen

KEPT = "file:/home/anna/password"


def without_mailbox() -> FakeBackend:
    backend = FakeBackend(summary=StoreSummary(0, 0, 0, 0, None), boxes=[])
    backend.tried = Tried((("INBOX", 38),), None)
    return backend


async def type_password(pilot: Pilot[int]) -> None:
    await press(pilot, "enter")
    await type_(pilot, "imap.ssc.example")
    await press(pilot, "enter")
    await type_(pilot, "diariet")
    await press(pilot, "enter", "enter", "enter", "enter")
    await type_(pilot, "hemligt")
    await press(pilot, "enter")


def forgotten(backend: FakeBackend) -> list[str]:
    return [asked[1] for asked in backend.asked if asked[0] == "forget_password"]


async def test_it_is_the_mailboxs_once_that_is_added() -> None:
    backend = without_mailbox()
    async with opened(backend) as pilot:
        await type_password(pilot)
        await press(pilot, "enter")
        assert not on(pilot, SetupScreen)
    assert [box.account.name for box in backend.boxes] == ["diariet"]
    assert forgotten(backend) == []


async def test_it_is_forgotten_where_the_program_is_left_before_that() -> None:
    backend = without_mailbox()
    async with opened(backend) as pilot:
        await type_password(pilot)
        assert on(pilot, SetupScreen)
        await press(pilot, "ctrl+q")
    assert forgotten(backend) == [KEPT]


async def test_it_is_forgotten_where_another_place_is_named_instead() -> None:
    backend = without_mailbox()
    backend.failing["try_mailbox"] = ServerUnreachable(host="imap.ssc.example", reason="timed out")
    async with opened(backend) as pilot:
        await type_password(pilot)
        del backend.failing["try_mailbox"]
        pilot.app.screen.query_one("#secret", Input).value = "file:/run/secrets/diariet"
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        assert forgotten(backend) == [KEPT]
    (_failed, tried) = [asked[1] for asked in backend.asked if asked[0] == "try_mailbox"]
    assert tried["secret"] == "file:/run/secrets/diariet"
