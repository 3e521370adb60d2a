"""A typed password: where it is kept, and that what reads secrets finds it there."""

import stat
from pathlib import Path

import pytest

from crm.own_password import forget, keep
from ingest.secrets import resolve


def test_it_is_read_back_by_its_reference_and_is_nobody_elses(tmp_path: Path) -> None:
    config = tmp_path / "aterkom" / "settings.toml"
    one, other = keep(" lösen ord ", config), keep("annat", config)
    assert [resolve(each).reveal() for each in (one, other)] == [" lösen ord ", "annat"]
    path = Path(one.removeprefix("file:"))
    assert path.parent == config.parent / "passwords"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    forget(one, config)
    assert [file.name for file in path.parent.iterdir()] == ["password (2)"]


@pytest.mark.parametrize(
    "other", ["settings.toml", "passwords/../settings.toml", "passwords/deeper/password"]
)
def test_nothing_else_is_taken_away(tmp_path: Path, other: str) -> None:
    config = tmp_path / "aterkom" / "settings.toml"
    keep("hemligt", config)
    path = config.parent / other
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="aterkom"):
        forget(f"file:{path}", config)
    assert path.read_text(encoding="utf-8") == "mine"
