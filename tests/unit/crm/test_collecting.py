"""The garbage collector beside a screen: what was set aside for good stays aside after a bulk of work."""

import gc

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
