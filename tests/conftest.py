"""Fixtures that every test may ask for."""

from pathlib import Path

import pytest

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

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with the two documents that it was born from."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the seed documents is not beside this checkout")
    return folder
