"""Two names and whether they may be one person's."""

import pytest

from crm.same_person import alike


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Erik Lövgren", "erik lovgren", "same"),
        ("Carl von Essen", "Carl Essen", "same"),
        ("Lövgren Erik", "Erik Lövgren", "order"),
        ("Anna Berg", "Anna-Karin Berg", "fuller"),
        ("Mattias Robertsson-Bly", "Mattias Robertsson", "fuller"),
        ("E. Lövgren", "Erik Lövgren", "initial"),
        ("Tomas Ö", "Tomas Östberg", "initial"),
        ("Erik Lövgren", "Erik Löfgren", "spelling"),
        ("Kristina Ek", "Kristian Ek", "spelling"),
        ("Eva Sandvik", "Eva Bergdal", "surname"),
        ("Erik", "Erik Lövgren", "fuller"),
        ("Erik Lövgren", "Sven Lövgren", "none"),
        ("Anna Ek", "Anna Alm", "surname"),
        ("", "Anna Ek", "none"),
    ],
)
def test_how_two_names_are_alike(one: str, other: str, reason: str) -> None:
    assert alike(one, other).reason == alike(other, one).reason == reason


def test_a_whole_name_is_surer_than_a_part() -> None:
    scores = [
        alike("Erik Lövgren", other).score
        for other in ("Erik Lövgren", "Erik Per Lövgren", "E Lövgren", "Erik")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
