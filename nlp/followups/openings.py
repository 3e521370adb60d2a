"""Where a clause opens within a sentence: lead words, coordination and word order."""

from collections.abc import Sequence
from typing import Literal

from nlp.followups import lexicon as lex
from nlp.followups.tokens import Token

ClauseKind = Literal["main", "condition", "time", "question", "that", "relative", "reason"]

STOPS = frozenset(";()!?.–—-:…")
COORDINATORS = frozenset({"annars", "varefter", "varpå", "och", "men", "samt", "eller", "så", "utan", "dock"})
_LEADS = COORDINATORS | lex.CONDITION_LEADS | lex.TIME_LEADS | {"att", "eftersom", "som", "vilket", "vilken"}
_WRITERS = lex.FIRST | lex.SECOND
_BEHIND = _WRITERS | {"det", "de", "han", "hon", "man"}
_NO_CONDITION = COORDINATORS | {"att", "hur"}
_CLAUSE_WORDS = 6
_ADVERBS = lex.words("""
    gärna snarast sedan därefter då även också vänligen snälla kanske i under till på senast efter inom den nog nu först
    därmed ju eventuellt så dessutom hellre helst omgående åter igen självklart naturligtvis givetvis snart
""")


def opening(sentence: Sequence[Token], at: int, begin: int) -> ClauseKind | None:
    """What clause opens at this token, None for none."""
    word = sentence[at].lower
    if word not in _LEADS:
        behind = at + 1 < len(sentence) and sentence[at + 1].lower in _BEHIND
        return "main" if behind and _inverted(sentence, at, begin) else None
    rest = sentence[at + 1 : at + 9]
    if word == "så" and rest and rest[0].lower in {"snart", "fort"}:
        return "time"
    if word == "så" and rest and rest[0].lower in {"fall", "att", "mycket"}:
        return None
    if word in COORDINATORS:
        return "main" if _clause_follows(rest) else None
    if word == "att":
        return "that" if _that_follows(rest) else None
    if word in lex.CONDITION_LEADS:
        return _condition(sentence, at, rest, begin)
    if word in {"då", "sedan"} and _verb_leads(rest):
        return None
    if word in lex.TIME_LEADS:
        return "time" if _time_follows(sentence, at, rest) else None
    if word == "eftersom":
        return "reason" if _subject_follows(rest) else None
    return "relative" if _relative_follows(rest) else None


def _is_verb(token: Token) -> bool:
    return token.acts


def _verb_leads(rest: Sequence[Token]) -> bool:
    """As in "Då säger vi torsdag": the verb stands before its subject, known or not."""
    if not rest or rest[0].finite:
        return bool(rest)
    return len(rest) > 1 and rest[0].lower.endswith("r") and rest[1].lower in _WRITERS


def _time_follows(sentence: Sequence[Token], at: int, rest: Sequence[Token]) -> bool:
    """Whether a clause of time begins; "innan den 1 november" is no clause, "När öppnar ni?" a question."""
    if sentence[at].lower == "innan" and rest and rest[0].dated:
        return False
    return _subject_follows(rest) and not _asks_when(sentence, at)


_LEAST_ASKED = 3


def _asks_when(sentence: Sequence[Token], at: int) -> bool:
    if at or sentence[-1].text != "?" or len(sentence) < _LEAST_ASKED:
        return False
    verb = sentence[1]
    return verb.finite or (verb.lower.endswith("r") and verb.lower not in lex.YOU)


def _clause_follows(rest: Sequence[Token]) -> bool:
    """After och or men: a subject or a finite verb within a few words that are dates or adverbs."""
    for token in rest[:6]:
        if token.text == "," or token.text in STOPS:
            return False
        if token.lower in _WRITERS or token.lower in {"det", "de", "han", "hon", "därför"}:
            return True
        if token.finite:
            # "titta på utkastet och svara": an infinitive that goes on is no clause of its own.
            return True
        if any(form.tense == "imperative" and form.lemma != token.lower for form in token.forms):
            return True
        if token.dated or token.lower in _ADVERBS or not token.word:
            continue
        return _noun_then_verb(rest)
    return False


def _noun_then_verb(rest: Sequence[Token]) -> bool:
    reach = next((i for i, t in enumerate(rest) if t.lower in {"som", "att", "om"}), len(rest))
    return any(token.finite for token in rest[1 : min(6, reach)]) and not any(not t.word for t in rest[:3])


