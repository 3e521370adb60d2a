"""What a letter's sentences do, as it is kept with the letter."""

import pytest

from crm.deeds import deeds_of, may_announce, read_deeds
from crm.told import told

LETTER = """Hej!
Här kommer avtalsförslaget till programmet.
Ritningarna är klara sedan i måndags.
Skickar över offerten nu.
Vi har inte fått kalkylen.
Har ni några synpunkter på tidplanen?
Skyltarna kommer först i mars.
Vi hörs om möblerna.
Med vänlig hälsning
Cia"""


def test_each_kind_of_deed_keeps_its_topics() -> None:
    found = read_deeds(deeds_of(LETTER, ("Hyresavtal_utkast.pdf",)))
    assert [set(one.about) for one in found.gives] == [{"avtalsförslaget", "programmet"}]
    assert [set(one.of) for one in found.gives] == [{"programmet"}]
    assert [set(one.about) for one in found.goes] == [{"offerten"}]
    assert "ritningarna" in found.done
    assert {"kalkylen"} <= found.denied
    assert {"möblerna"} <= found.comes_back
    assert {"hyresavtal", "utkast"} <= found.shown
    assert found.attached
    assert (found.open, found.asks) == (True, True)
    assert "skyltarna" not in found.named


@pytest.mark.parametrize(
    ("words", "deeds"),
    [("", ""), ("Hej!\n\nMed vänlig hälsning\nCia", ""), ("Ha en fin helg!", "")],
)
def test_a_letter_that_does_nothing_keeps_nothing(words: str, deeds: str) -> None:
    assert deeds_of(words) == deeds
    assert not read_deeds(deeds).named


def test_what_is_kept_says_the_same_as_the_sentences() -> None:
    found = read_deeds(deeds_of(LETTER))
    said = told(LETTER)
    assert found.tells == frozenset().union(*(one.about for one in said if one.deed == "tells"))
    assert [one.about for one in found.gives] == [one.about for one in said if one.deed == "gives"]


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("Bifogar listan.", True),
        ("Listan är klar.", True),
        ("Jag återkom till henne i går.", True),
        ("Vi har öppet 9-15.", False),
        ("Hur många blir ni?", False),
        ("", False),
    ],
)
def test_what_may_keep_a_promise_made_elsewhere(words: str, may: bool) -> None:
    assert may_announce(deeds_of(words)) is may
