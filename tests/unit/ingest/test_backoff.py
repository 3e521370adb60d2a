"""Waits between tries: longer each time, spread out, and never shorter than what the server asks for."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.backoff import ASKED_LONGEST, LONGEST, SHORTEST, Backoff, asked_wait


def seeded(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Request is throttled. Suggested Backoff Time: 92415 milliseconds", 92.415),
        ("FETCH command error: BAD [b'Request is throttled. suggested backoff time: 5 milliseconds']", 0.005),
        ("Server Unavailable. 15", None),
        ("Suggested Backoff Time: milliseconds", None),
        ("Suggested Backoff Time: 999999999999999 milliseconds", ASKED_LONGEST),
        ("Suggested Backoff Time: -5 milliseconds", None),
        ("", None),
    ],
)
def test_what_a_server_asks_for(text: str, seconds: float | None) -> None:
    assert asked_wait(text) == seconds


@given(st.integers(0, 2**32), st.integers(1, 200))
def test_every_wait_is_between_its_bounds(seed: int, failures: int) -> None:
    backoff = Backoff(chance=seeded(seed))
    waits = [backoff.next() for _ in range(failures)]
    assert all(SHORTEST <= wait <= min(LONGEST, SHORTEST * 2 ** (n + 1)) for n, wait in enumerate(waits))


def test_clients_that_failed_together_do_not_come_back_together() -> None:
    waits = [Backoff(chance=seeded(seed), failures=10).next() for seed in range(200)]
    assert min(waits) < LONGEST / 5
    assert max(waits) > LONGEST * 4 / 5
    assert len(set(waits)) == len(waits)


def test_a_wait_that_is_asked_for_is_not_cut_short() -> None:
    told = "* BYE Suggested Backoff Time: 60000 milliseconds"
    waits = [Backoff(chance=seeded(seed)).next(told) for seed in range(50)]
    assert all(60 <= wait <= 75 for wait in waits)
    assert len(set(waits)) == len(waits)


def test_after_a_success_it_begins_anew() -> None:
    backoff = Backoff(chance=seeded(1))
    for _ in range(9):
        backoff.next()
    backoff.reset()
    assert backoff.next() <= 2 * SHORTEST
