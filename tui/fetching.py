"""Fetching mail while the screen goes on: a process of its own, told to end when the screen ends."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import IO, Any

from tui.cli.options import Options
from tui.i18n import language

_ENDS_WITHIN = 6.0  # seconds; the process allows itself four


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: a folder of an account, or the reading where `account` is empty. Foreign text."""

    account: str
    folder: str
    done: int
    todo: int


@dataclass(slots=True)
class Fetched:
    """What a run came to: `new` mails, `quarantined` of them, and its errors in words."""

    new: int = 0
    quarantined: int = 0
    errors: list[str] = field(default_factory=list)
    stopped: bool = False


class Fetching:
    """At most one run at a time."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._turn = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def run(self, names: Sequence[str], told: Callable[[Progress], None]) -> Fetched:
        """Fetches, and gives what it came to; waits until it is done or stopped."""
        process = self._start(names)
        fetched = Fetched()
        try:
            if process.stdout is not None:
                _listen(process.stdout, fetched, told)
            process.wait()
        finally:
            self._end(process)
        fetched.stopped = self._stopped
        return fetched

    def stop(self) -> None:
        """Tells the run to end; what it has stored until then stays. Returns at once."""
        with self._turn:
            self._stopped = True
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.close()

    def _start(self, names: Sequence[str]) -> "subprocess.Popen[str]":
        given = {name: str(value) for name, value in asdict(self._options).items() if value}
        for name in ("no_progress", "verbose"):
            given.pop(name, None)
        asked = {"options": given, "names": list(names), "lang": language()}
        with self._turn:
            self._stopped = False
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tui.fetch_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl+C at the terminal is the screen's
            )
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(asked) + "\n")
                self._process.stdin.flush()
            return self._process

    def _end(self, process: "subprocess.Popen[str]") -> None:
        with self._turn:
            self._process = None
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _listen(lines: IO[str], fetched: Fetched, told: Callable[[Progress], None]) -> None:
    for text in lines:
        found: dict[str, Any] = json.loads(text)
        if "error" in found:
            fetched.errors.append(str(found["error"]))
        elif "new" in found:
            fetched.new, fetched.quarantined = int(found["new"]), int(found["quarantined"])
        else:
            told(Progress(found.get("account", ""), found.get("folder", ""), found["done"], found["todo"]))
