"""The screen's fetch: a process of its own that tells how far it is, can be stopped, and ends with the screen."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.accounts import NewAccount, add_account
from crm.bootstrap import open_store
from tests.mails import mail
from tests.servers import MailServer
from tui.cli.options import Options
from tui.fetching import Fetched, Fetching, Progress


def store_with(folder: Path, port: int, *, user: str, password: str) -> str:
    """The address of a store with one mailbox."""
    url = f"sqlite:///{folder / 'a.sqlite'}"
    secret = folder / "secret"
    secret.write_text(password)
    secret.chmod(0o600)
    store = open_store(url)
    with store.write() as session:
        new = NewAccount("post", "localhost", user, f"file:{secret}", port, "plain", folders=("INBOX",))
        add_account(session, new)
    store.close()
    return url


def test_mail_is_fetched_and_told_of(pymap: MailServer, tmp_path: Path) -> None:
    pymap.append("INBOX", *(mail(f"Brev {n}", message_id=f"<{n}@x.example>") for n in range(3)))
    url = store_with(tmp_path, pymap.port, user=pymap.user, password=pymap.password)
    told: list[Progress] = []
    fetching = Fetching(Options(database=url, own="statenssc.se"))
    fetched = fetching.run((), told.append)
    assert fetched == Fetched(new=3)
    assert ("post", "INBOX") in {(each.account, each.folder) for each in told}
    assert fetching.run(("post",), told.append) == Fetched(new=0)


def test_a_refused_sign_in_is_an_error_in_words(pymap: MailServer, tmp_path: Path) -> None:
    url = store_with(tmp_path, pymap.port, user=pymap.user, password="fel")
    fetched = Fetching(Options(database=url)).run((), lambda _told: None)
    assert fetched.new == 0
    assert [error.partition(":")[0] for error in fetched.errors] == ["post"]


def test_a_store_that_is_none_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("no store" * 100)
    fetched = Fetching(Options(database=f"sqlite:///{tmp_path / 'a.sqlite'}")).run((), lambda _told: None)
    assert len(fetched.errors) == 1


@pytest.fixture
def mute() -> Iterator[tuple[int, threading.Event]]:
    """A server that takes a connection and never says a word; the event is set once somebody has called."""
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            held.append(server.accept()[0])
            called.set()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], called
        for each in held:
            each.close()


def test_a_fetch_that_waits_for_a_server_is_stopped(
    mute: tuple[int, threading.Event], tmp_path: Path
) -> None:
    port, called = mute
    fetching = Fetching(Options(database=store_with(tmp_path, port, user="anna", password="x")))
    ended: list[Fetched] = []
    thread = threading.Thread(target=lambda: ended.append(fetching.run((), lambda _told: None)))
    thread.start()
    assert called.wait(60)
    fetching.stop()
    thread.join(20)
    assert [each.stopped for each in ended] == [True]


def test_the_process_ends_when_the_screen_is_gone(mute: tuple[int, threading.Event], tmp_path: Path) -> None:
    port, called = mute
    url = store_with(tmp_path, port, user="anna", password="x")
    asked = {"options": {"database": url}, "names": [], "lang": "sv"}
    command = [sys.executable, "-m", "tui.fetch_process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            assert called.wait(60)
            process.stdin.close()
            assert process.wait(20) == 130
        finally:
            process.kill()
