"""Phone numbers, and what only looks like one."""

import pytest

from nlp.phones import find_phones, to_e164


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mobil: +46(0)72 451 45 29", ["+46724514529"]),
        ("Tel 010-4560416", ["+46104560416"]),
        ("010-456 04 16", ["+46104560416"]),
        ("08-465 004 16", ["+46846500416"]),
        ("(08) 465 004 16", ["+46846500416"]),
        ("ring (010-4560416, helst)", ["+46104560416"]),
        ("0691-67 01 01", ["+46691670101"]),
        ("0046 10 456 04 16", ["+46104560416"]),
        ("tel:+46104560416", ["+46104560416"]),
        ("+47 22 12 34 56", ["+4722123456"]),
        ("0771-17 90 00", ["+46771179000"]),
        ("070-174 06 05/072-451 45 29", ["+46701740605", "+46724514529"]),
        ("08-465 004 16 070-174 06 05", ["+46846500416", "+46701740605"]),
        ("070\u00a0174\u00a006\u00a005", ["+46701740605"]),
        ("Org.nr 202100-5026", []),
        ("010203-1234", []),
        ("100 61 Stockholm", []),
        ("2024-01431-1.1.1", []),
        ("Fi2024/02222", []),
        ("2021-10-25", []),
        ("01/06-2021", []),
        ("Dnr 0104560416", []),
        ("Konferens-ID: 010 456 041 6", []),
        ("Bankgiro 5050-1055", []),
        ("0", []),
    ],
)
def test_phones(text: str, expected: list[str]) -> None:
    assert [mention.value for mention in find_phones(text)] == expected


def test_a_bracket_that_is_not_closed_is_no_part_of_a_number() -> None:
    (mention,) = find_phones("Ulla Rask (010-456 04 16, växel)")
    assert mention.text == "010-456 04 16"


@pytest.mark.parametrize("written", ["112", "abc", "123", "+999 1", "0" * 40])
def test_what_rings_nowhere(written: str) -> None:
    assert to_e164(written) is None


@pytest.mark.parametrize("text", ["0" * 50_000, "0 " * 20_000, "(0" * 20_000, "+46 " * 10_000])
def test_hostile_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in find_phones(text))
