"""Bounded batches for statements that take many rows."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


_AT_ONCE = 500  # as parameters of one statement: far below the limit of SQLite, 32 766


def chunks(rows: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, in order."""
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some
