"""The scanner: which rules may begin at a word, the longest match wins, and what a rule gives back.

A rule is a pattern and a resolver. It is filed under the first words that it may begin with, so that an
ordinary word costs one look-up and the text is read once, whatever it holds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, time
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from nlp.dates.calendar import Span
from nlp.dates.clock import after_noon, clock_at, hours_at
from nlp.dates.lexicon import either, spaced
from nlp.dates.pattern import Pattern
from nlp.dates.tense import Tense, tense_at
from nlp.model import Grain

_TOKEN = Pattern(r"\w+")
_GAP = Pattern(r"[ ]{1,9}(?=\w)")
# "10-16." are hours.
_HOURS = Pattern(r" ?- ?\d{1,2}(?:[.,;:)]?$|[.,;:)] [a-zåäö\x1f]|\x1e)")
_FOLLOWING = Pattern(r"[ ,.(]{0,9}(\w+|[-/:'])")
_DIGITS_IN = Pattern(r"\d+")
FIRST_YEAR, YEARS_AHEAD = 1990, 15
MOST = 2000
"""Expressions read in one text: beyond that it is a table or an attack."""
DEEPEST = 2
"""Expressions within expressions: "slutet av veckan efter den 4 maj" is two deep."""


@dataclass(slots=True)
class Found:
    """One expression: where it stands and the closed days that the bare phrase denotes."""

    start: int
    end: int
    first: date
    last: date
    grain: Grain
    rule: str = ""
    part: str | None = None
    approximate: bool = False
    start_time: time | None = None
    end_time: time | None = None
    confidence: float = 0.9
    explicit: bool = False
    """The year is written, or the words leave no choice of year."""
    boundary: bool = False
    """A turn of a period (årsskiftet): "before" it means up to the old period's last day."""
    inner: tuple["Found", ...] = ()
    mod: str | None = None


_ALL = attrgetter(*(each.name for each in fields(Found)))


def replace(found: Found, **changes: Any) -> Found:
    """A copy with changes: `dataclasses.replace` takes four times as long."""
    copy = Found(*_ALL(found))
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


Resolver = Callable[["Match"], "Found | Iterable[Found] | None"]
_Filed = TypeVar("_Filed", bound=Resolver)


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: Pattern
    resolve: Resolver


_INDEX: dict[str, list[tuple[Rule, frozenset[str]]]] = {}
"""The rules that may begin with a word, each with what may follow it then; "" is anything."""


def rule(name: str, pattern: str, first: Iterable[str]) -> Callable[[_Filed], _Filed]:
    """File a resolver under the first words of its pattern, which ends with a word; "#" stands for digits in a word.

    A word of four digits or more, which begins with a year, is filed under "####". "i dag" files under "i", and is
    looked at only where "dag" follows; "# /" where a slash follows digits. Blanks, commas, stops and "(" between the two
    are passed over.
    """

    def file(resolver: _Filed) -> _Filed:
        filed = Rule(name, spaced(rf"(?:{pattern})(?:(?!\w)|(?<=\W)|(?=t\d\d:\d\d))"), resolver)
        opened: dict[str, set[str]] = {}
        for opening in set(first):
            word, second = (*opening.split(), "")[:2]
            opened.setdefault(word, set()).add(second)
        for word, seconds in opened.items():
            _INDEX.setdefault(word, []).append((filed, frozenset(seconds)))
        return resolver

    return file


@cache
def _openings() -> Pattern:
    """Every word that a rule may begin with; asked for when all rules are filed."""
    by_letter: dict[str, dict[frozenset[str], list[str]]] = {}
    for word in filter(str.isalpha, _INDEX):
        alike = by_letter.setdefault(word[0], {})
        alike.setdefault(_seconds(word), []).append(word[1:])
    words = "|".join(
        f"{letter}(?:{'|'.join(_opening(rests, seconds) for seconds, rests in alike.items())})"
        for letter, alike in by_letter.items()
    )
    before_digits = {word.partition("#")[0] for word in _INDEX if "#" in word} - {""}
    # With the sign before the word: a search that begins with a set of signs passes the others many times faster.
    return Pattern(rf"\W(?:{words}|{either(before_digits)}?\d\w*)")


def _opening(rests: list[str], seconds: frozenset[str]) -> str:
    """Words without their first letter, before one of their second words if not anything may follow."""
    ends = "(?:" + "|".join(sorted(rests, key=len, reverse=True)) + r")(?!\w)"
    return ends if "" in seconds else ends + rf"(?= {{1,9}}{_second(seconds)})"


def _second(words: Iterable[str]) -> str:
    return either(words).replace(r"\#", r"\d")


@cache
def _seconds(word: str) -> frozenset[str]:
    return frozenset().union(*(seconds for _, seconds in _INDEX[word]))


@cache
def _rules(word: str, second: str) -> tuple[Rule, ...]:
    return tuple(filed for filed, seconds in _INDEX[word] if "" in seconds or second in seconds)


def _rules_at(text: str, word: str, end: int) -> tuple[Rule, ...]:
    """The rules for a word and what follows it."""
    following = _FOLLOWING.match(text, end)
    second = following.group(1) if following else ""
    if second and not second.isalpha():
        second = "#" if second[0].isdigit() else _DIGITS_IN.sub("#", second)
    return _rules(word, second if second in _seconds(word) else "")


