"""Files handed to the system's own programs; only what somebody saved, and only when asked."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which


def open_file(path: Path) -> bool:
    """Opens a file in the program that the system has for it; False where there is none, or no desktop."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a path of ours, chosen by the user
        return True
    command = _opener()
    if command is None:
        return False
    subprocess.Popen(
        [command, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return which("open")
    has_desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return which("xdg-open") if has_desktop else None


def downloads() -> Path:
    """Where people look for what they have saved."""
    home = Path.home()
    for name in ("Hämtningar", "Downloads"):
        if (home / name).is_dir():
            return home / name
    return home
