"""A day that stands above a list is the day of each of its points."""

import pytest

from tests.unit.nlp.test_followups_sentences import SENDERS, brief, read


def days(text: str) -> list[str]:
    return [f"{brief(found)}: {found.text}" for found in read(text, SENDERS["agency"])]


QUESTIONS = "\n- Hur många anställda har ni?\n- När går avtalet ut?"
ASKED = [
    "request recipient .. 2022-04-01: Hur många anställda har ni?",
    "request recipient .. 2022-04-01: När går avtalet ut?",
]


@pytest.mark.parametrize(
    "above",
    [
        "Kan ni svara på detta senast den 1 april:",
        "Lämna gärna svar på nedanstående frågor senast den 1 april:",
        "Vi behöver svar på följande frågor senast den 1 april.\n",
    ],
)
def test_questions_take_the_day_above_them(above: str) -> None:
    assert days(above + QUESTIONS) == ASKED
    assert days(above + QUESTIONS.replace("- ", "")) == ASKED


def test_a_line_that_owes_nothing_itself_gives_its_last_day() -> None:
    text = "Följande ska vara klart senast den 1 april:\n- Skicka ritningen\n- Boka elektrikern"
    assert [found.partition(":")[0] for found in days(text)] == ["request recipient .. 2022-04-01"] * 2


def test_a_point_with_a_day_of_its_own_keeps_it_and_the_next_has_that_above() -> None:
    text = (
        "Svara på frågorna nedan före den 12 april:\n1. Kan ni mäta rummet på måndag?\n2. När går avtalet ut?"
    )
    assert [found for found in days(text) if "avtalet" in found] == [
        "request recipient .. 2022-04-11: När går avtalet ut?"
    ]


def test_things_take_the_day_of_who_owes_them() -> None:
    assert days("Till den 1 april behöver vi från er:\n- en ritning\n- ett avtal") == [
        "request recipient .. 2022-04-01: en ritning",
        "request recipient .. 2022-04-01: ett avtal",
    ]
    assert days("På fredag skickar vi er:\n- ritningen") == [
        "commitment sender 2022-03-18 2022-03-18: ritningen"
    ]


def test_without_a_list_the_line_owes_what_it_says() -> None:
    assert days("Kan ni svara på detta senast den 1 april?") == [
        "request recipient .. 2022-04-01: Kan ni svara på detta senast den 1 april?"
    ]


def test_the_following_week_stands_above_no_list() -> None:
    text = "Skicka ritningen senast följande måndag.\n\nHur många anställda har ni?"
    assert [found.rpartition(": ")[2] for found in days(text)] == text.split("\n\n")