@dataclass(slots=True)
class Context:
    """What a resolver may look at: the masked text, the reference day, what was found before."""

    text: str
    reference: date
    year: int | None = None
    """A year that a neighbour has written ("april och maj 2022")."""
    found: list[Found] = field(default_factory=list)
    typed: bool = False
    """A person types when to be reminded: there is no past."""
    depth: int = 0
    known: dict[tuple[int, int | None, int], Found | None] = field(default_factory=dict)
    """What `read` has found where, so that nested expressions stay linear."""

    def tense(self, start: int, end: int) -> Tense:
        return Tense.FUTURE if self.typed else tense_at(self.text, start, end)

    def read(self, at: int, year: int | None = None) -> Found | None:
        """The longest expression that begins at `at`, as if the year were given."""
        if self.depth >= DEEPEST:
            return None
        key = (at, year or self.year, self.depth)
        if key not in self.known:
            inner = Context(
                self.text, self.reference, key[1], self.found, self.typed, self.depth + 1, self.known
            )
            self.known[key] = next(iter(_longest(inner, at)), None)
        return self.known[key]


@dataclass(slots=True)
class Match:
    """A match of a rule's pattern, with the means to turn groups into days."""

    groups: re.Match[str]
    context: Context
    name: str

    def __getitem__(self, group: str) -> str:
        return (self.groups[group] if group in self.groups.re.groupindex else None) or ""

    @property
    def reference(self) -> date:
        return self.context.reference

    @property
    def start(self) -> int:
        return self.groups.start()

    @property
    def end(self) -> int:
        return self.groups.end()

    @property
    def tense(self) -> Tense:
        return self.context.tense(self.start, self.end)

    @property
    def alone(self) -> bool:
        """Whether nothing else is said in the text."""
        text = self.context.text
        return not (text[: self.start].strip(" .,") or text[self.end :].strip(" .,!?"))

    def found(self, span: Span | None, grain: Grain, **more: Any) -> Found | None:
        """The whole match with these days; None stays None."""
        if span is None:
            return None
        return Found(self.start, self.end, span[0], span[1], grain, self.name, **more)

    def place(self, span_in: Callable[[int], Span | None], reach: int = 4) -> Span | None:
        """The period of the year that the tense asks for, among the years beside the reference."""
        if self.context.year is not None:
            return span_in(self.context.year)
        now, tense = self.reference, self.tense
        last = min(now.year + reach, now.year + YEARS_AHEAD)
        years = range(max(now.year - reach, FIRST_YEAR), last + 1)
        if tense is Tense.FUTURE:
            return next((s for y in years if y >= now.year - 1 and (s := span_in(y)) and s[1] >= now), None)
        if tense is Tense.PAST:
            return next((s for y in reversed(years) if (s := span_in(y)) and s[0] <= now), None)
        return min((s for y in years if (s := span_in(y))), key=lambda s: distance(s, now), default=None)


def distance(span: Span, reference: date) -> int:
    """Days between the period and the reference, 0 within it."""
    return max((span[0] - reference).days, (reference - span[1]).days, 0)


def _key(word: str) -> str:
    if word.isalpha():
        return word
    return "####" if len(word) > 3 and word.isdigit() else _DIGITS_IN.sub("#", word)


def _is_plain_number(text: str, token: re.Match[str]) -> bool:
    """A short number before another one, or at the end, begins no date: columns of figures are passed over."""
    if _HOURS.match(text, token.end()):
        return True
    behind = text[token.end() : token.end() + 10]
    following = behind.lstrip(" ")[:1]
    return not behind or (behind[0] == " " and not following.isalpha() and following not in {"-", "/", "'"})


def _longest(context: Context, at: int) -> list[Found]:
    token = _TOKEN.match(context.text, at)
    if token is None:
        return []
    text, word = context.text, _key(token.group())
    if word not in _INDEX or (word == "#" and _is_plain_number(text, token)):
        return []
    hits = [(m, r) for r in _rules_at(text, word, token.end()) if (m := r.pattern.match(text, at))]
    if len(hits) > 1:
        hits.sort(key=_end, reverse=True)
    for hit, filed in hits:
        result = filed.resolve(Match(hit, context, filed.name))
        listed = [result] if isinstance(result, Found) else list(result or ())
        if listed:
            return [_with_time(context.text, f) for f in listed]
    return []


def _end(hit: tuple[re.Match[str], Rule]) -> int:
    return hit[0].end()


def _with_time(text: str, found: Found) -> Found:
    if found.grain == "day" and not found.inner:
        # "I morgon eftermiddag kl. 14": the hour says more than the part of the day.
        clock = hours_at(text, found.end) if found.start_time else clock_at(text, found.end)
        if clock:
            found.end, found.start_time, found.end_time = (
                clock[0],
                after_noon(clock[1], found.start_time),
                clock[2],
            )
    return found


def scan(context: Context) -> list[Found]:
    """Every expression of the text in order, none over another; also kept in `context.found`."""
    at = 0
    for opening in _openings().finditer(" " + context.text):
        start = opening.start()  # of the word, as the text has no blank before it
        if start < at:
            continue
        if len(context.found) >= MOST:
            break
        for found in _longest(context, start):
            context.found.append(found)
            at = max(at, found.end)
    return context.found


def words_after(text: str, at: int, most: int) -> Iterator[int]:
    """Starts of the next words on the same line of thought: none beyond a stop, at most `most`."""
    for _ in range(most):
        gap = _GAP.match(text, at)
        if gap is None:
            return
        yield gap.end()
        token = _TOKEN.match(text, gap.end())
        at = token.end() if token else len(text)
