"""The screen in a real browser: it is seen, asks nobody else for anything, and no other page gets at it."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from tests.browser import FOUND, Browser, Event, Page, chromium, named
from tests.integration.commands import Machine
from tests.integration.test_commands_serve import children, none_left, serving
from tests.servers import require

OPENS = """
new Promise((done) => {{
  const socket = new WebSocket("{url}");
  socket.onopen = () => done("opened");
  socket.onerror = () => done("refused");
}})
"""
INLINE = """
{
  const script = document.createElement("script");
  script.textContent = "window.ran = 'run'";
  document.head.append(script);
  window.ran ?? "not run";
}
"""


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    require("chromium", found=FOUND is not None)
    async with chromium(tmp_path / "profile") as found:
        yield found


def drawn(page: Page) -> bytes:
    """All that the screen has sent to be drawn."""
    frames = [e["params"]["response"] for e in page.events if named("Network.webSocketFrameReceived")(e)]
    return b"".join(base64.b64decode(frame["payloadData"]) for frame in frames if frame["opcode"] == 2)


async def opened(browser: Browser, way_in: str, wanted: str) -> Page:
    page = await browser.page()
    await page.go(way_in)
    await page.until(lambda _event: wanted.encode() in drawn(page))
    return page


async def test_the_home_view_is_seen_and_its_process_ends_with_the_tab(
    filled: Machine, browser: Browser
) -> None:
    with serving(filled) as (process, way_in):
        page = await opened(browser, way_in, "Bevakningar")
        assert await page.evaluate("location.pathname + location.search") == "/"
        assert await page.evaluate("document.cookie") == ""
        assert await page.evaluate("document.fonts.check(\"16px 'Roboto Mono'\")") is True
        assert await page.evaluate("document.querySelector('.xterm-screen canvas').width > 0") is True
        assert await page.evaluate("getComputedStyle(document.querySelector('.opening')).display") == "none"
        await page.ask("Input.dispatchKeyEvent", type="keyDown", text="3", key="3")
        await page.until(lambda _event: b"Helsingborg" in drawn(page))
        (child,) = children(process.pid)
        await page.close()
        await asyncio.to_thread(none_left, [child])


async def test_no_request_leaves_for_another_host(filled: Machine, browser: Browser) -> None:
    with serving(filled) as (_process, way_in):
        page = await opened(browser, way_in, "Bevakningar")
        host = urlsplit(way_in).netloc
        asked = [url for url in page.asked() if not url.startswith("data:")]
        assert len(asked) > 5
        assert {urlsplit(url).netloc for url in asked} == {host}
        assert [e for e in page.events if named("Runtime.exceptionThrown")(e)] == []
        assert [e for e in page.events if _is_violation(e)] == []


def _is_violation(event: Event) -> bool:
    return "Content Security Policy" in str(event)


async def test_the_page_itself_reaches_no_other_host(filled: Machine, browser: Browser) -> None:
    """Whatever a letter could make of the page: its policy holds."""
    with serving(filled) as (_process, way_in):
        page = await opened(browser, way_in, "Bevakningar")
        tried = 'fetch("http://127.0.0.1:1/x").then(() => "reached", (error) => error.name)'
        assert await page.evaluate(tried) == "TypeError"
        await page.until(_is_violation)
        assert await page.evaluate(INLINE) == "not run"


async def test_what_is_closed_says_so_and_opens_again(filled: Machine, browser: Browser) -> None:
    with serving(filled) as (_process, way_in):
        page = await opened(browser, way_in, "Bevakningar")
        await page.ask("Input.dispatchKeyEvent", type="keyDown", text="q", key="q")
        await page.until(named("Network.webSocketClosed"))
        assert "avslutat" in await page.evaluate("document.querySelector('.ended').innerText")
        assert await page.evaluate("document.activeElement.id") == "again"
        page.events.clear()
        await page.evaluate("document.activeElement.click()")
        await page.until(lambda _event: b"Bevakningar" in drawn(page))


class Elsewhere:
    """Somebody else's page, on another port of the same machine: for a browser the same site, another origin."""

    url = ""

    def __init__(self) -> None:
        self.cookies: list[str] = []

    async def page(self, request: web.Request) -> web.Response:
        self.cookies += request.cookies
        return web.Response(text="<!DOCTYPE html><title>x</title>", content_type="text/html")


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    found = Elsewhere()
    app = web.Application()
    app.router.add_get("/", found.page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield found
    await runner.cleanup()


async def test_another_page_gets_no_socket_and_no_text(
    filled: Machine, browser: Browser, elsewhere: Elsewhere
) -> None:
    """The browser sends the cookie along, as it knows no ports: the origin alone tells the two apart."""
    with serving(filled) as (process, way_in):
        ours = await opened(browser, way_in, "Bevakningar")
        address = way_in.partition("/enter")[0]
        socket = OPENS.format(url=address.replace("http:", "ws:") + "/ws")
        assert await ours.evaluate(socket) == "opened"
        await ours.close()
        await asyncio.to_thread(none_left, children(process.pid))
        page = await browser.page()
        await page.go(elsewhere.url)
        assert elsewhere.cookies == [f"aterkom-{urlsplit(address).port}"]
        assert await page.evaluate(socket) == "refused"
        read = f'fetch("{address}/").then(() => "read", (error) => error.name)'
        assert await page.evaluate(read) == "TypeError"
        assert children(process.pid) == []
