"""The settings file: where it is, who may change it, and what in it nobody reads."""

import stat
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from crm.doctor.model import Diagnosis
from crm.settings import Settings, config_file


def preferences(config: Path | None) -> Iterator[Diagnosis]:
    """A file that is not there is in order: everything has a default."""
    file = config or config_file()
    if not file.is_file():
        yield Diagnosis("settings", ok=True, code="no-file", facts={"path": str(file)})
        return
    with file.open("rb") as opened:
        written = tomllib.load(opened)
    known = set(Settings.model_fields)
    for name in sorted(written.keys() - known):
        near = get_close_matches(name, known, 1)
        facts = {"path": str(file), "name": name[:60], "near": near[0] if near else None}
        yield Diagnosis("settings", ok=False, code="unknown-near" if near else "unknown", facts=facts)
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o022:
        yield Diagnosis("settings", ok=False, code="open", facts={"path": str(file), "mode": f"{mode:04o}"})
    yield Diagnosis("settings", ok=True, code="file", facts={"path": str(file), "count": len(written)})
