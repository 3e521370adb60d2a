"""Training sentences with other names in the places of theirs: what stands around a name shall tell it."""

import random
from collections.abc import Sequence

from nlp.training.corpora import Entity, Sentence, entities
from nlp.training.letters import far_town, landscape, organisation, person
from nlp.training.lists import Names, given_name, pick, surname

_HOLY = frozenset(
    "Gud Guds Jesus Jesu Kristus Kristi Herren Paulus".split()
)  # no other name stands in their places
_NATURAL_S = ("s", "x", "z")
LOWERED, RAISED = 0.02, 0.03  # sentences in small letters, in capitals
TITLED = 0.1  # sentences in which some words that are no name have capitals
OPENED = 0.25  # sentences that begin with a word drawn from all words
REWORDED = 0.04  # small words that are replaced by such a word


def swapped(sentence: Sentence, names: Names, chance: random.Random, share: float) -> Sentence:
    """The sentence with each entity replaced with the chance `share`, now and then in one case throughout."""
    words: list[str] = []
    tags: list[str] = []
    last = 0
    for one in entities(sentence.tags):
        words += sentence.words[last : one.start]
        tags += sentence.tags[last : one.start]
        old = sentence.words[one.start : one.end]
        new = _other(old, one, names, chance) if chance.random() < share else list(old)
        words += new
        tags += [f"B-{one.label}", *[f"I-{one.label}"] * (len(new) - 1)]
        last = one.end
    words += sentence.words[last:]
    tags += sentence.tags[last:]
    if chance.random() < TITLED:
        _title(words, tags, chance)
    return Sentence(_cased(words, chance), tuple(tags), sentence.document)


def reworded(sentence: Sentence, drawn: Sequence[str], chance: random.Random) -> Sentence:
    """The sentence with words of a list in places where no name stands: a rare word that begins a sentence is none."""
    if not drawn:
        return sentence
    words = list(sentence.words)
    for number, (word, tag) in enumerate(zip(sentence.words, sentence.tags, strict=True)):
        opens = number == 0 and word.istitle()
        if tag == "O" and (opens or (word.islower() and len(word) > 3)):
            other = chance.choice(drawn) if chance.random() < (OPENED if opens else REWORDED) else word
            words[number] = other.capitalize() if opens else other
    return Sentence(tuple(words), sentence.tags, sentence.document)


def _title(words: list[str], tags: list[str], chance: random.Random) -> None:
    """Capitals on a few words that follow each other, as headings and titles have them: they are no names."""
    start = chance.randrange(len(words))
    for number in range(start, min(start + chance.randint(1, 4), len(words))):
        if tags[number] == "O":
            words[number] = words[number][:1].upper() + words[number][1:]


def _cased(words: list[str], chance: random.Random) -> tuple[str, ...]:
    draw = chance.random()
    if draw < LOWERED:
        return tuple(word.lower() for word in words)
    return tuple(word.upper() for word in words) if draw < LOWERED + RAISED else tuple(words)


def _other(old: tuple[str, ...], one: Entity, names: Names, chance: random.Random) -> list[str]:
    """Another name of the same kind; the old one where there is none."""
    name = " ".join(old)
    if one.label == "PER":
        new = _person(old, names, chance)
    elif one.label == "LOC":
        new = _place(name, names, chance)
    else:
        new = _organisation(name, names, chance)
    if not new:
        return list(old)
    genitive = name.endswith("s") and not new.endswith(_NATURAL_S) and _is_genitive(name, one.label, names)
    return (new + "s" if genitive else new).split()


def _person(old: tuple[str, ...], names: Names, chance: random.Random) -> str:
    if _HOLY.intersection(old) or not old[0][:1].isupper():
        return ""
    if len(old) == 1:
        known = old[0] in names.common_given
        return given_name(names, chance) if known else surname(names, chance)
    return person(names, chance) if len(old) < 4 else ""


def _place(name: str, names: Names, chance: random.Random) -> str:
    """A country for a country; towns of all the world for a town; what is neither, a bridge or a shire, stays."""
    bare = name if name in names.known_places else name.removesuffix("s")
    if bare in names.countries:
        return pick((names.countries, names.countries, names.places), chance)
    if bare in names.municipalities or bare in names.towns or bare in names.foreign_towns:
        return far_town(names, chance)
    return (
        landscape(names, chance) if " " not in name and name[:1].isupper() and chance.random() < 0.5 else ""
    )


def _organisation(name: str, names: Names, chance: random.Random) -> str:
    if not name[:1].isupper() or len(name.split()) > 4:
        return ""
    if len(name.split()) > 1 and chance.random() < 0.5:
        return ""
    return organisation(names, chance)


def _is_genitive(name: str, label: str, names: Names) -> bool:
    bare = name[:-1]
    last = bare.rpartition(" ")[2]
    if label == "PER":
        return last in names.surnames or last in names.common_given or last in names.foreign_surnames
    return (
        bare in names.known_places or bare in names.towns or bare in names.companies or bare in names.bodies
    )
