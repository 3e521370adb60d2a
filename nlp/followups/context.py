"""What every rule sees: one clause, its sentence, who speaks, and what the rule may answer."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlp.followups import lexicon as lex
from nlp.followups.actors import Role, Voices
from nlp.followups.clauses import Clause
from nlp.followups.conditions import is_conditional
from nlp.followups.tokens import Token
from nlp.followups.verbs import VerbForm
from nlp.followups.windows import NO_WINDOW, Window, joined
from nlp.model import DateMention, FollowUpKind, Obligor


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a clause. `undated` tells whether it stands without a day;
    `by`: the day is the last one; `whole`: dates of the whole sentence may be meant.
    """

    kind: FollowUpKind
    obligor: Obligor
    rule: str
    confidence: float
    undated: bool = False
    by: bool = False
    whole: bool = False
    timeless: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding with its window; `who`: a third party as the text names it; `dates`: those that the window is of."""

    finding: Finding
    window: Window
    who: str | None = None
    dates: tuple[DateMention, ...] = ()


def due(finding: Finding, dates: Sequence[DateMention], body: str, reference: date) -> Window:
    """The window of a finding that is due on these dates; clock times are a meeting's."""
    if not dates:
        return NO_WINDOW
    window = joined(dates, body, reference)
    if finding.by:
        return window.by()
    if finding.kind == "meeting":
        return _on_the_day(window, dates)
    return Window(window.start, window.end, None, None, window.approximate, window.part)


def _on_the_day(window: Window, dates: Sequence[DateMention]) -> Window:
    """To meet "före lunch på måndag" is to meet on that day."""
    hour = len(dates) == 1 and dates[0].mod == "BEFORE" and window.end == dates[0].value_end
    return replace(window, start=window.end) if hour and window.start is None else window


@dataclass(frozen=True, slots=True)
class Scene:
    """What is the same for every sentence of a letter."""

    body: str
    reference: date
    who: Voices
    dates: Sequence[DateMention]
    vague: Sequence[tuple[int, int]]
    meets: bool
    away: bool = False
    """Whether anything in the letter tells of its writer being away."""

    def dates_in(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that begin in body[start:end], in logarithmic time."""
        low = bisect_left(self.dates, start, key=_starts)
        return self.dates[low : bisect_left(self.dates, end, lo=low, key=_starts)]

    def vague_between(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Where "inom kort", "snarast" and the like begin in body[start:end]."""
        low = bisect_left(self.vague, (start, 0))
        return self.vague[low : bisect_left(self.vague, (end, 0), lo=low)]

    def vague_in(self, start: int, end: int) -> bool:
        """Whether anything of the kind begins in body[start:end]."""
        low = bisect_left(self.vague, (start, 0))
        return low < len(self.vague) and self.vague[low][0] < end


def _starts(mention: DateMention) -> int:
    return mention.start


@dataclass(slots=True)
class Context:
    """One clause in its sentence. `dates` are those that the clause speaks of, in text order."""

    clause: Clause
    clauses: Sequence[Clause]
    index: int
    who: Voices
    role: Role | None
    question: bool
    dates: Sequence[DateMention]
    vague: bool
    letter_meets: bool = False
    role_before: Role | None = None
    _verbs: list[tuple[int, VerbForm]] | None = None
    _conditional: bool | None = None
    _negated: bool | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return self.clause.words

    @property
    def dated(self) -> bool:
        return bool(self.dates)

    def has(self, *words: str) -> bool:
        return not self.clause.bag.isdisjoint(words)

    def beside(self, first: Collection[str], second: Collection[str]) -> int | None:
        """Where a word of `first` is followed at once by one of `second`."""
        if not (self.clause.has(first) and self.clause.has(second)):
            return None
        words = self.words
        return next((i for i in range(len(words) - 1) if words[i] in first and words[i + 1] in second), None)

    @property
    def negated(self) -> bool:
        """Inte, aldrig, ingen …, but neither "inte förrän" nor "inte senare än"."""
        if self._negated is None:
            self._negated = self.clause.has(lex.NEGATIONS) and not self.clause.has(lex.LIMITERS)
        return self._negated

    @property
    def conditional(self) -> bool:
        """Whether the clause holds only if something else does."""
        if self._conditional is None:
            self._conditional = is_conditional(self.clauses, self.index, question=self.question)
        return self._conditional

    def obligor(self, role: Role) -> Obligor:
        """The role as the contract has it: in a text without sender everybody is a third party."""
        return role if self.who.known else "third_party"

    @property
    def obligor_of_both(self) -> Obligor:
        """A meeting's: both sides, in a text without sender a third party."""
        return "both" if self.who.known else "third_party"

    def verbs(self) -> list[tuple[int, VerbForm]]:
        """Every reading of every word as a listed verb whose particle or object stands in the clause."""
        if self._verbs is None:
            words = self.words
            self._verbs = [
                (at, form)
                for at, token in enumerate(self.clause.tokens)
                for form in token.forms
                if _complete(form, words, at)
            ]
        return self._verbs


_GIVEN = frozenset({"besked", "svar"})


def _complete(form: VerbForm, words: Sequence[str], at: int) -> bool:
    """Whether the particle or the object that makes the verb this verb is there."""
    if form.lemma in {"lämna", "ge"} and not form.needs.isdisjoint(_GIVEN):
        return _satisfied(form.needs, words, at) or _satisfied(lex.DELIVERABLES, words, at)
    if form.lemma == "fylla":
        return words[at + 1 : at + 2] == ("i",)
    if form.lemma == "höra":
        return not form.needs.isdisjoint(words[at + 1 : at + 4])
    return not form.needs or _satisfied(form.needs, words, at)


def _satisfied(needs: frozenset[str], words: Sequence[str], at: int) -> bool:
    # An object may lead the clause: "Besked lämnar vi i maj".
    return any(lex.names(word, needs) for word in (*words[at + 1 : at + 14], *words[max(0, at - 6) : at]))


def first_word(tokens: Sequence[Token]) -> str:
    return next((token.lower for token in tokens if token.word), "")
