"""Something is noted by hand where one stands: a call, a paper letter, with the office and person in sight."""

from collections.abc import Sequence
from dataclasses import replace

from tests.tui.fakes import FakeBackend
from tests.tui.pilot import SIZES, on, opened, press, text_on, type_
from tui.screens.ask import AskScreen


def noted(backend: FakeBackend) -> Sequence[object]:
    return [asked[1:] for asked in backend.asked if asked[0] == "add_note"]


@SIZES
async def test_a_call_about_an_office_is_noted_and_taken_back(size: tuple[int, int]) -> None:
    backend = FakeBackend()
    async with opened(backend, size) as pilot:
        await press(pilot, "3", "enter", "n")
        assert "Ny anteckning: Ånge" in text_on(pilot)
        await type_(pilot, "Karin ringde")
        await press(pilot, "enter", "t", "e", "enter")
        assert noted(backend) == [("Karin ringde", "call", "o1", None)]
        assert "Antecknat: Telefonsamtal n4. Ångra med u." in text_on(pilot)
        await press(pilot, "u")
    assert backend.noted == []


async def test_enter_alone_makes_a_note_and_another_word_is_asked_for_again() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "3", "down", "n")
        await type_(pilot, "Nya lokaler")
        await press(pilot, "enter")
        await type_(pilot, "xyz")
        await press(pilot, "enter")
        assert on(pilot, AskScreen)
        assert noted(backend) == []
        await press(pilot, *["backspace"] * 3, "enter")
    assert noted(backend) == [("Nya lokaler", "note", "o2", None)]


async def test_what_concerns_several_offices_is_noted_at_all_that_are_marked_and_taken_back_at_once() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "3", "space", "space", "n")
        assert "Ny anteckning: 2 kontor" in text_on(pilot)
        await type_(pilot, "Samråd i Sundsvall")
        await press(pilot, "enter", "enter")
        assert noted(backend) == [("Samråd i Sundsvall", "note", office, None) for office in ("o1", "o2")]
        await press(pilot, "u")
    assert backend.noted == []


async def test_a_paper_letter_of_a_person() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "4", "enter", "n")
        assert "Ny anteckning: Eva Ek" in text_on(pilot)
        await type_(pilot, "Avtalet")
        await press(pilot, "enter", "p", "enter")
        assert noted(backend) == [("Avtalet", "letter", None, "p1")]
        await press(pilot, "escape", "o", "enter", "n")
        assert not on(pilot, AskScreen)
    assert len(noted(backend)) == 1


async def test_a_letter_gives_its_office_and_its_sender() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "n")
        assert "Ny anteckning: Ånge, Eva Ek" in text_on(pilot)
        await type_(pilot, "Svarat")
        await press(pilot, "enter", "enter")
    assert noted(backend) == [("Svarat", "note", "2260", "p1")]


async def test_a_letter_of_two_offices_and_an_unknown_sender_gives_neither() -> None:
    backend = FakeBackend(senders={})
    links = backend.letters[1].links
    backend.letters = [
        replace(view, links=(*links, replace(links[0], office="2321", office_name="Åre")))
        for view in backend.letters
    ]
    async with opened(backend) as pilot:
        await press(pilot, "2", "enter", "n")
        await type_(pilot, "Svarat")
        await press(pilot, "enter", "enter")
    assert noted(backend) == [("Svarat", "note", None, None)]


async def test_left_with_escape_nothing_is_noted() -> None:
    backend = FakeBackend()
    async with opened(backend) as pilot:
        await press(pilot, "3", "enter", "n", "x", "escape")
    assert noted(backend) == []
