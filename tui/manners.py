"""What a person has chosen for the screen, and when they last looked: two small files of theirs.

`keys.toml` beside the settings holds other keys, one line each (`"follow-ups.done" = "d"`); the screen writes it
when a key is changed there. `screen.json` in the state directory holds the look and the last visits.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crm.agenda_rows import Seen
from tui.themes import DARK, NAMES

STATE: Final = "screen.json"
KEYS: Final = "keys.toml"
COPIED: Final = "copied.txt"


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody last left the screen, and how far they had seen."""

    at: datetime
    seen: Seen


class Manners:
    """Kept in files, or without them for one run alone. A file that cannot be read counts as not there."""

    def __init__(self, state: Path | None = None, keys: Path | None = None) -> None:
        self.state_dir = state
        self.keys_file = keys
        self.problem: str | None = None
        self._state = _read_state(state / STATE) if state else {}
        self.keymap = self._read_keys()

    @classmethod
    def of_user(cls, config: Path | None = None) -> "Manners":
        """Those of whoever is signed in; `config` is the settings file where one was named."""
        import platformdirs

        folder = config.parent if config else Path(platformdirs.user_config_dir("aterkom"))
        return cls(Path(platformdirs.user_state_dir("aterkom")), folder / KEYS)

    @property
    def theme(self) -> str:
        found = self._state.get("theme")
        return found if isinstance(found, str) and found in NAMES else DARK.name

    def choose_theme(self, name: str) -> None:
        """Keeps the look for the next time. Raises OSError."""
        self._state["theme"] = name
        self._write_state()

    def visit(self, user: str, store: str) -> Visit | None:
        """The last visit of `user` to a store; None for the first."""
        found: Any = self._visits().get(_who(user, store))
        try:
            return Visit(
                datetime.fromisoformat(found["at"]), Seen(int(found["message"]), int(found["follow_up"]))
            )
        except (TypeError, KeyError, ValueError):
            return None

    def leave(self, user: str, store: str, visit: Visit) -> None:
        """Notes a visit that ends. Raises OSError."""
        noted = {"at": visit.at.isoformat(), "message": visit.seen.message, "follow_up": visit.seen.follow_up}
        self._state["visits"] = {**self._visits(), _who(user, store): noted}
        self._write_state()

    def rebind(self, key: str, keys: str | None) -> None:
        """Another key for the id `key`; None gives it back its own. Raises OSError."""
        keymap = {name: value for name, value in self.keymap.items() if name != key}
        self.keymap = keymap if keys is None else {**keymap, key: keys}
        if self.keys_file is not None:
            _write(self.keys_file, _toml(self.keymap))

    def _visits(self) -> dict[str, Any]:
        found = self._state.get("visits")
        return found if isinstance(found, dict) else {}

    def _read_keys(self) -> dict[str, str]:
        if self.keys_file is None or not self.keys_file.exists():
            return {}
        import tomllib

        try:
            found = tomllib.loads(self.keys_file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            self.problem = f"{self.keys_file}: {error}"
            return {}
        return {name: value for name, value in found.items() if isinstance(value, str) and value}

    def _write_state(self) -> None:
        """Visits that another window noted meanwhile stay."""
        if self.state_dir is None:
            return
        there = _read_state(self.state_dir / STATE)
        visits = there.get("visits")
        merged = {**(visits if isinstance(visits, dict) else {}), **self._visits()}
        self._state = {**there, **self._state, "visits": merged}
        _write(self.state_dir / STATE, json.dumps(self._state, ensure_ascii=False, indent=1))

    def put_aside(self, text: str) -> Path | None:
        """The last text that was copied, as a file, for terminals that take nothing. Raises OSError."""
        if self.state_dir is None:
            return None
        _write(self.state_dir / COPIED, text)
        return self.state_dir / COPIED

    def forget_copied(self) -> None:
        """Takes that file away: it holds words of letters."""
        if self.state_dir is not None:
            (self.state_dir / COPIED).unlink(missing_ok=True)


def _who(user: str, store: str) -> str:
    """A user at a store; the store's address is nobody's business in this file."""
    import hashlib

    return f"{user}@{hashlib.sha256(store.encode()).hexdigest()[:12]}"


def _read_state(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _toml(keymap: Mapping[str, str]) -> str:
    head = "# Other keys for the screen. docs/screen.md lists the names; a line that is taken away gives a key back.\n"
    return head + "".join(
        f"{json.dumps(name)} = {json.dumps(keys)}\n" for name, keys in sorted(keymap.items())
    )


def _write(path: Path, text: str) -> None:
    """All of it or nothing, for its owner alone."""
    from tempfile import NamedTemporaryFile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as made:
        made.write(text)
        made.flush()
        os.fsync(made.fileno())
    Path(made.name).replace(path)
