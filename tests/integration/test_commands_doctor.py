"""`aterkom doctor`: every ill that it looks for is caused once, and each has its way out."""

import json
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest

from tests.integration.commands import Machine
from tests.servers import Certificates, Dovecot, MailServer, Scripted, listening

Rows = list[dict[str, Any]]


def rows(machine: Machine, *words: str, code: int = 0) -> Rows:
    return machine("--lang", "en", "doctor", "--json", *words, code=code).rows


def ill(found: Rows) -> list[tuple[str, str]]:
    """What is not in order, and what to do; nothing is without a way out."""
    assert all(row["remedy"] for row in found if not row["ok"])
    assert all(row["remedy"] is None for row in found if row["ok"])
    return [(row["check"], row["detail"] + " " + row["remedy"]) for row in found if not row["ok"]]


def healthy(machine: Machine, tmp_path: Path) -> Machine:
    machine("db", "backup", str(tmp_path / "kopia.sqlite"))
    return machine


def changed(machine: Machine, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(machine.file)) as connection, connection:
        connection.execute(statement, values)


def test_all_is_well(filled: Machine, tmp_path: Path) -> None:
    found = rows(healthy(filled, tmp_path))
    assert ill(found) == []
    assert {"settings", "python", "sqlite", "libraries", "terminal", "disk", "permissions", "store"} <= {
        row["check"] for row in found
    }
    assert {"clock", "writable", "log", "unread", "quarantined", "backup", "account"} <= {
        row["check"] for row in found
    }
    assert [sorted(row) for row in found] == [["check", "detail", "ok", "remedy"]] * len(found)


def test_people_get_lines_and_a_count(filled: Machine, tmp_path: Path) -> None:
    ended = healthy(filled, tmp_path)("--lang", "en", "doctor")
    assert "ok store:" in " ".join(ended.out.split()).replace("ok  ", "ok ")
    assert "all in order" in ended.err


def test_it_makes_no_store(bare: Machine) -> None:
    assert ill(rows(bare, code=1))[0][0] == "store"
    assert not bare.file.exists()


def test_a_store_that_does_not_open_is_said_once(machine: Machine) -> None:
    machine.file.write_text("no database " * 100)
    machine.file.chmod(0o600)
    assert [check for check, _ in ill(rows(machine, code=1))] == ["store"]


