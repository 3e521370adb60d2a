"""The trained pipeline, asked where no rule has answered: about runs of capital words that nothing explains. It adds
people and decides nothing else: as a veto on municipalities it cost more than it spared, so that a run that holds
the name of one is not even asked about.

spaCy is loaded with the first question, and not at all where none is asked.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from nlp.model import Mention
from nlp.models import OURS, located
from nlp.municipalities.gazetteer import spellings
from nlp.people.finder import described, is_place_name, may_begin
from nlp.people.titles import is_post
from nlp.people.words import PARTICLES, is_function
from nlp.spans import Span, Taken, web_spans

if TYPE_CHECKING:
    from spacy.language import Language

_PERSON_LABELS = frozenset({"PER", "PRS", "PERSON"})  # ours, SUC's, OntoNotes'
_NOT_SMALL = r"[^\W\d_a-zß-öø-ÿ]"
# Nothing that may follow is a letter: no letter is ever given back.
_TAIL = r"[^\W\d_]{1,29}+(?:[’'-][^\W\d_]{1,30}+){0,2}"
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
_KEPT = 2_048  # answers that are remembered
_MOST = 40  # questions about one text
_CONFIDENCE = 0.7  # of a person whom the model alone sees


class NameModel:
    """A trained spaCy pipeline, by what `spacy.load` takes; it remembers what it was asked last.

    `before_loading` is called once, before what takes a second or more.
    """

    def __init__(self, place: str) -> None:
        self.before_loading: Callable[[], None] = lambda: None
        self._place = place
        self._nlp: Language | None = None
        self._kept: dict[str, tuple[Span, ...]] = {}

    def people(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The people in each of some short texts, which are read together: one costs as much as several."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if len(self._kept) + len(new) > _KEPT:
            self._kept.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._kept.update(zip(new, self._read(new), strict=True))
        return [self._kept[text] for text in texts]

    def _read(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Their words are forgotten again: else the vocabulary would only grow."""
        nlp = self.load()
        with nlp.memory_zone():
            return [
                tuple((one.start_char, one.end_char) for one in doc.ents if one.label_ in _PERSON_LABELS)
                for doc in nlp.pipe(texts)
            ]

    def load(self) -> "Language":
        """The pipeline, loaded with the first call. Raises what spaCy does."""
        if self._nlp is None:
            self.before_loading()
            with _without_commands():
                import spacy
            from thinc.api import NumpyOps, set_current_ops

            set_current_ops(NumpyOps(use_blis=False))  # numpy's product of matrices takes half the time
            self._nlp = spacy.load(self._place)
        return self._nlp


@contextmanager
def _without_commands() -> Iterator[None]:
    """The package of spaCy imports its command line, a third of its start; within here it finds an empty one.

    The real one can be imported afterwards.
    """
    if "spacy" in sys.modules:
        yield
        return
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    info.info = None  # type: ignore[attr-defined]
    own = {"spacy.cli": commands, "spacy.cli.info": info}
    sys.modules.update(own)
    try:
        yield
    finally:
        for name in own:
            del sys.modules[name]


@cache
def name_model(name: str = OURS) -> NameModel | None:
    """The pipeline of that name, once a process; None where it is missing or unwanted."""
    place = located(name)
    return NameModel(place) if place else None


def second_opinion(text: str, mentions: Sequence[Mention], model: NameModel | None) -> Sequence[Mention]:
    """The mentions, and the people that only the model sees."""
    runs = [run.span() for run in _RUN.finditer(text)] if model else []
    if model is None or not runs:
        return mentions
    taken = Taken([(one.start, one.end) for one in mentions] + list(web_spans(text)))
    people = _people(text, list(_unexplained(text, runs, taken)), model)
    new = [span for span in people if not taken.hits(*span) and _is_name(text, *span)]
    return [*mentions, *described(text, new, "person.model", _CONFIDENCE)]


def _unexplained(text: str, runs: Iterable[Span], taken: Taken) -> Iterator[Span]:
    """The first runs of capital words that could be a name, that no mention touches and that name no place."""
    asked = 0
    for start, end in runs:
        written = text[start:end]
        words = _WORD.findall(written)
        while words and not may_begin(words[0]):
            del words[0]
        if len(words) < 2 or written.isupper() or taken.hits(start, end) or is_function(written):
            continue
        if any(word.lower() in spellings() for word in words):
            continue
        asked += 1
        yield start, end
        if asked == _MOST:
            return


def _people(text: str, spans: Sequence[Span], model: NameModel) -> list[Span]:
    """The people that the model sees in the sentences of `spans`, where they touch one of these."""
    around = [(span, _sentence(text, *span)) for span in spans]
    asked = [(span, (low, high)) for span, (low, high) in around if not _LONG_WORD.search(text, low, high)]
    answers = model.people([text[low:high] for _, (low, high) in asked]) if asked else []
    people = {
        (low + start, low + end)
        for (span, (low, _)), found in zip(asked, answers, strict=True)
        for start, end in found
        if low + start < span[1] and span[0] < low + end
    }
    return _apart(sorted(people))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Those that overlap none before them: two sentences that share words may be read differently."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _sentence(text: str, start: int, end: int) -> Span:
    low = max(0, start - _AROUND)
    for stop in _STOP.finditer(text, low, start):
        low = stop.end()
    after = _STOP.search(text, end, end + _AROUND)
    return low, after.start() + 1 if after else min(len(text), end + _AROUND)


def _is_name(text: str, start: int, end: int) -> bool:
    """Two words or more that begin with capitals, but for particles, and name no street, house or post."""
    written = text[start:end]
    if not _NAME.match(written) or is_function(written) or is_place_name(text, start, end):
        return False
    words = written.split()
    if is_post(words[-1]):
        return False
    return may_begin(words[0]) and all(word[0].isupper() or word in PARTICLES for word in words)
