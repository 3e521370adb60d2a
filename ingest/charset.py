"""Bytes to text without losing a letter: declared charset, UTF-8, cp1252, then a guess.

iso-8859-1 and us-ascii are read as cp1252, as every browser does (WHATWG Encoding Standard, 4.2).
"""

import codecs
import contextlib
import re

_CP1252_ALIASES = frozenset({"ascii", "iso8859-1", "cp1252"})
# Supersets that writers mean when they name the smaller set (WHATWG Encoding Standard).
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
# Python's codecs that are no charset of a mail: some take quadratic time or run over bytes.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape"}
    | {"undefined", "mbcs", "oem", "palmos"}
)
# Names that programs use and Python does not know.
_ALIASES = {
    "x-mac-roman": "mac-roman", "x-macroman": "mac-roman", "macintosh": "mac-roman", "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "x-unicode-2-0-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "ansi": "cp1252",
    "x-ansi": "cp1252", "windows1252": "cp1252", "win-1252": "cp1252", "x-cp1252": "cp1252", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "iso8859-15": "iso-8859-15", "x-sjis": "shift_jis", "x-euc-jp": "euc_jp",
    "gb_2312-80": "gb2312", "x-gbk": "gbk", "chinesebig5": "big5", "x-x-big5": "big5", "windows-949": "cp949",
    "windows-31j": "cp932", "windows-874": "cp874", "windows-1251-": "cp1251", "koi": "koi8-r",
}  # fmt: skip
# The Swedish 7-bit sets put letters where ASCII has brackets (SEN 85 02 00 annex B and C, ISO-IR 10 and 11).
_SWEDISH_7_BIT = frozenset(
    {"sen_850200_b", "sen_850200_c", "iso646-se", "iso646-se2", "iso-ir-10", "iso-ir-11"}
)
_SWEDISH_LETTERS = str.maketrans("[\\]{|}", "ÄÖÅäöå")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_DOS_A_RING = re.compile(rb"[\x86\x8f]")
_DOS_WORD = re.compile(rb"[A-Za-z][\x84\x86\x94][a-z]")
_NOT_DOS_SWEDISH = re.compile(rb"[^\x00-\x7f\x81\x82\x84\x86\x8e\x8f\x90\x94\x99]")
_NOT_UTF8 = re.compile(rb"(?:[\x80-\xc1\xf5-\xff]|[\xc2-\xf4](?![\x80-\xbf]))+")
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_C1 = re.compile("[\x80-\x9f]")
_SAMPLE = 32_000
_LARGE = 4_000
_C1_TO_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if not _UNDEFINED_IN_CP1252.match(bytes([code]))
}


def _byte_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 stands for its letter in cp1252: mixed mails keep both kinds of å."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = _NOT_UTF8.match(error.object, error.start)
    end = max(error.end, run.end()) if run else error.end
    return _cp1252(error.object[error.start : end]), end


codecs.register_error("ingest.cp1252", _byte_as_cp1252)


def _cp1252(data: bytes) -> str:
    """Windows-1252 with the five undefined bytes as C1 controls, so that it never fails."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return windows_controls(data.decode("latin-1"))


def windows_controls(text: str) -> str:
    """C1 controls read as the cp1252 characters that their writer meant: `&#150;` is a dash (HTML 13.2.5.80)."""
    return text.translate(_C1_TO_CP1252) if _C1.search(text) else text


def known(name: str) -> str | None:
    """The Python codec for a charset as a mail spells it; None if it is none that text comes in."""
    # Mail that was encoded twice keeps the `=3D` of its quoted-printable before the quote.
    cleaned = name.strip().removeprefix("3D").strip(" \"'<>").partition("*")[0].partition(";")[0].lower()
    cleaned = _ALIASES.get(cleaned, cleaned)
    if not cleaned.isascii() or not 0 < len(cleaned) <= 40 or "\0" in cleaned:
        return None
    try:
        info = codecs.lookup(cleaned)
    except LookupError:
        return None
    if info.name in _NOT_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(info.name, info.name)


def bom(data: bytes) -> tuple[str, bytes] | None:
    """The codec that a byte order mark names and the bytes behind it."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec, data[len(mark) :]
    return None


