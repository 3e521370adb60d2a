"""Mail addresses and postal addresses."""

import pytest

from nlp.addresses import find_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Box 11135, 100 62 Stockholm", ["Box 11135, 100 62 Stockholm"]),
        ("Box 12\n841 81 Ånge", ["Box 12 841 81 Ånge"]),
        ("Besöksadress: Lindgatan 15", ["Lindgatan 15"]),
        ("Torggatan 10, 841 81 Ånge", ["Torggatan 10, 841 81 Ånge"]),
        ("Karl Johans gata 3", ["Karl Johans gata 3"]),
        ("Östra Storgatan 12 A", ["Östra Storgatan 12 A"]),
        ("SE-531 30 Vara", ["SE-531 30 Vara"]),
        ("Anna.Ek@Skola.example.se.", ["anna.ek@skola.example.se"]),
        ("<a.b+c@x.example>; d@y.example", ["a.b+c@x.example", "d@y.example"]),
        ("på vägen 5 gånger", []),
        ("Stureplan 4", ["Stureplan 4"]),
        ("Medborgarplatsen 3", ["Medborgarplatsen 3"]),
        ("Detaljplan 3, 841 81 Ånge", ["Detaljplan 3, 841 81 Ånge"]),
        ("Tidplan 2022–2023", []),
        ("Tidplan 2022-23", []),
        ("Handlingsplan 3 och mötesplats 2", []),
        ("Sóley Ragnarsdóttir på plan 4", []),
        ("regeringen 1956", []),
        ("010-100 61", []),
        ("@example", []),
        ("a@b", []),
        ("", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert [mention.value for mention in find_addresses(text)] == expected


@pytest.mark.parametrize(
    "text", ["a@" * 20_000, "a." * 20_000, "Storgatan " * 4000, "Box " * 9000, "x" * 50_000]
)
def test_hostile_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_addresses(text))
