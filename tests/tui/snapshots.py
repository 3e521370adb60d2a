"""What a screen looked like when somebody last looked at it, as lines of text; `make snapshots` draws them anew.

Words, places and cut ends are what is held; colours are held by the tests of themes and widgets.
"""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
DRAWS = os.environ.get("ATERKOM_SNAPSHOTS") == "draw"


def same(name: str, lines: list[str]) -> None:
    """Holds `lines` against the snapshot of that name; where they are drawn, writes them instead."""
    file = FOLDER / f"{name}.txt"
    now = [line.rstrip() for line in lines]
    if DRAWS:
        FOLDER.mkdir(exist_ok=True)
        file.write_text("\n".join(now) + "\n", encoding="utf-8")
    before = file.read_text(encoding="utf-8").splitlines()
    changed = "\n".join(difflib.unified_diff(before, now, "as it was looked at", "now", lineterm=""))
    assert not changed, f"{name}: look at it; if it is as it should be: make snapshots\n{changed}"
