"""The garbage collector while mail is taken in by bulk, and beside a screen: seldom, and without what was there before.

What a batch makes goes with the batch, hardly any of it in cycles. Python looks through it after every 700 objects,
which took an eighth of the time of taking mail in.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

_AFTER = (50_000, 20, 50)


@dataclass(slots=True)
class _Before:
    """How it stood when the first of those `inside` came; `is_ours`: what is set aside was set aside by that one."""

    inside: int = 0
    thresholds: tuple[int, int, int] = (0, 0, 0)
    is_ours: bool = False


_before, _changing = _Before(), Lock()


def collect_seldom() -> None:
    """For the rest of the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_AFTER)


def set_aside() -> None:
    """What is there by now stays for the rest of the process: a screen would halt for a tenth of a second to look through it."""
    with _changing:
        gc.freeze()
        _before.is_ours = False


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """For a while; what the process had before is collected again afterwards, so it is only set aside.

    Several threads may be in it: the first sets it, and the last puts back what was before.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    with _changing:
        if not _before.inside:
            _before.thresholds, _before.is_ours = gc.get_threshold(), gc.get_freeze_count() == 0
            if _before.is_ours:
                gc.freeze()
            gc.set_threshold(*_AFTER)
        _before.inside += 1


def _end() -> None:
    with _changing:
        _before.inside -= 1
        if not _before.inside:
            gc.set_threshold(*_before.thresholds)
            if _before.is_ours:  # what was set aside for good stays so
                gc.unfreeze()
