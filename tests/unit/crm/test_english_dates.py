"""Days that are typed in English, where no Swedish day was found."""

from datetime import date

import pytest

from crm.english_dates import swedish_days
from crm.errors import NotADay
from crm.sentence import understand
from crm.when import day_to_snooze, window

TODAY = date(2021, 10, 18)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Thursday", date(2021, 10, 21), date(2021, 10, 21)),
        ("by 12 May", None, date(2022, 5, 12)),
        ("by the end of October", None, date(2021, 10, 31)),
        ("before Monday", None, date(2021, 10, 24)),
        ("May 12, 2022", date(2022, 5, 12), date(2022, 5, 12)),
        ("the 3rd of November", date(2021, 11, 3), date(2021, 11, 3)),
        ("next week", date(2021, 10, 25), date(2021, 10, 31)),
        ("in two weeks", date(2021, 11, 1), date(2021, 11, 1)),
        ("tomorrow", date(2021, 10, 19), date(2021, 10, 19)),
        ("week 46", date(2021, 11, 15), date(2021, 11, 21)),
        ("på torsdag", date(2021, 10, 21), date(2021, 10, 21)),
    ],
)
def test_a_day_is_read_in_either_language(words: str, start: date | None, end: date | None) -> None:
    assert window(words, TODAY) == (start, end)


@pytest.mark.parametrize("words", ["Ring May Lind", "Svara Mars kommun", "a march through town"])
def test_what_names_no_day_stands_as_it_was(words: str) -> None:
    assert swedish_days(words) == words


def test_a_sentence_in_english_has_its_day() -> None:
    read = understand("Reply to Ånge by 12 May", TODAY, ())
    assert (read.text, read.due_start, read.due_end) == ("Reply to Ånge by 12 May", None, date(2022, 5, 12))


@pytest.mark.parametrize("words", ["om en timme", "in an hour", "om 20 minuter"])
def test_one_snoozes_to_a_day_and_not_to_an_hour(words: str) -> None:
    with pytest.raises(NotADay):
        day_to_snooze(words, TODAY)


def test_a_day_with_its_hour_is_that_day() -> None:
    assert day_to_snooze("på måndag kl. 9", TODAY) == date(2021, 10, 25)
