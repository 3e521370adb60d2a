"""Every operator and every choice of the search is explained."""

from crm.searching.operators import OPERATORS
from tui import operators


def test_every_operator_and_choice_has_its_line() -> None:
    assert set(operators.OPERATORS) == {one.name for one in OPERATORS}
    assert set(operators.CHOICES) == {
        f"{one.name}:{choice}" for one in OPERATORS for choice in one.choices or {}
    }
