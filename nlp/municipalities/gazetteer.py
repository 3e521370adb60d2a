"""The 290 municipalities as data, and how their names are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from nlp.data import rows, words

Homonym = Literal["", "word", "surname", "given"]

_SIBILANTS = ("s", "x", "z")


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: SCB `code` (4 digits) and `county_code` (2), `domain` of its mail.

    `other_domains` are further ones that were seen; `homonym` tells what else the bare name can be.
    """

    code: str
    name: str
    county_code: str
    county: str
    domain: str
    other_domains: tuple[str, ...] = ()
    homonym: Homonym = ""
    aliases: tuple[str, ...] = ()

    @property
    def genitive(self) -> str:
        """Ånges, Borås: as it stands before kommun."""
        return self.name if self.name.endswith(_SIBILANTS) else self.name + "s"


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 290, by code."""
    return tuple(
        Municipality(
            code=row["code"],
            name=row["name"],
            county_code=row["county_code"],
            county=row["county"],
            domain=row["domain"],
            other_domains=_many(row["other_domains"]),
            homonym=cast("Homonym", row["homonym"]),
            aliases=_many(row["aliases"]),
        )
        for row in rows("municipalities.csv")
    )


@cache
def by_name() -> Mapping[str, Municipality]:
    """Official name → municipality."""
    return {place.name: place for place in municipalities()}


@cache
def _by_domain() -> Mapping[str, Municipality]:
    found = {domain: place for place in municipalities() for domain in place.other_domains}
    return found | {place.domain: place for place in municipalities()}


def municipality_of_domain(domain: str) -> Municipality | None:
    """The municipality behind a mail domain or a subdomain of it (`skola.ange.se` → Ånge)."""
    labels = domain.lower().strip(".").split(".")[-6:]
    known = _by_domain()
    return next((known[name] for i in range(len(labels)) if (name := ".".join(labels[i:])) in known), None)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a name, in lower case: `parts` are its words; `bound` ones need kommun after them.

    A `locality` is a place of another name that lies in one municipality.
    """

    parts: tuple[str, ...]
    place: Municipality
    bound: bool = False
    locality: bool = False


@cache
def spellings() -> Mapping[str, tuple[Spelling, ...]]:
    """First word in lower case → the spellings that begin with it, longest first."""
    table: dict[str, list[Spelling]] = {}
    for place in municipalities():
        for written in (place.name, *place.aliases):
            for form in {written, _genitive(written)}:
                parts = tuple(form.lower().replace("-", " ").split())
                bound = form.startswith("Falu") and not form.startswith("Falun")
                table.setdefault(parts[0], []).append(Spelling(parts, place, bound))
    for row in rows("localities.csv"):
        place = by_name()[row["municipality"]]
        for form in {row["locality"], _genitive(row["locality"])}:
            parts = tuple(form.lower().split())
            table.setdefault(parts[0], []).append(Spelling(parts, place, locality=True))
    return {
        first: tuple(sorted(set(found), key=lambda one: (-len(one.parts), one.parts)))
        for first, found in table.items()
    }


@cache
def given_names() -> frozenset[str]:
    """Common given names in lower case: a municipality's name after one of them is a surname."""
    return frozenset(name.lower() for name in words("given_names.txt"))


def _genitive(written: str) -> str:
    return written if written.endswith(_SIBILANTS) else written + "s"
