"""The words and signs of a sentence, and what the tables know of each as a verb."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign; `start` counts in the body. Words within a date are marked and never verbs."""

    text: str
    start: int
    end: int
    dated: bool = False
    lower: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        return self.text[0].isalnum()


def tokens(text: str, start: int, end: int, dates: Sequence[DateMention]) -> list[Token]:
    """The words and signs of text[start:end], at most 400; a longer "sentence" is a list or a trap."""
    found: list[Token] = []
    spans = [(d.start, d.end) for d in dates if start <= d.start < end]
    for match in _TOKEN.finditer(text, start, end):
        dated = any(a <= match.start() < b for a, b in spans)
        found.append(Token(match.group(), match.start(), match.end(), dated))
        if len(found) >= _MOST_TOKENS:
            break
    while found and found[0].text in _LEADING_NOISE:
        del found[0]
    return found


def verb_forms(token: Token) -> tuple[VerbForm, ...]:
    return () if token.dated else VERBS.get(token.lower, ())


def is_finite(token: Token) -> bool:
    """Whether a word can be the finite verb of a clause, as far as the tables know."""
    return not token.dated and token.lower in _FINITE


def is_infinitive(token: Token) -> bool:
    if token.dated or token.lower in lex.SUBJECTS:
        return False
    forms = verb_forms(token)
    if any(form.tense in {"infinitive", "passive"} for form in forms):
        return True
    return (
        not forms
        and len(token.lower) > 3
        and token.lower.endswith(("a", "as"))
        and token.lower not in lex.YOU
    )


def strictly_finite(token: Token) -> bool:
    return not any(form.tense in {"infinitive", "passive"} for form in verb_forms(token)) and is_finite(token)
