"""Rows of a long text: nothing is lost, nothing is wider than the page."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Span

from tui.text import clean
from tui.widgets.layout import Layout, rows_of

TEXT = st.text(st.characters(exclude_categories=()), max_size=300).map(clean)


@given(TEXT, st.integers(2, 40))
def test_rows_hold_every_word_and_fit(text: str, width: int) -> None:
    rows = rows_of(text, width)
    assert "".join(text[start:end] for start, end in rows).replace(" ", "") == text.replace(" ", "").replace("\n", "")  # fmt: skip
    assert all(cell_len(text[start:end]) <= width for start, end in rows)
    assert all(before[1] <= after[0] for before, after in pairwise(rows))


def test_a_line_is_broken_at_a_blank_and_a_long_word_where_it_must() -> None:
    text = "ett två tre\nabcdefghij"
    assert [text[start:end] for start, end in rows_of(text, 8)] == ["ett två", "tre", "abcdefgh", "ij"]


def test_wide_characters_count_two() -> None:
    text = "漢字漢字"
    assert [text[start:end] for start, end in rows_of(text, 5)] == ["漢字", "漢字"]


def test_a_row_has_the_styles_that_stand_in_it() -> None:
    text = "a" * 5_000 + "\n" + "b" * 5_000
    layout = Layout(text, [Span(0, len(text), "dim"), Span(4_998, 5_003, "bold")])
    layout.wrap(5_000)
    assert layout.draw(0).spans == [Span(0, 5_000, "dim"), Span(4_998, 5_000, "bold")]
    assert layout.draw(1).spans == [Span(0, 5_000, "dim"), Span(0, 2, "bold")]
    assert [layout.row_of(position) for position in (0, 4_999, 5_001, 10_001)] == [0, 0, 1, 1]
