"""`python -m tui.serve.tab`: the screen of one tab, its keys and pictures through pipes, its options in the environment.

It ends when it is told to, and when the pipe from the server is closed, however the server ended (tui/hangup.py).
"""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from tui.cli.frame import Lazy, command
from tui.cli.main import run_line
from tui.cli.options import Options
from tui.cli.signals import listen_for_signals
from tui.i18n import N_, language

_VARIABLES: Final = {"database": "ATERKOM_DATABASE_URL"}
_PASSED: Final = ("database", "config", "today", "user", "own")


def environment(options: Options) -> Mapping[str, str]:
    """What a screen is to know, as variables: an address with a password must not stand among a process's words."""
    given = {name: value for name, value in asdict(options).items() if name in _PASSED and value is not None}
    said = {_VARIABLES.get(name, f"ATERKOM_{name.upper()}"): str(value) for name, value in given.items()}
    return {**said, "ATERKOM_LANG": language()}


@command("tab", help=N_("Open the full screen"))
def tab(options: Options) -> int:
    from tui.app import run

    return run(options)


def main() -> None:
    listen_for_signals()
    sys.exit(run_line(["tab"], {"tab": Lazy("tui.serve.tab:tab", N_("Open the full screen"))}))


if __name__ == "__main__":
    main()
