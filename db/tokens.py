"""The words of a text as both stores index them: one tokenizer, one stemmer.

A word is a run of letters and digits in NFC, lower case, cut at 200 characters. å, ä, ö (æ, ø) are letters
of their own; every other accent is dropped (Linné, Linne). Two stems are made of each word: the exact one,
and the folded one in which å, ä, ö are a, a, o, so that a query typed without them finds both.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from db.compounds import split
from db.stemming import is_swedish, stem

TEXT_CHARACTERS = 200_000
TOKEN_CHARACTERS = 200

_WORD = re.compile(r"[^\W_]+")
# Every byte of cp1252 that stands for no letter and no digit is a blank.
_WESTERN = bytes(
    byte if _WORD.match(bytes([byte]).decode("cp1252", "ignore")) else 0x20 for byte in range(256)
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphen, zero width, marks of direction
_MARKS = re.compile(r"[^\w\s\x00-\u02ff]{31,}")
_LETTERS = frozenset("åäöæø")
_WORDS_KEPT = 1 << 16
_FOLD = str.maketrans({"å": "a", "ä": "a", "ö": "o", "æ": "ae", "ø": "o"})


class Token(NamedTuple):
    """A word at `[start:end]` of the normalised text."""

    word: str
    start: int
    end: int


class Stems(NamedTuple):
    """What is indexed of one word; the parts are those of a compound, else none."""

    exact: str
    folded: str
    parts: tuple[str, ...]
    folded_parts: tuple[str, ...]


def normalise(text: str) -> str:
    """NFC of the first 200 000 characters, without soft hyphens and zero-width characters.

    Runs of combining marks are cut at 30 (UAX #15, Stream-Safe Text Format): Python orders longer ones in
    quadratic time.
    """
    cut = text[:TEXT_CHARACTERS]
    if cut.isascii():
        return cut
    if _western(cut) is not None:
        return cut.replace("\u00ad", "")
    return unicodedata.normalize("NFC", _MARKS.sub(_stream_safe, _INVISIBLE.sub("", cut)))


def _western(text: str) -> bytes | None:
    """The text in cp1252, if it can be: then it has no mark to order, and nothing else that NFC changes."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return None


def tokens(normalised: str) -> Iterator[Token]:
    """The words of a text that `normalise` has been through."""
    for match in _WORD.finditer(normalised):
        start, end = match.span()
        yield Token(_lower(match[0][:TOKEN_CHARACTERS]), start, end)


def raw_words(normalised: str) -> list[str]:
    """The same words as they are written, for `STEMS`."""
    western = _western(normalised)
    if western is None:
        return _WORD.findall(normalised)
    return western.translate(_WESTERN).decode("cp1252").split()  # a quarter of what the pattern takes


def words(text: str) -> list[str]:
    """The words of any text, in their order."""
    return [token.word for token in tokens(normalise(text))]


def has_letters(word: str) -> bool:
    """Whether a word has å, ä, ö (æ, ø): then its exact form is meant."""
    return not word.isascii() and not _LETTERS.isdisjoint(word)


def fold(word: str) -> str:
    """The word without å, ä, ö."""
    return word.translate(_FOLD)


class _StemsOf(dict[str, Stems]):
    """Written word → its stems: one look for every word of every mail, for which a cached call takes too long.

    It begins anew when it is full; what is written often is soon there again.
    """

    def __missing__(self, written: str) -> Stems:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        found = self[written] = stems(_lower(written[:TOKEN_CHARACTERS]))
        return found


@lru_cache(maxsize=1 << 14)
def stems(word: str) -> Stems:
    """The stems of a word of `tokens`: servicekontoret → servicekont, with the parts servic and kont."""
    exact = stem(word)
    parts = tuple(stem(part) for part in split(exact)) if is_swedish(word) else ()
    return Stems(exact, stem(fold(word)), parts, tuple(stem(fold(part)) for part in parts))


STEMS = _StemsOf()  # for the words of `raw_words`


def _lower(word: str) -> str:
    folded = word.casefold()
    return folded if folded.isascii() else _without_accents(folded)


@lru_cache(maxsize=1 << 14)
def _without_accents(word: str) -> str:
    if all(ord(character) < 0x100 for character in word) and _LETTERS.issuperset(
        character for character in word if not character.isascii()
    ):
        return word
    return "".join(c if c in _LETTERS else _base(c) for c in unicodedata.normalize("NFC", word))


def _base(character: str) -> str:
    first = unicodedata.normalize("NFD", character)[0]
    return first if first.isascii() else character


def _stream_safe(match: re.Match[str]) -> str:
    """At most 30 combining marks in a row; whatever else the run holds stays."""
    kept: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= 30:
            kept.append(character)
    return "".join(kept)
