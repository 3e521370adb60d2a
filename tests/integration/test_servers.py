"""The rule for servers that are not installed: loud, and a failure where they are required."""

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.servers import HOW_TO_GET, require


@pytest.mark.parametrize("name", sorted(HOW_TO_GET))
def test_a_missing_server_is_named_with_the_way_to_get_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATERKOM_TEST_REQUIRE", raising=False)
    with pytest.raises(Skipped, match=HOW_TO_GET[name]):
        require(name, found=False)


def test_a_required_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATERKOM_TEST_REQUIRE", "postgresql, dovecot")
    with pytest.raises(Failed, match="dovecot is missing"):
        require("dovecot", found=False)


def test_one_that_is_there_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATERKOM_TEST_REQUIRE", "dovecot")
    assert require("dovecot", found=True) is None  # type: ignore[func-returns-value]
