"""The reading as a spaCy pipeline for those who build on spaCy: thin components over the recognisers of `nlp.reader`.

A letter goes in as `doc._.aterkom_letter`, the result stands in `doc._.aterkom_reading`; spans with exact
ends are in the reading, those of `doc.spans` and `doc.ents` are widened to whole tokens.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from nlp.addresses import find_addresses
from nlp.cases import find_cases
from nlp.dates import find_dates
from nlp.facts import find_facts
from nlp.followups import find_follow_ups
from nlp.model import DateMention, Letter, Mention, PersonMention, Reading, label_of
from nlp.models import OURS
from nlp.municipalities.finder import find_municipalities
from nlp.organisations import find_organisations
from nlp.people.letters import find_people_of
from nlp.phones import find_phones
from nlp.reader import LONGEST_TEXT
from nlp.resolve import resolve
from nlp.trained import name_model, second_opinion

LONGEST_TOKEN = 200  # signs; every distinct token stays in spaCy's vocabulary

READING = "doc._.aterkom_reading"
Component = Callable[[Doc], Doc]

Doc.set_extension("aterkom_letter", default=None, force=True)
Doc.set_extension("aterkom_reading", default=Reading(), force=True)


def letter_of(doc: Doc) -> Letter:
    """The letter that the document is; a bare text is one of today, without sender."""
    letter = doc._.aterkom_letter
    return letter if isinstance(letter, Letter) else Letter(doc.text, date.today())


def text_of(doc: Doc) -> str:
    """The document's text, taken from the letter: spaCy would put it together again at every call."""
    letter = doc._.aterkom_letter
    return letter.body if isinstance(letter, Letter) else doc.text


def _add(doc: Doc, key: str, mentions: Iterable[Mention]) -> Doc:
    found = tuple(mentions)
    reading: Reading = doc._.aterkom_reading
    doc._.aterkom_reading = replace(reading, mentions=(*reading.mentions, *found))
    doc.spans[key] = list(_spans(doc, found))
    return doc


def _spans(doc: Doc, mentions: Iterable[Mention]) -> Iterator[Span]:
    for one in mentions:
        span = doc.char_span(one.start, one.end, label=label_of(one), alignment_mode="expand")
        if span is not None:
            yield span


@Language.factory("aterkom_numbers", assigns=["doc.spans", READING])
def make_numbers(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Phones, case numbers, mail and postal addresses."""

    def component(doc: Doc) -> Doc:
        return _add(
            doc,
            "numbers",
            [*find_phones(text_of(doc)), *find_cases(text_of(doc)), *find_addresses(text_of(doc))],
        )

    return component


@Language.factory("aterkom_organisations", assigns=["doc.spans", READING])
def make_organisations(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Agencies, municipalities as bodies, regions, companies, departments."""

    def component(doc: Doc) -> Doc:
        return _add(doc, "organisations", find_organisations(text_of(doc)))

    return component


@Language.factory("aterkom_municipalities", assigns=["doc.spans", READING])
def make_municipalities(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """The 290 municipalities."""

    def component(doc: Doc) -> Doc:
        return _add(doc, "municipalities", find_municipalities(text_of(doc)))

    return component


@Language.factory("aterkom_people", assigns=["doc.spans", READING])
def make_people(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """People in the text and in its signature, those of the headers known by name."""

    def component(doc: Doc) -> Doc:
        return _add(doc, "people", find_people_of(letter_of(doc), text_of(doc)))

    return component


@Language.factory("aterkom_dates", assigns=["doc.spans", READING])
def make_dates(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Temporal expressions, seen from the letter's own day."""

    def component(doc: Doc) -> Doc:
        return _add(doc, "dates", find_dates(text_of(doc), letter_of(doc).reference))

    return component


@Language.factory(
    "aterkom_names", assigns=["doc.spans", READING], requires=[READING], default_config={"model": OURS}
)
def make_names(nlp: Language, name: str, model: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """People that only a trained pipeline sees."""
    trained = name_model(model)

    def component(doc: Doc) -> Doc:
        reading: Reading = doc._.aterkom_reading
        mentions = tuple(second_opinion(text_of(doc), reading.mentions, trained))
        doc._.aterkom_reading = replace(reading, mentions=mentions)
        doc.spans["people"] = list(_spans(doc, (one for one in mentions if isinstance(one, PersonMention))))
        return doc

    return component


@Language.factory("aterkom_resolve", assigns=["doc.ents", READING], requires=["doc.spans", READING])
def make_resolve(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Overlapping mentions settled; `doc.ents` hold the longest."""

    def component(doc: Doc) -> Doc:
        reading: Reading = doc._.aterkom_reading
        kept = resolve(reading.mentions)
        doc._.aterkom_reading = replace(reading, mentions=kept)
        doc.ents = filter_spans(list(_spans(doc, kept)))
        return doc

    return component


@Language.factory("aterkom_follow_ups", assigns=["doc.spans", READING], requires=[READING])
def make_follow_ups(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Who owes whom what, by which sentence, in which window."""

    def component(doc: Doc) -> Doc:
        reading: Reading = doc._.aterkom_reading
        dates = [one for one in reading.mentions if isinstance(one, DateMention)]
        found = tuple(find_follow_ups(letter_of(doc), dates))
        doc._.aterkom_reading = replace(reading, follow_ups=found)
        spans = (doc.char_span(one.start, one.end, label=one.kind, alignment_mode="expand") for one in found)
        doc.spans["follow_ups"] = [span for span in spans if span is not None]
        return doc

    return component


@Language.factory("aterkom_facts", assigns=["doc.spans", READING], requires=[READING])
def make_facts(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """What is said of offices: phase, steps, place, area, who is responsible."""

    def component(doc: Doc) -> Doc:
        reading: Reading = doc._.aterkom_reading
        found = tuple(find_facts(letter_of(doc), reading.mentions))
        doc._.aterkom_reading = replace(reading, facts=found)
        spans = (doc.char_span(one.start, one.end, label=one.kind, alignment_mode="expand") for one in found)
        doc.spans["facts"] = [span for span in spans if span is not None]
        return doc

    return component


# A run of letters and figures, another sign, or one white space, each with the blank after it.
_TOKEN = re.compile(rf"(\w{{1,{LONGEST_TOKEN}}}|[^\w\s]|\s)( ?)")


class WordTokenizer:
    """Words, signs and white space, and no more: tokens bear the spans, the recognisers read the text itself.

    spaCy's own tokenizer looks for affixes and exceptions, costs two to four times as much, and is quadratic in
    one long run without white space.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        pairs = _TOKEN.findall(text)
        return Doc(self.vocab, words=[word for word, _ in pairs], spaces=[bool(blank) for _, blank in pairs])


COMPONENTS = (
    "aterkom_numbers",
    "aterkom_organisations",
    "aterkom_municipalities",
    "aterkom_people",
    "aterkom_dates",
    "aterkom_names",
    "aterkom_resolve",
    "aterkom_follow_ups",
    "aterkom_facts",
)


def build_pipeline(model: str = OURS) -> Language:
    """The pipeline on a blank Swedish one; `model` is asked about names. No download."""
    nlp = spacy.blank("sv")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = LONGEST_TEXT
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"model": model} if name == "aterkom_names" else {})
    return nlp
