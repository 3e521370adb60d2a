"""`aterkom tui`: the full screen, as `aterkom` alone opens it."""

from tui.cli.frame import Options, command
from tui.cli.main import run_screen
from tui.i18n import N_


@command("tui", help=N_("Open the full screen"))
def tui(options: Options) -> int:
    return run_screen(options)
