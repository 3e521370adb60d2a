"""What the trained pipeline knows of a word beforehand: a class by lists of our own and by word endings.

The classes stand in the pipeline as patterns of spaCy's own attribute ruler, which writes them as tags, so that it
can be loaded without this project. Lists without a licence are not among them: from those, names are only drawn.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.util import registry

from nlp.data import words
from nlp.training.lists import Names, load_names

Pattern = dict[str, Any]

_ORGANISATION = (
    "verket|styrelsen|nämnden|förbundet|myndigheten|departementet|rådet|kommittén|kommissionen|partiet|kassan|banken|bolaget|universitet|"
    "universitetet|högskolan|högskola|akademien|akademin|föreningen|förening|förvaltningen|inspektionen|domstolen|rätten|utredningen|"
    "institutet|ombudsmannen|sällskapet|koncernen|tidningen|tidning|bladet|posten|kuriren|gruppen|stiftelsen|kansliet|centralen|organisationen|"
    "förbund|förlag|skolan|museet|sjukhuset|teatern|klubben|alliansen"
)
_PLACE = (
    "regionen|regionerna|området|områdena|trakten|dalen|bygden|landet|kusten|sjön|älven|floden|öarna|berget|bergen|fjorden|havet|halvön|kanalen|"
    "bukten|viken|gatan|vägen|torget|parken|bron|länet|köping|stad|staden|hamn|sund|land|ien|distriktet|provinsen|kontinenten|skogen"
)
_SURNAME = (
    "sson|sen|qvist|kvist|gren|ström|strand|lund|feldt|dahl|holm|blad|crantz|stedt|ović|ević|ić|ski|ska|wicz|ova|eva|ov|ev|poulos|idis|yan|dze|"
    "shvili|oğlu|ez|escu|enko|uk|nen|elli|etti|ini"
)
_ENDINGS = (("ORGANISATION", _ORGANISATION, 2), ("PLACE", _PLACE, 2), ("SURNAME", _SURNAME, 1))


def lexicon(names: Names) -> list[Pattern]:
    """The patterns: endings first, so that a word of a list has the class of its list."""
    return [*map(_ending, _ENDINGS), *_listed(names)]


def _ending(kind: tuple[str, str, int]) -> Pattern:
    label, endings, before = kind
    regex = rf"^[^\W\d_a-zåäö][\w-]{{{before},}}(?:{endings})s?$"
    return {"patterns": [[{"TEXT": {"REGEX": regex}}]], "attrs": {"TAG": label}}


def _lists(names: Names) -> Iterator[tuple[str, Iterable[str]]]:
    yield "G", words("given_names.txt")
    yield "C", names.countries
    yield "M", names.municipalities
    yield "T", names.foreign_towns
    yield "P", names.places
    yield "O", (*names.companies, *names.media, *names.bodies)


def _listed(names: Names) -> Iterator[Pattern]:
    """One pattern for each set of lists that words stand in, with their genitives."""
    classes: dict[str, str] = {}
    for letter, listed in _lists(names):
        for word in dict.fromkeys(form for name in listed if " " not in name for form in _forms(name)):
            classes[word] = classes.get(word, "") + letter
    by_class: dict[str, list[str]] = {}
    for word, found in classes.items():
        by_class.setdefault(found, []).append(word)
    for found, members in sorted(by_class.items()):
        yield {"patterns": [[{"LOWER": {"IN": sorted(members)}}]], "attrs": {"TAG": found}}


def _forms(name: str) -> tuple[str, str]:
    return name.lower(), name.lower() + "s"


def patterns(names: str) -> list[Pattern]:
    """The lexicon as spaCy's configuration asks for it."""
    return lexicon(load_names(Path(names)))


registry.misc("aterkom.lexicon.v1", func=patterns)
