"""A typed password: where it is kept, and that what reads secrets finds it there."""

import stat
from pathlib import Path

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
    forget(one)
    assert [file.name for file in path.parent.iterdir()] == ["password (2)"]
