"""The parts of Swedish compounds, so that "kontor" finds "servicekontoret".

The heads of compounds (their last parts) are a list of ordinary nouns, `compounds.txt`; what stands before
a known head is a part too. Splitting works on stems: a word is split where it ends in the stem of a head.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from db.stemming import stem as stem_of

_DEEPEST = 4
_SHORTEST = 3
_VOWELS = frozenset("aeiouyåäö")


class _Lexicon(NamedTuple):
    heads: frozenset[str]
    whole: frozenset[str]
    particles: frozenset[str]
    longest: int


def split(stem: str) -> tuple[str, ...]:
    """The parts of a stem, first part first; none for a word that is no compound.

    >>> split("medborgarservicekont")
    ('medborg', 'servic', 'kont')
    """
    parts = _parts(stem, _DEEPEST)
    return parts if len(parts) > 1 else ()


def _parts(stem: str, depth: int) -> tuple[str, ...]:
    lexicon = _lexicon()
    at = _head(stem, lexicon) if depth and stem not in lexicon.whole else None
    if at is None:
        return (stem,)
    return (*_parts(stem_of(_without_joint(stem[:at])), depth - 1), stem[at:])


def _head(stem: str, lexicon: _Lexicon) -> int | None:
    """Where the longest known head begins that leaves a first part to stand before it."""
    for at in range(max(_SHORTEST, len(stem) - lexicon.longest), len(stem) - _SHORTEST + 1):
        if stem[at:] in lexicon.heads and _stands_before(stem[:at], len(stem) - at, lexicon):
            return at
    return None


def _stands_before(first: str, head: int, lexicon: _Lexicon) -> bool:
    """Whether the first part can be one: no particle (förhandling, undersökning), and before a head of three
    letters, which ends too many other words, a known noun.
    """
    if stem_of(first) in lexicon.particles:
        return False
    known = lexicon.heads | lexicon.whole
    if head <= _SHORTEST:
        return stem_of(first) in known or stem_of(_without_joint(first)) in known
    return not _VOWELS.isdisjoint(first)


def _without_joint(first: str) -> str:
    """Without the joining s: verksamhets-, regerings-."""
    return first[:-1] if first.endswith("s") and len(first) > _SHORTEST + 1 else first


@cache
def _lexicon() -> _Lexicon:
    """Stems of `compounds.txt`, by the sign before each word."""
    text = files("db").joinpath("compounds.txt").read_text("utf-8")
    listed = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    heads = _stems(word for word in listed if word[0] not in "=-")
    whole = _stems(word[1:] for word in listed if word[0] == "=")
    particles = _stems(word[1:] for word in listed if word[0] == "-")
    return _Lexicon(heads, whole, particles, max(map(len, heads)))


def _stems(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for stem in map(stem_of, listed) if len(stem) >= _SHORTEST)
