"""What a whole sentence says where none of its clauses does: a set turn of phrase, or what the model has learned."""

import re
from collections.abc import Sequence

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.clauses import Clause, is_piece
from nlp.followups.conditions import opens_with_condition
from nlp.followups.context import Finding, Hit, Scene, due
from nlp.followups.due import is_ahead
from nlp.followups.features import features
from nlp.followups.meetings import is_past, moved
from nlp.followups.opinion import Opinion, opinion
from nlp.followups.tokens import Token
from nlp.followups.turns import turn_of
from nlp.followups.windows import NO_WINDOW, alternatives
from nlp.model import DateMention

# Said to part as friends.
_KIND = re.compile(
    r"(?:ta (?:väl |bra |hand |så )|ha det |ha en |sköt om |lycka till|njut|kör försiktigt|krya på|var rädd om|hälsa (?:så gott|till|familjen|alla))",
    re.IGNORECASE,
)
_SIDES = lex.FIRST | lex.SECOND | lex.YOU | lex.OUR | {"oss", "mig"}
_ASKED_FOR = lex.words(
    "hur vad vem vilka vilken vilket när var"
)  # "Hur många blev det?" asks, whatever its tense
_ACTING = lex.FIRST | lex.SECOND | {"han", "hon"}
_LACKING = lex.words("önskas behövs saknas krävs efterfrågas emotses mottas")


def read_whole(
    scene: Scene,
    span: tuple[int, int],
    words: Sequence[Token],
    clauses: Sequence[Clause],
    roles: Sequence[Role | None],
    dates: Sequence[DateMention],
) -> list[Hit]:
    """The follow-up of the sentence body[span] whose clauses no rule has answered, at most one."""
    text = scene.body[slice(*span)]
    if not dates and _KIND.match(text):
        return []
    question = asks(text)
    turn = turn_of(text, question=question)
    if turn is not None:
        rule = f"followup.turn.{turn.name}"
        return _hits(
            scene, Finding(turn.kind, turn.role or "both", rule, 0.65, turn.undated, by=turn.by), dates
        )
    unnamed = not (dates or question or _concerns(words))
    if _owes_nothing(words, clauses, dates, text) or (unnamed and not any(token.forms for token in words)):
        return []
    seen = opinion(features(words, clauses, roles, dates, question=question))
    if seen is None or (question and not scene.who.organised and seen.likely < _LEAST_OF_PUBLIC):
        return []
    if unnamed and (seen.likely < _LEAST_UNNAMED or (seen.kind == "commitment" and not _passive(words))):
        return []
    if seen.kind == "meeting" and not (dates or question):
        return []  # "Vi får ses någon gång" is good company
    if seen.kind == "meeting" and len(dates) == 1 and any(moved(clause) for clause in clauses):
        return []  # a meeting that is given up without a new day
    if seen.kind == "commitment" and words[0].infinitive and not words[0].acts:
        return []  # "undersöka om det går": the point of a list, of which nothing says whose it is
    seen = _put_right(seen, words, question=question)
    rule, sure = f"followup.model.{seen.kind}", 0.6 * seen.likely
    by = seen.kind == "deadline"
    return _hits(scene, Finding(seen.kind, seen.role or "both", rule, sure, undated=True, by=by), dates)


def _owes_nothing(
    words: Sequence[Token], clauses: Sequence[Clause], dates: Sequence[DateMention], text: str
) -> bool:
    """Whether the model need not be asked: the past, good company, what is told, conditional or done."""
    question = asks(text)
    if all(_told(clause, question=question, dated=bool(dates)) for clause in clauses):
        return True
    if any(clause.has(_EXPECTED) and not clause.has(_SIDES) for clause in clauses):
        return True  # "Elektrikern beräknas vara klar på fredag": a plan that nobody has promised
    if _is_told(clauses) or (question and any(clause.has(_LEISURE) for clause in clauses)):
        return True
    return not dates and (opens_with_condition(clauses, question=question) or _is_done_or_idle(words, text))


