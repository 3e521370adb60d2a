"""Why a message that names a municipality is not about its office. Pure: what was read in, reasons out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.municipalities.gazetteer import municipalities

# Reasons, from the one that says most: a place has one.
CUES = ("list", "metropolitan", "postal", "organisation", "own-signature", "automatic", "aside")

_POST_TOWN = re.compile(r"\b\d{3}[ \xa0]?\d{2}\s+([^\W\d_][^\W\d_ -]*(?:[ -][^\W\d_]+)?)")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as the store keeps it: `code` and `role` are those of a municipality."""

    label: str
    text: str
    code: str | None = None
    role: str | None = None
    in_signature: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A municipality that was named without being meant, by which sign, and what was seen."""

    code: str
    reason: str
    seen: str


def negative_cues(mentions: Sequence[Named], *, from_us: bool = False, automatic: bool = False) -> list[Cue]:
    """One cue for each municipality that is named in a way that says nothing, the one that says most."""
    found = sorted(_cues(mentions, from_us, automatic), key=lambda cue: CUES.index(cue.reason))
    best: dict[str, Cue] = {}
    for cue in found:
        best.setdefault(cue.code, cue)
    return list(best.values())


def _cues(mentions: Iterable[Named], from_us: bool, automatic: bool) -> Iterator[Cue]:
    for one in mentions:
        if one.label == "MUNICIPALITY" and one.code:
            yield Cue(one.code, _kind(one, from_us, automatic), one.text)
        elif one.label == "ADDRESS":
            for town in _POST_TOWN.findall(one.text):
                yield from (Cue(code, "postal", one.text) for code in _codes(town))
        elif one.label == "ORGANISATION":
            yield from (Cue(code, "organisation", one.text) for code in _house_of_another(one.text))


def _kind(one: Named, from_us: bool, automatic: bool) -> str:
    if one.role in {"list", "metropolitan"}:
        return one.role
    if one.in_signature and from_us:
        return "own-signature"
    return "automatic" if automatic else "aside"


def _codes(town: str) -> list[str]:
    """The municipality of a post town that is called as it is: "Ånge", "ÅNGE", "Stockholm Telefon"."""
    words = town.casefold().split()
    names = _names()
    return [names[name] for name in (" ".join(words), words[0]) if name in names][:1]


def _house_of_another(text: str) -> list[str]:
    """Of "Linköpings universitet" or "Ånge Fastigheter": a house that bears the name and is no municipality."""
    low = text.casefold()
    if "kommun" in low or "servicekontor" in low or low.endswith(" stad"):
        return []
    first = low.split()[0]
    names = _names()
    return [names[name] for name in (first, first.removesuffix("s")) if name in names][:1]


@cache
def _names() -> Mapping[str, str]:
    return {place.name.casefold(): place.code for place in municipalities()}