def utf16_without_mark(sample: bytes) -> str | None:
    """Text in a Western language has a NUL as every second byte in UTF-16, and none anywhere else."""
    if len(sample) < 8 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd == 0 else None


def guess(data: bytes, *, thorough: bool = False) -> str:
    """Text of bytes that nobody has named a charset for, or named a wrong one; never fails.

    `thorough` asks charset-normalizer where cp1252 has no letter for a byte; that takes up to a second.
    """
    if wide := utf16_without_mark(data[:_SAMPLE]):
        return data.decode(wide, "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    if _UTF8_PAIR.search(data) and not _hardly_utf8(data):
        return data.decode("utf-8", "ingest.cp1252")
    if _looks_like_dos(data[:_SAMPLE]):
        return data.decode("cp850")
    if thorough and _UNDEFINED_IN_CP1252.search(data):
        codec = _statistical(data[:_SAMPLE])
        if codec:
            return data.decode(codec, "replace")
    return _cp1252(data)


def _hardly_utf8(data: bytes) -> bool:
    """True for a large text whose high bytes mostly are no UTF-8: reading it byte by byte would take seconds."""
    if len(data) < _LARGE:
        return False
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    return 4 * len(_UTF8_PAIR.findall(data)) < high


def _looks_like_dos(sample: bytes) -> bool:
    """Code page 850 has å ä ö where cp1252 has daggers and quotes, which do not stand within words."""
    return bool(
        _DOS_A_RING.search(sample) and _DOS_WORD.search(sample) and not _NOT_DOS_SWEDISH.search(sample)
    )


def _statistical(sample: bytes) -> str | None:
    """What charset-normalizer makes of a sample; imported late, since hardly any mail needs it."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return known(best.encoding) if best else None


def decode(data: bytes, declared: str | None = None, *, thorough: bool = False) -> tuple[str, str | None]:
    """Text of `data` and what was wrong with the charset that it was declared in, or None.

    Tries a byte order mark, then the declared charset strictly, then `guess`.
    """
    marked = bom(data)
    if marked:
        codec, rest = marked
        return rest.decode(codec, "ingest.cp1252" if codec == "utf-8" else "replace"), None
    if not declared:
        return guess(data, thorough=thorough), None
    if declared.strip(" \"'").lower() in _SWEDISH_7_BIT and data.isascii():
        return data.decode("ascii").translate(_SWEDISH_LETTERS), None
    codec_name = known(declared)
    if codec_name is None:
        return guess(data, thorough=thorough), f"unknown charset {declared[:40]!r}"
    if codec_name in _CP1252_ALIASES:
        return _latin(data, codec_name)
    try:
        return data.decode(codec_name), None
    except UnicodeError:
        return guess(data, thorough=thorough), f"not in the declared charset {declared[:40]!r}"


def _latin(data: bytes, codec: str) -> tuple[str, str | None]:
    """Declared Latin: where every high byte is part of valid UTF-8 it was UTF-8, as no Swedish text is by chance."""
    if data.isascii():
        return data.decode("ascii"), None
    try:
        return data.decode("utf-8"), f"UTF-8 declared as {codec!r}"
    except UnicodeDecodeError:
        problem = "8-bit text declared as 'us-ascii'" if codec == "ascii" else None
        return (guess(data) if codec == "ascii" else _cp1252(data)), problem


def clean(text: str) -> tuple[str, bool]:
    r"""Line ends as `\n`, no byte order mark, no NUL, no lone surrogate; True if a NUL was taken out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    had_nul = "\0" in text
    if had_nul:
        text = text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8"), had_nul
