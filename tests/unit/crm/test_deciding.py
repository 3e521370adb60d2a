"""What decisions make of a follow-up."""

from datetime import date
from typing import Any

import pytest

from crm.deciding import Decided, first_state, outcome


def after(*actions: str | tuple[str, dict[str, Any]], found: Any = "proposed") -> Any:
    steps = [(action, {}) if isinstance(action, str) else action for action in actions]
    return outcome(found, [Decided(name, payload, "anna") for name, payload in steps])


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("accept", "accepted"),
        ("dismiss", "dismissed"),
        ("done", "done"),
        ("waive", "waived"),
        ("reopen", "accepted"),
    ],
)
def test_a_decision_gives_a_state(action: str, state: str) -> None:
    assert after(action).state == state


def test_without_decisions_what_was_found_holds() -> None:
    assert after(found="lapsed") == outcome("lapsed", [])


def test_the_last_decision_counts() -> None:
    assert after("dismiss", "accept", "done").state == "done"


def test_accepting_what_was_kept_leaves_it_kept() -> None:
    assert after("accept", found="kept").state == "kept"


@pytest.mark.parametrize("found", ["lapsed", "cancelled"])
def test_accepting_what_had_lapsed_or_was_cancelled_opens_it(found: str) -> None:
    assert after("accept", found=found).state == "accepted"


def test_snoozing_touches_neither_state_nor_window() -> None:
    now = after("accept", ("snooze", {"until": "2021-10-25"}))
    assert (now.state, now.snoozed_until, now.due) == ("accepted", date(2021, 10, 25), None)


def test_deciding_ends_a_snooze() -> None:
    assert after(("snooze", {"until": "2021-10-25"}), "done").snoozed_until is None


def test_moving_gives_a_new_window_and_opens_a_proposal() -> None:
    now = after(("move", {"due_start": None, "due_end": "2021-11-15", "because": "sjukdom"}))
    assert (now.state, now.due) == ("accepted", (None, date(2021, 11, 15)))


def test_an_empty_name_takes_the_assignment_away() -> None:
    assert after(("assign", {"who": "bo"}), ("assign", {"who": None})).assignee is None


def test_an_unknown_decision_is_an_error() -> None:
    with pytest.raises(ValueError, match="forget"):
        after("forget")


@pytest.mark.parametrize(
    ("due_end", "state"),
    [
        (date(2021, 10, 31), "lapsed"),
        (date(2021, 11, 1), "proposed"),
        (None, "proposed"),
    ],
)
def test_a_window_that_ended_more_than_thirty_days_ago_has_lapsed(due_end: date | None, state: str) -> None:
    assert first_state(due_end, date(2021, 12, 1)) == state
