"""Spans over a text whose letters may be decomposed: read it composed (NFC), answer in its own offsets."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]

# A letter with the combining marks that follow it; bounded, so that a mile of accents costs no more.
_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]{1,8}")


@dataclass(frozen=True, slots=True)
class Composed:
    """`text` in NFC; `origin[i]` is where its sign i stands in the text as it came (None: the same place)."""

    text: str
    origin: Sequence[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span in the text as it came."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]


def compose(text: str) -> Composed:
    """Composes letters with their accents, cluster by cluster, and remembers where each stood."""
    if unicodedata.is_normalized("NFC", text):
        return Composed(text)
    pieces: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _DECOMPOSED.finditer(text):
        pieces.append(text[last : match.start()])
        origin.extend(range(last, match.start()))
        letter = unicodedata.normalize("NFC", match.group())
        pieces.append(letter)
        origin.extend([match.start()] * len(letter))
        last = match.end()
    pieces.append(text[last:])
    origin.extend(range(last, len(text) + 1))
    return Composed("".join(pieces), origin)


def fold(text: str) -> str:
    """Lower case without diacritics, as a name looks in an address (Lövgren → lovgren)."""
    plain = (
        text.lower()
        .replace("ø", "o")
        .replace("æ", "ae")
        .replace("ß", "ss")
        .replace("ł", "l")
        .replace("đ", "d")
        .replace("ı", "i")
    )
    if plain.isascii():
        return plain
    return "".join([sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)])


# What a pattern that ignores case takes for a letter of ours, and `str.lower` does not.
_LIKE = (("ı", "i"), ("ſ", "s"))


def small(text: str) -> str:
    """In lower case, sign for sign: a pattern in lower case finds there what it would find ignoring case in the text."""
    if text.isascii():
        return text.lower()
    low = text.replace("İ", "i").lower()  # else two signs
    for sign, letter in _LIKE:
        if sign in low:
            low = low.replace(sign, letter)
    return low


WORD = re.compile(r"[^\W\d_]+")


def lowered(text: str) -> str:
    """The text in lower case, sign for sign."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := sign.lower()) == 1 else sign for sign in text)
    return low


@lru_cache(maxsize=4)
def words_in(text: str) -> tuple[str, frozenset[str]]:
    """The text in lower case, sign for sign, and the words in it: one look tells which names it can hold.

    Kept for the last texts, since every recogniser of names asks.
    """
    low = lowered(text)
    runs = set(low.split())
    odd = [run for run in runs if not run.isalpha()]  # what is looked at sign by sign
    return low, frozenset(runs.difference(odd).union(WORD.findall(" ".join(odd))))


def places_of(low: str, words: Iterable[str]) -> list[tuple[int, str]]:
    """Where whole words stand in a text in lower case, in text order."""
    found: list[tuple[int, str]] = []
    for word in words:
        start = low.find(word)
        while start >= 0:
            end = start + len(word)
            if not (low[end : end + 1].isalpha() or (start and low[start - 1].isalpha())):
                found.append((start, word))
            start = low.find(word, end)
    found.sort()
    return found


class Taken:
    """Spans that may be asked for overlap in logarithmic time; they are given in text order or not."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def hits(self, start: int, end: int) -> bool:
        """Whether any of the spans shares a sign with [start, end)."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start


_WEB_SIGN = re.compile(r"@|://|\bwww\.|\bmailto:", re.IGNORECASE)
_RUN = re.compile(r"\S+")
_CALLED = re.compile(r"@[^\W\d_]{2,30}[,:]?")  # @Anna: who is called on, no address


@lru_cache(maxsize=2)
def web_spans(text: str) -> tuple[Span, ...]:
    """Runs without white space that hold a web or mail address: no name is read inside.

    Kept for the last text, since every recogniser of names asks.
    """
    if not _may_hold_web(text):
        return ()
    found: list[Span] = []
    last = 0
    for sign in _WEB_SIGN.finditer(text):
        start = sign.start()
        if start < last:
            continue
        while start > last and not text[start - 1].isspace():
            start -= 1
        run = _RUN.match(text, start)
        last = run.end() if run else start
        if _CALLED.fullmatch(text, start, last) is None:
            found.append((start, last))
    return tuple(found)


def _may_hold_web(text: str) -> bool:
    if "@" in text or "://" in text:
        return True
    low = text.lower()
    return "www." in low or "mailto:" in low
