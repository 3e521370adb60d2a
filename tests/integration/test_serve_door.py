"""Who is let in to the screen in a browser, and with what; asked of the real server, at a port of its own."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError, web

from tests.integration.test_mailboxes import PATIENCE, gone
from tui.serve import tabs
from tui.serve.address import Address
from tui.serve.door import Door
from tui.serve.keys import Keys
from tui.serve.pages import FILES
from tui.serve.process import Screen
from tui.serve.server import application, listening

SLEEPS = "import sys; sys.stdout.write('__GANGLION__\\n'); sys.stdout.flush(); sys.stdin.read()"
DEAF = "import signal, sys; sys.stdout.write('__GANGLION__\\n'); sys.stdout.flush(); signal.pause()"


class Served:
    """A server with screens of the tests' own; `client` is a browser with its cookies."""

    def __init__(self, door: Door, client: ClientSession) -> None:
        self.door = door
        self.client = client
        self.words: tuple[str, ...] = (sys.executable, "-c", SLEEPS)
        self.screens: list[Screen] = []

    def make(self, socket: web.WebSocketResponse) -> Screen:
        screen = Screen(socket, {}, shown_here=True, words=self.words)
        self.screens.append(screen)
        return screen

    @property
    def url(self) -> str:
        return self.door.address.url

    async def enter(self) -> None:
        async with self.client.get(self.door.invitation()) as answer:
            assert answer.status == 200
            assert str(answer.url) == f"{self.url}/"

    def socket(
        self, **headers: str
    ) -> "contextlib.AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]":
        return self.client.ws_connect(f"{self.url}/ws", headers={"Origin": self.url, **headers})

    async def status(self, path: str = "/", **headers: str) -> int:
        async with self.client.get(f"{self.url}{path}", headers=headers, allow_redirects=False) as answer:
            return answer.status

    def processes(self) -> list[Process]:
        return [screen._process for screen in self.screens if screen._process is not None]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    with listening("127.0.0.1", 0) as listener:
        door = Door(Address("127.0.0.1", listener.getsockname()[1]), Keys())
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
            made = Served(door, client)
            runner = web.AppRunner(application(door, made.make), access_log=None, shutdown_timeout=0.5)
            await runner.setup()
            await web.SockSite(runner, listener).start()
            try:
                yield made
            finally:
                await runner.cleanup()


async def ended(process: Process) -> None:
    """Waits until no process of the tab is left."""
    await asyncio.wait_for(process.wait(), PATIENCE)
    assert gone(process.pid)


@pytest.mark.parametrize("path", ["/", "/ws", "/download/x", "/nothing", "/static/js/textual.js", *FILES])
async def test_without_a_cookie_there_is_nothing(served: Served, path: str) -> None:
    assert await served.status(path) == 403
    assert await served.status(path, Cookie=f"{served.door.cookie}=gissat") == 403


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_whatever_is_done(served: Served, method: str) -> None:
    async with served.client.request(method, f"{served.url}/") as answer:
        assert answer.status == 403


async def test_a_refusal_is_said_in_plain_words(served: Served) -> None:
    async with served.client.get(f"{served.url}/") as answer:
        page = await answer.text()
    assert '<html lang="sv">' in page
    assert "Här kommer du inte in" in page
    assert "aterkom serve" in page


async def test_an_invitation_is_good_for_one_and_leads_to_an_address_without_it(served: Served) -> None:
    invitation = served.door.invitation()
    async with served.client.get(invitation, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{served.door.cookie}=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=Strict"}
    assert urlsplit(invitation).query.partition("=")[2] not in cookie
    assert await served.status("/") == 200
    async with ClientSession() as another, another.get(invitation) as answer:
        assert answer.status == 403


async def test_going_back_to_a_spent_invitation_leads_in_again(served: Served) -> None:
    invitation = served.door.invitation()
    for _ in range(2):
        async with served.client.get(invitation) as answer:
            assert answer.status == 200
    other = served.door.invitation()
    async with served.client.get(other) as answer:
        assert answer.status == 200
    async with ClientSession() as another, another.get(other, allow_redirects=False) as answer:
        assert answer.status == 303  # not spent on one who was in already


async def test_looking_at_an_invitation_does_not_spend_it(served: Served) -> None:
    invitation = served.door.invitation()
    async with served.client.head(invitation) as answer:
        assert answer.status == 405
    await served.client.get(invitation)
    assert await served.status() == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "",
    ],
)
async def test_another_name_that_leads_here_is_refused(served: Served, host: str) -> None:
    """DNS rebinding: the browser believes that it speaks to another host, and sends that one's name."""
    await served.enter()
    assert await served.status(Host=host.format(port=served.door.address.port)) == 403