def test_a_damaged_store_is_found(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    changed(filled, "UPDATE thread SET messages = 99 WHERE id = 1")
    ((check, said),) = ill(rows(filled, code=1))
    assert (check, "aterkom db check --full" in said) == ("store", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jbos = 2\n", "jobs"),
        ("lang = [", "settings file"),
        ('zone = "Europe/Atlantis"\n', "zone"),
        ("limit_depth = 0\n", "limit_depth"),
    ],
)
def test_settings_that_do_not_hold(machine: Machine, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    found = ill(rows(machine, "--config", str(file), code=1))
    assert found[0][0] == "settings"
    assert said in found[0][1]


def test_files_that_others_may_read(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    filled.file.chmod(0o644)
    filled.home.chmod(0o777)
    found = ill(rows(filled, code=1))
    assert Counter(check for check, _ in found) == {"permissions": 2}
    assert f"chmod 600 {filled.file}" in found[0][1]
    assert f"chmod 700 {filled.home}" in found[1][1]


def test_no_backup_and_an_old_one(filled: Machine, tmp_path: Path) -> None:
    assert ill(rows(filled, code=1))[0][0] == "backup"
    healthy(filled, tmp_path)
    later = Machine(filled.home, {**filled.more, "ATERKOM_TODAY": "2029-01-01"})
    assert "backup" in [check for check, _ in ill(rows(later, code=1))]


def test_mail_that_waits_to_be_read(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    changed(filled, "UPDATE raw SET reader_version = 0, taken_in_on = '2020-01-01' WHERE status = 'ok'")
    ((check, said),) = ill(rows(filled, code=1))
    assert (check, "aterkom read" in said) == ("unread", True)


def test_a_full_disk(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    with mock.patch("shutil.disk_usage", return_value=usage):
        assert [check for check, _ in ill(rows(filled, code=1))] == ["disk"]


def test_a_clock_that_was_set_back(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    ahead = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d %H:%M:%S.000000")
    changed(filled, "UPDATE account SET last_sync = ?", ahead)
    ((check, said),) = ill(rows(filled, code=1))
    assert (check, "timedatectl" in said) == ("clock", True)


def test_libraries_that_are_not_those_that_were_tested(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    with mock.patch("crm.doctor.machine.requires", return_value=["textual<1", "no-such-library>=2"]):
        ((check, said),) = ill(rows(filled, code=1))
    assert check == "libraries"
    assert "textual" in said
    assert "no-such-library" in said


def test_a_check_that_fails_stops_no_other(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    with mock.patch("shutil.disk_usage", side_effect=RuntimeError("boom")):
        found = rows(filled, code=1)
    assert [check for check, _ in ill(found)] == ["disk"]
    assert found[-1]["check"] == "account"


class Mailbox(NamedTuple):
    machine: Machine
    server: MailServer
    secret: Path


@pytest.fixture
def mailbox(filled: Machine, tmp_path: Path, dovecot: Dovecot) -> Mailbox:
    server = dovecot.mailbox()
    secret = filled.home / "lösen"
    secret.write_text(server.password)
    secret.chmod(0o600)
    with server.arrange() as client:
        client.create("Sent")
    where = ("--host", "localhost", "--port", str(server.tls_port), "--ca-file", str(server.ca_file))
    filled(
        "account",
        "add",
        "brev",
        *where,
        "--user",
        server.user,
        "--secret",
        f"file:{secret}",
        "--folders",
        "INBOX",
        "Sent",
    )
    return Mailbox(healthy(filled, tmp_path), server, secret)


@pytest.mark.dovecot
def test_a_mailbox_that_works(mailbox: Mailbox) -> None:
    machine, server, _ = mailbox
    assert ("account brev", "never fetched Fetch with: aterkom sync brev") in ill(rows(machine, code=1))
    machine("sync")
    found = rows(machine)
    assert ill(found) == []
    said = {row["check"]: row["detail"] for row in found}
    assert f"signed in at localhost as {server.user} (TLSv1.3)" in said["account brev"]
    assert "localhost holds" in said["certificate brev"]


@pytest.mark.dovecot
def test_offline_no_connection_is_made(mailbox: Mailbox) -> None:
    machine, *_ = mailbox
    machine("sync")
    with mock.patch("socket.create_connection", side_effect=AssertionError):
        assert ill(rows(machine, "--offline")) == []


@pytest.mark.dovecot
def test_a_folder_that_is_gone_and_no_sent_mail(mailbox: Mailbox) -> None:
    machine, server, _ = mailbox
    machine("sync")
    with server.arrange() as client:
        client.delete("Sent")
    said = [text for check, text in ill(rows(machine, code=1)) if check == "account brev"]
    assert any("“Sent”" in text for text in said)
    assert any("sent mail" in text for text in said)


@pytest.mark.dovecot
def test_a_mailbox_that_nobody_has_fetched_for_days(mailbox: Mailbox) -> None:
    machine, *_ = mailbox
    machine("sync")
    changed(machine, "UPDATE account SET last_sync = '2021-01-01 00:00:00.000000' WHERE name = 'brev'")
    ((check, said),) = ill(rows(machine, code=1))
    assert (check, "aterkom sync brev" in said) == ("account brev", True)


@pytest.mark.dovecot
def test_a_secret_that_others_may_read_or_that_is_gone(mailbox: Mailbox) -> None:
    machine, _, secret = mailbox
    machine("sync")
    secret.chmod(0o644)
    found = dict(ill(rows(machine, code=1)))
    assert f"chmod 600 {secret}" in found["permissions"]
    secret.unlink()
    found = dict(ill(rows(machine, code=1)))
    assert str(secret) in found["permissions"]


@pytest.mark.dovecot
def test_a_certificate_that_nobody_vouches_for(mailbox: Mailbox, certificates: Certificates) -> None:
    machine, *_ = mailbox
    machine("sync")
    machine("account", "set", "brev", "--ca-file", certificates.stranger_ca_file)
    found = dict(ill(rows(machine, code=1)))
    assert "not safe" in found["account brev"]


def test_a_refused_sign_in_is_tried_once_and_says_no_secret(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    with listening(Scripted({"LOGIN": b"%T NO [AUTHENTICATIONFAILED] no\r\n"})) as server:
        where = ("--host", "localhost", "--port", str(server.port), "--security", "plain")
        filled("account", "add", "post", *where, "--user", "anna", "--secret", "env:LOSEN")
        ended = filled("doctor", "--json", code=1, env={"LOSEN": "topphemligt"})
    tried = [line for line in server.heard if b"LOGIN" in line or b"AUTHENTICATE" in line]
    assert len(tried) == 1
    assert "topphemligt" not in ended.out + ended.err
    assert any(json.loads(line)["check"] == "account post" for line in ended.out.splitlines())


@pytest.mark.postgresql
def test_a_store_on_a_server(machine: Machine, postgresql_url: str) -> None:
    found = rows(Machine(machine.home, {**machine.more, "ATERKOM_DATABASE_URL": postgresql_url}))
    assert ill(found) == []
    assert {"postgresql", "writable"} <= {row["check"] for row in found}


def test_somebody_elses_file(filled: Machine, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    healthy(filled, tmp_path)
    os.chown(filled.file, 65534, 65534)
    assert ill(rows(filled)) == []  # root looks after others' files


def test_a_mailbox_whose_settings_are_broken_stops_no_other(filled: Machine, tmp_path: Path) -> None:
    healthy(filled, tmp_path)
    for name in ("aa", "bb"):
        filled("account", "add", name, "--host", "imap.example", "--user", "anna", "--secret", "prompt")
    changed(filled, "UPDATE account SET sign_in = '{\"flow\": 7}' WHERE name = 'aa'")
    checks = {row["check"]: row for row in rows(filled, "--offline", code=1)}
    assert {"account aa", "account bb"} <= set(checks)


def test_people_read_it_in_swedish(filled: Machine, tmp_path: Path) -> None:
    said = healthy(filled, tmp_path)("doctor").out
    assert "inställningar:" in said
    assert "säkerhetskopia:" in said
    assert "permissions" not in said
