"""The one door for text from outside: whatever came by mail passes here before a person's terminal sees it.

A terminal obeys escape sequences, C1 controls and bidi overrides wherever they stand, and Textual parses a
plain `str` as markup. So nothing foreign reaches a widget, a table, a log line or an error but as what
`clean`, `clean_line` or `content` give.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from textual.content import Content, Span

REPLACEMENT: Final = "\ufffd"
"""Stands where something was taken away that could have hidden or reordered text."""

_SHORT: Final = 300
_CONTROLS: Final = ((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x9F))
_BIDI: Final = ((0x202A, 0x202E), (0x2066, 0x2069))
_SURROGATES: Final = ((0xD800, 0xDFFF),)
_NONCHARACTERS: Final = ((0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF), (0xFFF9, 0xFFFB))
_LINE_ENDS: Final = ((0x0B, 0x0D), (0x2028, 0x2029))
# All else of Unicode's category Cf, and the letters that are blank: they hide text without a trace.
_INVISIBLE: Final = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2060, 0x2065),
    (0x206A, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_VISIBLE: Final = (*_CONTROLS, *_BIDI, *_SURROGATES, *_NONCHARACTERS)


def _points(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


_TABLE: Final[dict[int, str]] = (
    dict.fromkeys(_points(_INVISIBLE), "")
    | dict.fromkeys(_points(_VISIBLE), REPLACEMENT)
    | dict.fromkeys(_points(_LINE_ENDS), "\n")
    | {0x09: " "}
)
UNSAFE: Final = re.compile(
    "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in (*_VISIBLE, *_LINE_ENDS, *_INVISIBLE, (9, 9))) + "]"
)
"""One character that `clean` would change; `--json` writes the same ones as escapes."""
_BLANKS: Final = re.compile("[ \n]+")


class Mark(NamedTuple):
    """A style over `text[start:end]` of the text as it stands in the store, before cleaning."""

    start: int
    end: int
    style: str


def clean(text: str) -> str:
    """`text` with nothing in it that a terminal obeys; lines end with LF, words keep their order.

    Controls, bidi overrides and lone surrogates become U+FFFD; invisible characters go; square brackets
    stay as they are.
    """
    if not UNSAFE.search(text):
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def clean_line(text: str) -> str:
    """`clean` on one line: line ends and runs of blanks become one space."""
    return _BLANKS.sub(" ", clean(text)).strip(" ")


def short_line(text: str) -> str:
    """The same of a text that may be long: what goes beyond 300 characters is cut off."""
    said = clean_line(text[: 4 * _SHORT])
    return said if len(said) <= _SHORT else said[:_SHORT] + "…"


def content(text: str, marks: Sequence[Mark] = ()) -> "Content":
    """A Textual `Content` of the cleaned text; `marks` are moved along with what cleaning took away."""
    from textual.content import Content, Span

    shown, moved = cleaned(text, {at for mark in marks for at in mark[:2]})
    spans = [Span(moved[m.start], moved[m.end], m.style) for m in marks if moved[m.start] < moved[m.end]]
    return Content(shown, spans=spans)


def spanned(shown: str, spans: "list[Span]") -> "Content":
    """Text that has been cleaned before, with its styles; what is not clean after all loses what could be obeyed."""
    from textual.content import Content

    return Content(clean(shown), spans=spans)


def cleaned(text: str, positions: Iterable[int] = ()) -> tuple[str, dict[int, int]]:
    """`clean`, and where each position of the raw text stands in it."""
    shown = clean(text)
    if shown is text:  # nothing was taken away
        return shown, {position: min(max(position, 0), len(text)) for position in positions}
    return shown, _moved(text, sorted(set(positions)))


def line(text: str, style: str = "") -> "Content":
    """A one-line `Content`, in one style of ours."""
    from textual.content import Content

    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))


def _moved(text: str, positions: Sequence[int]) -> dict[int, int]:
    """Where each position of the raw text stands in the cleaned one: one pass, whatever their number."""
    moved: dict[int, int] = {}
    before, length = 0, 0
    for position in positions:
        inside = min(max(position, 0), len(text))
        length += len(clean(text[before:inside]))
        before = inside
        moved[position] = length
    return moved
