import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import REPLACEMENT, Mark, clean, clean_line, content, line

ANY = st.text(st.characters(exclude_categories=()), max_size=200)
OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def obeyed(text: str) -> set[str]:
    """What a terminal would obey or hide, line ends aside."""
    return {c for c in text if unicodedata.category(c) in OBEYED and c != "\n"}


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("\x1b[31mröd\x1b[0m", f"{REPLACEMENT}[31mröd{REPLACEMENT}[0m"),
        ("\x1b]52;c;aGVq\x07", f"{REPLACEMENT}]52;c;aGVq{REPLACEMENT}"),
        ("\x9b2J", f"{REPLACEMENT}2J"),
        ("faktura\u202egpj.exe", f"faktura{REPLACEMENT}gpj.exe"),
        ("ser\u200bvice\u00adkontor\ufeff", "servicekontor"),
        ("en\r\ntvå\rtre\u2028fyra\u0085", f"en\ntvå\ntre\nfyra{REPLACEMENT}"),
        ("\udc80", REPLACEMENT),
        ("kolumn\tett", "kolumn ett"),
        ("[SSC-123] [/b] [@click=app.quit]", "[SSC-123] [/b] [@click=app.quit]"),
        ("Ånge\u202f– 21\u00a0okt", "Ånge\u202f– 21\u00a0okt"),
        ("", ""),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(ANY)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not obeyed(clean(text))
    assert not obeyed(clean_line(text))
    assert "\n" not in clean_line(text)
    assert not obeyed(content(text).plain)
    assert not obeyed(line(text).plain)


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="\u115f\u1160\u3164\uffa0")))
def test_letters_digits_and_signs_stay_in_their_order(text: str) -> None:
    assert clean(text) == text


def test_marks_move_with_what_was_taken_away() -> None:
    raw = "\u200b\u200bi \u202eÅnge\r\nkommun"
    start = raw.index("Ånge")
    made = content(raw, [Mark(start, start + 4, "bold")])
    (span,) = made.spans
    assert made.plain[span.start : span.end] == "Ånge"


@given(ANY, st.integers(-5, 300), st.integers(-5, 300))
def test_any_mark_is_borne(text: str, start: int, end: int) -> None:
    made = content(text, [Mark(start, end, "bold")])
    assert all(0 <= s.start < s.end <= len(made.plain) for s in made.spans)


@pytest.mark.parametrize("piece", ["\x1b", "\u202e", "a", "\r", " ", "\n", "[", "\u0301"])
def test_a_hundred_thousand_of_anything(piece: str) -> None:
    raw = piece * 100_000
    assert len(clean(raw)) <= len(raw)
    assert len(content(raw, [Mark(i, i + 1, "bold") for i in range(0, 1000, 10)]).plain) <= len(raw)


def test_brackets_are_no_markup() -> None:
    assert line("[/foo] [SSC-123] [@click=app.quit]").plain == "[/foo] [SSC-123] [@click=app.quit]"
    assert not line("[bold]x[/bold]").spans
