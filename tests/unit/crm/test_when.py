"""When something happened: the same words as for what is to come, read backwards."""

from datetime import date

import pytest

from crm.errors import NotUnderstood, NotYet
from crm.when import past_window, window

TODAY = date(2021, 10, 18)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2 maj", date(2021, 5, 2), date(2021, 5, 2)),
        ("v. 40", date(2021, 10, 4), date(2021, 10, 10)),
        ("slutet av maj", date(2021, 5, 21), date(2021, 5, 31)),
        ("i fredags", date(2021, 10, 15), date(2021, 10, 15)),
        ("i dag", TODAY, TODAY),
        ("fr.o.m. 4 oktober", date(2021, 10, 4), None),
        ("2021-09-01/2021-09-30", date(2021, 9, 1), date(2021, 9, 30)),
    ],
)
def test_what_was_done_lies_behind_us(words: str, start: date, end: date | None) -> None:
    assert past_window(words, TODAY) == (start, end)


@pytest.mark.parametrize("words", ["på torsdag", "2021-10-19", "oktober", "i morgon", "nästa vecka", "v. 45"])
def test_what_is_to_come_has_not_been_done(words: str) -> None:
    with pytest.raises(NotYet):
        past_window(words, TODAY)


def test_nonsense_is_no_window() -> None:
    with pytest.raises(NotUnderstood):
        past_window("30 februari", TODAY)


def test_an_interval_as_programs_write_it_is_read() -> None:
    assert window("2022-03-01..2022-03-11", TODAY) == (date(2022, 3, 1), date(2022, 3, 11))
