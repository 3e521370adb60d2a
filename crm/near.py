"""Whether one text is another that was cut or edited, by the runs of three words that they share. Pure."""

import re

from rapidfuzz.distance import Levenshtein

from crm.keys import normalised
from nlp.municipalities.gazetteer import spellings
from nlp.people.words import is_given

SAME = 0.6  # of the shorter text's runs that the longer one has to hold
_NEARLY = 0.99  # of a text that stands whole in a longer one
_RUN = 3
_FEWEST = 6  # words below which nothing but equality counts
_MOST = 3_000  # words of a text that are looked at
_LONGEST = 40_000  # signs of it
_LINK = re.compile(r"https?://\S+|<?(?:mailto|tel):\S+", re.IGNORECASE)
_LOST = re.compile(r"\?(?=[^\W\d_])")  # a letter that a charset had no place for
_NOT_ASCII = re.compile(r"[^\x00-\x7f]|\?")
_GREETINGS = frozenset("hej hejsan bästa käre kära hallå dear hi hello".split())  # a name comes next
_SHORT = 3  # words that stand in the place of others where a date or a name was exchanged


def likeness(one: str, other: str) -> float:
    """1 for equal words; else the share of the shorter text's runs of words that stand in the longer one, 0 for too few.

    A quote that lost its tail, or had a line changed, keeps most of its runs; two letters of one sender and minute do
    not share any but the phrases of greeting.
    """
    left, right = _words(one, other)
    if left == right:
        return 1.0
    if min(len(left), len(right)) < _FEWEST:
        return 0.0
    runs, others = _runs(left), _runs(right)
    return min(len(runs & others) / min(len(runs), len(others)), _NEARLY)


def differs_in_fact(one: str, other: str) -> bool:
    """Whether two texts have another number, municipality or given name in the same place, as letters that go to many do."""
    left, right = _words(_LINK.sub(" ", one), _LINK.sub(" ", other))
    return any(
        edit.tag == "replace"
        and max(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start) <= _SHORT
        and (
            left[max(0, edit.src_start - 1)] in _GREETINGS
            or _other_fact(left[edit.src_start : edit.src_end], right[edit.dest_start : edit.dest_end])
        )
        for edit in Levenshtein.opcodes(left, right)
    )


def _words(one: str, other: str) -> tuple[list[str], list[str]]:
    """Of both; without the letters that one of them has lost."""
    texts = one[:_LONGEST], other[:_LONGEST]
    if any(map(_LOST.search, texts)):
        texts = _NOT_ASCII.sub("", texts[0]), _NOT_ASCII.sub("", texts[1])
    return normalised(texts[0]).split()[:_MOST], normalised(texts[1]).split()[:_MOST]


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _other_fact(words: list[str], others: list[str]) -> bool:
    """A number written in other groups is the same."""
    left, right = (re.sub(r"\D", "", "".join(part)) for part in (words, others))
    if left and right:
        return left != right
    named, differently = ({word for word in part if _is_name(word)} for part in (words, others))
    return bool(named and differently) and named.isdisjoint(differently)


def _is_name(word: str) -> bool:
    return word in spellings() or is_given(word)
