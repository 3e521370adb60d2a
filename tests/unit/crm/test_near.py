"""Texts that are one, cut or edited."""

import pytest

from crm.near import SAME, likeness

LETTER = (
    "Hej!\n\nVi har fått regeringens uppdrag att öppna ett servicekontor hos er. Lokalen på Storgatan 3 är cirka 180 "
    "kvadratmeter och ligger nära resecentrum. Kan ni lämna besked senast fredag?\n\nMed vänlig hälsning\nAnna Lindgren"
)


@pytest.mark.parametrize(
    "other",
    [
        LETTER,
        LETTER[:150],
        LETTER.replace("fredag", "torsdag"),
        LETTER.replace("\n", "\n> ").replace("är", "?r"),
        LETTER + "\n\nDetta meddelande kan innehålla sekretess.",
        LETTER.removeprefix("Hej!\n\n"),
    ],
)
def test_cut_and_edited_is_the_same(other: str) -> None:
    assert likeness(LETTER, other) == likeness(other, LETTER) >= SAME


@pytest.mark.parametrize(
    "other",
    [
        "Hej!\n\nTack för mötet i dag. Jag skickar protokollet i morgon.\n\nMed vänlig hälsning\nAnna Lindgren",
        "Tack!",
        "",
        "x " * 100_000,
    ],
)
def test_another_letter_is_another(other: str) -> None:
    assert likeness(LETTER, other) < SAME


def test_few_words_have_to_be_equal() -> None:
    assert likeness("Tack, det blir bra", "Tack det blir bra!") == 1
    assert likeness("Tack, det blir bra", "Tack, det blir bra så") == 0
