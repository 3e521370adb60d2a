"""Headers of a letter, and private mail removed, from the reading pane."""

from crm.errors import NotReceived
from tests.tui.fakes import FakeBackend
from tests.tui.pilot import SIZES, on, opened, press, quiet, text_on, type_
from tui.screens.headers import HeadersScreen
from tui.screens.private import PrivateScreen


def removed(backend: FakeBackend) -> list[str]:
    return [asked[1] for asked in backend.asked if asked[0] == "erase"]


@SIZES
async def test_headers_are_shown_and_left(size: tuple[int, int]) -> None:
    backend = FakeBackend()
    async with opened(backend, size) as pilot:
        await press(pilot, "2", "enter", "h")
        assert on(pilot, HeadersScreen)
        text = text_on(pilot)
        assert "mx.example → imap.example" in text
        assert "Subject: [red]Lokal\ufffd[2J" in text
        await press(pilot, "escape")
        assert not on(pilot, HeadersScreen)
        assert ("headers", "m2") in backend.asked


async def test_private_asks_for_the_id_and_removes_that_mail() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "x")
        assert on(pilot, PrivateScreen)
        assert "m7" in text_on(pilot)  # which quotes it
        await type_(pilot, "m2")
        await press(pilot, "enter")
        await quiet(pilot)
        assert removed(backend) == ["m2"]
        assert "/srv/kopia.sqlite" in text_on(pilot)


async def test_another_word_removes_nothing() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "x")
        await type_(pilot, "ja")
        await press(pilot, "enter")
        assert on(pilot, PrivateScreen)
        await press(pilot, "escape")
        assert not on(pilot, PrivateScreen)
    assert removed(backend) == []


async def test_a_message_inside_another_mail_says_which() -> None:
    backend = FakeBackend(failing={"private_preview": NotReceived("m2", ("m1",))})
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "x")
        assert "m1" in text_on(pilot)
        await press(pilot, "escape")
    assert removed(backend) == []


async def test_from_a_letter_opened_by_itself() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "down", "down", "enter", "h", "h", "x")
        assert on(pilot, PrivateScreen)
        await type_(pilot, "m2")
        await press(pilot, "enter")
        await quiet(pilot)
        assert removed(backend) == ["m2"]
        assert len(pilot.app.screen_stack) == 1
        assert "/srv/kopia.sqlite" in text_on(pilot)
