"""The first frame waits for no library of the store, and the screen never loads the language model."""

import subprocess
import sys
from pathlib import Path

import pytest

_PAINTS = """
import asyncio, sys
from tui.app import AterkomApp
from tui.backend import StoreBackend
from tui.cli.options import Options
from tui.screenshot import settled

HEAVY = {"sqlalchemy", "alembic", "spacy", "imapclient", "pydantic", "lxml", "crm.rows"}
at_first_paint = []

class Watched(AterkomApp):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if not at_first_paint:
            at_first_paint.append(HEAVY & set(sys.modules))

async def main():
    app = Watched(StoreBackend(Options(database=sys.argv[1])))
    async with app.run_test() as pilot:
        for _ in range(3):
            await settled(app)
            await pilot.pause()
        for key in ("2", "3", "4", "6", "7", "1"):
            await pilot.press(key)
            await settled(app)
        print("\\n".join(strip.text for strip in app.screen._compositor.render_strips()))
    app.backend.close()

asyncio.run(main())
assert at_first_paint == [set()], at_first_paint
assert "sqlalchemy" in sys.modules
assert "spacy" not in sys.modules
"""


@pytest.mark.parametrize("module", ["tui.app", "tui.cli.main", "tui.backend", "tui.screenshot"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "heavy = {'sqlalchemy', 'alembic', 'spacy', 'imapclient', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [
        (
            "crm.syncing",
            "nlp.dates nlp.people.finder ingest.mime ingest.chain crm.intake crm.indexing phonenumbers",
        ),
        ("crm.indexing", "nlp.dates nlp.people.finder ingest.chain nlp.followups phonenumbers"),
        (
            "crm.reading_stage",
            "nlp.dates nlp.people.finder ingest.mime ingest.chain nlp.followups phonenumbers",
        ),
    ],
)
def test_a_stage_loads_what_it_uses(module: str, unneeded: str) -> None:
    """A sync that finds nothing new reads nothing, and whoever writes to the store reads no language."""
    code = f"import sys, {module}\nfound = set({unneeded!r}.split()) & set(sys.modules)\nassert not found, found\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_first_frame_is_painted_before_the_store_is_loaded(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.sqlite'}"
    done = subprocess.run(
        [sys.executable, "-c", _PAINTS, database], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Bevakningar" in done.stdout
