"""A message as the full-text index holds it: its stems, the same for both stores."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.tokens import STEMS, normalise, raw_words

# PostgreSQL takes 1 MB for a row's words; what a text of real mail needs is far below.
_BUDGET = 450_000
_COST = 12  # of a word beside its letters: position, count, alignment
_TEXTS_KEPT, _LONGEST_KEPT = 512, 8_000
_WIDEST = 8  # bytes that a character's stem takes at most: case folding makes three of one


class Document(NamedTuple):
    """The stems of a message, separated by blanks: of its subject and body, and of the parts of compounds in both.

    The folded ones are those without å, ä, ö.
    """

    subject: str
    body: str
    parts: str
    folded_subject: str
    folded_body: str
    folded_parts: str


class _Stream(NamedTuple):
    """The stems of one text, in their order; of the parts each is there once."""

    exact: Sequence[str] = ()
    folded: Sequence[str] = ()
    parts: Iterable[str] = ()
    folded_parts: Iterable[str] = ()


def document(subject: str, body: str) -> Document:
    """A message's words as both stores index them."""
    title, text = (
        _kept(words) if len(words) <= _LONGEST_KEPT else _stream(words) for words in (subject, body)
    )
    return Document(
        " ".join(title.exact),
        " ".join(text.exact),
        " ".join(dict.fromkeys((*title.parts, *text.parts))),
        " ".join(title.folded),
        " ".join(text.folded),
        " ".join(dict.fromkeys((*title.folded_parts, *text.folded_parts))),
    )


def _stream(text: str) -> _Stream:
    """The stems of a text; its end is left out where it has more distinct letters than an index row takes."""
    normalised = normalise(text)
    found = raw_words(normalised)
    if _COST * len(found) + _WIDEST * len(normalised) > _BUDGET:
        found = _affordable(found)
    known = list(map(STEMS.__getitem__, found))
    compounds = [stems for stems in known if stems.parts]
    return _Stream(
        [exact for exact, _, _, _ in known],
        [folded for _, folded, _, _ in known],
        dict.fromkeys(part for stems in compounds for part in stems.parts),
        dict.fromkeys(part for stems in compounds for part in stems.folded_parts),
    )


# A letter comes again as a quote, a subject in every answer.
_kept = lru_cache(_TEXTS_KEPT)(_stream)


def _affordable(found: list[str]) -> list[str]:
    """The first words, as many as the budget takes."""
    spent = 0
    for number, word in enumerate(found):
        spent += len(STEMS[word].exact.encode()) + _COST
        if spent > _BUDGET:
            return found[:number]
    return found
