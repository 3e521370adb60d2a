"""What the tests of tokens share."""

from pathlib import Path

import pytest

from ingest.oauth_cache import TokenFile


@pytest.fixture
def file(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "tokens" / "brev.json")
