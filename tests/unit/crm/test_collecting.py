"""The garbage collector beside a screen: what was set aside for good stays aside after a bulk of work."""

import gc
from contextlib import ExitStack

import pytest

from crm import collecting


@pytest.mark.parametrize(("before", "calls"), [(0, ["freeze", "unfreeze"]), (9, [])])
def test_a_bulk_of_work_takes_back_only_what_it_set_aside(
    before: int, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    thresholds = gc.get_threshold()
    monkeypatch.setattr(collecting, "_AFTER", (12_345, 6, 7))
    monkeypatch.setattr("gc.get_freeze_count", lambda: before)
    monkeypatch.setattr("gc.freeze", lambda: called.append("freeze"))
    monkeypatch.setattr("gc.unfreeze", lambda: called.append("unfreeze"))
    with collecting.collecting_seldom():
        assert gc.get_threshold() == (12_345, 6, 7)
    assert gc.get_threshold() == thresholds
    assert called == calls


def test_of_two_that_overlap_the_last_puts_back_what_was_before() -> None:
    thresholds, one, other = gc.get_threshold(), ExitStack(), ExitStack()
    one.enter_context(collecting.collecting_seldom())
    other.enter_context(collecting.collecting_seldom())
    one.close()
    assert gc.get_threshold() == collecting._AFTER
    other.close()
    assert gc.get_threshold() == thresholds


def test_what_is_set_aside_for_good_meanwhile_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr("gc.get_freeze_count", lambda: 0)
    monkeypatch.setattr("gc.freeze", lambda: called.append("freeze"))
    monkeypatch.setattr("gc.unfreeze", lambda: called.append("unfreeze"))
    with collecting.collecting_seldom():
        collecting.set_aside()
    assert called == ["freeze", "freeze"]
