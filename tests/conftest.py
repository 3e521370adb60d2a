"""Fixtures that every test may ask for."""

from pathlib import Path

import hypothesis
import pytest

from crm.collecting import collect_seldom
from tests import compiled
from tests.authority import authority  # noqa: F401 - a fixture
from tests.servers import (  # noqa: F401 - fixtures
    certificates,
    dovecot,
    dovecot_mailbox,
    pymap,
    pymap_server,
    pymap_starttls,
    scripted,
)
from tests.stores import (  # noqa: F401 (fixtures are found by their names)
    _postgresql_store,
    _sqlite_template,
    empty_url,
    postgresql,
    postgresql_url,
    sqlite_url,
    store,
    store_url,
)
from tests.warm_workers import _warm_workers, breeder, cold_workers  # noqa: F401 - fixtures

ROOT = Path(__file__).parent.parent
compiled.share()
hypothesis.settings.register_profile("untimed", deadline=None)  # speed is measured in benchmarks/ alone
hypothesis.settings.load_profile("untimed")


_LONG = (
    "tests/tui/test_terminal.py",
    "tests/contract/test_sending.py",
    "tests/integration/test_kills.py",
    "tests/unit/nlp/test_evaluation.py",
    "tests/tui/test_hostile.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with the longest tests first: one of them alone at the end keeps all but one process waiting."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


def pytest_collection_finish() -> None:
    """Ten thousand tests stay in memory; the collector need not look through them again and again."""
    collect_seldom()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with the two documents that it was born from."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the seed documents is not beside this checkout")
    return folder
