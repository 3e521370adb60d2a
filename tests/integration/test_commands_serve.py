"""`aterkom serve` as a person starts it: what it says, what it refuses, and that nothing of it is left."""

import asyncio
import contextlib
import json
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar

from tests.integration.commands import Machine, ended, said_once
from tests.integration.test_mailboxes import PATIENCE, gone
from tui.cli.commands import serve as command

HOME = b"Bevakningar"


@contextlib.contextmanager
def serving(machine: Machine, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The running command and the way in that it says."""
    started = machine.start("serve", "--json", *words, stderr=subprocess.DEVNULL)
    with ended(started) as process:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())["url"]


@contextlib.asynccontextmanager
async def tab(way_in: str) -> AsyncIterator[ClientWebSocketResponse]:
    """A tab in which the home view is seen."""
    address = way_in.partition("/enter")[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        await (await client.get(way_in)).read()
        async with client.ws_connect(f"{address}/ws?width=80&height=24", origin=address) as opened:
            await seen(opened, HOME)
            yield opened


async def seen(opened: ClientWebSocketResponse, wanted: bytes) -> None:
    drawn = b""
    async with asyncio.timeout(PATIENCE):
        while wanted not in drawn:
            drawn += await opened.receive_bytes()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def none_left(pids: list[int]) -> None:
    """Waits until the sessions of these processes are gone."""
    give_up = time.monotonic() + PATIENCE
    while not all(map(gone, pids)):
        assert time.monotonic() < give_up


def words_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


async def test_each_tab_is_a_process_that_ends_with_it(filled: Machine) -> None:
    with serving(filled) as (process, way_in):
        async with tab(way_in) as opened:
            (child,) = children(process.pid)
            await opened.send_json(["resize", {"width": 120, "height": 40}])
            await opened.send_json(["stdin", "3"])
            await seen(opened, b"Helsingborg")
        await asyncio.to_thread(none_left, [child])
        assert process.poll() is None


async def test_what_leaves_with_q_closes_its_tab(filled: Machine) -> None:
    with serving(filled) as (_process, way_in):
        async with tab(way_in) as opened:
            await opened.send_json(["stdin", "q"])
            async with asyncio.timeout(PATIENCE):
                async for _message in opened:
                    pass
            assert opened.closed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_all_of_it(filled: Machine, number: signal.Signals) -> None:
    with serving(filled) as (process, way_in):
        async with tab(way_in):
            left = [process.pid, *children(process.pid)]
            process.send_signal(number)
            assert await asyncio.to_thread(process.wait, PATIENCE) == 130
            await asyncio.to_thread(none_left, left)


async def test_nothing_outlives_a_server_that_is_killed(filled: Machine) -> None:
    with serving(filled) as (process, way_in):
        async with tab(way_in):
            left = children(process.pid)
            assert len(left) == 1
            process.kill()
            await asyncio.to_thread(none_left, left)


async def test_no_process_says_where_the_store_is(filled: Machine) -> None:
    """A password may stand in that; everybody on the machine sees a process's words."""
    with serving(filled) as (process, way_in):
        async with tab(way_in):
            for pid in (process.pid, *children(process.pid)):
                assert b"store.sqlite" not in words_of(pid)
                assert b"token" not in words_of(pid)


def test_it_listens_on_this_machine_alone_and_says_the_way_in(machine: Machine) -> None:
    with ended(machine.start("serve")) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        way_in = urlsplit(process.stdout.readline().decode().strip())
        assert way_in.hostname == "127.0.0.1"
        assert "5 minuter" in process.stderr.readline().decode()
        listening = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()
        ours = [line.split()[1] for line in listening if line.split()[1].endswith(f":{way_in.port:04X}")]
        assert set(ours) == {f"0100007F:{way_in.port:04X}"}


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("--host", "0.0.0.0"), ("0.0.0.0", "--host")),
        (("--host", "0.0.0.0", "--accept-unencrypted"), ("0.0.0.0", "--host")),
        (("--host", "192.0.2.7"), ("192.0.2.7", "--accept-unencrypted", "SSH")),
        (("--port", "70000"), ("--port", "65535")),
    ],
)
def test_a_place_to_listen_at_that_is_refused(
    machine: Machine, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    said_once(machine("serve", *words, code=2), *parts)


def test_a_port_that_is_taken(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said_once(machine("serve", "--port", port, code=2), port, "--port")


def test_without_what_shows_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _name: None)
    said_once(machine("serve", code=3), "pip install 'aterkom[serve]'")
