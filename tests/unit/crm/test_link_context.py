"""Places named in passing are none that a letter is about."""

import pytest

from crm.link_context import in_earnest
from nlp.municipalities.finder import find_municipalities


def meant(text: str) -> list[str]:
    return [one.name for one in in_earnest(find_municipalities(text), text)]


@pytest.mark.parametrize(
    "text",
    [
        "Jag sitter på tåget till Göteborg och läser.",
        "Mötet hålls i våra lokaler i Stockholm.",
        "På torsdag är jag i Malmö på utbildning.",
        "Precis som i Boden behöver vi en ramp.",
        "Till skillnad från Åre har vi gott om plats.",
        "Vår besöksadress: Kungsgatan 3 i Stockholm",
        "Kan vi få en likadan entré som ni byggde i Växjö?",
        "Mallen är prövad i Åre och Ånge och fungerar bra.",
        "Vi har pratat med Järfälla om hur de gjorde.",
        "Det snöar i Boden och tåget är inställt.",
        "Jag har flyttat från Malmö till Spanien.",
        "Bilagan är ny.\n\nEli Stark\nArkitekterna, Malmö",
    ],
)
def test_what_one_travels_to_meets_in_or_compares_with_is_not_meant(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Vi reser till Ånge på tisdag för att se lokalen.", ["Ånge"]),
        ("Lokalen på Storgatan 3 i Ånge är ledig.", ["Ånge"]),
        ("Kontoret i Stockholm öppnar i maj.", ["Stockholm"]),
        ("Jag tar tåget till Norrköping och ser på lokalen där.", ["Norrköping"]),
        ("Utbildningen av personalen i Ånge börjar i mars.", ["Ånge"]),
        ("Läget i Ånge är gott. Precis som i Boden väntar vi på hyresvärden.", ["Ånge"]),
    ],
)
def test_what_a_letter_is_about_is_meant(text: str, places: list[str]) -> None:
    assert meant(text) == places


def test_a_sentence_for_each_of_several_is_about_each_of_them() -> None:
    some = ["Boden", "Åre", "Ånge", "Laholm", "Lysekil"]
    assert meant(" ".join(f"I {place} väntar vi på ritningar." for place in some)) == some


def test_a_sentence_or_a_letter_that_names_very_many_is_about_none() -> None:
    assert meant("Vi har besökt Boden, Åre och Ånge, därefter Laholm samt sist Lysekil.") == []
    places = "Boden Åre Ånge Laholm Lysekil Tingsryd Askersund Filipstad Finspång Borgholm Östhammar".split()
    assert meant(" ".join(f"I {place} väntar vi på ritningar." for place in places)) == []
