"""Who sits here, as the user's own settings file says it."""

import os
from pathlib import Path

from crm.settings import Settings, config_file


def is_named(settings: Settings) -> bool:
    """Whether somebody said who decides here; else it is the machine's login."""
    return "user" in settings.model_fields_set


def remember(name: str, file: Path | None = None) -> Path:
    """Writes `user` into the settings file, above all else that stands there; gives the file. Raises OSErrors."""
    file = file or config_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        written.write(f"user = {_quoted(name)}\n{before}")
    part.replace(file)
    return file


def _quoted(text: str) -> str:
    """A TOML string: nothing in it ends it, or begins another line."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
