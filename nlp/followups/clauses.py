"""Words of a sentence and the clauses that they form, by word order and lead words alone.

Swedish makes this possible: the finite verb stands second in a main clause, before its subject where
something else leads ("I oktober återkommer vi"), and a subordinate clause opens with a word of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from nlp.followups import lexicon as lex
from nlp.followups.verbs import VERBS, VerbForm
from nlp.model import DateMention

ClauseKind = Literal["main", "condition", "time", "question", "that", "relative", "reason"]

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.:/@_&][^\W_]+)*+|[^\w\s]")
_LEADING_NOISE = frozenset("\"'”“»«*•·>_“")
_STOPS = frozenset(";()!?.–—-:…")
_ADVERBS = lex.words("""
    gärna snarast sedan därefter då även också vänligen snälla kanske i under till på senast efter inom den nog nu först
    därmed ju eventuellt så dessutom hellre helst omgående åter igen självklart naturligtvis givetvis snart
""")
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


@dataclass(slots=True)
class Clause:
    """Tokens [first, last) of a sentence; `lead` is the word that opened it, "" for none."""

    tokens: Sequence[Token]
    kind: ClauseKind = "main"
    lead: str = ""
    coordinated: bool = False
    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.words = tuple(token.lower if not token.dated else "" for token in self.tokens)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    def has(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)

    def names(self, things: frozenset[str]) -> bool:
        """Whether one of these things stands here, by itself or at the end of a compound."""
        return any(lex.names(word, things) for word in self.words)

    def holds(self, mention: DateMention) -> bool:
        return self.start <= mention.start < self.end


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


def _is_infinitive(token: Token) -> bool:
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


def split(sentence: Sequence[Token]) -> list[Clause]:
    """The clauses of a sentence in text order; pieces without any verb stay as they are."""
    clauses: list[Clause] = []
    begin, kind, lead, coordinated = 0, _NO_LEAD, "", False
    at = 0
    while at < len(sentence):
        token = sentence[at]
        if not token.dated and (token.text in _STOPS or token.text == ",") and not _within_list(sentence, at):
            _close(clauses, sentence[begin:at], kind, lead, coordinated=coordinated)
            begin, kind, lead, coordinated = at + 1, _NO_LEAD, "", False
        elif not token.dated:
            opened = _opening(sentence, at, begin)
            if opened is not None:
                _close(clauses, sentence[begin:at], kind, lead, coordinated=coordinated)
                # The lead of a clause that was just closed without words belongs to what follows.
                if begin == at and kind not in {_NO_LEAD, "main"}:
                    opened = opened if opened != "main" else kind
                begin, kind = at, opened
                lead, coordinated = token.lower, token.lower in _COORDINATORS
        at += 1
    _close(clauses, sentence[begin:], kind, lead, coordinated=coordinated)
    return clauses


def _within_list(sentence: Sequence[Token], at: int) -> bool:
    """A comma between two dates: "den 22, 23 eller 24 mars"."""
    between = 0 < at < len(sentence) - 1 and sentence[at].text == ","
    return between and sentence[at - 1].dated and sentence[at + 1].dated


def _is_verb(token: Token) -> bool:
    return is_finite(token) or any(form.tense == "imperative" for form in verb_forms(token))


_NO_LEAD: ClauseKind = "main"
_COORDINATORS = frozenset({"och", "men", "samt", "eller", "så", "utan", "dock"})


def _close(
    clauses: list[Clause], piece: Sequence[Token], kind: ClauseKind, lead: str, *, coordinated: bool
) -> None:
    if any(token.word for token in piece):
        clauses.append(Clause(piece, kind, lead, coordinated))


def _opening(sentence: Sequence[Token], at: int, begin: int) -> ClauseKind | None:
    """What clause opens at this token, None for none."""
    word = sentence[at].lower
    rest = sentence[at + 1 : at + 9]
    if word == "så" and rest and rest[0].lower in {"snart", "fort"}:
        return "time"
    if word == "så" and rest and rest[0].lower in {"fall", "att", "mycket"}:
        return None
    if word in _COORDINATORS:
        return "main" if _clause_follows(rest) else None
    if word == "att":
        return "that" if _that_follows(rest) else None
    if word in lex.CONDITION_LEADS:
        return _condition(sentence, at, rest, begin)
    if word in {"då", "sedan"} and rest and is_finite(rest[0]):
        return None
    if word in lex.TIME_LEADS:
        return "time" if _subject_follows(rest) and not _asks_when(sentence, at) else None
    if word in {"så", "eftersom"}:
        return "reason" if _subject_follows(rest) else None
    if word in {"som", "vilket", "vilken"}:
        return "relative" if _relative_follows(rest) else None
    return "main" if _inverted(sentence, at, begin) else None


def _asks_when(sentence: Sequence[Token], at: int) -> bool:
    return at == 0 and sentence[-1].text == "?" and len(sentence) > 1 and is_finite(sentence[1])


def _clause_follows(rest: Sequence[Token]) -> bool:
    """After och or men: a subject or a finite verb within a few words that are dates or adverbs."""
    for token in rest[:6]:
        if token.text == "," or token.text in _STOPS:
            return False
        if token.lower in lex.FIRST | lex.SECOND or token.lower in {"det", "de", "han", "hon", "därför"}:
            return True
        if is_finite(token):
            # "titta på utkastet och svara": an infinitive that goes on is no clause of its own.
            return True
        if any(form.tense == "imperative" and form.lemma != token.lower for form in verb_forms(token)):
            return True
        if token.dated or token.lower in _ADVERBS or not token.word:
            continue
        return _noun_then_verb(rest)
    return False


def _noun_then_verb(rest: Sequence[Token]) -> bool:
    reach = next((i for i, t in enumerate(rest) if t.lower in {"som", "att", "om"}), len(rest))
    return any(is_finite(token) for token in rest[1 : min(6, reach)]) and not any(
        not t.word for t in rest[:3]
    )


def _that_follows(rest: Sequence[Token]) -> bool:
    """After att: a clause if a finite verb or a subject comes before any infinitive."""
    for token in rest:
        if token.dated or token.lower in _ADVERBS:
            continue
        if token.text in _STOPS:
            return False
        if token.lower in lex.SUBJECTS:
            return True
        if _is_infinitive(token) and not _strictly_finite(token):
            return False
        if is_finite(token):
            return True
    return True


def _strictly_finite(token: Token) -> bool:
    return not any(form.tense in {"infinitive", "passive"} for form in verb_forms(token)) and is_finite(token)


def _subject_follows(rest: Sequence[Token]) -> bool:
    for position, token in enumerate(rest[:6]):
        if token.dated:
            continue
        if token.text in _STOPS or token.text == "," or token.lower in _COORDINATORS:
            return False
        if token.lower in lex.SUBJECTS and position <= 2:
            return True
        if position and is_finite(token):
            return True
    return False


def _condition(sentence: Sequence[Token], at: int, rest: Sequence[Token], begin: int) -> ClauseKind | None:
    """Om: a condition, a question within ("besked om ni kan"), or the preposition (None)."""
    if len(rest) > 1 and is_finite(rest[0]) and rest[1].lower in lex.FIRST | lex.SECOND:
        # "Som vi kom överens om skickar jag …": the main clause begins behind it.
        return None
    unopened = at > begin and not any(_is_verb(token) for token in sentence[begin:at])
    if unopened and rest and rest[0].lower not in lex.SUBJECTS:
        return None
    if (
        not rest
        or rest[0].lower in _COORDINATORS | {"att", "hur"}
        or not _subject_follows(rest)
        or rest[0].text in _STOPS
    ):
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


def _relative_follows(rest: Sequence[Token]) -> bool:
    # "som lovat att …" leaves out har.
    if any(form.tense == "supine" for token in rest[:2] for form in verb_forms(token)):
        return True
    return any(is_finite(token) for token in rest[:4] if token.word) or _subject_follows(rest)


def _inverted(sentence: Sequence[Token], at: int, begin: int) -> bool:
    """A finite verb with its subject behind it, in a clause that has a finite verb already."""
    if at + 1 >= len(sentence) or at == begin:
        return False
    token, following = sentence[at], sentence[at + 1]
    if following.lower not in lex.FIRST | lex.SECOND | {"det", "de", "han", "hon", "man"}:
        return False
    if not (is_finite(token) or (token.lower.endswith("r") and not lex.names(token.lower, lex.DELIVERABLES))):
        return False
    return any(is_finite(before) for before in sentence[begin:at] if before.lower != "som")


def is_piece(clause: Clause) -> bool:
    """A run of words without a verb."""
    return not any(
        is_finite(t) or (not t.dated and any(f.tense == "imperative" for f in verb_forms(t)))
        for t in clause.tokens
    )
