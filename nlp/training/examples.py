"""What spaCy's training asks for: its reader of corpora, registered, that makes each round of examples anew."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from nlp.training.corpora import Part, Sentence, cleaned, read_part
from nlp.training.letters import Labelled, templates, write_letters
from nlp.training.lexicon import lexicon  # noqa: F401
from nlp.training.lists import Names, load_names, small_words
from nlp.training.swap import reworded, swapped

FOLDERS = ("uner_talbanken", "klintan_webbnyheter")
HELD_TEMPLATE = 9  # of the templates every ninth is stopped by, never trained on
LETTERS_TO_STOP_BY = 300


@cache
def names_of(folder: Path) -> Names:
    """The lists, read once."""
    return load_names(folder)


@cache
def sentences_of(corpora: Path, lists: Path, part: Part) -> tuple[tuple[str, Sentence], ...]:
    """(corpus, sentence) of all corpora, with the labels that we teach."""
    names = names_of(lists)
    found = []
    for folder in FOLDERS:
        for sentence in read_part(corpora / folder, part):
            clean = cleaned(sentence, names.known_places, names.common_given) if part == "train" else sentence
            found += [(folder, clean)] if clean else []
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much of what: the chance that a name is replaced, how often Talbanken is shown, letters a round.

    `words` are drawn where no name stands.
    """

    words: tuple[str, ...]
    share: float
    talbanken: int
    letters: int


def training(
    corpora: str, names: str, words: str | None, seed: int, share: float, talbanken: int, letters: int
) -> Callable[[Language], Iterator[Example]]:
    """A round of training after the other: all sentences, other names each time, other letters each time."""
    chance = random.Random(seed)
    mixture = Mixture(small_words(Path(words)) if words else (), share, talbanken, letters)

    def read(nlp: Language) -> Iterator[Example]:
        lists = names_of(Path(names))
        examples = [_example(nlp, one) for one in _round(Path(corpora), Path(names), mixture, chance)]
        examples += [_letter(nlp, one) for one in write_letters(lists, chance, letters, only=_shown())]
        chance.shuffle(examples)
        yield from examples

    return read


def _round(corpora: Path, lists: Path, mixture: Mixture, chance: random.Random) -> Iterator[Sentence]:
    for folder, sentence in sentences_of(corpora, lists, "train"):
        times = mixture.talbanken if folder == FOLDERS[0] else 1
        for number in range(times):
            share = mixture.share if number or times == 1 else mixture.share / 2
            yield reworded(swapped(sentence, names_of(lists), chance, share), mixture.words, chance)


def stopping(corpora: str, names: str) -> Callable[[Language], Iterator[Example]]:
    """What the training is stopped by: corpora as they are, letters of templates that are not trained on."""

    def read(nlp: Language) -> Iterator[Example]:
        for _, sentence in sentences_of(Path(corpora), Path(names), "stop"):
            yield _example(nlp, sentence)
        held = [one for one in templates() if one not in set(_shown())]
        chance = random.Random(0)
        for letter in write_letters(names_of(Path(names)), chance, LETTERS_TO_STOP_BY, only=held):
            yield _letter(nlp, letter)

    return read


@cache
def _shown() -> tuple[str, ...]:
    return tuple(one for number, one in enumerate(templates()) if number % HELD_TEMPLATE)


def _example(nlp: Language, sentence: Sentence) -> Example:
    gold = Doc(nlp.vocab, words=list(sentence.words), ents=list(sentence.tags))
    return Example(Doc(nlp.vocab, words=list(sentence.words)), gold)


def _letter(nlp: Language, letter: Labelled) -> Example:
    doc = nlp.make_doc(letter.text)
    spans = (
        doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in letter.entities
    )
    gold = doc.copy()
    gold.ents = [span for span in spans if span is not None]
    return Example(doc, gold)


registry.readers("aterkom.training.v1", func=training)
registry.readers("aterkom.stopping.v1", func=stopping)
