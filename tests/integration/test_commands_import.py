"""`aterkom import` of whatever lies in a folder."""

from pathlib import Path

import pytest

from tests.integration.commands import Machine
from tests.integration.letters import INBOX


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Letters by every kind of name, and what else people keep beside them."""
    folder = tmp_path / "blandat"
    (folder / "arkiv" / "cur").mkdir(parents=True)
    (folder / "arkiv" / "new").mkdir()
    (folder / "brev.eml").write_bytes(INBOX[0])
    (folder / "utan ändelse").write_bytes(INBOX[1])
    (folder / "arkiv" / "cur" / "1622.x:2,S").write_bytes(INBOX[2])
    (folder / "arkiv" / "dubblett.eml").write_bytes(INBOX[0])
    (folder / "lista.csv").write_text("datum;kommun\n", encoding="utf-8")
    (folder / "anteckning.txt").write_text("Ring Filipstad.\n", encoding="utf-8")
    (folder / "ritning.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def test_what_is_no_mail_is_named_and_left_out(machine: Machine, mixed: Path) -> None:
    ended = machine("--lang", "en", "import", str(mixed))
    for name in ("lista.csv", "anteckning.txt", "ritning.pdf"):
        assert f"{name}” is no mail" in ended.err
    assert "3 files" in ended.err
    assert [row["kind"] for row in machine("messages", "--json").rows].count("received") == 3


def test_what_is_named_is_taken_whatever_it_holds(machine: Machine, mixed: Path) -> None:
    machine("import", str(mixed), str(mixed / "anteckning.txt"))
    assert len(machine("search", "Filipstad", "--json").rows) >= 1


def test_each_mail_is_taken_once_however_often(machine: Machine, mixed: Path) -> None:
    first, second = (machine("import", str(mixed), "--json").rows[0] for _ in range(2))
    assert (first["new"], second["new"]) == (3, 0)


def test_a_folder_without_mail_says_so(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "tom" / "lista.csv").write_text("a;b\n")
    machine("import", str(tmp_path / "tom"), code=1)
    assert machine("messages", "--json").rows == []
