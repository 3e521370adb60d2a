"""Threads side by side: in order, one error stops none of the others, an interrupt stops all."""

import threading
from functools import partial

import pytest

from crm.stopping import Stop, end, side_by_side, start


class Waiter:
    """Waits until it is cut."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def cut(self) -> None:
        self.ended.set()


def test_results_come_in_the_order_of_the_works_whoever_ends_first() -> None:
    gates = [threading.Event() for _ in range(4)]

    def work(number: int) -> int:
        if number + 1 < len(gates):
            assert gates[number + 1].wait(10)  # the last one ends first
        gates[number].set()
        return number

    works = [partial(work, number) for number in range(4)]
    assert side_by_side(works, Stop(), 4) == [0, 1, 2, 3]


@pytest.mark.parametrize(("works", "at_once"), [(0, 4), (1, 4), (9, 2), (3, 1)])
def test_never_more_at_once_than_allowed(works: int, at_once: int) -> None:
    guard = threading.Semaphore(at_once)

    def work() -> bool:
        alone = guard.acquire(blocking=False)
        if alone:
            guard.release()
        return alone

    assert side_by_side([work] * works, Stop(), at_once) == [True] * works


def test_an_error_comes_when_all_have_ended() -> None:
    failed = threading.Event()
    done: list[int] = []

    def fail() -> None:
        failed.set()
        raise LookupError("x")

    def go_on() -> None:
        assert failed.wait(10)
        done.append(1)

    with pytest.raises(LookupError):
        side_by_side([fail, go_on, go_on], Stop(), 3)
    assert done == [1, 1]


def test_the_end_cuts_what_waits_and_what_would_begin_to() -> None:
    stop, waiter, late = Stop(), Waiter(), Waiter()
    inside = threading.Event()

    def wait() -> None:
        with stop.cuts(waiter):
            inside.set()
            waiter.ended.wait(30)

    thread = start("waiter", wait)
    assert inside.wait(10)
    end(stop, [thread])
    assert not thread.is_alive()
    assert stop
    assert stop.wait(30)
    with stop.cuts(late):
        assert late.ended.is_set()


def test_a_connection_that_is_done_is_not_cut() -> None:
    stop, done = Stop(), Waiter()
    with stop.cuts(done):
        pass
    stop.set()
    assert not done.ended.is_set()
