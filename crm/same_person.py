"""Whether two names may be one person's: other order, a name more or less, an initial, a slip of the pen. Pure."""

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from crm.folding import name_key
from nlp.people.words import PARTICLES


class Alike(NamedTuple):
    """How sure, and why: `same`, `order`, `fuller`, `initial`, `surname`, `spelling`, `none`."""

    score: float
    reason: str


NOT_ALIKE = Alike(0.0, "none")
_LONGEST = 120
_LEAST_LETTERS = 5  # of a word that may be misspelt


def words_of_name(name: str) -> list[str]:
    """Folded words without hyphens and particles."""
    return list(_words(name[:_LONGEST]))


@lru_cache(4_096)
def _words(name: str) -> tuple[str, ...]:
    """Kept, since a mail holds the names of its people against each other."""
    words = name_key(name).replace("'", "").replace("’", "").replace(".", " ").split()
    return tuple(word for word in words if word not in PARTICLES) or tuple(words)


def alike(one: str, other: str) -> Alike:
    """How two names, given name first, compare; what stands beside them (address, phone) is for others to weigh."""
    return alike_words(words_of_name(one), words_of_name(other))


def alike_words(left: list[str], right: list[str]) -> Alike:
    """The same of their words, for whoever compares a name with many."""
    if not left or not right:
        return NOT_ALIKE
    if left == right:
        return Alike(1.0, "same")
    if Counter(left) == Counter(right):
        return Alike(0.95, "order")
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return Alike(0.5, "fuller") if short[0] == long[0] else NOT_ALIKE
    if _fits(short, long):
        return Alike(0.9, "fuller")
    if short[0] == long[0]:
        return _one_given_name(short, long)
    if _is_initial(short, long) or _is_initial(long, short):
        return Alike(0.8, "initial")
    return Alike(0.7, "spelling") if short[-1] == long[-1] and _slip(short[0], long[0]) else NOT_ALIKE


def _fits(short: list[str], long: list[str]) -> bool:
    """All words of the shorter name stand in the longer one, in their order, beginning with the same given name."""
    rest = iter(long)
    return short[0] == long[0] and all(word in rest for word in short)


def _one_given_name(one: list[str], other: list[str]) -> Alike:
    """The same given name: a misspelt surname, an initial among the names, or another surname."""
    if _slip(one[-1], other[-1]):
        return Alike(0.8, "spelling")
    if min(len(one[-1]), len(other[-1])) == 1 and one[-1][0] == other[-1][0]:
        return Alike(0.85, "initial")
    if one[-1] == other[-1]:
        return Alike(0.85, "initial" if any(len(word) == 1 for word in (*one, *other)) else "fuller")
    return Alike(0.4, "surname")


def _is_initial(short: list[str], long: list[str]) -> bool:
    """`U Sjögren` beside `Ulf Sjögren`."""
    return len(short[0]) == 1 and long[0].startswith(short[0]) and short[-1] == long[-1]


def _slip(one: str, other: str) -> bool:
    """One letter more, less, other or exchanged with its neighbour, in words of at least five."""
    long_enough = min(len(one), len(other)) >= _LEAST_LETTERS
    return long_enough and OSA.distance(one, other, score_cutoff=1) == 1
