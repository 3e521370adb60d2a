"""Progress on a terminal: a line for each account, data untouched beside it, and nothing where nobody looks."""

import contextlib
import os
import pty
import subprocess
from pathlib import Path

import pytest

from crm.bootstrap import open_store
from tests.integration.accounts import put
from tests.integration.commands import Machine, ended
from tests.integration.letters import many
from tests.integration.test_mailboxes import crlf
from tests.servers import Pymap


def on_a_terminal(machine: Machine, *words: str, code: int = 0) -> tuple[str, str]:
    """What a command prints on stdout, a pipe, and what it shows on stderr, a terminal."""
    master, slave = pty.openpty()
    try:
        with ended(machine.start(*words, stderr=slave, env={"TERM": "xterm", "COLUMNS": "100"})) as process:
            os.close(slave)
            shown = b""
            with contextlib.suppress(OSError):  # the terminal's way to say that nobody writes to it any more
                while part := os.read(master, 65536):
                    shown += part
            assert process.stdout is not None
            told = process.stdout.read()
            assert process.wait(60) == code
    finally:
        os.close(master)
    return told.decode(), shown.decode()


@pytest.fixture
def two(machine: Machine, pymap_server: Pymap, tmp_path: Path) -> Machine:
    """Two mailboxes with some letters."""
    letters = [crlf(letter) for letter in many(40)]
    with open_store(machine.environment["ATERKOM_DATABASE_URL"]) as store:
        for number, name in enumerate(("registrator", "projekt")):
            server = pymap_server.mailbox()
            server.append("INBOX", *letters[number * 20 : number * 20 + 20])
            put(store, server, tmp_path, name)
    return machine


def test_each_account_has_a_line_and_data_is_left_alone(two: Machine) -> None:
    told, shown = on_a_terminal(two, "sync", "--json")
    assert [line[:1] for line in told.splitlines()] == ["{", "{"]
    assert "\x1b" not in told
    for words in ("projekt: INBOX", "registrator: INBOX", "20/20", "Läser", "40/40"):
        assert words in shown
    assert "0/?" not in shown


def test_what_is_said_is_not_mixed_with_bars(two: Machine) -> None:
    named = 'UPDATE account SET folders = \'["Borta", "INBOX"]\''
    with open_store(two.environment["ATERKOM_DATABASE_URL"]) as store, store.write() as session:
        session.connection().exec_driver_sql(named)
    _, shown = on_a_terminal(two, "sync", "--no-read", code=1)
    lines = [line for line in shown.splitlines() if "Borta" in line and "aterkom:" in line]
    assert len(lines) == 2
    assert not any("\x1b" in line.partition("aterkom:")[2] for line in lines)


def test_without_progress_a_terminal_shows_none(two: Machine) -> None:
    told, shown = on_a_terminal(two, "sync", "--no-progress")
    assert shown == ""
    assert told.splitlines() == ["projekt: INBOX: 20 nya", "registrator: INBOX: 20 nya"]


def test_where_stderr_is_no_terminal_nothing_is_shown(two: Machine) -> None:
    with ended(two.start("sync", "--no-read", stdout=subprocess.DEVNULL)) as process:
        _, shown = process.communicate(timeout=120)
    assert (process.returncode, shown) == (0, b"")
