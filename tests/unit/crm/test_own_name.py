from pathlib import Path

import pytest

from crm.own_name import is_named, remember
from crm.settings import load


@pytest.mark.parametrize("name", ["Anna Lindgren", 'Ann "A" \\ Öberg', "rad\nuser = 2"])
def test_who_one_is_is_read_again_as_it_was_written(tmp_path: Path, name: str) -> None:
    file = tmp_path / "inst" / "settings.toml"
    file.parent.mkdir()
    file.write_text('lang = "en"\n')
    assert not is_named(load(file))
    remember(name, file)
    settings = load(file)
    assert is_named(settings)
    assert (settings.user, settings.lang) == (name.replace("\n", " "), "en")


def test_a_file_that_is_missing_is_made(tmp_path: Path) -> None:
    file = remember("anna", tmp_path / "ny" / "settings.toml")
    assert load(file).user == "anna"
    assert file.stat().st_mode & 0o777 == 0o600
