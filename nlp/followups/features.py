"""What the second opinion sees of a sentence: its words in pairs, who speaks of whom, and the frames of its clauses."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role
from nlp.followups.clauses import Clause
from nlp.followups.opinion import ASKED
from nlp.followups.tokens import Token
from nlp.followups.verbs import tenses_of
from nlp.model import DateMention

_FIGURE = re.compile(r"[0-9]")
_KEPT_SIGNS = frozenset("?:!,")
_DATE = "#D"
_MOST_WORDS = 60
_LONG, _STEM = 7, 6
_PART = 4  # letters of a piece of a word
_LONGEST_PARTED = 30
_LEAST_ENDING = 3
_ENDINGS = tuple(
    "erna arna orna ande ende ning ades are ade ats en et na as ar er or at it s a t d n".split()
)  # the longest first
# Words that make the frame of a sentence, whatever it is about.
_SMALL = lex.words("""
    jag vi ni du han hon hen de den det man någon nån något nåt ingen inget inga alla allt båda en ett mig oss dig er dem honom henne sig min mitt mina
    din ditt dina vår vårt våra ert era sin sitt sina hans hennes deras denna detta dessa som att om när innan medan sedan sen då därför eftersom för
    att så och eller men utan samt dock dessutom även också inte ej icke aldrig ännu redan bara gärna snarast här där hit dit hur vad vem vilka vilken
    vilket varför var kan kunde ska skall skulle vill ville måste bör borde får fick behöver behövde har hade är var blir blev finns fanns kommer kom
    gör gjorde ger gav går gick tar tog ser såg hör håller ligger står vet tror tycker hoppas väntar i på av till från med hos inom under efter före
    över ur mot mellan vid genom enligt kring inför åt upp ner ned in ut fram tillbaka tack snälla vänligen hej ja nej ok nu idag imorgon igår
    senast tidigast kanske nog väl ju
