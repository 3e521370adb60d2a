"""`aterkom audit`: what was decided, and whether the log of it holds."""

import pytest
from sqlalchemy import create_engine, text

from tests.integration.commands import Machine


@pytest.fixture
def decided(filled: Machine) -> Machine:
    """A store in which one follow-up was accepted."""
    name = str(filled("follow-ups", "--json").rows[0]["id"])
    filled("follow-ups", "accept", name)
    return filled


def test_a_decision_stands_in_the_log_with_who_made_it(decided: Machine) -> None:
    (newest,) = decided("audit", "--limit", "1", "--json").rows
    assert newest["action"] == "follow-up accept"
    assert newest["actor"]
    assert newest["payload"]["ids"]
    assert "follow-up accept" in decided("audit").out


def test_a_log_that_holds_says_so_with_its_last_digest(decided: Machine) -> None:
    (found,) = decided("audit", "verify", "--json").rows
    assert found["ok"]
    assert found["digest"] in decided("audit", "verify").err
    assert decided("audit", "verify", "--digest", str(found["digest"])).out == ""


def test_a_log_that_was_changed_ends_with_an_error_that_names_the_event(decided: Machine) -> None:
    with create_engine(f"sqlite:///{decided.file}").begin() as connection:
        connection.execute(text("UPDATE audit SET actor = 'någon annan' WHERE id = 1"))
    assert decided("audit", "verify", code=5).out.startswith("Händelse 1:")
    assert decided("audit", "verify", "--json", code=5).rows[0]["broken"] == [{"id": 1, "fault": "changed"}]


def test_a_digest_that_is_not_there_ends_with_an_error(decided: Machine) -> None:
    assert "0b" in decided("audit", "verify", "--digest", "0b", code=5).out
