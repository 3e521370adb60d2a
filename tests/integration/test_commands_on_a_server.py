"""What an administrator runs, on PostgreSQL."""

import hashlib
from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once
from tests.integration.letters import INBOX
from tests.integration.test_commands_private import PRIVATE

pytestmark = pytest.mark.postgresql


@pytest.fixture
def server(machine: Machine, postgresql_url: str, tmp_path: Path) -> Machine:
    """A division's store with a few letters in it, one of them private."""
    folder = tmp_path / "brev"
    folder.mkdir()
    for number, raw in enumerate((*INBOX[:3], PRIVATE)):
        (folder / f"{number}.eml").write_bytes(raw)
    division = Machine(machine.home, {**machine.more, "ATERKOM_DATABASE_URL": postgresql_url})
    division("import", str(folder))
    return division


def test_private_mail_goes_and_vacuum_is_named(server: Machine) -> None:
    (row,) = server("search", "Pelargonia", "--json").rows
    ended = server("private", row["id"], "--yes")
    assert "VACUUM" in ended.err
    assert server("search", "Pelargonia", "--json").rows == []
    assert server("db", "check", "--full", "--json").rows == []


def test_mail_is_written_byte_for_byte(server: Machine, tmp_path: Path) -> None:
    server("export", "--all", "--to", str(tmp_path / "ut"))
    written = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (tmp_path / "ut").glob("*.eml")}
    assert written == {hashlib.sha256(raw).hexdigest() for raw in (*INBOX[:3], PRIVATE)}


@pytest.mark.parametrize("words", [("backup",), ("restore",)])
def test_its_own_tool_is_named_for_backups(server: Machine, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "kopia"
    if words == ("restore",):
        file.write_bytes(b"x")
    said_once(server("db", *words, str(file), code=5), "pg_")
    assert file.exists() is (words == ("restore",))
