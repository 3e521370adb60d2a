"""The line around the first hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.snippet import snippet

LETTER = (
    "Hej!\n\nTack för ert brev. "
    + "Vi har läst det noga. " * 20
    + "Servicekontoret i Ånge\nöppnar. "
    + "Slut. " * 50
)


@pytest.mark.parametrize(
    "query", ["kontor", "Ånge", "ange", '"i Ånge"', "servicek*", "Ånge-öppnar", "finns ånge"]
)
def test_the_hit_is_in_it(query: str) -> None:
    line = snippet(LETTER, query)
    assert "Servicekontoret i Ånge öppnar." in line
    assert line.startswith("…")
    assert line.endswith("…")


@pytest.mark.parametrize("query", ["finns-inte", "", '"', "hej"])
def test_without_a_hit_it_is_the_beginning(query: str) -> None:
    assert snippet(LETTER, query, 30) == "Hej! Tack för ert brev. Vi…"


def test_a_short_text_is_whole() -> None:
    assert snippet(" Ett\r\n\tkontor. ", "kontor") == "Ett kontor."


@given(st.text(), st.text(), st.integers(1, 300))
def test_it_is_one_line_of_its_width(text: str, query: str, width: int) -> None:
    line = snippet(text, query, width)
    assert len(line) <= width
    assert "\n" not in line
