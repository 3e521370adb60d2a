"""Opening the screen over a fake backend, pressing keys and reading what stands there."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.fakes import FakeBackend
from tui.app import AterkomApp
from tui.backend import Decision
from tui.manners import Manners
from tui.screenshot import settled

SMALL, LARGE = (80, 24), (160, 50)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


@asynccontextmanager
async def opened(
    backend: FakeBackend, size: tuple[int, int] = SMALL, *, manners: Manners | None = None
) -> AsyncIterator[Pilot[int]]:
    app = AterkomApp(backend, manners)
    app.animation_level = "none"  # nobody looks at the frames between two states, and each is drawn
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        yield pilot


async def quiet(pilot: Pilot[int]) -> None:
    """Every question answered, every answer shown."""
    app = pilot.app
    assert isinstance(app, AterkomApp)
    for turn in range(3):
        asked = any(not worker.is_finished for worker in app.workers)
        await settled(app)
        await pilot.pause()
        if turn and not asked and all(worker.is_finished for worker in app.workers):
            return


async def until(pilot: Pilot[int], reached: Callable[[], bool]) -> None:
    """Lets the screen go on, a bounded number of times, until a timer of its own has run out."""
    for _ in range(500):
        if reached():
            return
        await pilot.pause(0.005)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await quiet(pilot)


async def type_(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*("space" if c == " " else c for c in text))
    await quiet(pilot)


def shown(pilot: Pilot[int]) -> list[str]:
    """The lines on the screen."""
    screen = pilot.app.screen
    return [strip.text for strip in screen._compositor.render_strips()]


def text_on(pilot: Pilot[int]) -> str:
    return "\n".join(shown(pilot))


def on(pilot: Pilot[int], screen: type[Screen[Any]]) -> bool:
    return isinstance(pilot.app.screen, screen)


def decisions(backend: FakeBackend) -> list[Decision]:
    return [asked[1] for asked in backend.asked if asked[0] == "decide"]