def _that_follows(rest: Sequence[Token]) -> bool:
    """After att: a clause if a finite verb or a subject comes before any infinitive."""
    for token in rest:
        if token.dated or token.lower in _ADVERBS:
            continue
        if token.text in STOPS:
            return False
        if token.lower in lex.SUBJECTS:
            return True
        if token.infinitive and not token.surely_finite:
            return False
        if token.finite:
            return True
    return True


def _subject_follows(rest: Sequence[Token]) -> bool:
    for position, token in enumerate(rest[:6]):
        if token.dated:
            continue
        if token.text in STOPS or token.text == "," or token.lower in COORDINATORS:
            return False
        if token.lower in lex.SUBJECTS and position <= 2:
            return True
        if position and token.finite:
            return True
        if position == 1 and _definite_then_verb(rest):
            return True
    return False


def _definite_then_verb(rest: Sequence[Token]) -> bool:
    """As in "om felet kvarstår": a noun in its definite form and what ends as a verb that no table knows."""
    noun, verb = rest[0].lower, rest[1].lower
    return (
        noun.endswith(("en", "et", "na"))
        and len(noun) > 3
        and verb.endswith("r")
        and len(verb) > 3
        and not (
            lex.names(verb, lex.DELIVERABLES)
            or verb in lex.MEETING
            or (verb.endswith(("ar", "er", "or")) and len(rest) > 2 and rest[2].lower in lex.SUBJECTS)
        )
    )


def _condition(sentence: Sequence[Token], at: int, rest: Sequence[Token], begin: int) -> ClauseKind | None:
    """Om: a condition, a question within ("besked om ni kan"), or the preposition (None)."""
    if len(rest) > 1 and rest[0].finite and rest[1].lower in _WRITERS:
        # "Som vi kom överens om skickar jag …": the main clause begins behind it.
        return None
    if at > begin and sentence[at - 1].lower in _ABOUT:
        return None  # "som vi kom överens om före jul"
    unopened = at > begin and not any(_is_verb(token) for token in sentence[begin:at])
    if unopened and rest and rest[0].lower not in lex.SUBJECTS:
        return None
    if not rest or rest[0].lower in _NO_CONDITION or not _subject_follows(rest) or rest[0].text in STOPS:
        return None
    if rest[0].lower in _POINTING and not _verb_before_coordinator(rest):
        # "bygga om den", "återkomma om det i april": the particle or the preposition.
        return None
    if sentence[at].lower == "huruvida":
        return "question"
    before = [t.lower for t in sentence[begin:at] if not t.dated]
    if before[-1:] and before[-1] in lex.ASKING:
        return "question"
    near = before[-5:]
    asked = not lex.ASKING.isdisjoint(near) and not {"av", "återkom", "återkommer"} & set(near[:-1]) - {
        "besked"
    }
    return "question" if asked or {"veta", "besked"} & set(near) else "condition"


_ABOUT = frozenset({"överens", "enats", "enades", "talade", "talat", "pratade", "pratat"})
_POINTING = frozenset({"den", "det", "detta", "denna", "dessa"})


def _verb_before_coordinator(rest: Sequence[Token]) -> bool:
    for token in rest:
        if token.lower in COORDINATORS or token.text in STOPS or token.text == ",":
            return False
        if token.finite or token.lower.endswith("r"):
            return True
    return len(rest) > _CLAUSE_WORDS


def _relative_follows(rest: Sequence[Token]) -> bool:
    # "som lovat att …" leaves out har.
    if any(form.tense == "supine" for token in rest[:2] for form in token.forms):
        return True
    return any(token.finite for token in rest[:4] if token.word) or _subject_follows(rest)


_LEAST_CONDITION = 3
_DEFERRING = lex.CONDITION_LEADS | lex.TIME_LEADS | {"så"}
_BEFORE_PLURALS = lex.words("många vilka alla dessa de några flera fler våra era mina dina två tre fyra fem")
_PARTICLES = frozenset({"över", "under", "efter", "per", "er", "var", "här", "där", "eller"})


def _inverted(sentence: Sequence[Token], at: int, begin: int) -> bool:
    """A finite verb that has its subject behind it, in a clause that has a finite verb already."""
    token = sentence[at]
    if at == begin:
        return False
    if token.lower in _PARTICLES or sentence[at - 1].lower in _BEFORE_PLURALS:
        return False
    if not (token.finite or (token.lower.endswith("r") and not lex.names(token.lower, lex.DELIVERABLES))):
        return False
    # "Om inget oförutsett händer skickar vi": a verb that no table knows stands in the condition.
    conditioned = sentence[begin].lower in _DEFERRING and at - begin >= _LEAST_CONDITION
    return conditioned or any(before.finite for before in sentence[begin:at] if before.lower != "som")