def _put_right(seen: Opinion, words: Sequence[Token], *, question: bool) -> Opinion:
    """Whatever is asked is asked of somebody, and who comes back meets nobody."""
    if question and seen.kind == "commitment":
        return Opinion("request", "recipient", seen.likely)
    if seen.kind == "meeting" and not question and _comes_back(words):
        return Opinion("commitment", "third_party", seen.likely)
    return seen


def _comes_back(words: Sequence[Token]) -> bool:
    """As in "Boden skulle återkomma i veckan", where neither side is named."""
    named = any(token.lower in _SIDES for token in words)
    return not named and any(form.lemma in _RETURNS for token in words for form in token.forms)


def _passive(words: Sequence[Token]) -> bool:
    return any(form.tense == "passive" for token in words for form in token.forms)


def _is_told(clauses: Sequence[Clause]) -> bool:
    """As in "Han sa att jag skulle få ett intyg inom tre dagar"."""
    return clauses[0].has(lex.REPORTED) and any(clause.kind == "that" for clause in clauses)


def _is_done_or_idle(words: Sequence[Token], text: str) -> bool:
    """Done by this very letter ("Härmed bekräftas …", "… ligger bifogad"), or meant for some day or other."""
    said = {token.lower for token in words}
    done = (not said.isdisjoint(_BY_THIS) or "redan nu" in text) and said.isdisjoint(_BACK)
    return done or (not asks(text) and _SOME_DAY.search(text) is not None)


_LEISURE = lex.words("""
    skidor skridskor semester semestern helg helgen sommarens sommaren julen jul påsk påsken midsommar vädret barnen familjen
    tävlingen matchen resan fjällen stugan havet badat svampen hunden katten maken makan mår läget
""")
_RETURNS = lex.words("återkomma återkoppla")
_PERFECT = lex.words("har hade")
_EXPECTED = lex.words("beräknas väntas bedöms")
_LEAST_UNNAMED = 0.85  # neither a day nor one of the two sides: "Ett exemplar återsänds undertecknat"
_LEAST_OF_PUBLIC = 0.7  # what the public asks is answered over the counter
_BY_THIS = lex.words(
    "härmed bifogat bifogad bifogade bifogas bifogar bilagt bilagd bilagda bilägges medföljer"
)
_BACK = lex.words("tillbaka åter retur ska måste behöver")
_SOME_DAY = re.compile(r"\b(?:någon|nån) (?:gång|dag|kväll)\b|\bvid tillfälle\b", re.IGNORECASE)


def asks(sentence: str) -> bool:
    """Whether a sentence ends in a question mark."""
    return sentence.rstrip(" \"'”)").endswith("?")


def _concerns(words: Sequence[Token]) -> bool:
    """Whether a sentence without a day speaks of one of the two sides, orders, or says what is lacking."""
    if any(form.tense == "imperative" for form in words[0].forms):
        return True
    return any(token.lower in _SIDES or token.lower in _LACKING for token in words)


def _told(clause: Clause, *, question: bool, dated: bool) -> bool:
    """A clause without a verb, or one that tells of what has been; one with a subject has a verb that no table knows."""
    if is_piece(clause):
        return not clause.has(_ACTING)
    if clause.kind != "main" or clause.has(lex.FUTURE):
        return False
    asked = question and clause.words[0] in _ASKED_FOR
    return (is_past(clause) and not asked) or (_has_been(clause) and not (question or dated))


def _has_been(clause: Clause) -> bool:
    """As in "Det har vi fått från er"; what has been booked for a day is still to come."""
    return clause.has(_PERFECT) and any(
        form.tense == "supine" for token in clause.tokens for form in token.forms
    )


def _hits(scene: Scene, finding: Finding, dates: Sequence[DateMention]) -> list[Hit]:
    """The finding on the days of the sentence that lie ahead, the last day first."""
    ahead = [m for m in dates if is_ahead(m, scene.reference) and m.mod != "CANCELLED"]
    bound = [m for m in ahead if m.mod in {"BEFORE", "ON_OR_BEFORE"}] or ahead
    if not bound:
        return [Hit(finding, NO_WINDOW)] if finding.undated else []
    chosen = tuple(alternatives(ahead, bound[0], scene.body))
    return [Hit(finding, due(finding, chosen, scene.body, scene.reference), None, chosen)]
