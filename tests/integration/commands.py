"""`aterkom` as a person runs it, on a machine of its own: own home, own store, own environment."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from tui.cli import options
from tui.cli.main import run_line
from tui.i18n import set_language

_KEPT = ("PATH", "LANG", "LC_ALL", "COVERAGE_PROCESS_START", "PYTHONPATH", "PYTHONWARNINGS")


@dataclass(frozen=True)
class Result:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Machine:
    """A home with a store; a command runs in this process (`machine(...)`) or in its own (`start`)."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.home / "store.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the developer's own settings."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        folders = {name: str(self.home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        url = {"ATERKOM_DATABASE_URL": f"sqlite:///{self.file}"}
        return {
            **kept,
            **folders,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            **url,
            **self.more,
        }

    def __call__(
        self, *words: str, code: int = 0, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> Result:
        """Runs `aterkom WORDS` to its end, as the entry point does, and checks its exit code."""
        out, err = Stream(), Stream()
        with (
            mock.patch.dict(os.environ, {**self.environment, **(env or {})}, clear=True),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            options._settings.cache_clear()
            ended = run_line(list(words))
        set_language("sv")
        result = Result(ended, out.text(), err.text())
        assert result.code == code, result
        return result

    def start(self, *words: str, **changes: Any) -> subprocess.Popen[bytes]:
        """The same in a process of its own, which leads a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "tui.cli.main", *words],
            env={**self.environment, **changes.pop("env", {})},
            start_new_session=True,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **changes},
        )

    def copied(self, home: Path) -> "Machine":
        """Another machine with a copy of this store."""
        shutil.copy(self.file, home / self.file.name)
        (home / self.file.name).chmod(0o600)
        return Machine(home, dict(self.more))


class Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def said_once(result: Result, *parts: str) -> None:
    """One line on stderr that names the thing and the way out; no traceback."""
    assert result.err.count("\n") == 1, result.err
    assert "Traceback" not in result.err
    for part in parts:
        assert part in result.err, result.err


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Kills what is left of a process's session when the test is over."""
    with process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