""")
_MODALS = lex.FUTURE | lex.STRONG_DUTY
_US = frozenset({"oss", "mig"})
_WORDS_KEPT = 16_384


def features(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    roles: Sequence[Role | None],
    dates: Iterable[DateMention],
    *,
    question: bool,
) -> set[str]:
    """The features of a sentence as strings; figures count as one another, and so do dates."""
    words = _words(tokens)
    found = {f"{one} {other}" for one, other in zip(["^", *words], words, strict=False)}
    found.update(*map(_of_word, words))
    shapes = ["^", *map(_shape, words), "$"]
    found.update(map("{}_{}_{}".format, shapes, shapes[1:], shapes[2:]))
    found.update("1:" + word for word in words[:1])
    persons = _persons(words)
    mods = {mention.mod or "DAY" for mention in dates} or {"-"}
    found.update(f"per:{persons}{mod}" for mod in mods)
    found.update("mod:" + mod for mod in mods)
    frames = {form.frame + form.tense for token in tokens for form in token.forms}
    found.update(f"v:{frame}" for frame in frames)
    found.update(f"v:{frame}{persons}" for frame in frames)
    if question:
        found.update((ASKED, ASKED + persons))
    for clause, role in zip(clauses, roles, strict=True):
        _of_clause(found, clause, role)
        _of_deed(found, clause, role, mods)
    return found


def _words(tokens: Sequence[Token]) -> list[str]:
    """The words and telling signs, a run of dated words as one."""
    words: list[str] = []
    for token in tokens[:_MOST_WORDS]:
        if token.dated:
            if words[-1:] != [_DATE]:
                words.append(_DATE)
        elif token.word or token.text in _KEPT_SIGNS:
            words.append(_plain(token.lower))
    return words


@lru_cache(_WORDS_KEPT)
def _plain(word: str) -> str:
    return _FIGURE.sub("0", word)


@lru_cache(_WORDS_KEPT)
def _of_word(word: str) -> tuple[str, ...]:
    """A word, what it begins with, and whether it names a thing that is sent."""
    found = [word]
    if len(word) > _LONG:
        found.append("p:" + word[:_STEM])
    if lex.names(word, lex.DELIVERABLES):
        found.append("thing")
    if word in lex.NEGATIONS:
        found.append("not")
    if word.isalpha():
        framed = f"<{word}>"[:_LONGEST_PARTED]
        found.extend("~" + framed[at : at + _PART] for at in range(len(framed) - _PART + 1))
    return tuple(found)


@lru_cache(_WORDS_KEPT)
def _shape(word: str) -> str:
    """A small word as it is, any other as what its ending tells of it."""
    if word in _SMALL or len(word) < _LEAST_ENDING or not word.isalpha():
        return word
    return next(("~" + ending for ending in _ENDINGS if word.endswith(ending)), "~")


def _persons(words: Sequence[str]) -> str:
    """Which of the two sides are named: J and O the writer as subject and object, N and E the reader."""
    sides = (("J", lex.FIRST), ("N", lex.SECOND), ("E", lex.YOU), ("O", _US))
    return "".join(sign for sign, group in sides if not group.isdisjoint(words))


def _of_clause(found: set[str], clause: Clause, role: Role | None) -> None:
    who = (role or "x")[0]
    modal = next((word for word in clause.words if word in _MODALS), "-")
    finite = next((token.lower for token in clause.tokens if token.finite), "-")
    found.update((f"c:{who}{clause.kind}", f"cm:{who}{modal}", f"cf:{who}{finite}"))
    for token in clause.tokens:
        for form in token.forms:
            if form.tense != "imperative" or form.lemma != token.lower:
                found.add(f"c:{who}{clause.kind}{form.frame}{form.tense}")
                found.add(f"cx:{who}{modal}{form.lemma}{form.tense}")


def _of_deed(found: set[str], clause: Clause, role: Role | None, mods: Iterable[str]) -> None:
    """Who does something in a clause, whatever the verb: an order at its head, or a finite verb and what stands before it."""
    who = (role or "x")[0]
    words = [token for token in clause.tokens if token.word]
    head = next((at for at, token in enumerate(words) if token.lower not in _BEFORE_ORDERS), len(words))
    if head < len(words) and not words[head].dated and "imperative" in tenses_of(words[head].lower):
        after = _kind_of_word(words[head + 1]) if head + 1 < len(words) else "$"
        found.update((f"o:{after}", f"o:{clause.kind}{after}", "o:" + words[head].lower))
    for at, token in enumerate(words):
        tenses = () if token.dated else tenses_of(token.lower)
        if "present" in tenses or "past" in tenses or "passive" in tenses:
            tense = "/".join(sorted(one[:3] for one in tenses))
            before = _kind_of_word(words[at - 1]) if at else "^"
            after = _kind_of_word(words[at + 1]) if at + 1 < len(words) else "$"
            found.update(
                (
                    f"d:{who}{tense}",
                    f"db:{before}{tense}",
                    f"da:{tense}{after}",
                    f"dba:{before}{tense}{after}",
                )
            )
            found.update(f"dm:{before}{tense}{mod}" for mod in mods)
            found.update(f"dw:{who}{tense}{mod}" for mod in mods)
            break


def _kind_of_word(token: Token) -> str:
    """A word beside a verb by what it may be: a date, a pronoun, a small word, a name, a thing that is known, another."""
    if token.dated:
        return "D"
    low = token.lower
    for sign, group in _GROUPS:
        if low in group:
            return sign
    if low in _SMALL:
        return "s"
    if low in lex.ACTORS or low in lex.PEOPLE or lex.is_agent(low):
        return "A"
    if token.capital:
        return "C"
    return "d" if low.endswith(_DEFINITE) else "w"


_GROUPS = (
    ("J", lex.FIRST),
    ("N", lex.SECOND),
    ("E", lex.YOU),
    ("O", _US | lex.OUR),
    ("H", lex.THIRD_PRONOUNS | {"dom", "dem"}),
    ("I", lex.words("det den detta denna dessa man")),
)
_DEFINITE = ("en", "et", "na", "arn", "ern")
_BEFORE_ORDERS = lex.words(
    "och å o men så sen sedan då samt gärna vänligen snälla obs ps var god vänlig bara först därför också"
)
