"""Where an office is to lie: an address, a part of the town, a socially vulnerable area."""

import re
from collections.abc import Iterator

from nlp.facts import lexicon as lex
from nlp.facts.said import WISHED, Said
from nlp.model import Fact, FactStatus

_STREET = (
    r"(?:[A-ZÅÄÖ][\w'-]{1,20} ){0,2}?[A-ZÅÄÖ]?[\w-]{0,25}(?:gatan|gata|vägen|väg|gränd|torget|torg|platsen|plats|allén|backen|stigen|leden"
    r"|esplanaden|kajen|gången)(?: \d{1,4}(?: ?[A-Za-z]\b)?)?"
)
_ADDRESS = re.compile(rf"\b(?:på|vid|i) (?P<value>(?=[A-ZÅÄÖ]){_STREET})(?!\w)")
_DISTRICT = re.compile(
    r"\b(?:[Ii]|[Pp]å|till|området|stadsdelen) (?P<value>[A-ZÅÄÖ][a-zåäöé-]{2,30}(?: (?:centrum|torg|köpcentrum|station))?)(?![\w])"
)
_HOUSE = re.compile(
    r"\bi (?P<value>kommunhuset|stadshuset|medborgarhuset|rådhuset|biblioteket|resecentrum|folkets hus|kulturhuset)\b"
)
# Premises that somebody offers or asks about are no place yet: the office lies there, or they were found or rented.
_LIES = re.compile(
    r"\b(?:ligger|ligga|hamnar|hamna|placeras|placera|etableras|etablera|etablerar|inryms|inrymmas|lokaliseras|öppnar|öppnas|öppna"
    r"|flyttar in|flytta in|finns|finnas)\b"
)
_THE_OFFICE = re.compile(r"\bservicekontor(?:et)?\b|\bkontoret\b")
_FOUND = re.compile(
    r"\b(?:har|hade) (?:\w+ ){0,3}?(?:hittat|funnit|valt|hyrt|fått tag i|bestämt oss för|beslutat om)\b.{0,60}\blokal"
    r"|\bhyresavtal(?:et)? .{0,30}\b(?:tecknat|undertecknat|påskrivet|klart)\b|\b(?:tecknat|skrivit|undertecknat) (?:\w+ ){0,2}?hyresavtal"
)
_PLANNED = re.compile(r"\b(?:ska|skall|kommer|planeras|planerar|avser|tänkt|föreslås)\b")
_VULNERABLE = re.compile(r"\b(?:särskilt |socialt )*utsatta? område(?:t|n|na)?\b")
_REQUIRED = re.compile(r"\b(?:krav|kravet|krävs|måste|enligt uppdraget|uppdraget|förordningen)\b")


def places(said: Said) -> Iterator[Fact]:
    """The place and the kind of area that a clause gives an office."""
    lies = _THE_OFFICE.search(said.whole) and _LIES.search(said.low)
    if not (lies or _FOUND.search(said.low)) or said.is_of_several() or lex.SEVERAL.search(said.whole):
        return
    yield from _area(said)
    if said.negated or WISHED.search(said.low):
        return
    value = _value(said)
    if value is not None:
        yield said.fact("place", f"place.{value[1]}", value[2], status=_status(said), value=value[0])


def _status(said: Said) -> FactStatus:
    return "planned" if _PLANNED.search(said.low) else "done"


def _value(said: Said) -> tuple[str, str, float] | None:
    """Name, rule and confidence of the place: the address before the part of the town, never the municipality itself."""
    address = _ADDRESS.search(said.raw)
    if address is not None:
        return address["value"].strip(), "address", 0.85
    for match in _DISTRICT.finditer(said.raw):
        if _is_a_place(said, match):
            return match["value"], "district", 0.75
    house = _HOUSE.search(said.low)
    return (house["value"], "house", 0.75) if house is not None else None


def _is_a_place(said: Said, match: re.Match[str]) -> bool:
    start, end = said.start + match.start("value"), said.start + match.end("value")
    others = [(one.start, one.end) for one in said.dates] + [(one.start, one.end) for one in said.people]
    if any(low < end and start < high for low, high in others):
        return False
    named = [one for one in said.around if one.start < end and start < one.end]
    return not any(one.text.rstrip("s") == one.name.rstrip("s") for one in named)


def _area(said: Said) -> Iterator[Fact]:
    if not _VULNERABLE.search(said.low):
        return
    if said.negated:
        yield said.fact("area", "area.none", 0.8, value="none")
    elif _REQUIRED.search(said.low):
        yield said.fact("area", "area.required", 0.8, value="required")
    elif not WISHED.search(said.low):
        yield said.fact("area", "area.chosen", 0.8, status=_status(said), value="chosen")
