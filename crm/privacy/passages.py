"""Where somebody stands in a text: the sentences around, without what is another's address or number. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from nlp.sentences import sentences

HIDDEN: Final = "[…]"
_LONGEST = 1_000  # signs of a sentence that is told
_SIGN = r"[^\s<>\"'(),;:\[\]@]"
_ADDRESS = re.compile(rf"{_SIGN}{{1,64}}@{_SIGN}{{1,255}}")
_PHONE = re.compile(r"(?<![\w+])(?:\+|00?)\d(?:[ ()/–-]{0,2}\d){6,13}(?!\d)")
_PERSONAL = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+]?\d{4}(?!\d)")

Span = tuple[int, int]


def places(text: str, words: Sequence[str]) -> list[Span]:
    """Where these words stand whole, in any case and in the genitive as well."""
    return [found.span() for found in _pattern(tuple(words)).finditer(text)] if words else []


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = (r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(each)})s?(?!\w)")


def passages(text: str, spans: Collection[Span], own: Collection[str]) -> Iterator[str]:
    """The sentences in which the spans stand, each once, in the order of the text; `own` is what is not hidden in them."""
    waiting = sorted(spans)
    told = set()
    at = 0
    for start, end in sentences(text) if waiting else ():
        while at < len(waiting) and waiting[at][1] <= start:
            at += 1
        if at < len(waiting) and waiting[at][0] < end:
            said = discreet(" ".join(text[start:end].split())[:_LONGEST], own)
            if said not in told:
                told.add(said)
                yield said


def discreet(text: str, own: Collection[str]) -> str:
    """`text` with others' addresses, phone numbers and personal identity numbers hidden; `own` are addresses and E.164 numbers."""
    kept = {one.lower() for one in own}
    text = _ADDRESS.sub(lambda found: _kept(found.group(), found.group().lower().rstrip("."), kept), text)
    text = _PERSONAL.sub(HIDDEN, text)
    return _PHONE.sub(lambda found: _kept(found.group(), _national(found.group()), kept), text)


def _kept(said: str, value: str, kept: Collection[str]) -> str:
    return said if value in kept else HIDDEN


def _national(said: str) -> str:
    """A number as it is written, in E.164: one without a country is Swedish."""
    digits = re.sub(r"\D", "", said)
    if said.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+46{digits.removeprefix('0')}"
