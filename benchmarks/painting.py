"""The screen's first frame beside that of an empty Textual application, when its first rows stand there, and the home
view over sixty thousand follow-ups: python benchmarks/painting.py

All is compiled before, as it is where Återkom is installed.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from common import machine
from sqlalchemy import insert

from crm.agenda_rows import AgendaQuery
from crm.bootstrap import open_store
from db.schema import FollowUp
from tui.backend import StoreBackend
from tui.cli.options import Options

MANY = 60_000
TODAY = date(2021, 10, 18)
FIRST = """
import sys, time
started = time.process_time()
{imports}
class Watched({base}):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        print(time.process_time() - started, file=sys.stderr)
        self.exit()
Watched({given}).run(headless=True)
"""
EMPTY = FIRST.format(imports="from textual.app import App", base="App", given="")
OURS = FIRST.format(
    imports="from tui.app import AterkomApp\nfrom tui.backend import StoreBackend",
    base="AterkomApp",
    given="StoreBackend(None)",
)
OPENED = """
import sys, time
started = time.perf_counter()
from tui.cli.options import Options
from tui.app import AterkomApp
from tui.backend import StoreBackend
class Watched(AterkomApp):
    painted = None
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        self.painted = self.painted or time.perf_counter()
        if self.home.view.rows.loaded and self.is_running and self.return_value is None:
            print(time.perf_counter() - self.painted, self.painted - started, file=sys.stderr)
            self.exit(0)
backend = StoreBackend(Options(database=sys.argv[1], user="anna"), alone=True)
Watched(backend).run(headless=True)
backend.close()
"""


def measured(code: str, *arguments: str) -> list[float]:
    """The figures that the code prints, of the best of five runs by the first one."""
    home = Path(__file__).parent.parent
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        told = (
            subprocess.run(
                [sys.executable, "-c", code, *arguments],
                cwd=home,
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            ).stderr
            for _ in range(6)
        )
        return min([float(figure) for figure in text.split()] for text in list(told)[1:])


def fill(url: str) -> None:
    store = open_store(url)
    rows = [
        {
            "origin": "manual",
            "kind": "request",
            "obligor": "sender",
            "owes": ("us", "them", "others")[n % 3],
            "text": f"Kan ni svara på fråga {n}?",
            "since": TODAY - timedelta(days=n % 700),
            "state": ("accepted", "proposed")[n % 2],
            "due_end": TODAY + timedelta(days=n % 900 - 300) if n % 5 else None,
        }
        for n in range(MANY)
    ]
    with store.write() as session:
        session.execute(insert(FollowUp), rows)
    store.close()


def main() -> None:
    print(machine())
    (empty, *_), (ours, *_) = measured(EMPTY), measured(OURS)
    print(f"first frame: {ours:.2f} s of CPU, an empty application {empty:.2f} s: {ours / empty:.2f} times")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/a.sqlite"
        fill(url)
        rows, frame = measured(OPENED, url)
        print(f"by the clock: first frame {frame:.2f} s, first rows {rows:.2f} s after it")
        backend = StoreBackend(Options(database=url, today=TODAY, user="anna"))
        backend.situation()
        for said, ask in (
            ("list of 60 000", lambda: backend.agenda(AgendaQuery())),
            ("the same, mine alone", lambda: backend.agenda(AgendaQuery("mine"))),
            ("a page of it", lambda: backend.agenda_page([f"f{n}" for n in range(500, 600)])),
            ("has anything changed", backend.version),
        ):
            started = time.perf_counter()
            ask()
            print(f"{said}: {1000 * (time.perf_counter() - started):.0f} ms")
        backend.close()


if __name__ == "__main__":
    main()
