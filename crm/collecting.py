"""The garbage collector while mail is taken in by bulk, and beside a screen: seldom, and without what was there before.

What a batch makes goes with the batch, hardly any of it in cycles. Python looks through it after every 700 objects,
which took an eighth of the time of taking mail in.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_AFTER = (50_000, 20, 50)


def collect_seldom() -> None:
    """For the rest of the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_AFTER)


def set_aside() -> None:
    """What is there by now stays for the rest of the process: a screen would halt for a tenth of a second to look through it."""
    gc.freeze()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """For a while; what the process had before is collected again afterwards, so it is only set aside."""
    before, is_ours = gc.get_threshold(), gc.get_freeze_count() == 0
    if is_ours:
        gc.freeze()
    gc.set_threshold(*_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if is_ours:  # what was set aside for good stays so
            gc.unfreeze()
