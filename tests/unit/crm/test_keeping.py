"""Which later letters keep a promise or answer a request."""

from datetime import date
from typing import Any

import pytest

from crm.keeping import Letter, Promise, keeps

SAID = date(2021, 6, 7)
OURS, THEIRS = "Statens servicecenter", "Ånge kommun"


def promise(**said: Any) -> Promise:
    ordinary: dict[str, Any] = {
        "kind": "commitment",
        "said": SAID,
        "due_start": date(2021, 10, 21),
        "due_end": date(2021, 10, 31),
        "debtors": frozenset({OURS}),
        "creditors": frozenset({THEIRS}),
        "thread": 1,
    }
    return Promise(**{**ordinary, **said})


def letter(**said: Any) -> Letter:
    ordinary: dict[str, Any] = {
        "day": date(2021, 10, 25),
        "sender": OURS,
        "recipients": frozenset({THEIRS}),
        "words": "Hej, nu vill vi gärna träffa er.",
        "thread": 1,
    }
    return Letter(**{**ordinary, **said})


def test_a_letter_in_the_window_keeps_it() -> None:
    assert keeps(promise(), letter()) == "in-window"


def test_so_does_one_in_another_thread() -> None:
    assert keeps(promise(), letter(thread=2)) == "in-window"


@pytest.mark.parametrize(
    "said",
    [
        {"day": date(2021, 10, 20)},
        {"day": date(2021, 6, 1)},
        {"sender": "Någon annan"},
        {"recipients": frozenset({"Härjedalens kommun"})},
        {"day": date(2021, 11, 8), "thread": 2},
        {"day": date(2022, 3, 1)},
    ],
    ids=["too early", "before it was said", "another house", "to another", "late elsewhere", "much later"],
)
def test_these_do_not(said: dict[str, Any]) -> None:
    assert keeps(promise(), letter(**said)) is None


def test_late_in_the_same_thread_is_kept_late() -> None:
    assert keeps(promise(), letter(day=date(2021, 11, 8))) == "in-window"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Som utlovat kommer här vårt förslag.", "announced"),
        ("Bifogat finner ni kravspecifikationen.", "announced"),
        ("Tack för samtalet i går.", None),
    ],
)
def test_by_a_day_needs_words_that_announce_it(words: str, reason: str | None) -> None:
    by = promise(due_start=None, due_end=date(2021, 9, 10))
    assert keeps(by, letter(day=date(2021, 9, 8), words=words)) == reason


def test_a_reply_answers_a_request_unless_it_puts_off() -> None:
    asked = promise(kind="request", debtors=frozenset({THEIRS}), creditors=frozenset({OURS}))
    answer = {"sender": THEIRS, "recipients": frozenset({OURS}), "day": date(2021, 6, 9)}
    assert keeps(asked, letter(**answer, words="Onsdagen passar bra.")) == "answered"
    assert keeps(asked, letter(**answer, words="Vi återkommer om tiden.")) is None
    assert (
        keeps(
            asked,
            letter(
                **answer,
                words="Onsdagen passar bra.",
            ),
        )
        == "answered"
    )


@pytest.mark.parametrize("kind", ["deadline", "meeting"])
def test_a_day_or_a_meeting_is_not_kept_by_a_letter(kind: str) -> None:
    assert keeps(promise(kind=kind), letter()) is None
