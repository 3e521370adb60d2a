"""The tabs that are open: each has a WebSocket and a process, and neither outlives the other.

There is no way to download: the screen saves files on the machine that it runs on.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from aiohttp import WSMsgType, web

from tui.serve import pages
from tui.serve.process import Screen

MOST: Final = 8
"""Tabs at once; each is a process of some hundred megabytes."""
HEARTBEAT: Final = 15.0
"""Seconds between two questions to a tab whether it is still there: one whose machine sleeps says no goodbye."""
_LONGEST: Final = 1 << 20
_LARGEST: Final = 1000
"""Columns and rows of a terminal that anybody could look at."""
MakeScreen = Callable[[web.WebSocketResponse], Screen]


class Tabs:
    """Opens a process for a tab, and closes all of them at the end."""

    def __init__(self, make: MakeScreen) -> None:
        self._make = make
        self._open: set[Screen] = set()

    def install(self, app: web.Application) -> None:
        app.router.add_get("/ws", self._tab, allow_head=False)
        app.on_shutdown.append(self._close)

    async def _tab(self, request: web.Request) -> web.StreamResponse:
        if len(self._open) >= MOST:
            return pages.too_many()
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=1, max_msg_size=_LONGEST)
        screen = self._make(socket)
        self._open.add(screen)
        try:
            await socket.prepare(request)
            await screen.start(_side(request.query.get("width"), 80), _side(request.query.get("height"), 24))
            await _listen(socket, screen)
        finally:
            await screen.stop()
            self._open.discard(screen)
        return socket

    async def _close(self, app: web.Application) -> None:
        del app
        await asyncio.gather(*(screen.stop() for screen in self._open))


async def _listen(socket: web.WebSocketResponse, screen: Screen) -> None:
    """Until the tab is closed, or says something that our page does not."""
    async for message in socket:
        if message.type is WSMsgType.TEXT and not await _obey(message.data, socket, screen):
            await socket.close(code=1003)


async def _obey(text: str, socket: web.WebSocketResponse, screen: Screen) -> bool:
    match _parsed(text):
        case ["stdin", str(keys)]:
            await screen.send_bytes(keys.encode("utf-8", "replace"))
        case ["resize", {"width": width, "height": height}]:
            await screen.set_terminal_size(_side(width, 80), _side(height, 24))
        case ["ping", str(sent)]:
            await socket.send_json(["pong", sent])
        case ["blur"]:
            await screen.blur()
        case ["focus"]:
            await screen.focus()
        case _:
            return False
    return True


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _side(said: Any, default: int) -> int:
    """Columns or rows as a page says them, within what a screen can be."""
    try:
        return min(max(int(said), 1), _LARGEST)
    except (TypeError, ValueError, OverflowError):
        return default
