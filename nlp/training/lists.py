"""The names that the model is shown: from the lists of a folder, from libraries at hand, from `names.toml`."""

import csv
import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from babel import Locale
from phonenumbers.geodata import GEOCODE_DATA

_HERE = Path(__file__).parent
_LATIN = ("en", "de", "fr", "es", "it", "pt", "nl")
_TOWN = re.compile(r"[A-ZÀ-Ž][a-zß-ž'’-]{2,14}(?: [A-ZÀ-Ž][a-zß-ž'’-]{2,14})?\Z")
_COMMON_BEARERS = 2000


@dataclass(frozen=True)
class Names:
    """Lists to draw from; `weights` are those of `given`, each added to those before it."""

    given: tuple[str, ...]
    weights: tuple[float, ...]
    common_given: frozenset[str]
    foreign_given: tuple[str, ...]
    surnames: tuple[str, ...]
    foreign_surnames: tuple[str, ...]
    surname_firsts: tuple[str, ...]
    surname_lasts: tuple[str, ...]
    municipalities: tuple[str, ...]
    towns: tuple[str, ...]
    foreign_towns: tuple[str, ...]
    far_towns: tuple[str, ...]
    countries: tuple[str, ...]
    places: tuple[str, ...]
    agencies: tuple[str, ...]
    companies: tuple[str, ...]
    media: tuple[str, ...]
    bodies: tuple[str, ...]
    departments: tuple[str, ...]
    titles: tuple[str, ...]
    mailboxes: tuple[str, ...]

    @property
    def known_places(self) -> frozenset[str]:
        """Places that stay places where they act: countries, municipalities, large towns, parts of the world."""
        return frozenset((*self.countries, *self.municipalities, *self.foreign_towns, *self.places))


def load_names(folder: Path) -> Names:
    """The lists of `folder` (SCB's given names, municipalities, agencies, localities) and our own."""
    own = tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))
    counted = _given(folder)
    places = tuple(_split(own["places"]))
    return Names(
        given=tuple(counted),
        weights=tuple(accumulate(bearers**0.5 for bearers in counted.values())),
        common_given=frozenset(name for name, bearers in counted.items() if bearers >= _COMMON_BEARERS),
        foreign_given=tuple(own["foreign_given"].split()),
        surnames=tuple(own["swedish_surnames"].split()),
        foreign_surnames=tuple(own["foreign_surnames"].split()),
        surname_firsts=tuple(own["surname_firsts"].split()),
        surname_lasts=tuple(own["surname_lasts"].split()),
        municipalities=tuple(row["name"] for row in _rows(folder / "kommuner.csv")),
        towns=tuple(row["city"] for row in _rows(folder / "ortsnamn.csv")),
        foreign_towns=tuple(_split(own["extra_towns"])),
        far_towns=_far_towns(),
        countries=_countries(),
        places=places,
        agencies=tuple(row["name"] for row in _rows(folder / "myndigheter.tsv", "\t")),
        companies=tuple(_split(own["companies"])),
        media=tuple(_split(own["media"])),
        bodies=tuple(_split(own["bodies"])),
        departments=tuple(_split(own["departments"])),
        titles=tuple(_split(own["titles"])),
        mailboxes=tuple(_split(own["mailboxes"])),
    )


def small_words(path: Path) -> tuple[str, ...]:
    """The words of a list, one a line, that are written with small letters: in UTF-8 or Latin-1."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return tuple(word for word in text.split() if word.isalpha() and word.islower() and len(word) > 2)


def _split(cell: str) -> list[str]:
    return [item.strip() for item in re.split(r"[|\n]", cell) if item.strip()]


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _given(folder: Path) -> dict[str, int]:
    """Given names with their bearers."""
    counted: dict[str, int] = {}
    for kind in ("kvinnor", "man"):
        for row in _rows(folder / f"tilltalsnamn-{kind}.csv"):
            counted[row["name"]] = counted.get(row["name"], 0) + int(row["persons"])
    return counted


@cache
def _countries() -> tuple[str, ...]:
    """Countries and parts of the world in Swedish (CLDR, by babel)."""
    names = Locale("sv").territories.values()
    return tuple(
        sorted({name for name in names if name[0].isupper() and "(" not in name and "." not in name})
    )


@cache
def _far_towns() -> tuple[str, ...]:
    """Towns all over the world, by what phonenumbers knows of area codes."""
    named = {
        place.partition(",")[0].partition(" - ")[0]
        for languages in GEOCODE_DATA.values()
        for language, place in languages.items()
        if language in _LATIN
    }
    return tuple(sorted(name for name in named if _TOWN.match(name)))


def given_name(names: Names, chance: random.Random) -> str:
    """Common ones often, each of the hundred thousand now and then, well-known foreign ones too."""
    draw = chance.random()
    if draw < 0.55:
        return chance.choices(names.given, cum_weights=names.weights)[0]
    return chance.choice(names.given if draw < 0.8 else names.foreign_given)


def surname(names: Names, chance: random.Random) -> str:
    """Swedish ones as they are and as they could be, foreign ones, and given names that serve as surnames."""
    draw = chance.random()
    if draw < 0.35:
        return chance.choice(names.surnames)
    if draw < 0.52:
        return chance.choice(names.surname_firsts) + chance.choice(names.surname_lasts)
    if draw < 0.82:
        return chance.choice(names.foreign_surnames)
    return chance.choice(names.given)


def pick(lists: Sequence[Sequence[str]], chance: random.Random) -> str:
    """One of a list that is drawn first, so that a long list does not hide a short one."""
    return chance.choice(chance.choice(lists))
