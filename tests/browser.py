"""A headless Chromium spoken to by its DevTools protocol: no driver and no network of its own are needed."""

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp

FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 90
_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --no-default-browser-check --disable-sync "
    "--disable-background-networking --disable-component-update --disable-domain-reliability --mute-audio "
    "--remote-debugging-port=0 --window-size=1000,600"
).split()
Event = dict[str, Any]


class Page:
    """One tab: `events` is all that Chromium has said of it since it was opened."""

    def __init__(self, browser: "Browser", target: str, session: str) -> None:
        self._browser = browser
        self.target = target
        self.session = session
        self.events: list[Event] = []

    async def ask(self, method: str, **given: Any) -> dict[str, Any]:
        return await self._browser.ask(method, session=self.session, **given)

    async def until(self, wanted: Callable[[Event], bool]) -> Event:
        """The first event, past or coming, that is wanted."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for event in self.events:
                    if wanted(event):
                        return event
                await self._browser.heard()

    async def evaluate(self, script: str) -> Any:
        """What a script comes to in the page, promises waited for."""
        done = await self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return done["result"].get("value")

    async def go(self, url: str) -> None:
        await self.ask("Page.navigate", url=url)
        await self.until(named("Page.loadEventFired"))

    async def close(self) -> None:
        await self._browser.ask("Target.closeTarget", targetId=self.target)

    def asked(self) -> list[str]:
        """Every address that was asked for, WebSockets among them."""
        http = [e["params"]["request"]["url"] for e in self.events if named("Network.requestWillBeSent")(e)]
        return http + [e["params"]["url"] for e in self.events if named("Network.webSocketCreated")(e)]


class Browser:
    """A connection to a Chromium; answers and events are told apart as they come."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}
        self._heard = asyncio.Event()

    async def heard(self) -> None:
        """Waits for the next event."""
        self._heard.clear()
        await self._heard.wait()

    async def listen(self) -> None:
        async for message in self._socket:
            said = message.json()
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
            elif (page := self._pages.get(said.get("sessionId", ""))) is not None:
                page.events.append(said)
            self._heard.set()

    async def ask(self, method: str, session: str | None = None, **given: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        to = {} if session is None else {"sessionId": session}
        await self._socket.send_json({"id": number, "method": method, "params": given, **to})
        answer = await asyncio.wait_for(self._answers[number], PATIENCE)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def page(self) -> Page:
        """A new tab, in which everything is noted from the beginning."""
        target = (await self.ask("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.ask("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        page = self._pages[session] = Page(self, target, session)
        for part in ("Page", "Network", "Runtime", "Log"):
            await page.ask(f"{part}.enable")
        return page


def named(method: str) -> Callable[[Event], bool]:
    return lambda event: event["method"] == method


@contextlib.asynccontextmanager
async def chromium(home: Path) -> AsyncIterator[Browser]:
    """A Chromium with an empty profile in `home`, ended with all its processes."""
    assert FOUND is not None
    process = await asyncio.create_subprocess_exec(
        FOUND,
        *_QUIET,
        f"--user-data-dir={home}",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(home)},
        start_new_session=True,
    )
    try:
        address = await asyncio.wait_for(_address(process.stderr), PATIENCE)
        async with aiohttp.ClientSession() as client, client.ws_connect(address, max_msg_size=0) as socket:
            browser = Browser(socket)
            listening = asyncio.create_task(browser.listen())
            yield browser
            listening.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _address(lines: asyncio.StreamReader | None) -> str:
    """Chromium says on stderr where it listens."""
    assert lines is not None
    async for line in lines:
        _said, found, address = line.decode().partition("DevTools listening on ")
        if found:
            return address.strip()
    raise AssertionError("Chromium ended before it listened")
