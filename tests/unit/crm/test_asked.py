"""Whether a sentence has the form of an answer, and things that go by several names."""

import pytest

from crm.asked import fits
from crm.told import alike, matter


@pytest.mark.parametrize(
    ("question", "sentence", "does"),
    [
        ("Hur många besök hade ni i fjol?", "Under 2021 tog vi emot 14 300 besökare.", True),
        ("Hur många besök hade ni i fjol?", "Besöken är viktiga för oss.", False),
        ("När öppnar kontoret?", "Kontoret slår upp portarna i september.", True),
        ("När öppnar kontoret?", "Kontoret blir fint.", False),
        ("Vem företräder kommunen?", "Kommunen företräds av Amina Yusuf.", True),
        ("Vem företräder kommunen?", "Kommunen har många förslag.", False),
        ("Finns det fiber i huset?", "Ja, stadsnätet är indraget.", True),
        ("Vi återkommer med synpunkter på avtalet.", "Vi har tre invändningar.", True),
        ("Vi återkommer med synpunkter på avtalet.", "Avtalet är långt.", False),
        ("Jag mejlar dig utfallet.", "Nämnden sade ja till uthyrningen.", True),
        ("Kan du mejla statistiken?", "Vi kommer gärna på besök.", False),
    ],
)
def test_an_answer_has_the_form_of_what_was_asked(question: str, sentence: str, *, does: bool) -> None:
    assert fits(question, sentence) is does


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("protokollet från styrgruppen", "minnesanteckningar bifogas", True),
        ("hyreskontraktet för lokalen", "avtalsförslaget", True),
        ("städavtalet", "hyreskontraktet", False),
        ("hyran i huset", "bashyran", True),
        ("skicka ritningarna", "planlösningen", True),
        ("skicka ritningarna", "prislistan", False),
        ("veta hur många ni blir", "vi blir fyra", True),
    ],
)
def test_a_thing_is_known_by_its_other_names(one: str, other: str, *, are: bool) -> None:
    assert alike(matter(one), matter(other)) is are


def test_a_kind_is_no_part_of_another_word() -> None:
    """A short name would be found in many: "yta" in "flyta"."""
    assert not alike(matter("hyra"), matter("uthyrning till föreningar"))
    assert not alike(matter("foto"), matter("fotografens fotboll"))
