"""Limits that were set hold, wherever mail is read, and what goes beyond says which setting moves it."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine
from tests.mails import mail

WORDS = "Vi återkommer med besked den 21 juni 2021.\n" * 2_000


@pytest.fixture
def large(tmp_path: Path) -> Path:
    file = tmp_path / "stort.eml"
    file.write_bytes(mail(WORDS, subject="Stort"))
    return file


def test_inspect_keeps_to_them(machine: Machine, large: Path) -> None:
    limited = Machine(machine.home, {**machine.more, "ATERKOM_LIMIT_TEXT": "10000"})
    (row,) = limited("inspect", str(large), "--json").rows
    assert row["problems"][0].startswith("limit-text: ")
    assert "limit_text" in limited("--lang", "en", "inspect", str(large)).out


def test_reading_keeps_to_them_and_reads_again_with_others(machine: Machine, large: Path) -> None:
    limited = Machine(machine.home, {**machine.more, "ATERKOM_LIMIT_TEXT": "10000"})
    limited("import", str(large))
    (row,) = limited("messages", "--json").rows
    assert (row["status"], row["problems"][0][:11]) == ("partial", "limit-text:")
    machine("read", "--all")
    (again,) = machine("messages", "--json").rows
    assert (again["id"], again["status"], again["problems"]) == (row["id"], "ok", [])


def test_a_mail_that_takes_too_long_is_listed_with_the_setting(machine: Machine, large: Path) -> None:
    limited = Machine(machine.home, {**machine.more, "ATERKOM_LIMIT_TIME": "0.1"})
    large.write_bytes(mail(WORDS * 10, subject="Mycket stort"))
    limited("import", str(large), code=1)
    ended = limited("--lang", "en", "messages", "--quarantined")
    assert "limit_time" in ended.out
    (row,) = limited("messages", "--quarantined", "--json").rows
    assert row["problems"][0].startswith("limit-time: ")
