"""A screen's process, spoken to as textual-serve does, started and ended as we want it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

ENDS_WITHIN: Final = 2.5
"""Seconds for an orderly end; the contract allows five for the whole."""
SCREEN: Final = (sys.executable, "-m", "tui.serve.tab")
_DESKTOP: Final = ("DISPLAY", "WAYLAND_DISPLAY")


class Screen(AppService):
    """One screen behind one WebSocket; `variables` are added to the environment.

    `shown_here`: whoever looks at it sits at this machine, so that its desktop may open what they save.
    """

    def __init__(
        self,
        socket: web.WebSocketResponse,
        variables: Mapping[str, str],
        *,
        shown_here: bool,
        words: Sequence[str] = SCREEN,
    ) -> None:
        super().__init__(
            "",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._hang_up,
            download_manager=DownloadManager(),
        )
        self._socket = socket
        self._words = words
        self._variables = variables
        self._without = () if shown_here else _DESKTOP

    async def _hang_up(self) -> None:
        await self._socket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Without a shell, and out of reach of a Ctrl+C at the server's terminal: the server ends it in order."""
        given = {**self._build_environment(width, height), **self._variables}
        process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            env={name: value for name, value in given.items() if name not in self._without},
            start_new_session=True,
        )
        process.stderr = _nothing()  # what went wrong is said where the server's own narration is
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Until the process ends; a tab that shows nothing any more says so."""
        try:
            await super().run()
        finally:
            await self._hang_up()

    async def stop(self) -> None:
        """Asks the screen to end; one that does not is ended."""
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(super().stop(), ENDS_WITHIN)
        finally:
            process, self._process = self._process, None
            if process is not None:
                await _end(process)


async def _end(process: Process) -> None:
    """Closing the pipe ends a screen that still listens; nothing outlives the second that follows."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), 1)
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _nothing() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_eof()
    return reader
