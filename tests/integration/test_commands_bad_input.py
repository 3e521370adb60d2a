"""What goes wrong is one line that names the thing and the way out, with its exit code, and nothing is half done."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.integration.commands import Machine, said_once
from tests.integration.letters import INBOX
from tests.servers import Certificates, MailServer, Pymap, Scripted, free_port

SECRET = "hemligt-ord-9"


def add(machine: Machine, name: str, server: MailServer, *more: str, security: str = "plain") -> None:
    """An account on a server of the tests; its password lies in a file of ours."""
    file = machine.home / f"{name}.secret"
    file.touch(0o600)
    file.write_text(server.password)
    machine(
        *("account", "add", name, "--host", "localhost", "--port", str(server.port), "--user", server.user),
        *("--secret", f"file:{file}", "--security", security, *more),
    )


def problem_of(machine: Machine, name: str) -> str | None:
    (row,) = [row for row in machine("account", "--json").rows if row["name"] == name]
    return row["problem"] and str(row["problem"]["kind"])


def test_a_wrong_password_is_tried_once(machine: Machine, scripted: Callable[..., Scripted]) -> None:
    server = scripted(
        AUTHENTICATE=b"+ \r\n%N%T NO [AUTHENTICATIONFAILED] no\r\n",
        LOGIN=b"%T NO [AUTHENTICATIONFAILED] no\r\n",
    )
    add(machine, "post", MailServer(server.port, "anna", SECRET))
    said = machine("sync", code=3)
    said_once(said, "localhost", "anna")
    assert SECRET not in said.err + said.out
    assert sum(b"LOGIN" in line or b"AUTHENTICATE" in line for line in server.heard) == 1
    assert problem_of(machine, "post") == "SignInRefused"
    listed = machine("account")
    assert "localhost" in listed.out
    assert "anna" in listed.err


def test_a_server_that_is_away(machine: Machine) -> None:
    add(machine, "post", MailServer(free_port(), "anna", SECRET))
    said_once(machine("sync", code=4), "localhost")
    said_once(machine("account", "test", "post", code=4), "localhost")


def test_a_certificate_that_nobody_vouches_for(
    machine: Machine, pymap_starttls: Pymap, certificates: Certificates
) -> None:
    server = pymap_starttls.mailbox()
    add(machine, "post", server, "--ca-file", certificates.stranger_ca_file, security="starttls")
    said_once(machine("sync", code=4), "localhost", "--ca-file")
    add(machine, "utan", server, security="starttls")
    said_once(machine("sync", "utan", code=4), "localhost", "--ca-file")


def test_plain_goes_to_this_machine_alone(machine: Machine) -> None:
    line = ("account", "add", "post", "--host", "imap.example", "--user", "anna", "--secret", "env:X")
    said_once(machine(*line, "--security", "plain", code=2), "imap.example", "--security tls")
    assert machine("account", "--json").rows == []


@pytest.mark.parametrize("secret", [SECRET, "hemligt:" + SECRET, "file:"])
def test_a_password_in_the_place_of_its_reference_is_refused_and_not_repeated(
    machine: Machine, secret: str
) -> None:
    said = machine(
        *("account", "add", "post", "--host", "imap.example", "--user", "anna", "--secret", secret), code=2
    )
    said_once(said, "--secret", "env:VAR")
    assert SECRET not in said.err + said.out
    assert machine("account", "--json").rows == []


def test_secrets_that_are_missing_or_open_to_others(machine: Machine) -> None:
    add(machine, "post", MailServer(free_port(), "anna", SECRET))
    file = machine.home / "post.secret"
    file.chmod(0o644)
    said = machine("sync", code=3)
    said_once(said, str(file), "chmod 600")
    assert SECRET not in said.err
    file.unlink()
    said_once(machine("sync", code=3), str(file), "--secret")


def test_a_password_that_nobody_can_be_asked_for_stops_no_other(machine: Machine, pymap: MailServer) -> None:
    machine("account", "add", "fråga", "--host", "localhost", "--user", "anna", "--secret", "prompt")
    add(machine, "post", pymap)
    said = machine("sync", "--no-read", "--json", code=3)
    said_once(said, "--secret")
    assert [row["account"] for row in said.rows] == ["post"]


def test_one_folder_that_is_not_there_stops_no_other(machine: Machine, pymap: MailServer) -> None:
    pymap.append("INBOX", INBOX[0])
    add(machine, "post", pymap, "--folders", "INBOX", "--folders", "Ärenden/Ånge")
    said = machine("sync", "--no-read", "--json", code=1)
    said_once(said, "Ärenden/Ånge", "aterkom account test")
    assert [(row["folder"], row["new"]) for row in said.rows if row["new"]] == [("INBOX", 1)]
    assert "Ärenden/Ånge" in machine("account").err


def test_a_sync_of_one_account_that_fails_stops_no_other(machine: Machine, pymap: MailServer) -> None:
    pymap.append("INBOX", INBOX[0])
    add(machine, "borta", MailServer(free_port(), "anna", SECRET))
    add(machine, "post", pymap)
    said = machine("sync", "--no-read", "--json", code=4)
    assert [(row["account"], row["new"]) for row in said.rows] == [("post", 1)]
    said_once(said, "localhost")


def test_paths_and_days_that_are_none(bare: Machine) -> None:
    said_once(bare("import", "finns-inte.eml", code=2), "finns-inte.eml")
    said_once(bare("inspect", "finns-inte.eml", code=2), "finns-inte.eml")
    for words in (("reminders", "--today", "2021-02-30"), ("inspect", "-", "--date", "2021-13-01")):
        said_once(bare(*words, code=2), words[-1])
    said_once(bare("reminders", code=2, env={"ATERKOM_TODAY": "i dag"}), "i dag")
    assert not list(bare.home.glob("store.sqlite*"))


@pytest.mark.parametrize(
    "words",
    [
        ("offices", "show", "Atlantis"),
        ("people", "show", "Nemo"),
        ("organisations", "show", "Nautilus"),
        ("explain", "m999"),
        ("messages", "--thread", "x1"),
        ("messages", "--office", "Atlantis"),
        ("follow-ups", "accept", "f0"),
        ("follow-ups", "accept", "9" * 400),
        ("sync", "nemo"),
        ("account", "test", "nemo"),
        ("link", "m999", "Boden"),
    ],
)
def test_what_is_not_there_is_named_with_the_list_to_look_in(filled: Machine, words: tuple[str, ...]) -> None:
    said_once(filled(*words, code=2), "aterkom: ", ": aterkom ")


def test_a_misspelt_command_or_option_is_suggested(machine: Machine) -> None:
    said_once(machine("remind", code=2), "remind", "reminders")
    said_once(machine("follow-ups", "acept", "f1", code=2), "acept", "accept")
    said_once(machine("messages", "--ofice", "Boden", code=2), "--ofice", "--office")
    said_once(machine("account", "add", "post", code=2), "--host")


@pytest.mark.parametrize(
    "text", ["lang = ", 'lang = "fi"', "\x00", 'jobs = "många"', "zone = 7", 'zone = "Mars/Base"']
)
def test_settings_that_do_not_hold(machine: Machine, text: str) -> None:
    file = machine.home / "egna.toml"
    file.write_text(text)
    said_once(machine("--config", str(file), "reminders", code=3))
    said_once(machine("--config", str(file) + "x", "reminders", code=3), "egna.tomlx")


def test_a_locked_store(filled: Machine) -> None:
    with closing(sqlite3.connect(filled.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for words in (("sync",), ("read",), ("import", __file__)):
            said_once(filled(*words, "--lock-timeout", "0.2", code=5), str(filled.file))
        assert filled("reminders", "--json").rows


def test_a_store_that_may_only_be_read(filled: Machine) -> None:
    filled.file.chmod(stat.S_IRUSR)
    with _as_anybody(filled.home):
        said_once(filled("follow-ups", "accept", "f3", code=5), str(filled.file))


@contextmanager
def _as_anybody(home: Path) -> Iterator[None]:
    """Root may write whatever a mode says: it gives its rights away for a while."""
    if os.geteuid() != 0:
        yield
        return
    for path in (home, *home.rglob("*")):
        os.chown(path, 65534, 65534)
    for above in home.parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def _not_a_database(file: Path) -> None:
    file.write_text("Hej! Detta är ett brev och inget register.\n" * 20)


def _another_programs(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmarks (url)")


def _a_newer_ones(file: Path) -> None:
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [_not_a_database, _another_programs, _a_newer_ones, _a_folder])
def test_a_store_that_is_none_of_ours(filled: Machine, spoil: Callable[[Path], None]) -> None:
    spoil(filled.file)
    before = _pages(filled.file)
    for words in (("reminders",), ("db", "upgrade"), ("import", __file__)):
        said_once(filled(*words, code=5), str(filled.file))
    assert _pages(filled.file) == before


def _pages(file: Path) -> bytes | None:
    """What stands in a file, but for the header of a database, which says how it was last opened."""
    return None if file.is_dir() else file.read_bytes()[100:]


def test_copies_that_go_nowhere_or_come_from_nowhere(filled: Machine) -> None:
    said_once(filled("db", "backup", str(filled.home / "x" / "copy.db"), code=2), str(filled.home / "x"))
    said_once(filled("db", "restore", str(filled.home / "copy.db"), code=2), str(filled.home / "copy.db"))
    said_once(filled("messages", "--limit", "-1", code=2), "--limit")
    said_once(filled("read", "--jobs", "0", code=2), "--jobs")


def test_an_address_of_a_store_that_is_none(machine: Machine) -> None:
    for url in ("mysql://anna:hemligt@x.example/y", "hej", "sqlite:///"):
        said = machine("--database", url, "reminders", code=2)
        said_once(said, "sqlite:///")
        assert "hemligt" not in said.err


def test_a_full_disk_keeps_what_was_there(filled: Machine) -> None:
    before = filled("messages", "--json").out
    letter = filled.home / "stort.eml"
    letter.write_bytes(INBOX[0].replace(b"fraga@", b"stor@") + os.urandom(300_000).hex().encode())

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")

    event.listen(Engine, "connect", limit)
    try:
        said_once(filled("import", str(letter), code=5), str(filled.file))
    finally:
        event.remove(Engine, "connect", limit)
    assert filled("messages", "--json").out == before
    assert filled("db", "check", "--full", "--json").rows == []


def test_a_file_that_is_no_mail_is_kept_and_named(machine: Machine) -> None:
    file = machine.home / "bild.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    said = machine("import", str(file), "--json", code=1)
    assert [(row["new"], row["quarantined"]) for row in said.rows] == [(1, 1)]
    assert "m1" in said.err
    assert "aterkom messages --quarantined" in said.err
    (row,) = machine("messages", "--quarantined", "--json").rows
    assert row["id"] == "m1"
    assert machine("import", str(file), "--json").rows[0]["known"] == 1
    assert machine("read", "--json").rows[0]["read"] == 0


def test_the_full_screen_is_not_opened_where_there_is_no_terminal(machine: Machine) -> None:
    for words in ((), ("tui",)):
        said_once(machine(*words, code=2), "aterkom --help")
