"""`aterkom private`, as somebody runs it who has to remove a mail for ever."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine, said_once
from tests.mails import ANNA, mail

SECRET = "Pelargonia äter bara fiskpinnar"
PRIVATE = mail(
    f"Hej!\n\n{SECRET}.\nJag återkommer med nycklarna den 21 juni 2021.\n",
    sender="Eva Sandin <eva.sandin@kattvakten.example>",
    to=ANNA,
    subject="Kattvakt",
    message_id="<katt@kattvakten.example>",
)


@pytest.fixture
def private(filled: Machine, tmp_path: Path) -> tuple[Machine, str, Path]:
    """A store with a private mail in it, the mail's id, and the file that it came from."""
    file = tmp_path / "katt.eml"
    file.write_bytes(PRIVATE)
    filled("import", str(file))
    (row,) = filled("search", "Pelargonia", "--json").rows
    return filled, str(row["id"]), file


def left(machine: Machine) -> set[str]:
    """The words of the mail that stand in any file beside the store."""
    words = ("Pelargonia", "pelargon", "Kattvakt", "eva.sandin", "fiskpinnar")
    content = b"".join(file.read_bytes() for file in machine.home.iterdir() if file.is_file())
    return {word for word in words if word.encode() in content}


def test_it_goes_from_every_file(private: tuple[Machine, str, Path]) -> None:
    machine, name, _ = private
    assert left(machine)
    (row,) = machine("private", name, "--yes", "--json").rows
    assert (row["id"], len(row["raws"]), row["follow_ups"], row["copies"]) == (name, 1, 1, [])
    assert left(machine) == set()
    assert machine("db", "check", "--full").out == ""


def test_no_import_and_no_reading_brings_it_back(private: tuple[Machine, str, Path]) -> None:
    machine, name, file = private
    machine("private", name, "--yes")
    (row,) = machine("import", str(file), "--json").rows
    assert (row["new"], row["known"]) == (0, 1)
    machine("read", "--all", code=1)  # the mailbox holds a file that nobody can read
    assert machine("search", "Pelargonia", "--json").rows == []
    assert left(machine) == set()


def test_without_a_terminal_it_has_to_be_said(private: tuple[Machine, str, Path]) -> None:
    machine, name, _ = private
    said_once(machine("private", name, code=2), "--yes")
    assert left(machine)


def test_a_name_that_is_none_removes_nothing(private: tuple[Machine, str, Path]) -> None:
    machine, name, _ = private
    said_once(machine("private", name, "m999999", "--yes", code=2), "m999999")
    assert left(machine)


def test_copies_of_the_store_that_hold_it_are_named(
    private: tuple[Machine, str, Path], tmp_path: Path
) -> None:
    machine, name, _ = private
    copy = tmp_path / "kopia.sqlite"
    machine("db", "backup", str(copy))
    ended = machine("private", name, "--yes")
    assert str(copy) in ended.err


def test_a_copy_that_is_put_back_does_not_bring_it_back(
    private: tuple[Machine, str, Path], tmp_path: Path
) -> None:
    machine, name, _ = private
    copy = tmp_path / "kopia.sqlite"
    machine("db", "backup", str(copy))
    machine("private", name, "--yes")
    ended = machine("db", "restore", str(copy))
    assert "1 " in ended.err.splitlines()[-1]
    assert machine("search", "Pelargonia", "--json").rows == []
    assert SECRET.encode() not in machine.file.read_bytes()
    machine("search", "servicekontor", "--json")
    assert machine("db", "check", "--full").out == ""


def test_a_store_that_was_set_aside_is_named(private: tuple[Machine, str, Path], tmp_path: Path) -> None:
    machine, name, _ = private
    machine("db", "backup", str(tmp_path / "kopia.sqlite"))
    machine("db", "restore", str(tmp_path / "kopia.sqlite"))
    (aside,) = (file for file in machine.home.iterdir() if ".before-" in file.name and file.name[-4] != "-")
    (row,) = machine("private", name, "--yes", "--json").rows
    assert str(aside) in row["copies"]


def test_its_original_is_said_to_be_gone(private: tuple[Machine, str, Path]) -> None:
    machine, name, _ = private
    (row,) = machine("private", name, "--yes", "--json").rows
    said_once(
        machine("messages", "--raw", row["raws"][0], "--output", "/dev/null", code=2), row["raws"][0][:8]
    )
