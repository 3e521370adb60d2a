"""Rich text: what it says, the HTML that Outlook packs into it, and its compression."""

import struct

import pytest

from ingest.rtf import decompress, to_text
from tests.outlook_files import literal_lzfu

HEAD = rb"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\colortbl;}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"Hej p\'e5 dig", "Hej på dig"),
        (rb"p\'e5\par \'f6n\line nu", "på\nön\nnu"),
        (rb"a\tab b\cell c\row", "a\tb\tc\n"),
        (rb"\u229?\u8211 -\u246\'f6", "å–ö"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"{\uc2\u229??x}\u229?y", "åxåy"),
        (rb"{\f1\'e4\'e0} {\f0\'e4}", "да ä"),
        (
            rb"syns{\v dold}{\*\okand dold}{\pict 010203}{\field{\*\fldinst HYPERLINK x}{\fldrslt l\'e4nk}}",
            "synslänk",
        ),
        (rb"a\{b\}\\c\~d\_e\-f", "a{b}\\c\xa0d-ef"),
        (b"a\r\nb", "ab"),
        (rb"slut}}}} kvar", "slut kvar"),
        (rb"\rquote\emdash\bullet ", "’—•"),
    ],
)
def test_what_it_says(source: bytes, text: str) -> None:
    assert to_text(HEAD + source + b"}") == (text, False)


def test_html_that_was_packed_into_it() -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 A;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"1 \'3c 2 & p\'e5{\*\htmltag116 <br>}\htmlrtf \line \htmlrtf0{\*\mhtmltag84 <a href=x>}{\*\htmltag84 <a href=y>}"
        rb"d\'e4r{\*\htmltag92 </a>}{\*\htmltag72 </p>}\htmlrtf }\htmlrtf0{\*\htmltag27 </html>}}"
    )
    assert to_text(source) == ("<html><p>1 &lt; 2 &amp; på<br><a href=y>där</a></p></html>", True)


def test_a_place_in_what_was_written_before() -> None:
    body = b"\x08ABC" + struct.pack(">H", (207 << 4) | 4) + b"\x01" + struct.pack(">H", (216 << 4))
    packed = struct.pack("<IIII", len(body) + 12, 9, 0x75465A4C, 0) + body
    assert decompress(packed, 100) == (b"ABCABCABC", True)


def test_a_place_in_the_dictionary_that_all_begin_with() -> None:
    body = b"\x03" + struct.pack(">HH", 4, (213 << 4))
    packed = struct.pack("<IIII", len(body) + 12, 6, 0x75465A4C, 0) + body
    assert decompress(packed, 100) == (b"{\\rtf1", True)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (b"", False)),
        (b"x" * 40, (b"", False)),
        (struct.pack("<IIII", 20, 4, 0x414C454D, 0) + b"hej!", (b"hej!", True)),
        (struct.pack("<IIII", 20, 9, 0x414C454D, 0) + b"hej!", (b"hej!", False)),
        (literal_lzfu(b"hej alla glada")[:-4], (b"hej alla g", False)),
    ],
)
def test_what_is_stored_cut_off_or_none(data: bytes, expected: tuple[bytes, bool]) -> None:
    assert decompress(data, 100) == expected


def test_no_more_than_the_limit_comes_out() -> None:
    assert decompress(literal_lzfu(b"hej alla glada"), 3) == (b"hej", False)
