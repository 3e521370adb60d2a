"""Stores prepared once with the program itself, and copied for each test."""

import shutil
from pathlib import Path

import pytest

from crm.bootstrap import open_store
from tests.integration.commands import Machine
from tests.integration.letters import BROKEN, INBOX, OWN, SENT, TODAY


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """Nothing there yet; today is a day of 2021."""
    return Machine(
        _home(tmp_path, "home"), {"ATERKOM_TODAY": TODAY, "ATERKOM_OWN": OWN, "ATERKOM_USER": "anna"}
    )


@pytest.fixture(scope="session")
def _new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "store.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def machine(bare: Machine, _new_store: Path) -> Machine:
    """The same with a new store, as the first command would make it in a second."""
    shutil.copy2(_new_store, bare.file)
    return bare


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A store with the invented mailbox in it, and one file that is no mail."""
    folder = tmp_path_factory.mktemp("letters")
    made = Machine(
        _home(folder, "home"), {"ATERKOM_TODAY": TODAY, "ATERKOM_OWN": OWN, "ATERKOM_USER": "anna"}
    )
    for name, raws in (("INBOX", INBOX), ("Skickat", SENT)):
        (folder / name).mkdir()
        for number, raw in enumerate(raws):
            (folder / name / f"{number}.eml").write_bytes(raw)
    (folder / "INBOX" / "trasig.eml").write_bytes(BROKEN)
    made("import", str(folder / "INBOX"), str(folder / "Skickat"), code=1)
    return made


@pytest.fixture
def filled(_imported: Machine, tmp_path: Path) -> Machine:
    """A copy of that store, to do with as one likes."""
    return _imported.copied(_home(tmp_path, "home"))
