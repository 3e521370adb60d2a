"""Sentences and signatures of agency mail: templates of our own with drawn names, labelled as they are made."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.training.lists import Names, given_name, pick, surname

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_STREETS = "Stor Kung Drottning Järnväg Kyrko Skol Ny Hamn Berg Sko Björk Lund Nygat Industri Park".split()
_STREET_ENDS = "gatan vägen torget gränd stigen allén".split()
_HOUSES = (
    "{town}s universitet|Universitetet i {town}|{town} University|University of {town}|{town} FC|{town} United|{town} City|{town} FF|{town} IF|"
    "FC {town}|{last} & {other}|{last} AB|{last} Inc|{last} Corporation|{last} Group|{last} GmbH|{last} Ltd|{last} Foundation|{last}stiftelsen|"
    "{country}s fotbollsförbund|{country}s centralbank|Bank of {country}|{town} Times|{town} Post|{last} Records|{last} Pictures|"
    "{town}s sjukhus|{town}s tingsrätt|Museum of {town}|{town} Symphony Orchestra|{last} Airlines|Nationalmuseet i {town}|{last} Institute|"
    "Svenska {last}sällskapet|Partiet {last}|{town} Museum|{last} Motors|{last} Media|{town}s stadsteater"
).split("|")
_LANDS = (
    "Mount {last}|Lake {last}|{last} Street|{last} Avenue|{town}floden|{town}bukten|{last}berget|{last}gatan|{last}vägen|{last}torget|"
    "provinsen {town}|{town} County|{town}området|{town}dalen|Port {town}|San {town}|Saint {last}|New {town}|Fort {last}|{last} Island|"
    "{last} Park|{town} Beach|Rio {town}|{town}halvön|{town}kanalen|Norra {town}|Södra {town}|Gamla {town}|Västra {town}"
).split("|")
_PARTICLES = ("von", "af", "de", "van", "al", "el")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and its entities: (start, end, label)."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


def person(names: Names, chance: random.Random) -> str:
    """A full name: of two parts as a rule, of a double given name, of two surnames, with a particle."""
    first, last = given_name(names, chance), surname(names, chance)
    draw = chance.random()
    if draw < 0.05:
        first = f"{first}-{given_name(names, chance)}"
    elif draw < 0.12:
        last = f"{surname(names, chance)}{chance.choice(' -')}{last}"
    elif draw < 0.15:
        last = f"{chance.choice(_PARTICLES)} {last}"
    elif draw < 0.19:
        first = f"{first} {given_name(names, chance)}"
    elif draw < 0.21:
        first = f"{first} {chance.choice('ABCEFGHJKLMNPRST')}"
    return f"{first} {last}"


def _turned(names: Names, chance: random.Random) -> str:
    comma = "," if chance.random() < 0.2 else ""
    return f"{surname(names, chance)}{comma} {given_name(names, chance)}"


def _initials(names: Names, chance: random.Random) -> str:
    return f"{chance.choice('ABCEFGHIJKLMNPRSTU')}. {surname(names, chance)}"


def _company(names: Names, chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(names.companies)
    head = chance.choice((surname(names, chance), surname(names, chance) + "s", chance.choice(names.towns)))
    kind = chance.choice(
        (
            "Fastigheter",
            "Bygg",
            "Fastighets",
            "Förvaltning",
            "Städ",
            "Konsult",
            "Måleri",
            "Bostäder",
            "Sverige",
            "Nordic",
            "El",
            "Entreprenad",
            "",
            "",
        )
    )
    return " ".join(f"{head} {kind} {chance.choice(('AB', 'AB', 'HB', ''))}".split())


def organisation(names: Names, chance: random.Random) -> str:
    """Houses as they are called all over the world: by a town, a founder, a country."""
    if chance.random() < 0.35:
        return pick((names.companies, names.media, names.bodies, names.agencies), chance)
    town, last, country = far_town(names, chance), surname(names, chance), chance.choice(names.countries)
    shape = chance.choice(_HOUSES)
    return shape.format(town=town, last=last, other=surname(names, chance), country=country)


def far_town(names: Names, chance: random.Random) -> str:
    """A town of anywhere."""
    return pick((names.municipalities, names.towns, names.far_towns, names.foreign_towns), chance)


def landscape(names: Names, chance: random.Random) -> str:
    """A region, water, hill or quarter, known or not."""
    if chance.random() < 0.5:
        return pick((names.places, names.countries), chance)
    return chance.choice(_LANDS).format(town=far_town(names, chance), last=surname(names, chance))


def _civic(names: Names, chance: random.Random) -> str:
    town = chance.choice(names.municipalities)
    genitive = town if town[-1] in "sxz" else town + "s"
    return f"{genitive} kommun" if chance.random() < 0.85 else f"Region {chance.choice(names.places)}"


def _street(names: Names, chance: random.Random) -> str:
    head = chance.choice((*_STREETS, chance.choice(names.surname_firsts)))
    return f"{head}{chance.choice(_STREET_ENDS)} {chance.randint(1, 120)}"


def _date(_: Names, chance: random.Random) -> str:
    day, month = chance.randint(1, 28), chance.choice(_MONTHS)
    return chance.choice(
        (f"{day} {month}", f"{day} {month} 2021", f"2022-0{chance.randint(1, 9)}-{day:02}", f"{day}/5")
    )


def _muni(names: Names, chance: random.Random) -> str:
    town = chance.choice(names.municipalities)
    if chance.random() < 0.5:
        return town
    return f"{town if town[-1] in 'sxz' else town + 's'} kommun"


def _town(names: Names, chance: random.Random) -> str:
    return pick((names.municipalities, names.towns), chance)


def _number(_: Names, chance: random.Random) -> str:
    return str(chance.randint(1, 99))


Maker = Callable[[Names, random.Random], str]

NAMED: dict[str, tuple[str, Maker]] = {
    "per": ("PER", person),
    "first": ("PER", given_name),
    "last": ("PER", surname),
    "turned": ("PER", _turned),
    "initials": ("PER", _initials),
    "caps": ("PER", lambda names, chance: person(names, chance).upper()),
    "lower": ("PER", lambda names, chance: given_name(names, chance).lower()),
    "muni": ("LOC", _muni),
    "MUNI": ("LOC", lambda names, chance: _muni(names, chance).upper()),
    "town": ("LOC", lambda names, chance: (_town if chance.random() < 0.6 else far_town)(names, chance)),
    "country": ("LOC", lambda names, chance: chance.choice(names.countries)),
    "place": ("LOC", lambda names, chance: chance.choice(names.places)),
    "street": ("LOC", _street),
    "agency": ("ORG", lambda names, chance: pick((names.agencies, names.departments[-10:]), chance)),
    "company": ("ORG", _company),
    "body": ("ORG", lambda names, chance: chance.choice(names.bodies)),
    "media": ("ORG", lambda names, chance: chance.choice(names.media)),
    "department": ("ORG", lambda names, chance: chance.choice(names.departments)),
    "civic": ("ORG", _civic),
    "orgs": ("ORG", organisation),
    "loc": ("LOC", landscape),
}
PLAIN: dict[str, Maker] = {
    "title": lambda names, chance: chance.choice(names.titles),
    "Title": lambda names, chance: chance.choice(names.titles).capitalize(),
    "TITLE": lambda names, chance: chance.choice(names.titles).upper(),
    "mailbox": lambda names, chance: chance.choice(names.mailboxes),
    "date": _date,
    "time": lambda _, chance: f"{chance.randint(8, 16):02}:{chance.choice(('00', '15', '30'))}",
    "case": lambda _, chance: f"20{chance.randint(18, 26)}-{chance.randint(10, 99999):05}",
    "phone": lambda _, chance: (
        f"0{chance.randint(10, 99)}-{chance.randint(100, 999)} {chance.randint(10, 99)} 00"
    ),
    "mail": lambda names, chance: f"{surname(names, chance).lower()}@exempel.se",
    "number": _number,
}


@cache
def templates() -> tuple[str, ...]:
    """The templates of `letters.txt`."""
    lines = (Path(__file__).parent / "letters.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line and line[:2] != "# "
    )


def fill(template: str, names: Names, chance: random.Random) -> Labelled:
    """One text of a template."""
    pieces: list[str] = []
    found: list[tuple[int, int, str]] = []
    length, last = 0, 0
    for slot in _SLOT.finditer(template):
        label, make = NAMED.get(slot[1]) or ("", PLAIN[slot[1]])
        written = make(names, chance)
        pieces += [template[last : slot.start()], written]
        start = length + slot.start() - last
        length, last = start + len(written), slot.end()
        if label:
            found.append((start, length, label))
    return Labelled("".join([*pieces, template[last:]]), tuple(found))


def write_letters(
    names: Names, chance: random.Random, count: int, *, only: Sequence[str] = ()
) -> list[Labelled]:
    """`count` texts, every template about as often as any other."""
    chosen = list(only or templates())
    return [fill(chance.choice(chosen), names, chance) for _ in range(count)]
