"""`aterkom account` from end to end: settings, a code at another screen, tokens, a personal mailbox, a removal."""

import base64
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.own_password import keep
from ingest.oauth_cache import Token, TokenFile
from ingest.secrets import Secret
from tests.authority import CLIENT_ID, DEVICE_GRANT, TENANT, Authority
from tests.integration.commands import Machine, Result, ended, said_once
from tests.servers import MailServer, Scripted, access_token
from tui.cli.commands import account

MAILBOX = "brevlada@myndighet.example"
KEY = "klienthemlighet-9"


class Patient:
    """Stands in for threading.Event: nobody waits in a test."""

    def wait(self, _seconds: float) -> bool:
        return False


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "Event", Patient)


@pytest.fixture
def trusting(machine: Machine, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine that trusts the sign-in service."""
    machine.more["REQUESTS_CA_BUNDLE"] = os.environ["REQUESTS_CA_BUNDLE"]
    return machine


@pytest.fixture
def server(scripted: Callable[..., Scripted]) -> Scripted:
    """An empty mailbox that takes any token."""
    return scripted(
        capabilities="IMAP4rev1 AUTH=XOAUTH2 AUTH=OAUTHBEARER",
        LIST=b'* LIST () "/" INBOX\r\n* LIST (\\Sent) "/" Skickat\r\n',
        STATUS=b"* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7)\r\n",
        EXAMINE=b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n",
    )


def add(machine: Machine, server: Scripted, authority: Authority, token: str, *more: str) -> Result:
    place = ("--host", "localhost", "--port", str(server.port), "--security", "plain", "--user", MAILBOX)
    service = ("--authority", authority.url, "--tenant", TENANT, "--client-id", CLIENT_ID)
    return machine("account", "add", "brev", *place, "--auth", "xoauth2", "--token", token, *service, *more)


def secret(machine: Machine) -> str:
    file = machine.home / "klient.secret"
    file.touch(0o600)
    file.write_text(KEY)
    return f"file:{file}"


def kept(machine: Machine) -> TokenFile:
    (file,) = (machine.home / "XDG_DATA_HOME" / "aterkom" / "tokens").glob("brev-*.json")
    return TokenFile(file)


def said(server: Scripted) -> list[str]:
    """The tokens that the mail server was told."""
    told = [base64.b64decode(line) for line in server.heard if line[:4] == b"dXNl"]
    return [one.decode().partition("Bearer ")[2].rstrip("\1") for one in told]


def test_a_person_signs_in_at_another_screen(
    trusting: Machine, server: Scripted, authority: Authority
) -> None:
    assert "aterkom account login brev" in add(trusting, server, authority, "device").out
    said_once(trusting("account", "test", "brev", code=3), "aterkom account login brev")
    shown = trusting("account", "login", "brev")
    assert f"{authority.url}/device" in shown.err
    assert "ABCD-1234" in shown.err
    assert "anna@myndighet.example" in shown.out
    trusting("account", "test", "brev")
    (token,) = said(server)
    assert token not in shown.out + shown.err
    assert authority.grants() == [DEVICE_GRANT]
    assert KEY.encode() not in (trusting.home / "store.sqlite").read_bytes()


def test_a_sign_in_as_json(trusting: Machine, server: Scripted, authority: Authority) -> None:
    add(trusting, server, authority, "device", "--login-as", "anna@myndighet.example")
    (row,) = trusting("account", "login", "brev", "--json").rows
    assert (row["name"], row["user"]) == ("brev", "anna@myndighet.example")
    assert row["until"] > "2026"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_who_waits_for_a_person_can_be_ended(
    trusting: Machine, server: Scripted, authority: Authority, number: int
) -> None:
    add(trusting, server, authority, "device")
    authority.code = {"interval": 60}
    with ended(trusting.start("account", "login", "brev")) as process:
        assert process.stderr is not None
        while b"ABCD-1234" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(5) == 130
        assert b"Traceback" not in process.stderr.read()
    assert authority.grants() == []


def test_a_sign_in_that_is_declined(trusting: Machine, server: Scripted, authority: Authority) -> None:
    add(trusting, server, authority, "device")
    authority.answers[DEVICE_GRANT] = [(400, {"error": "authorization_declined"})]
    failed = trusting("account", "login", "brev", code=3)
    assert "avböjdes" in failed.err.splitlines()[-1]
    assert "Traceback" not in failed.err


def test_the_application_signs_in_by_itself(
    trusting: Machine, server: Scripted, authority: Authority
) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    trusting("account", "test", "brev")
    trusting("sync", "brev")
    assert authority.grants() == ["client_credentials"]
    assert len(set(said(server))) == 1
    said_once(trusting("account", "login", "brev", code=2), "aterkom account test")


def test_a_sync_that_waits_for_a_token_can_be_ended(
    trusting: Machine, server: Scripted, authority: Authority
) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    authority.held = threading.Event()
    with ended(trusting.start("sync")) as process:
        assert authority.asked.wait(30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 130
    authority.held.set()
    authority.held = None
    trusting("sync")


def test_a_wrong_client_secret(trusting: Machine, server: Scripted, authority: Authority) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    for _ in range(2):
        authority.refuse("client_credentials", 7000215, error="invalid_client")
    failed = trusting("sync", code=3)
    said_once(failed, "brev", "AADSTS7000215", "--secret")
    assert KEY not in failed.err
    listed = trusting("account")
    assert "AADSTS7000215" in listed.err
    assert KEY not in listed.err + listed.out
    assert server.heard == []
    verbose = trusting("account", "test", "brev", "-v", code=3)
    assert "Traceback" in verbose.err
    assert KEY not in verbose.err


def test_a_service_that_is_away(trusting: Machine, server: Scripted, authority: Authority) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    authority.answers["client_credentials"] = [(503, b"x")]
    said_once(trusting("sync", code=4), "localhost")


def test_a_kept_token_that_others_may_read(trusting: Machine, server: Scripted, authority: Authority) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    trusting("account", "test", "brev")
    kept(trusting).path.chmod(0o644)
    said_once(trusting("sync", code=3), str(kept(trusting).path), "0644")


def test_a_damaged_token_is_said_and_replaced(
    trusting: Machine, server: Scripted, authority: Authority
) -> None:
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    trusting("account", "test", "brev")
    kept(trusting).path.write_text("{")
    shown = trusting("account", "test", "brev")
    assert str(kept(trusting).path) in shown.err
    assert kept(trusting).read() is not None


def test_a_kept_token_that_the_mail_server_refuses_is_renewed_once(
    trusting: Machine, scripted: Callable[..., Scripted], authority: Authority
) -> None:
    server = scripted(
        capabilities="IMAP4rev1 AUTH=XOAUTH2",
        AUTHENTICATE=b"+ \r\n%N%T NO AUTHENTICATE failed.\r\n",
    )
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    trusting("account", "test", "brev", code=3)
    assert len(said(server)) == 1
    kept(trusting).write(Token(Secret("gammal"), time.time() + 3600))
    server.heard.clear()
    trusting("sync", code=3)
    assert said(server)[0] == "gammal"
    assert len(said(server)) == 2


def test_a_mailbox_that_the_application_may_not_open(
    trusting: Machine, scripted: Callable[..., Scripted], authority: Authority
) -> None:
    """Exchange takes the sign-in and answers BAD to all that follows."""
    closed = b"%T BAD User is authenticated but not connected.\r\n"
    server = scripted(capabilities="IMAP4rev1 AUTH=XOAUTH2", LIST=closed)
    add(trusting, server, authority, "client", "--secret", secret(trusting))
    said_once(trusting("account", "test", "brev", code=4), "localhost", "docs/microsoft365.md")


def test_a_token_by_reference_stays_what_it_was(machine: Machine, scripted: Callable[..., Scripted]) -> None:
    server = scripted(
        capabilities="IMAP4rev1 AUTH=OAUTHBEARER", LIST=b'* LIST (\\Sent) "/" Skickat\r\n', STATUS=b"-"
    )
    token = access_token(MAILBOX)
    place = ("--host", "localhost", "--port", str(server.port), "--security", "plain", "--user", MAILBOX)
    machine("account", "add", "brev", *place, "--auth", "oauthbearer", "--secret", "env:TOKEN")
    machine("account", "test", "brev", env={"TOKEN": token})
    (told,) = [base64.b64decode(line) for line in server.heard if line[:4] == b"bixh"]
    assert told.decode().endswith(f"\1auth=Bearer {token}\1\1")


# Settings


def place(name: str = "post") -> tuple[str, ...]:
    return ("account", "add", name, "--host", "imap.example", "--user", "anna@myndighet.example")


def test_a_secret_is_needed_unless_a_person_signs_in(machine: Machine) -> None:
    said_once(machine(*place(), code=2), "--secret")
    said_once(machine(*place(), "--token", "client", code=2), "--secret")
    more = ("--auth", "xoauth2", "--token", "device", "--tenant", TENANT, "--client-id", CLIENT_ID)
    machine(*place(), *more)
    said_once(machine(*place("två"), *more, "--secret", "env:X", code=2), "--secret")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--personal",), "--folders"),
        (("--personal", "--folders", "*", "--since", "2026-01-01"), "--folders"),
        (("--personal", "--folders", "INBOX"), "--since"),
        (("--login-as", "anna"), "--token"),
        (("--token", "client", "--tenant", TENANT), "--auth"),
        (("--token", "client", "--auth", "xoauth2", "--tenant", TENANT), "--client-id"),
        (("--token", "client", "--auth", "xoauth2", "--client-id", CLIENT_ID), "--tenant"),
    ],
)
def test_what_does_not_go_together(machine: Machine, more: tuple[str, ...], named: str) -> None:
    said_once(machine(*place(), "--secret", "env:X", *more, code=2), named)
    assert machine("account", "--json").rows == []


def test_a_personal_mailbox(machine: Machine) -> None:
    machine(
        *place(),
        *("--secret", "env:X", "--personal", "--folders", "Ärenden/Ånge", "Skickat", "--since", "2026-01-01"),
    )
    (row,) = machine("account", "--json").rows
    assert (row["personal"], row["folders"], row["since"]) == (
        True,
        ["Ärenden/Ånge", "Skickat"],
        "2026-01-01",
    )
    assert "personlig" in machine("account").out
    said_once(machine("account", "set", "post", "--reset", "since", code=2), "--since")
    said_once(machine("account", "set", "post", "--folders", "*", code=2), "--folders")
    machine("account", "set", "post", "--not-personal", "--reset", "folders", "since")
    (row,) = machine("account", "--json").rows
    assert (row["personal"], row["folders"], row["since"]) == (False, [], None)


def test_of_a_personal_mailbox_nothing_else_is_fetched(machine: Machine, pymap: MailServer) -> None:
    for folder in ("Ärenden", "Skickat", "Privat", "Ärenden hemma"):
        pymap.create(folder)
        pymap.append(folder, f"Subject: {len(folder)}\r\n\r\nx\r\n".encode())
    pymap.append("INBOX", b"Subject: privat\r\n\r\nx\r\n")
    file = machine.home / "post.secret"
    file.touch(0o600)
    file.write_text(pymap.password)
    server = ("--host", "localhost", "--port", str(pymap.port), "--user", pymap.user, "--security", "plain")
    named = ("--personal", "--folders", "Ärenden", "--since", "2021-01-01", "--secret", f"file:{file}")
    machine("account", "add", "anna", *server, *named)
    rows = machine("sync", "--no-read", "--json").rows
    assert [(row["folder"], row["new"]) for row in rows] == [("Ärenden", 1)]


def test_settings_are_changed_one_by_one(machine: Machine) -> None:
    machine(*place(), "--secret", "env:X", "--exclude", "Skräp")
    (row,) = machine("account", "set", "post", "--port", "1993", "--json").rows
    assert (row["host"], row["port"], row["security"]) == ("imap.example", 1993, "tls")
    machine("account", "set", "post", "--security", "starttls", "--reset", "port")
    (row,) = machine("account", "--json").rows
    assert (row["port"], row["security"]) == (143, "starttls")
    said_once(machine("account", "set", "post", code=2), "--help")
    said_once(machine("account", "set", "nemo", "--port", "1", code=2), "nemo")
    said_once(machine("account", "set", "post", "--reset", "lösenord", code=2), "--reset")


def test_removed(machine: Machine, pymap: MailServer) -> None:
    pymap.append("INBOX", b"Subject: a\r\n\r\na\r\n", b"Subject: b\r\n\r\nb\r\n")
    file = machine.home / "post.secret"
    file.touch(0o600)
    file.write_text(pymap.password)
    server = ("--host", "localhost", "--port", str(pymap.port), "--user", pymap.user, "--security", "plain")
    machine("account", "add", "post", *server, "--secret", f"file:{file}")
    machine("sync", code=0)
    said = machine("account", "remove", "post")
    assert "2 brev" in said.out
    assert machine("account", "--json").rows == []
    rows = machine("messages", "--json").rows
    assert len(rows) == 2
    assert {place["account"] for row in rows for place in row["locations"]} == {"post"}
    said_once(machine("account", "remove", "post", code=2), "post")
    said_once(machine("sync", "post", code=2), "post")
    machine("account", "add", "post", *server, "--secret", f"file:{file}")
    assert [row["new"] for row in machine("sync", "--json").rows if row["folder"] == "INBOX"] == [0]
    (gone,) = machine("account", "remove", "post", "--json").rows
    assert gone == {"name": "post", "messages": 2, "token_removed": False}
    assert file.read_text() == pymap.password


def test_a_password_that_was_typed_goes_with_the_last_mailbox_that_names_it(machine: Machine) -> None:
    config = machine.home / "aterkom" / "settings.toml"
    typed, own = keep("hemligt", config), machine.home / "secret"
    own.write_text("hemligt", encoding="utf-8")
    config.write_text("", encoding="utf-8")
    there = ("--host", "imap.example", "--user", "anna")
    for name in ("post", "arkiv"):
        machine("account", "add", name, *there, "--secret", typed, "--config", str(config))
    file = Path(typed.removeprefix("file:"))
    machine("account", "remove", "post", "--config", str(config))
    assert file.exists()
    machine("account", "set", "arkiv", "--secret", f"file:{own}", "--config", str(config))
    assert not file.exists()
    machine("account", "remove", "arkiv", "--config", str(config))
    assert own.exists()
