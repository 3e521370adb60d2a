"""Text that both stores take."""

from hypothesis import given
from hypothesis import strategies as st

from db.jsontext import dumps
from db.text import clean, clean_json, key_text


def test_what_a_store_refuses_is_replaced_one_by_one() -> None:
    assert clean("a\0b\udcffc") == "a\ufffdb\ufffdc"


def test_json_is_clean_all_through() -> None:
    assert clean_json({"a\0": ["\ud800", ("x", 1, None)]}) == {"a\ufffd": ["\ufffd", ["x", 1, None]]}
    assert dumps({"å": "\0"}) == '{"å":"\ufffd"}'


def test_a_long_key_keeps_its_beginning_and_stays_apart() -> None:
    one, other = key_text("a" * 1_000), key_text("a" * 1_001)
    assert one != other
    assert one.startswith("a" * 500 + "…")
    assert key_text("a" * 600) == "a" * 600


@given(st.text(st.characters()))
def test_clean_text_is_utf_8_of_the_same_length(text: str) -> None:
    assert len(clean(text).encode().decode()) == len(text)
    assert len(key_text(text * 700).encode()) < 2_700
