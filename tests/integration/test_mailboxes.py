"""One mailbox by every way into the store; and what a process that is killed on the way leaves behind."""

import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.integration.commands import Machine, Result, ended, said_once
from tests.integration.letters import INBOX, OWN, SENT, TODAY, many
from tests.servers import MailServer, Scripted

PATIENCE = 120.0  # seconds in which a condition comes about, on the slowest machine


def crlf(raw: bytes) -> bytes:
    """As it travels: a server that keeps mail with bare line feeds gives it back so."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def add(machine: Machine, server: MailServer, *more: str) -> None:
    file = machine.home / "secret"
    file.touch(0o600)
    file.write_text(server.password)
    where = ("--port", str(server.port), "--security", "plain")
    if server.tls_port is not None:
        where = ("--port", str(server.tls_port), "--ca-file", str(server.ca_file))
    machine(
        *("account", "add", "post", "--host", "localhost", *where),
        *("--user", server.user, "--secret", f"file:{file}", *more),
    )


def fill(server: MailServer) -> None:
    server.create("Skickat")
    server.append("INBOX", *map(crlf, INBOX))
    server.append("Skickat", *map(crlf, SENT))


Facts = dict[str, list[str]]


def facts(machine: Machine) -> Facts:
    """What the store says, without its numbers and without where it was found: sorted lines."""
    messages = machine("messages", "--json", "--limit", "0").rows
    names = {row["id"]: f"{row['date']} {row['subject']}" for row in messages}
    threads = machine("threads", "--json", "--limit", "0").rows
    names |= {row["id"]: "thread " + " ".join(sorted(row["message_ids"])) for row in threads}
    told = {
        "messages": messages,
        "threads": threads,
        "follow-ups": machine("follow-ups", "--json", "--limit", "0").rows,
        "reminders": machine("reminders", "--json").rows,
        "people": machine("people", "--json").rows,
    }
    return {
        kind: sorted(json.dumps(_named(row, names), sort_keys=True) for row in rows)
        for kind, rows in told.items()
    }


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _named(item, names) for key, item in value.items() if key not in {"id", "locations"}}
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


@pytest.fixture(scope="session")
def from_files(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """What the mailbox comes to when it is read from files."""
    folder = tmp_path_factory.mktemp("files")
    made = Machine(folder, {"ATERKOM_TODAY": TODAY, "ATERKOM_OWN": OWN, "ATERKOM_USER": "anna"})
    for number, raw in enumerate((*INBOX, *SENT)):
        (folder / f"{number}.eml").write_bytes(crlf(raw))
    made("import", *(str(folder / f"{number}.eml") for number in range(len(INBOX) + len(SENT))))
    return facts(made)


@pytest.fixture(params=["pymap", pytest.param("dovecot_mailbox", marks=pytest.mark.dovecot)])
def server(request: pytest.FixtureRequest) -> MailServer:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, MailServer)
    return found


def test_every_way_in_gives_the_same(machine: Machine, server: MailServer, from_files: Facts) -> None:
    fill(server)
    flags = {folder: server.flags(folder) for folder in ("INBOX", "Skickat")}
    add(machine, server)
    first = machine("sync", "--json").rows
    assert sorted((row["account"], row["folder"], row["new"], row["quarantined"]) for row in first) == [
        ("post", "INBOX", len(INBOX), 0),
        ("post", "Skickat", len(SENT), 0),
    ]
    assert facts(machine) == from_files
    again = machine("sync", "--json").rows
    assert [(row["new"], row["gone"]) for row in again] == [(0, 0), (0, 0)]
    assert facts(machine) == from_files
    assert {folder: server.flags(folder) for folder in flags} == flags
    assert set(first[0]) >= {"account", "folder", "new", "known", "gone", "quarantined", "seconds"}
    (row,) = machine("account", "list", "--json").rows
    assert set(row) >= set("name host port user security folders sent_folder last_sync state problem".split())
    assert (row["state"], row["sent_folder"], row["problem"]) == ("ok", "Skickat", None)
    (tested,) = machine("account", "test", "post", "--json").rows
    assert {"name": "INBOX", "messages": len(INBOX)} in tested["folders"]
    assert tested["sent_folder"] == "Skickat"


def test_places_are_those_of_the_server(machine: Machine, pymap: MailServer) -> None:
    pymap.create("Ärenden/Ånge")
    pymap.append("Ärenden/Ånge", crlf(INBOX[0]))
    pymap.append("INBOX", crlf(INBOX[0]))
    add(machine, pymap, "--folders", "*")
    machine("sync")
    (row,) = machine("messages", "--json").rows
    assert sorted(place["folder"] for place in row["locations"]) == ["INBOX", "Ärenden/Ånge"]
    assert (len(row["raws"]), len(row["occurrences"])) == (1, 1)
    pymap.expunge("INBOX", next(place["uid"] for place in row["locations"] if place["folder"] == "INBOX"))
    assert {line["folder"]: line["gone"] for line in machine("sync", "--json").rows}["INBOX"] == 1
    (now,) = machine("messages", "--json").rows
    assert {place["folder"]: place["gone"] for place in now["locations"]} == {
        "INBOX": True,
        "Ärenden/Ånge": False,
    }
    assert now["id"] == row["id"]


def test_a_mailbox_without_sent_mail_is_warned_of(machine: Machine, pymap: MailServer) -> None:
    add(machine, pymap)
    tested = machine("account", "test", "post", code=1)
    said_once(tested, "--folders")
    assert "INBOX" in tested.out


def test_a_folder_that_is_made_anew_keeps_ids_and_decisions(machine: Machine, pymap: MailServer) -> None:
    pymap.create("Kontor")
    pymap.append("Kontor", crlf(SENT[1]))
    add(machine, pymap, "--folders", "*")
    machine("sync")
    (row,) = [row for row in machine("follow-ups", "--json").rows if row["message"]]
    machine("follow-ups", "accept", row["id"])
    before = machine("follow-ups", "--json").out
    with pymap.arrange() as client:
        client.delete("Kontor")
    assert machine("sync", "--no-read", "--json").err == ""
    said_once(_only(machine, "Kontor", code=1), "Kontor")
    pymap.create("Kontor")
    pymap.append("Kontor", crlf(SENT[1]), crlf(SENT[0]))
    _only(machine, "Kontor", code=0)
    machine("read")
    assert [line for line in machine("follow-ups", "--json").out.splitlines() if row["id"] in line] == [
        line for line in before.splitlines() if row["id"] in line
    ]
    (message,) = [one for one in machine("messages", "--json").rows if one["id"] == row["message"]]
    assert sorted(place["gone"] for place in message["locations"]) == [False, True]
    assert len({place["uidvalidity"] for place in message["locations"]}) == 2


def _only(machine: Machine, folder: str, *, code: int) -> Result:
    """A sync of one folder by its name, not by a wildcard."""
    with closing(sqlite3.connect(machine.file)) as store, store:
        store.execute("UPDATE account SET folders = ?", (json.dumps([folder]),))
    return machine("sync", "--no-read", code=code)


def raws(machine: Machine) -> dict[str, int]:
    """Hash to the number of places, straight from the file."""
    return dict(
        _ask(
            machine,
            "SELECT raw.sha256, count(location.id) FROM raw LEFT JOIN location ON location.raw_id = raw.id"
            " GROUP BY raw.id",
        )
    )


def _ask(machine: Machine, question: str) -> list[tuple[Any, ...]]:
    """Another program's look at the store, which keeps nobody waiting; nothing while there is no table yet."""
    if not machine.file.exists():
        return []
    with closing(sqlite3.connect(f"file:{machine.file}?mode=ro", uri=True, timeout=10)) as store:
        try:
            return store.execute(question).fetchall()
        except sqlite3.OperationalError:
            return []


