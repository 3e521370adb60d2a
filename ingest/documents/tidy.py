"""Text as documents hold it, made into text as letters hold it: one form of each sign, lines as they are read."""

import re
import unicodedata

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
_UNSEEN = dict.fromkeys(
    (*range(9), *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0x200B, 0x2060, 0xFEFF)
)
_SIGNS = {**_LIGATURES, **_UNSEEN, **_BREAKS}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A bullet or number and the tab after it, which would make a table row of a list's item.
_MARK = re.compile(
    r"^[ \t]*([\ue000-\uf8ff]|[-–•▪●○■□►➢✓·]|\(?\d{1,2}[.)]|\(?[a-z]\))\t[ \t]*(?=\S)", re.MULTILINE
)
_SYMBOL = re.compile(r"^[\ue000-\uf8ff][ \t]*(?=\S)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")

# PDFium writes U+FFFE or U+0002 for a hyphen that it holds to be the end of a line's alone.
_HYPHEN = "-\u00ad\u2010\ufffe\x02"
_BROKEN_WORD = re.compile(rf"(?<=[^\W\d_])([{_HYPHEN}])[ \t]{{0,9}}\r?\n[ \t]{{0,40}}(?=([^\W\d_]{{1,40}}))")
_LAST_WORD = re.compile(r"[^\W\d_]{1,40}\Z")
_BROKEN_DAY = re.compile(r"\b(\d{4}-(?:\d{2}-)?)[ \t]{0,9}\n[ \t]{0,40}(?=\d{2})")
_SUSPENDED = frozenset("och eller samt resp respektive som till and or".split())


def tidy(text: str) -> str:
    """NFC, LF, no ligatures, soft hyphens, zero-width or control characters; at most one blank line in a row."""
    text = text.replace("\r\n", "\n").replace("\u00ad", "").translate(_SIGNS)
    text = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))
    text = _SYMBOL.sub("- ", _MARK.sub(r"\1 ", text))
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def join_hyphenated(text: str) -> str:
    """Words that were broken at a line's end, whole again, and days ("2021-10-15").

    The hyphen stays where it is the word's own: after an abbreviation ("IT-system"), before a capital
    ("Norr-Ånge"), after a single letter ("e-post"), in an address; and "bygg- och miljönämnden" stays in two words.
    """
    joined = _BROKEN_DAY.sub(r"\1", _BROKEN_WORD.sub(_joined, text))
    return joined.replace("\ufffe", "-").replace("\x02", "-")


def _joined(match: re.Match[str]) -> str:
    """What stands in the place of a hyphen and the line's end after it: nothing, the hyphen, or hyphen and blank."""
    hyphen, after = match[1], match[2]
    if hyphen == "\u00ad":
        return ""
    if after.lower() in _SUSPENDED:
        return "- "
    before = match.string[max(0, match.start() - 42) : match.start()]
    last = _LAST_WORD.search(before)
    word = last[0] if last else ""
    part_of_name = last is not None and before[last.start() - 1 : last.start()] in set("./@:_")
    own = len(word) == 1 or (word.isupper() and len(word) > 1) or after[0].isupper() or part_of_name
    return "-" if own else ""
