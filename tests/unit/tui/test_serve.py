"""The door of the screen in a browser: where it may stand, and what opens it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crm.errors import ServeRefused
from tui.cli.options import Options
from tui.serve.address import Address, checked_host, is_loopback
from tui.serve.keys import LIVES, STAYS, Keys


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock) -> Keys:
    return Keys(clock)


def test_a_token_works_once(keys: Keys) -> None:
    token = keys.new_token()
    cookie = keys.exchange(token)
    assert cookie is not None
    assert keys.let_in(cookie)
    assert keys.exchange(token) is None
    assert keys.let_in(cookie)


@pytest.mark.parametrize("given", ["", "x", "ä", "\udcff", "\x00"])
def test_nothing_else_opens(keys: Keys, given: str) -> None:
    assert keys.exchange(given) is None  # before there is any token
    token = keys.new_token()
    assert keys.exchange(given) is None
    assert keys.exchange(token + given) is None or not given
    assert not keys.let_in(given)
    assert not keys.let_in(token)


def test_a_token_grows_old(keys: Keys, clock: Clock) -> None:
    token = keys.new_token()
    clock.now += LIVES
    assert keys.exchange(token) is None


def test_a_new_token_replaces_the_one_before(keys: Keys) -> None:
    old, new = keys.new_token(), keys.new_token()
    assert keys.exchange(old) is None
    assert keys.exchange(new) is not None


def test_a_cookie_lets_in_for_a_day_of_work_beside_others(keys: Keys, clock: Clock) -> None:
    first = keys.exchange(keys.new_token()) or ""
    clock.now += STAYS - 1
    second = keys.exchange(keys.new_token()) or ""
    assert keys.let_in(first)
    clock.now += 1
    assert not keys.let_in(first)
    assert keys.let_in(second)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "LOCALHOST"])
def test_this_machine_needs_no_yes(host: str) -> None:
    assert is_loopback(checked_host(host, unencrypted=False))


@pytest.mark.parametrize(
    "host", ["10.0.0.5", "server.example", "2001:db8::1", "localhost.example", "127.0.0.1.example"]
)
def test_the_network_needs_a_yes(host: str) -> None:
    with pytest.raises(ServeRefused) as refused:
        checked_host(host, unencrypted=False)
    assert refused.value.reason == "unencrypted"
    assert checked_host(host, unencrypted=True) == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_every_address_at_once_is_refused_whatever_is_accepted(host: str) -> None:
    with pytest.raises(ServeRefused) as refused:
        checked_host(host, unencrypted=True)
    assert refused.value.reason == "every-address"


@pytest.mark.parametrize(
    ("host", "port", "url", "names"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000", {"127.0.0.1:8000", "localhost:8000"}),
        ("::1", 8000, "http://[::1]:8000", {"[::1]:8000", "localhost:8000"}),
        ("10.0.0.5", 8000, "http://10.0.0.5:8000", {"10.0.0.5:8000"}),
        ("Server.example", 80, "http://server.example:80", {"server.example:80", "server.example"}),
    ],
)
def test_an_address_and_its_names(host: str, port: int, url: str, names: set[str]) -> None:
    address = Address(host, port)
    assert address.url == url
    assert address.hosts == names


def test_a_screen_is_told_by_variables_alone() -> None:
    """Nothing of it may stand among a process's words, where everybody on the machine sees it."""
    from tui.serve.process import SCREEN
    from tui.serve.tab import environment

    secret = "postgresql+psycopg://anna:hemligt@db.example/aterkom"
    given = Options(database=secret, config=Path("/a/b.toml"), today=date(2021, 10, 18), user="anna")
    assert environment(given) == {
        "ATERKOM_DATABASE_URL": secret,
        "ATERKOM_CONFIG": "/a/b.toml",
        "ATERKOM_TODAY": "2021-10-18",
        "ATERKOM_USER": "anna",
        "ATERKOM_LANG": "sv",
    }
    assert (sys.executable, "-m", "tui.serve.tab") == SCREEN


def test_the_command_loads_no_server_before_it_runs() -> None:
    code = (
        "import json, sys, tui.cli.commands.serve, tui.serve.address\n"
        "print(json.dumps(sorted({'aiohttp', 'textual_serve', 'textual', 'jinja2'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
