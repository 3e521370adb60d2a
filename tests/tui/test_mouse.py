"""Everything by the mouse as well: the keys named at the bottom and in small windows are clicked instead of pressed."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from crm.rows.follow_ups import ReminderRow
from tests.tui.fakes import FakeBackend, follow_up
from tests.tui.pilot import decisions, on, opened, press, quiet, shown, text_on
from tui.manners import Manners
from tui.screens.ask import AskScreen
from tui.screens.documents import DocumentsScreen
from tui.screens.headers import HeadersScreen
from tui.screens.help import HelpScreen
from tui.screens.home import Home
from tui.screens.links import LinksScreen
from tui.screens.message import MessageScreen
from tui.screens.note import NoteScreen
from tui.screens.private import PrivateScreen
from tui.screens.setup import SetupScreen


def backend() -> FakeBackend:
    return FakeBackend(
        rows=[ReminderRow("soon", follow_up(id="f1", text="Vi återkommer.", state="proposed"))]
    )


async def click(pilot: Pilot[int], words: str) -> None:
    """Click where the words stand, the last time that they do."""
    lines = text_on(pilot).split("\n")
    row, line = next((y, line) for y, line in reversed(list(enumerate(lines))) if words in line)
    await pilot.click(offset=(line.rindex(words), row))
    await quiet(pilot)


async def test_a_key_of_the_bar_is_clicked() -> None:
    given = backend()
    async with opened(given) as pilot:
        await click(pilot, "Bevaka")
        assert [(made.action, made.ids) for made in decisions(given)] == [("accept", ("f1",))]


async def test_the_second_line_of_the_bar_is_clicked_too() -> None:
    async with opened(backend(), size=(80, 24)) as pilot:
        await click(pilot, "Hjälp")
        assert on(pilot, HelpScreen)


async def test_a_click_presses_the_key_that_somebody_has_put_there(tmp_path: Path) -> None:
    manners = Manners(tmp_path, tmp_path / "keys.toml")
    manners.rebind("follow-ups.accept", "x")
    given = backend()
    async with opened(given, manners=manners) as pilot:
        assert " x Bevaka" in text_on(pilot)
        await click(pilot, "Bevaka")
        assert [(made.action, made.ids) for made in decisions(given)] == [("accept", ("f1",))]


async def test_a_question_is_answered_and_left_by_the_mouse() -> None:
    given = backend()
    async with opened(given) as pilot:
        await click(pilot, "Datum")
        assert on(pilot, AskScreen)
        await click(pilot, "ändra inget")
        assert not on(pilot, AskScreen)
        await click(pilot, "Påminn")
        pilot.app.screen.query_one(Input).value = "på måndag"
        await click(pilot, "gå vidare")
        assert not on(pilot, AskScreen)
        assert [made.action for made in decisions(given)] == ["snooze"]


async def test_help_is_closed_by_the_mouse() -> None:
    async with opened(backend(), size=(120, 60)) as pilot:
        await press(pilot, "question_mark")
        await click(pilot, "stänger")
        assert not on(pilot, HelpScreen)


async def test_what_the_help_names_is_clicked_there() -> None:
    given = backend()
    async with opened(given, size=(120, 60)) as pilot:
        await press(pilot, "question_mark")
        await click(pilot, "Avfärda: det här")
        assert not on(pilot, HelpScreen)
        assert [made.action for made in decisions(given)] == ["dismiss"]


async def test_words_are_marked_by_a_double_click_and_nothing_falls_over() -> None:
    async with opened(backend()) as pilot:
        row = next(y for y, line in enumerate(shown(pilot)) if "”Vi återkommer.”" in line)
        await pilot.click(offset=(4, row), times=2)
        await quiet(pilot)
        marked = pilot.app.screen.get_selected_text()
        assert marked
        await press(pilot, "ctrl+c")
        assert pilot.app.clipboard == marked
        assert any(toast.message.startswith("Kopierat.") for toast in pilot.app._notifications)


@pytest.mark.parametrize(
    "screen",
    [
        Home,
        AskScreen,
        DocumentsScreen,
        HeadersScreen,
        LinksScreen,
        MessageScreen,
        NoteScreen,
        PrivateScreen,
        SetupScreen,
    ],
)
def test_a_screen_that_asks_is_a_screen_first(screen: type[Screen[Any]]) -> None:
    """What Textual gives a screen, the look of marked words among it, comes by its first base that is a widget."""
    assert "screen--selection" in screen._get_component_classes()
