"""The server of `aterkom serve`: it listens, says its address, and ends with everything that it started."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Final

from aiohttp import web

from crm.errors import ServeRefused
from tui.cli.errors import INTERRUPTED
from tui.cli.options import Options
from tui.serve import pages
from tui.serve.address import Address, is_loopback
from tui.serve.door import Door
from tui.serve.keys import Keys
from tui.serve.process import Screen
from tui.serve.tab import environment
from tui.serve.tabs import MakeScreen, Tabs

_GRACE: Final = 4.5
"""Seconds until the process ends for certain; the contract allows five."""
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(options: Options, host: str, port: int, tell: Callable[[Address, str], None]) -> int:
    """Shows the screen at `host` until a signal comes; `tell` gets the address, and a way in that works once.

    Port 0 is any that is free. Raises ServeRefused.
    """
    with listening(host, port) as listener:
        address = Address(host, listener.getsockname()[1])
        door = Door(address, Keys())
        asyncio.run(
            _run(application(door, maker(options, host)), listener, lambda: tell(address, door.invitation()))
        )
    return INTERRUPTED


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at one address. Raises ServeRefused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError:
        raise ServeRefused(host, port, "taken") from None


def maker(options: Options, host: str) -> MakeScreen:
    """What makes a tab's screen, with what the command was given."""
    variables = environment(options)

    def make(to: web.WebSocketResponse) -> Screen:
        return Screen(to, variables, shown_here=is_loopback(host))

    return make


def application(door: Door, make: MakeScreen) -> web.Application:
    """Pages and tabs behind the door."""
    app = web.Application()
    door.install(app)
    pages.install(app)
    Tabs(make).install(app)
    return app


async def _run(app: web.Application, listener: socket.socket, invite: Callable[[], None]) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        ended = _ended()
        await web.SockSite(runner, listener).start()
        _offer(invite)
        await ended.wait()
    finally:
        await runner.cleanup()


def _ended() -> asyncio.Event:
    """Set by a signal; what has not ended by itself soon after that is ended."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def end() -> None:
        last = threading.Timer(_GRACE, os._exit, (INTERRUPTED,))
        last.daemon = True
        last.start()
        ended.set()

    for number in _SIGNALS:
        loop.add_signal_handler(number, end)
    return ended


def _offer(invite: Callable[[], None]) -> None:
    """Says the way in; at a terminal, Enter makes another."""
    invite()
    if sys.stdin.isatty():
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _entered, invite)


def _entered(invite: Callable[[], None]) -> None:
    """A terminal that is gone is asked no more; that it is gone comes as a signal."""
    if os.read(sys.stdin.fileno(), 1024):
        invite()
    else:
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
