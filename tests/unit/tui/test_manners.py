"""What a person chose for the screen, kept in two files."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm.agenda_rows import Seen
from tui.manners import COPIED, STATE, Manners, Visit
from tui.themes import CONTRAST, DARK

AT = datetime(2021, 10, 15, 16, 2, tzinfo=UTC)
STORE = "postgresql+psycopg://db.example/aterkom"


def made(folder: Path) -> Manners:
    return Manners(folder / "state", folder / "config" / "keys.toml")


def test_nothing_is_kept_without_files() -> None:
    manners = Manners()
    manners.choose_theme(CONTRAST.name)
    manners.leave("anna", STORE, Visit(AT, Seen(1, 2)))
    assert manners.theme == CONTRAST.name
    assert manners.put_aside("x") is None


def test_look_and_last_visit_are_there_the_next_time(tmp_path: Path) -> None:
    first = made(tmp_path)
    assert (first.theme, first.visit("anna", STORE)) == (DARK.name, None)
    first.choose_theme(CONTRAST.name)
    first.leave("anna", STORE, Visit(AT, Seen(7, 8)))
    again = made(tmp_path)
    assert again.theme == CONTRAST.name
    assert again.visit("anna", STORE) == Visit(AT, Seen(7, 8))
    assert again.visit("bo", STORE) is None
    assert again.visit("anna", "sqlite:///other") is None


def test_two_windows_forget_nothing_of_each_other(tmp_path: Path) -> None:
    one, other = made(tmp_path), made(tmp_path)
    one.leave("anna", STORE, Visit(AT, Seen(1, 1)))
    other.leave("bo", STORE, Visit(AT, Seen(2, 2)))
    again = made(tmp_path)
    assert again.visit("anna", STORE) == Visit(AT, Seen(1, 1))
    assert again.visit("bo", STORE) == Visit(AT, Seen(2, 2))


def test_the_files_are_their_owners_alone_and_name_no_store(tmp_path: Path) -> None:
    manners = made(tmp_path)
    manners.leave("anna", STORE, Visit(AT, Seen(1, 1)))
    path = tmp_path / "state" / STATE
    assert path.stat().st_mode & 0o077 == 0
    assert "db.example" not in path.read_text(encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", '{"theme": 3, "visits": []}', '{"visits": {"anna": 1}}', '{"theme": "[/b]"}', "\x00"],
)
def test_a_broken_file_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / STATE).write_text(text, encoding="utf-8")
    manners = made(tmp_path)
    assert (manners.theme, manners.visit("anna", STORE)) == (DARK.name, None)
    manners.leave("anna", STORE, Visit(AT, Seen(1, 1)))
    assert "visits" in json.loads((tmp_path / "state" / STATE).read_text(encoding="utf-8"))


def test_keys_are_written_as_lines_of_a_file_and_read_from_it(tmp_path: Path) -> None:
    manners = made(tmp_path)
    manners.rebind("follow-ups.done", "d")
    manners.rebind("app.undo", "z,ctrl+z")
    assert '"follow-ups.done" = "d"\n' in (tmp_path / "config" / "keys.toml").read_text(encoding="utf-8")
    assert made(tmp_path).keymap == {"follow-ups.done": "d", "app.undo": "z,ctrl+z"}
    manners.rebind("app.undo", None)
    assert made(tmp_path).keymap == {"follow-ups.done": "d"}


def test_a_file_of_keys_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys.toml").write_text("follow-ups.done = d", encoding="utf-8")
    manners = made(tmp_path)
    assert manners.keymap == {}
    assert manners.problem is not None
    assert "keys.toml" in manners.problem


def test_what_was_copied_goes_when_the_screen_does(tmp_path: Path) -> None:
    manners = made(tmp_path)
    path = manners.put_aside("Ånge: vi återkommer")
    assert path == tmp_path / "state" / COPIED
    assert path.stat().st_mode & 0o077 == 0
    manners.forget_copied()
    manners.forget_copied()
    assert not path.exists()
