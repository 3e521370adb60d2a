"""How long commands take to start: python benchmarks/starting.py"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import machine

COMMANDS = (
    ("--help",),
    ("reminders", "--json"),
    ("offices", "--json"),
    ("search", "servicekontor", "--json"),
)


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ATERKOM_DATABASE_URL": f"sqlite:///{folder}/aterkom.sqlite"}
        program = [sys.executable, "-m", "tui.cli.main"]
        home = Path(__file__).parent.parent
        for command in COMMANDS:
            took = []
            for _ in range(5):
                started = time.perf_counter()
                subprocess.run(
                    [*program, *command], cwd=home, env=environment, check=True, capture_output=True
                )
                took.append(time.perf_counter() - started)
            print(f"aterkom {' '.join(command)}: {min(took):.2f} s")


if __name__ == "__main__":
    main()
