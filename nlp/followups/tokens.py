"""The words and signs of a sentence, and what the tables know of each as a verb."""

import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from nlp.followups import lexicon as lex
from nlp.followups.verbs import VERBS, VerbForm
from nlp.model import DateMention

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.:/@_&][^\W_]+)*+|[^\w\s]")
_LEADING_NOISE = frozenset("\"'”“»«*•·>_“")
_FINITE = (
    lex.OTHER_FINITE
    | lex.FUTURE
    | {
        word
        for word, forms in VERBS.items()
        if any(form.tense in {"present", "past", "passive"} for form in forms)
    }
)
_MOST_TOKENS = 400
_WORDS_KEPT = 16_384
_LEAST_INFINITIVE = 4
_NOWHERE = (sys.maxsize, sys.maxsize)


class Token(NamedTuple):
    """A word or a sign; `start` counts in the body. Words within a date are marked and never verbs.

    `forms`: what the tables know of it as a verb. `finite`: it can be the finite verb of a clause, `surely_finite`:
    and no infinitive. `infinitive`: it can be one, listed or by its ending. `acts`: finite or an imperative.
    """

    text: str
    lower: str
    word: bool
    capital: bool
    dated: bool
    forms: tuple[VerbForm, ...]
    finite: bool
    surely_finite: bool
    infinitive: bool
    acts: bool
    start: int
    end: int


def tokens(text: str, start: int, end: int, dates: Sequence[DateMention]) -> list[Token]:
    """The words and signs of text[start:end], at most 400; a longer "sentence" is a list or a trap.

    `dates` are in text order, none inside another.
    """
    if not dates:
        matches = islice(_TOKEN.finditer(text, start, end), _MOST_TOKENS)
        return _trimmed([tuple.__new__(Token, (*_known(m[0], False), *m.span())) for m in matches])
    found: list[Token] = []
    spans = iter([(d.start, d.end) for d in dates if start <= d.start < end])
    low, high = next(spans, _NOWHERE)
    for match in islice(_TOKEN.finditer(text, start, end), _MOST_TOKENS):
        begins, ends = match.span()
        while begins >= high:
            low, high = next(spans, _NOWHERE)
        # The constructor of a named tuple takes twice the time, and there is a token for every word of every mail.
        found.append(tuple.__new__(Token, (*_known(match[0], begins >= low), begins, ends)))
    return _trimmed(found)


def _trimmed(found: list[Token]) -> list[Token]:
    """Without the bullets and quotes that a sentence may open with."""
    while found and found[0].text in _LEADING_NOISE:
        del found[0]
    return found


@lru_cache(_WORDS_KEPT)
def _known(text: str, dated: bool) -> tuple[Any, ...]:
    """What is the same wherever the word stands: the fields of a token up to its place."""
    lower = text.lower()
    forms = () if dated else VERBS.get(lower, ())
    tenses = {form.tense for form in forms}
    finite = not dated and lower in _FINITE
    listed = not tenses.isdisjoint({"infinitive", "passive"})
    infinitive = not dated and lower not in lex.SUBJECTS and (listed or (not forms and _ends_so(lower)))
    acts = finite or "imperative" in tenses
    known = (text, lower, text[0].isalnum(), text[0].isupper(), dated, forms, finite)
    return (*known, finite and not listed, infinitive, acts)


def _ends_so(lower: str) -> bool:
    """As infinitives that no table knows end."""
    return len(lower) >= _LEAST_INFINITIVE and lower.endswith(("a", "as")) and lower not in lex.YOU