async def test_localhost_is_a_name_of_ours(served: Served) -> None:
    await served.enter()
    assert await served.status(Host=f"LocalHost:{served.door.address.port}") == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
    ],
)
async def test_no_page_but_ours_may_open_a_socket_or_ask(served: Served, origin: str) -> None:
    await served.enter()
    said = origin.format(port=served.door.address.port)
    with pytest.raises(WSServerHandshakeError) as refused:
        await served.socket(Origin=said).__aenter__()
    assert refused.value.status == 403
    assert await served.status(Origin=said) == 403
    assert served.screens == []


async def test_a_socket_that_does_not_say_whose_it_is_is_refused(served: Served) -> None:
    await served.enter()
    with pytest.raises(WSServerHandshakeError) as refused:
        await served.client.ws_connect(f"{served.url}/ws")
    assert refused.value.status == 403


async def test_a_socket_without_a_cookie_is_refused(served: Served) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await served.socket().__aenter__()
    assert refused.value.status == 403
    assert served.screens == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_another_page_makes_a_browser_ask_is_refused(served: Served, site: str) -> None:
    """Another port of this machine is the same site, and the cookie would come along."""
    await served.enter()
    assert await served.status(**{"Sec-Fetch-Site": site}) == 403
    assert await served.status(**{"Sec-Fetch-Site": "same-origin"}) == 200


async def test_every_answer_is_sealed(served: Served) -> None:
    async def sealed(path: str) -> None:
        async with served.client.get(f"{served.url}{path}", allow_redirects=False) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert answer.headers["Server"] == "aterkom"

    for path in ("/", "/enter?token=x"):
        await sealed(path)
    await served.enter()
    for path in ("/", "/enter", "/nothing", "/?x=1", *FILES):
        await sealed(path)


async def test_the_page_names_no_other_address(served: Served) -> None:
    await served.enter()
    async with served.client.get(f"{served.url}/") as answer:
        page = await answer.text()
    foreign = page.replace(f"ws://127.0.0.1:{served.door.address.port}/ws", "")
    assert "//" not in foreign.replace("<!--", "")
    assert "<script>" not in page
    for path in FILES:
        assert await served.status(path) == 200


async def test_wishes_in_the_address_are_dropped(served: Served) -> None:
    """textual-serve's script would ask any address that stands there as `ping`."""
    await served.enter()
    async with served.client.get(f"{served.url}/?ping=http://evil.example/", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")


async def test_the_folders_of_files_are_not_listed(served: Served) -> None:
    await served.enter()
    for path in ("/static/", "/static/js/textual.js", "/download/x", "/page.css/x", "/..%2f..%2fetc/passwd"):
        assert await served.status(path) == 404


async def test_a_tab_has_a_process_that_ends_with_it(served: Served) -> None:
    await served.enter()
    async with served.socket() as socket:
        await socket.send_json(["ping", "1"])
        assert await socket.receive_json() == ["pong", "1"]
        (process,) = served.processes()
        assert not gone(process.pid)
    await ended(process)


async def test_a_screen_that_does_not_listen_is_ended_too(served: Served) -> None:
    served.words = (sys.executable, "-c", DEAF)
    await served.enter()
    async with served.socket() as socket:
        await socket.send_json(["ping", "1"])
        await socket.receive_json()
        (process,) = served.processes()
    await ended(process)


@pytest.mark.parametrize(
    "said", ["", "x", "{}", "[]", '["stdin"]', '["stdin", 1]', '["resize", []]', '["eval", "x"]', "[" * 5000]
)
async def test_words_that_our_page_does_not_say_close_the_tab(served: Served, said: str) -> None:
    await served.enter()
    async with served.socket() as socket:
        await socket.send_str(said)
        while (message := await socket.receive()).type is WSMsgType.BINARY:
            pass
        assert message.type is WSMsgType.CLOSE
    for process in served.processes():
        await ended(process)


async def test_a_screen_that_ends_closes_its_tab(served: Served) -> None:
    served.words = (sys.executable, "-c", "raise SystemExit(5)")
    await served.enter()
    async with served.socket() as socket:
        assert (await socket.receive()).type is WSMsgType.CLOSE


async def test_there_is_a_most_of_tabs(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "MOST", 1)
    await served.enter()
    async with served.socket() as first:
        await first.send_json(["ping", "1"])
        await first.receive_json()
        with pytest.raises(WSServerHandshakeError) as refused:
            await served.socket().__aenter__()
        assert refused.value.status == 503
