"""The rules in the order in which they are asked, and which of them a clause can have an answer from.

A clause is short and a rule wants certain words, so one look at each word tells which rules to ask: hardly ever
more than three of thirty. What is said of a rule here is implied by the rule itself; a test holds both together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.followups import (
    arrivals,
    deadlines,
    deeds,
    duties,
    gatherings,
    needs,
    others,
    passives,
    pledges,
    promises,
    questions,
    receiving,
    requests,
)
from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.context import Context, Finding
from nlp.followups.verbs import VERBS, Tense

_WORDS_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and what a clause must have for it: one of `words`, a date, a question mark, one of the `roles`.

    None and False ask for nothing.
    """

    answer: Callable[[Context], Finding | None]
    words: frozenset[str] | None = None
    dated: bool = False
    asked: bool = False
    roles: frozenset[Role | None] | None = None


def _forms(tense: Tense) -> frozenset[str]:
    """Every word that the tables know in this tense."""
    return frozenset(word for word, forms in VERBS.items() if any(form.tense == tense for form in forms))


_SENDER: frozenset[Role | None] = frozenset({"sender"})
_RECIPIENT: frozenset[Role | None] = frozenset({"recipient"})
_THIRD: frozenset[Role | None] = frozenset({"third_party"})
_NOBODY: frozenset[Role | None] = frozenset({None})

# The first rule that answers has the clause.
RULES: tuple[Rule, ...] = (
    Rule(requests.osa, lex.words("osa o.s.a o.s.a.")),
    Rule(deadlines.named, lex.DEADLINE_NOUNS | {"sista"}),
    Rule(deadlines.silence, lex.NEGATIONS, dated=True),
    Rule(arrivals.handed, lex.words("tillhanda handa"), dated=True),
    Rule(arrivals.valid, arrivals.VALID, dated=True),
    Rule(gatherings.meeting, gatherings.WORDS),
    Rule(duties.reminder, lex.words("inte ej ännu fortfarande alltjämt")),
    Rule(needs.thanks, needs.GRATEFUL),
    Rule(questions.wonder, lex.words("undrar undrade frågar"), roles=_SENDER | _NOBODY),
    Rule(needs.asks_to_get, needs.GET | {"räkna", "förvänta"}, roles=_SENDER),
    Rule(needs.need, needs.WORDS),
    Rule(
        duties.asked_of_you,
        lex.words("begär anhåller hemställer ber be uppmanar ombeds uppmanas ombedes anmodas"),
    ),
    Rule(duties.charged, lex.words("uppdrar uppdrag"), dated=True),
    Rule(questions.question, lex.SECOND | {"någon", "att"}),
    Rule(questions.which, questions.WH, asked=True),
    Rule(questions.facts, asked=True),
    Rule(receiving.you_will_get, lex.words("hör höra har ska kommer får få"), roles=_RECIPIENT),
    Rule(pledges.receives, lex.words("får"), dated=True, roles=_RECIPIENT),
    Rule(duties.duty, roles=_RECIPIENT | _THIRD),
    Rule(requests.imperative, _forms("imperative") | {"glöm", "säg"}, roles=_RECIPIENT | _THIRD | _NOBODY),
    Rule(questions.may_we, questions.MAY, asked=True, roles=_SENDER),
    Rule(pledges.keeps_informed, lex.words("håller hålla"), roles=_SENDER),
    Rule(others.asked_other, lex.words("bett ber")),
    Rule(promises.own, roles=_SENDER),
    Rule(pledges.ready, pledges.READY, dated=True, roles=_SENDER | _THIRD),
    Rule(pledges.comes, lex.words("kommer"), dated=True, roles=_THIRD),
    Rule(others.other, roles=_THIRD),
    Rule(others.yours, others.INTENDED | lex.PLEDGED, roles=_RECIPIENT),
    Rule(pledges.fronted, pledges.GIVES, dated=True, roles=_SENDER),
    Rule(promises.subjectless, _forms("present") | promises.SHALL, roles=_NOBODY),
    Rule(arrivals.to_be_done, dated=True, roles=_NOBODY),
    Rule(
        passives.passive,
        _forms("passive") | passives.ENTRY | {"kommer", "följer", "oss"},
        roles=_THIRD | _NOBODY,
    ),
    Rule(others.vouched, dated=True),
    Rule(arrivals.listed, lex.YOU | lex.OUR_OWN, dated=True, roles=_NOBODY),
    Rule(deadlines.nominal, dated=True),
    Rule(deeds.deed, roles=_SENDER),
    Rule(deeds.promised, lex.words("förbinder åtar"), roles=_SENDER),
    Rule(deeds.reaches_you, lex.words("hos till åt"), roles=_SENDER | _NOBODY),
)

# Sets of rules as numbers: rule i is bit i.
_MEETING = 1 << next(i for i, rule in enumerate(RULES) if rule.answer is gatherings.meeting)
_WORDLESS = sum(1 << i for i, rule in enumerate(RULES) if rule.words is None)
_UNDATED = sum(1 << i for i, rule in enumerate(RULES) if not rule.dated)
_TOLD = sum(1 << i for i, rule in enumerate(RULES) if not rule.asked)
_OF_ROLE = {
    role: sum(1 << i for i, rule in enumerate(RULES) if rule.roles is None or role in rule.roles)
    for role in (*_SENDER, *_RECIPIENT, *_THIRD, *_NOBODY)
}


def rules_for(context: Context) -> Iterator[Rule]:
    """The rules that may answer to this clause, in order."""
    left = _WORDLESS
    for word in context.words:
        left |= _opened(word)
    if not context.dated:
        left &= _UNDATED
    elif context.letter_meets:
        left |= _MEETING  # a label such as "Tid:" may stand in the clause before
    if not context.question:
        left &= _TOLD
    left &= _OF_ROLE[context.role]
    while left:
        lowest = left & -left
        yield RULES[lowest.bit_length() - 1]
        left ^= lowest


@lru_cache(_WORDS_KEPT)
def _opened(word: str) -> int:
    """The rules that this word is one of the words of."""
    rules = sum(1 << i for i, rule in enumerate(RULES) if rule.words is not None and word in rule.words)
    return rules | (_MEETING if word.endswith(gatherings.ENDINGS) else 0)
