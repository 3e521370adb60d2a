"""Two names and whether they may be one person's."""

import pytest

from crm.same_person import alike


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Ulf Sjögren", "ulf sjogren", "same"),
        ("Carl von Essen", "Carl Essen", "same"),
        ("Sjögren Ulf", "Ulf Sjögren", "order"),
        ("Anna Berg", "Anna-Karin Berg", "fuller"),
        ("Mattias Robertsson-Falk", "Mattias Robertsson", "fuller"),
        ("U. Sjögren", "Ulf Sjögren", "initial"),
        ("Tomas Ö", "Tomas Östberg", "initial"),
        ("Ulf Sjögren", "Ulf Sjögran", "spelling"),
        ("Kristina Ek", "Kristian Ek", "spelling"),
        ("Eva Sandvik", "Eva Bergdal", "surname"),
        ("Ulf", "Ulf Sjögren", "fuller"),
        ("Ulf Sjögren", "Sven Sjögren", "none"),
        ("Anna Ek", "Anna Alm", "surname"),
        ("", "Anna Ek", "none"),
    ],
)
def test_how_two_names_are_alike(one: str, other: str, reason: str) -> None:
    assert alike(one, other).reason == alike(other, one).reason == reason


def test_a_whole_name_is_surer_than_a_part() -> None:
    scores = [
        alike("Ulf Sjögren", other).score for other in ("Ulf Sjögren", "Ulf Per Sjögren", "U Sjögren", "Ulf")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
