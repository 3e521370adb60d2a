"""Corpora of one token a line, `token<TAB>BIO`, cut into a part to train on, one to stop by, one to judge by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Part = Literal["train", "stop", "held"]
Tagged = tuple[str, str]

STOP_EVERY = HELD_EVERY = 10  # a document of Talbanken, a sentence of the news, in ten


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with BIO labels; `document` is the text it stands in, "" where the corpus has single sentences."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """The words [start, end) of a sentence that bear one label."""

    start: int
    end: int
    label: str


def entities(tags: Sequence[str]) -> Iterator[Entity]:
    """The entities of BIO labels."""
    start = None
    for number, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield Entity(start, number, tags[start][2:])
            start = None
        if tag.startswith("B-"):
            start = number


def read_bio(path: Path) -> Iterator[Sentence]:
    """The sentences of one file."""
    document, rows = "", list[Tagged]()
    for line in (*path.read_text(encoding="utf-8").split("\n"), ""):
        if "\t" in line:
            word, _, tag = line.partition("\t")
            rows.append((word, tag))
        elif line.startswith("# newdoc"):
            document = line
        elif not line and rows:
            yield Sentence(tuple(word for word, _ in rows), tuple(tag for _, tag in rows), document)
            rows = []


def read_part(folder: Path, part: Part) -> list[Sentence]:
    """One part of one corpus.

    Of a corpus in documents, whole documents are held back: sentences of one text are too much alike. Its dev
    file, where it has few entities, goes to what is judged by; the news' dev file is stopped by.
    """
    train, dev = list(read_bio(folder / "train.bio")), list(read_bio(folder / "dev.bio"))
    by_document = bool(train and train[0].document)
    places = _places(train) if by_document else range(len(train))
    cut: dict[Part, list[Sentence]] = {"train": [], "stop": [], "held": []}
    for place, sentence in zip(places, train, strict=True):
        stops = by_document and place % STOP_EVERY == 3
        cut["held" if place % HELD_EVERY == 7 else "stop" if stops else "train"].append(sentence)
    cut["held" if by_document else "stop"].extend(dev)
    return cut[part]


def _places(sentences: Iterable[Sentence]) -> list[int]:
    """The number of each sentence's document."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(one.document, len(numbers)) for one in sentences]


_MOJIBAKE = re.compile(r"(?<=\w)[?�]\w|\w\?\w")


def cleaned(sentence: Sentence, places: frozenset[str], given: frozenset[str]) -> Sentence | None:
    """What two habits of the news corpus would teach wrongly is put right; None for a text that is broken.

    Countries and towns are places even where they act ("Sverige kräver", teams), as in Talbanken; a given name
    with a surname is a person, whatever a list of places said.
    """
    if any(_MOJIBAKE.search(word) for word in sentence.words):
        return None
    tags = list(sentence.tags)
    for one in entities(sentence.tags):
        label = _label(sentence.words[one.start : one.end], one.label, places, given)
        tags[one.start : one.end] = [f"B-{label}", *[f"I-{label}"] * (one.end - one.start - 1)]
    return Sentence(sentence.words, tuple(tags), sentence.document)


def _label(words: Sequence[str], label: str, places: frozenset[str], given: frozenset[str]) -> str:
    name = " ".join(words)
    if label in {"ORG", "PER"} and (name in places or name.removesuffix("s") in places) and name not in given:
        return "LOC"
    is_named = len(words) == 2 and words[0] in given and words[1][:1].isupper() and name not in places
    return "PER" if label == "LOC" and is_named else label