def _number(machine: Machine, question: str) -> int:
    rows = _ask(machine, question)
    return int(rows[0][0]) if rows else 0


def until(process: subprocess.Popen[bytes], condition: Callable[[], object]) -> None:
    """Waits for a condition, or for the process to end by itself."""
    give_up = time.monotonic() + PATIENCE
    while not condition() and process.poll() is None:
        assert time.monotonic() < give_up
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.01)


def killed(machine: Machine, *words: str, when: Callable[[], object]) -> None:
    """Runs a command and kills it, and all that it has started, once the condition holds."""
    with ended(machine.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)) as process:
        until(process, when)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


def test_a_killed_sync_loses_and_doubles_nothing(machine: Machine, pymap: MailServer) -> None:
    letters = [crlf(raw + f"{number} ".encode() * 250_000) for number, raw in enumerate(many(20))]
    assert sum(map(len, letters)) > 9_000_000  # more than a batch
    pymap.append("INBOX", *letters)
    add(machine, pymap)
    count = "SELECT count(*) FROM raw"
    for moment in (0, 1):
        reached = moment
        killed(machine, "sync", "--no-read", when=lambda: _number(machine, count) >= reached)  # noqa: B023 - called here
    had = _number(machine, count)
    assert had > 0
    (row,) = machine("sync", "--no-read", "--json").rows
    assert row["new"] == len(letters) - had
    assert raws(machine) == {hashlib.sha256(raw).hexdigest(): 1 for raw in letters}
    assert machine("sync", "--no-read", "--json").rows[0]["new"] == 0


def test_a_reading_that_is_cut_off_loses_and_doubles_nothing(machine: Machine, pymap: MailServer) -> None:
    letters = many(450)
    pymap.append("INBOX", *map(crlf, letters))
    add(machine, pymap)
    machine("sync", "--no-read")
    done = "SELECT count(*) FROM raw WHERE reader_version > 0"
    claimed = "SELECT count(*) FROM raw WHERE claimed_by IS NOT NULL"
    killed(machine, "read", when=lambda: _number(machine, claimed))
    with ended(machine.start("read", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)) as process:
        until(process, lambda: _number(machine, done))
        ends_with_130(process)
    kept = _number(machine, done)
    assert 0 < kept < len(letters)
    assert machine("messages", "--json", "--limit", "0").out.count("\n") == len(letters)  # searchable before
    assert machine("read", "--json").rows[0]["read"] == len(letters) - kept
    assert machine("read", "--json").rows[0]["read"] == 0
    heads = [row["message_id"] for row in machine("messages", "--json", "--limit", "0").rows]
    assert sorted(heads) == sorted(f"<{number}@ange.se>" for number in range(len(letters)))
    said = [
        row["message_id"] for row in machine("follow-ups", "--json", "--limit", "0").rows if row["message"]
    ]
    assert sorted(said) == sorted(heads)
    assert machine("db", "check", "--full", "--json").rows == []


def gone(group: int) -> bool:
    """Whether no process of a session is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def ends_with_130(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 130
    give_up = time.monotonic() + PATIENCE
    while not gone(process.pid):
        assert time.monotonic() < give_up


def test_a_second_sync_is_refused_and_sigterm_ends_the_first(
    machine: Machine, scripted: Callable[..., Scripted]
) -> None:
    silent = scripted(LIST=None)
    add(machine, MailServer(silent.port, "anna", "hemligt"))
    with ended(machine.start("sync", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)) as process:
        until(process, lambda: any(b"LIST" in line for line in silent.heard))
        said_once(machine("sync", "--lock-timeout", "0.1", code=5), "post", "--lock-timeout")
        ends_with_130(process)
