"""Batches: bounded, in order, nothing lost."""

from itertools import count, islice

from db.chunks import chunks


def test_batches_are_bounded_and_in_order() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([])) == []
    assert [len(some) for some in chunks(range(1001))] == [500, 500, 1]


def test_no_more_is_taken_than_is_asked_for() -> None:
    assert list(islice(chunks(count(), 3), 2)) == [[0, 1, 2], [3, 4, 5]]
