"""Whether a clause holds only if something else does: "om ni har frågor", "vid behov", "Har ni frågor, …"."""

from collections.abc import Sequence

from nlp.followups import lexicon as lex
from nlp.followups.clauses import Clause, is_piece

_SAFE_CONDITION = lex.words("oförutsett oförutsedda möjligt planerat plan planerna")
# "Om det passar" is good manners.
_POLITE_CONDITION = lex.words("om det passar går är okej ok bra möjligt funkar fungerar er dig för så") | {""}
_PURPOSE = lex.words("hinna hålla gå bli klara")
_VERB_FIRST = lex.words("har vill behöver önskar uppstår får är saknas blir finns undrar vore skulle")
_OCCASIONS = lex.words(
    "frågor behov intresse förhinder funderingar ändringar fel problem hinder avvikelser oklarheter tveksamheter driftstopp sjukdom"
)
_COORDINATORS = frozenset({"och", "men", "samt"})


def is_conditional(clauses: Sequence[Clause], index: int, *, question: bool) -> bool:
    """Whether the clause holds only if something else does."""
    if opens_with_condition(clauses, question=question):
        return True
    if any(_occasion(clause) for clause in clauses[max(0, index - 1) : index + 1]):
        return True
    if {"så", "fall"} <= set(clauses[index].words):
        return True
    if index and clauses[index].lead == "så" and _commands(clauses[index - 1]):
        return True
    after = clauses[index + 1] if index + 1 < len(clauses) else None
    if after is not None and _is_condition(after) and not set(clauses[index].words) <= _COORDINATORS:
        return True
    for before in reversed(clauses[:index]):
        if _is_condition(before):
            return True
        if before.kind == "main" and not is_piece(before):
            return False
    return False


def _commands(clause: Clause) -> bool:
    """As in "Skicka namnen så ordnar jag kort": what follows is had in return."""
    forms = clause.tokens[0].forms
    return any(form.tense == "imperative" for form in forms) and not any(
        form.tense == "present" for form in forms
    )


def _occasion(clause: Clause) -> bool:
    """As in "Vid frågor", "vid förhinder"."""
    return clause.has(("vid",)) and (clause.has(_OCCASIONS) or _any_case_of(clause))


def _any_case_of(clause: Clause) -> bool:
    """As in "Vid avvikelser ska vi underrättas": whatever has no article and no day may never come to be."""
    if clause.words[0] != "vid" or len(clause.tokens) < _LEAST_CASE:
        return False
    at = 2 if clause.words[1] in _ANY_CASE else 1
    noun = clause.tokens[at]
    definite = noun.lower.endswith(("en", "et", "na", "n")) or noun.lower in _AT_TIMES
    return noun.word and not (noun.dated or noun.capital or definite) and clause.tokens[at + 1].finite


_LEAST_CASE = 4
_ANY_CASE = lex.words("eventuell eventuellt eventuella något någon längre större")
_AT_TIMES = lex.words("lunch lunchtid tio nio elva ett två tre fyra åtta sju midnatt nästa varje")


def _is_condition(clause: Clause) -> bool:
    polite = clause.bag <= _POLITE_CONDITION
    # "… om det ska hinna fram": what it is for.
    polite = polite or (clause.has(("ska", "skall")) and clause.has(_PURPOSE))
    return clause.kind == "condition" and not clause.has(_SAFE_CONDITION) and not polite


def opens_with_condition(clauses: Sequence[Clause], *, question: bool) -> bool:
    """As in "Har ni frågor är ni välkomna …": a statement that opens with its verb."""
    first = clauses[0].words
    opened = (
        len(first) > 1
        and first[0] in _VERB_FIRST
        and (first[1] in lex.SUBJECTS or first[0] in {"uppstår", "saknas", "skulle"})
    )
    return opened and not question and len(clauses) > 1
