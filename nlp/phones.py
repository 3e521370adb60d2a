"""Phone numbers as Swedes write them, to E.164. What only looks like one (post codes, case numbers) is left."""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from nlp.model import TextMention
from nlp.spans import small

_GAP = r"[ \t\xa0]{0,2}[().\-–‑/]{0,2}[ \t\xa0]{0,2}"
_JOINED = r"[\w.#§-]"  # what may not stand before a number; asked after its first sign, which is rare
_CANDIDATE = re.compile(
    rf"(?:\+(?<!{_JOINED}\+)|00(?<!{_JOINED}00)|0(?<!{_JOINED}0)|\(0(?<!{_JOINED}\(0))\(?\d(?:{_GAP}\d){{5,15}}(?![\w])"
)
# Six digits, a dash and four are a personal or an organisation's number, whatever they would ring.
_IDENTITY = re.compile(r"\d{6}[-–]\d{4}\Z")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[-/.]\d{2,4}")
_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[.:][0-5]\d\s?[-–]\s?(?:[01]\d|2[0-4])[.:][0-5]\d")
_OTHER_NUMBER = re.compile(
    r"(?:dnr|diarien(?:umme)?r|ärende(?:n(?:umme)?r)?|org\.?\s?-?n(?:umme)?r|organisationsnummer|personn(?:umme)?r|bankgiro|plusgiro|"
    r"pg|bg|faktura(?:n(?:umme)?r)?|ocr(?:-n(?:umme)?r)?|kundn(?:umme)?r|konferens-?id|mötes-?id|meeting id|lösenord|pin|ref(?:erens)?|"
    r"beställningsn(?:umme)?r|ean|isbn)[ \t.:#]{0,4}\Z"
)  # asked of text in lower case
_SWEDISH_LENGTHS = frozenset({7, 8, 9, 10, 11, 13})  # digits with the leading 0, as libphonenumber has them
_NO_PHONES = (_IDENTITY, _DATE, _CLOCK)
_SEPARATOR = re.compile(r"[ \t\xa0/]+")
_NO_DIGIT = re.compile(r"\D")


def find_phones(text: str) -> list[TextMention]:
    """Phone numbers in text order, `value` in E.164. Swedish numbers need no country code."""
    found: list[TextMention] = []
    if "0" not in text and "+" not in text:
        return found
    position = 0
    while match := _CANDIDATE.search(text, position):
        mention = None
        if not _OTHER_NUMBER.search(small(text[max(0, match.start() - 24) : match.start()])):
            mention = _longest_number(text, match.start(), match.end())
        if mention is not None:
            found.append(mention)
        position = mention.end if mention else match.end()
    return found


def _longest_number(text: str, start: int, end: int) -> TextMention | None:
    """The longest valid number from `start`: two that stand side by side are tried apart."""
    for stop in _ends(text, start, end):
        opened = start + (text[start] == "(" and ")" not in text[start:stop])
        written = text[opened:stop].rstrip("-–(). \t")
        value = to_e164(written)
        if value is not None:
            return TextMention("PHONE", written, opened, opened + len(written), value, "phone.number", 0.95)
    return None


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    yield end
    gaps = [gap.start() for gap in _SEPARATOR.finditer(text, start, end)]
    yield from reversed(gaps)


@lru_cache(maxsize=4096)
def to_e164(written: str) -> str | None:
    """`+46104560415` for "010-456 04 15"; None if that rings nowhere."""
    digits = _NO_DIGIT.sub("", written)
    if not 7 <= len(digits) <= 17 or any(sign.fullmatch(written) for sign in _NO_PHONES):
        return None
    if digits.startswith("00"):
        return _rung("+" + digits[2:])
    if "+" not in written and digits.startswith("0") and len(digits) not in _SWEDISH_LENGTHS:
        return None
    return _rung(("+" if "+" in written else "") + digits)


@lru_cache(maxsize=8192)
def _rung(dialled: str) -> str | None:
    """Kept, since the same few numbers stand under most mail, and asking costs fifty times a look-up."""
    try:
        number = phonenumbers.parse(dialled, "SE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
