"""The trained pipeline, asked where no rule has answered: a run of capital words that nothing explains, or a
municipality on weak grounds. It adds people and vetoes municipalities, never more.

spaCy is loaded with the first question, and not at all where none is asked.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from nlp.model import Mention, MunicipalityMention
from nlp.models import OURS, located
from nlp.people.finder import described, is_place_name, may_begin
from nlp.people.words import PARTICLES, is_function
from nlp.spans import Span, Taken, web_spans

if TYPE_CHECKING:
    from spacy.language import Language

_PERSON_LABELS = frozenset({"PER", "PRS", "PERSON"})  # ours, SUC's, OntoNotes'
_WEAK = frozenset({"municipality.capital", "municipality.subject"})
_NOT_SMALL = r"[^\W\d_a-zß-öø-ÿ]"
_TAIL = r"[^\W\d_]{1,29}(?:[’'-][^\W\d_]{1,30}){0,2}"
_BETWEEN = rf"[ \xa0](?:(?:(?:{'|'.join(sorted(PARTICLES))}) ){{1,2}}|[A-ZÅÄÖ]\.? )?"
# Two capital words or more in one line; the first sign of the first is looked for before all else.
_RUN = re.compile(
    rf"{_NOT_SMALL}(?<![\w@./’'-].){_TAIL}(?:{_BETWEEN}{_NOT_SMALL}{_TAIL}){{1,4}}(?![\w@])", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?")
_NAME = re.compile(rf"{_WORD.pattern}(?:[ \xa0]{_WORD.pattern}){{1,5}}\Z")
_AROUND = 160  # signs on either side that the model sees at most
_STOP = re.compile(r"[.!?][\"”)]?\s+(?=[A-ZÅÄÖ])|\n\s*\n|\t")
_LONG_WORD = re.compile(r"\S{80}")
_MOST = 40  # questions about one text
_CONFIDENCE = 0.7  # of a person whom the model alone sees


class NameModel:
    """A trained spaCy pipeline, by what `spacy.load` takes."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._nlp: Language | None = None
        self.people = lru_cache(2_048)(self._people)

    def _people(self, text: str) -> tuple[Span, ...]:
        """The people in a short text, whose words are forgotten again: else the vocabulary would only grow."""
        nlp = self._loaded()
        with nlp.memory_zone():
            return tuple(
                (one.start_char, one.end_char) for one in nlp(text).ents if one.label_ in _PERSON_LABELS
            )

    def _loaded(self) -> "Language":
        if self._nlp is None:
            import spacy

            self._nlp = spacy.load(self._place)
        return self._nlp


@cache
def name_model(name: str = OURS) -> NameModel | None:
    """The pipeline of that name, once a process; None where it is missing or unwanted."""
    place = located(name)
    return NameModel(place) if place else None


def second_opinion(text: str, mentions: Sequence[Mention], model: NameModel | None) -> list[Mention]:
    """The mentions with the people that only the model sees, without the municipalities that it takes for people."""
    if model is None:
        return list(mentions)
    kept = [one for one in mentions if not (_is_weak(one) and _is_person(text, one, model))]
    taken = Taken([(one.start, one.end) for one in kept] + list(web_spans(text)))
    spans = dict.fromkeys(
        span
        for run in _unexplained(text, taken)
        for span in _asked(text, run, model)
        if not taken.hits(*span) and _is_name(text[slice(*span)]) and not is_place_name(text, *span)
    )
    return [*kept, *described(text, list(spans), "person.model", _CONFIDENCE)]


def _is_weak(mention: Mention) -> bool:
    return isinstance(mention, MunicipalityMention) and mention.rule in _WEAK


def _is_person(text: str, mention: Mention, model: NameModel) -> bool:
    span = mention.start, mention.end
    return any(start <= span[0] and span[1] <= end for start, end in _asked(text, span, model))


def _unexplained(text: str, taken: Taken) -> Iterator[Span]:
    """The first runs of capital words that could be a name and that no mention touches."""
    asked = 0
    for run in _RUN.finditer(text):
        if asked == _MOST:
            return
        words = _WORD.findall(run.group())
        while words and not may_begin(words[0]):
            del words[0]
        if len(words) < 2 or run.group().isupper() or taken.hits(*run.span()) or is_function(run.group()):
            continue
        asked += 1
        yield run.span()


def _asked(text: str, span: Span, model: NameModel) -> Iterator[Span]:
    """The people that the model sees in the sentence of `span`, where they touch it."""
    low, high = _sentence(text, *span)
    if _LONG_WORD.search(text, low, high):
        return
    for start, end in model.people(text[low:high]):
        if low + start < span[1] and span[0] < low + end:
            yield low + start, low + end


def _sentence(text: str, start: int, end: int) -> Span:
    low = max(0, start - _AROUND)
    for stop in _STOP.finditer(text, low, start):
        low = stop.end()
    after = _STOP.search(text, end, end + _AROUND)
    return low, after.start() + 1 if after else min(len(text), end + _AROUND)


def _is_name(written: str) -> bool:
    """Two words or more that begin with capitals, but for particles."""
    if not _NAME.match(written) or is_function(written):
        return False
    words = written.split()
    return may_begin(words[0]) and all(word[0].isupper() or word in PARTICLES for word in words)
