"""No letter is lost, whatever the charset says."""

import pytest

from ingest import charset

WORDS = "Återkom om lokalen på Öbergsgatan – å, ä, ö"


@pytest.mark.parametrize(
    "name", ["utf-8", "UTF8", '"utf-8"', '3D"utf-8"', "utf-16", "utf-16-le", "cp437", "macroman", "cp850"]
)
def test_the_declared_charset_is_read(name: str) -> None:
    codec = charset.known(name)
    assert codec is not None
    written = WORDS.replace("–", "-").encode(codec)
    assert charset.decode(written, name) == (WORDS.replace("–", "-"), None)


@pytest.mark.parametrize("name", ["iso-8859-1", "latin1", "windows-1252", "ISO_8859-1"])
def test_latin_is_windows(name: str) -> None:
    assert charset.decode(WORDS.encode("cp1252"), name) == (WORDS, None)


@pytest.mark.parametrize(
    "name", ["utf-8", "us-ascii", "iso-2022-jp", "x-no-such", "idna", "zlib", "\0", "ÅÄÖ", "x" * 900]
)
def test_a_lie_is_named_and_the_text_is_read(name: str) -> None:
    text, problem = charset.decode(WORDS.encode("cp1252"), name)
    assert text == WORDS
    assert problem


def test_utf8_declared_as_latin_is_read_as_utf8() -> None:
    text, problem = charset.decode(WORDS.encode(), "iso-8859-1")
    assert (text, problem) == (WORDS, "UTF-8 declared as 'iso8859-1'")


def test_both_kinds_of_letter_in_one_text() -> None:
    assert charset.guess("på ".encode() + "på".encode("latin-1")) == "på på"


def test_undefined_windows_bytes_are_kept_as_something() -> None:
    assert charset.decode(b"a\x81b", "iso-8859-1") == ("a\x81b", None)


def test_an_old_code_page_is_guessed() -> None:
    written = (
        "Åtgärder för den äldre bebyggelsen på ön är på väg. Ärendet återkommer på måndag. " * 5
    ).encode("cp850")
    assert "Åtgärder" in charset.guess(written)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_rules(codec: str) -> None:
    assert charset.decode(WORDS.encode(codec), "us-ascii") == (WORDS, None)


def test_nothing_is_empty_text() -> None:
    assert charset.decode(b"", "utf-8") == ("", None)


def test_clean_makes_line_ends_one_kind_and_takes_out_what_a_store_refuses() -> None:
    assert charset.clean("\ufeffa\r\nb\rc\0\ud800\x1b") == ("a\nb\nc?\x1b", True)
