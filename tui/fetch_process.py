"""`python -m tui.fetch_process`: what the screen runs when it fetches mail, so that no key waits for it.

Options come as a line of JSON on stdin, for a store's address may hold a password; what is done goes out as lines of
JSON. When stdin ends, so does the process: it never outlives the screen.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from tui.cli.errors import INTERRUPTED, text_of
from tui.cli.options import Options
from tui.cli.signals import listen_for_signals
from tui.i18n import set_language

_PAUSE = 0.1  # seconds between two words of the same kind


def options_of(told: Mapping[str, Any]) -> Options:
    """The options as they were before they were written down."""
    given = dict(told)
    given["config"] = Path(given["config"]) if given.get("config") else None
    given["today"] = date.fromisoformat(given["today"]) if given.get("today") else None
    return Options(**given)


def run(asked: Mapping[str, Any], tell: Callable[[dict[str, Any]], None]) -> int:
    """Fetches and reads; reports progress, errors and the result. Returns the exit code."""
    from crm.bootstrap import open_store
    from crm.syncing import Listener, sync
    from tui.cli.commands.sync import gravest

    options = options_of(asked["options"])
    set_language(asked["lang"])
    often = _Seldom(tell)
    listener = Listener(
        fetched=lambda account, folder, done, todo: often(
            {"account": account, "folder": folder, "done": done, "todo": todo}
        ),
        read=lambda done, todo: often({"reading": True, "done": done, "todo": todo}),
        mended=lambda error: tell({"error": text_of(error)}),
    )
    settings = options.settings()
    store = open_store(settings.database_url)
    try:
        report = sync(store, settings, tuple(asked["names"]), listener=listener)
    finally:
        store.close()
    for error in report.errors:
        account = getattr(error, "facts", {}).get("account")
        tell({"error": f"{account}: {text_of(error)}" if account else text_of(error)})
    new = sum(row.new for row in report.rows)
    tell({"new": new, "quarantined": report.reading.quarantined})
    return gravest(report.errors) if report.errors else 0


class _Seldom:
    """Passes on what is told now and then, and always the last of its kind."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._last = 0.0
        self._turn = threading.Lock()

    def __call__(self, told: dict[str, Any]) -> None:
        with self._turn:
            now = monotonic()
            if told["done"] >= told["todo"] or now - self._last >= _PAUSE:
                self._last = now
                self._tell(told)


def _end_with_stdin() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - stdout is what the screen listens to


def main() -> None:
    listen_for_signals()
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        code = run(asked, _tell)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: it becomes a line on the screen
        _tell({"error": text_of(error)})
        code = 1
    sys.stdout.flush()
    os._exit(code)  # the thread that waits for stdin would hold the interpreter's end up


if __name__ == "__main__":
    main()
