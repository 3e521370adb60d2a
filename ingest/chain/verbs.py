"""The verbs of attribution lines in all languages: `skrev`, `a écrit`, `napisał(a)`, `のメール`."""

import re
from functools import cache, lru_cache

from ingest.chain.labels import fold, table

_LETTERS = re.compile(r"[^\W\d_]+")
_GENDERED = r"(?:\(-?[^\W\d_]{1,3}\)|/-?[^\W\d_]{1,3})"
_GENDER = re.compile(_GENDERED + r"\Z")


def verb_in(text: str) -> re.Match[str] | None:
    """The first verb of any language; those whose script sets no spaces stand without them."""
    begun = _first_words().intersection(_LETTERS.findall(text.lower()))
    spaced = _spaced(frozenset(begun)).search(text) if begun else None
    unspaced = None if text.isascii() else _unspaced().search(text)
    if spaced is None or unspaced is None:
        return spaced or unspaced
    return min(spaced, unspaced, key=lambda match: match.start())


def languages_of(verb: str) -> frozenset[str]:
    """The languages in which a verb stands in attributions, whatever its gender: `napisal(a)` is napisal."""
    return table().wrote.get(fold(_GENDER.sub("", verb)), frozenset())


def _first_word(verb: str) -> str:
    return str(_LETTERS.findall(verb)[0])


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_first_word(verb) for verb in table().wrote if not _is_unspaced(verb))


@lru_cache(512)
def _spaced(begun: frozenset[str]) -> re.Pattern[str]:
    """The verbs that begin with one of these words, the longest first."""
    verbs = sorted(
        (verb for verb in table().wrote if _first_word(verb) in begun and not _is_unspaced(verb)),
        key=len,
        reverse=True,
    )
    spaced = "|".join(map(_pattern, verbs))
    return re.compile(rf"(?<![\w@.])(?:{spaced}){_GENDERED}?(?![\w@.])", re.IGNORECASE)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(_pattern, sorted(filter(_is_unspaced, table().wrote), key=len, reverse=True)))
    )


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s")


def _is_unspaced(word: str) -> bool:
    return word[0] >= "\u2e80"
