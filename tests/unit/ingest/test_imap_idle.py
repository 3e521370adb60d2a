"""IDLE against a server that says what it is told: woken, quiet, refused, cut, hostile."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ingest.errors import ServerTimeout, ServerUnreachable, SourceError
from ingest.imap import ImapSource
from ingest.imap_idle import Woken, idle, offers_idle
from tests.servers import Scripted

Start = Callable[..., Scripted]
SELECTED = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 3] x\r\n%T OK [READ-ONLY] done\r\n"
IDLING = "IMAP4rev1 AUTH=PLAIN IDLE"


def woken(script: Scripted, seconds: float = 5.0) -> Woken:
    with script.source() as source:
        source.select("INBOX")
        return idle(source, seconds)


def serving(scripted: Start, reply: bytes | None) -> Scripted:
    return scripted(capabilities=IDLING, EXAMINE=SELECTED, IDLE=reply)


@pytest.mark.parametrize(
    "line", [b"* 3 EXISTS", b"* 1 EXPUNGE", b"* 2 FETCH (FLAGS (\\Seen))", b"* VANISHED 7"]
)
@pytest.mark.parametrize("before", [True, False], ids=["before the +", "after it"])
def test_a_change_wakes_and_is_answered_with_done(scripted: Start, line: bytes, before: bool) -> None:
    said = (line + b"\r\n+ idling\r\n") if before else (b"+ idling\r\n" + line + b"\r\n")
    script = serving(scripted, said + b"%N%T OK done\r\n")
    assert woken(script) == "changed"
    assert script.heard[-2:-1] == [b"DONE\r\n"]


def test_what_is_no_change_wakes_nobody(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n* OK Still here\r\n* 0 RECENT\r\n%N%T OK done\r\n")
    assert woken(script, 0.05) == "quiet"


def test_a_change_that_comes_with_the_end_counts(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n%N* 3 EXISTS\r\n%T OK done\r\n")
    assert woken(script, 0.01) == "changed"


@pytest.mark.parametrize(
    "reply", [b"%T NO not now\r\n", b"%T BAD what\r\n", b"+ idling\r\n%T OK you need not\r\n"]
)
def test_a_server_that_will_not(scripted: Start, reply: bytes) -> None:
    script = serving(scripted, reply)
    with script.source() as source:
        source.select("INBOX")
        assert idle(source, 5) == "refused"
        assert source.select("INBOX").exists == 2


def test_the_connection_is_good_for_other_commands_afterwards(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n* 3 EXISTS\r\n%N%T OK done\r\n")
    with script.source() as source:
        source.select("INBOX")
        assert [idle(source, 5) for _ in range(3)] == ["changed"] * 3
        assert source.select("INBOX").exists == 2


@pytest.mark.parametrize("offered", [True, False])
def test_whether_it_is_offered(scripted: Start, offered: bool) -> None:
    with scripted(capabilities=IDLING if offered else "IMAP4rev1 AUTH=PLAIN").source() as source:
        assert offers_idle(source) is offered


def test_a_bye_is_told_with_its_words(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n* BYE Suggested Backoff Time: 4000 milliseconds\r\n%N")
    with pytest.raises(ServerUnreachable, match="4000"):
        woken(script)


def test_a_server_that_answers_done_with_silence_is_given_up(scripted: Start) -> None:
    with pytest.raises(ServerTimeout):
        woken(serving(scripted, b"+ idling\r\n%N%N%T OK never\r\n"), 0.01)


@pytest.mark.parametrize("reply", [b"", b"+ idling\r\n* 3 EXI", b"+ idling\r\nnonsense\r\n%N"])
def test_whatever_else_comes_is_a_source_error(scripted: Start, reply: bytes) -> None:
    with pytest.raises(SourceError):
        woken(serving(scripted, reply), 0.2)


def test_a_flood_that_says_nothing_ends_in_time(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n" + b"* OK x\r\n" * 20_000 + b"%N%T OK done\r\n")
    assert woken(script, 0.05) == "quiet"


def in_idle(source: ImapSource, began: threading.Event) -> Any:
    """The error that a wait ends with; `began` is set when the server has heard of it."""
    try:
        with source:
            source.select("INBOX")
            began.set()
            return idle(source, 60)
    except SourceError as error:
        return error


def test_from_another_thread_it_is_cut(scripted: Start) -> None:
    script = serving(scripted, b"+ idling\r\n%N")
    source = script.source()
    began = threading.Event()
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(in_idle(source, began)))
    thread.start()
    assert began.wait(10)
    source.cut()
    thread.join(10)
    assert [type(error) for error in results] == [ServerUnreachable]
