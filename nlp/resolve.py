"""Mentions that overlap: which of them stay. Pure, and in the order of n log n."""

from collections.abc import Iterable

from nlp.model import DateMention, Mention, MunicipalityMention, PersonMention, TextMention
from nlp.spans import Span, Taken


def resolve(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """What stays, in text order.

    A phone, a case number and an address hide dates, people and organisations inside; a phone inside a case
    number or an address is none. A person hides the municipality that is part of the name. A municipality
    stays inside "Ånge kommun" and inside an address, where its role says postal.
    """
    found = list(mentions)
    cases = [one for one in found if _label(one) == "CASE"]
    numbered = _taken(cases)
    addresses = [one for one in found if _label(one) == "ADDRESS" and not numbered.hits(one.start, one.end)]
    placed = _taken([*cases, *addresses])
    phones = [one for one in found if _label(one) == "PHONE" and not placed.hits(one.start, one.end)]
    fixed = _taken([*cases, *addresses, *phones])
    people = [one for one in found if isinstance(one, PersonMention) and not fixed.hits(one.start, one.end)]
    persons = _taken(people)
    numbers = _taken([*cases, *phones])
    dates = [
        one
        for one in found
        if isinstance(one, DateMention)
        and not fixed.hits(one.start, one.end)
        and not persons.hits(one.start, one.end)
    ]
    places = [
        one
        for one in found
        if isinstance(one, MunicipalityMention)
        and not persons.hits(one.start, one.end)
        and not numbers.hits(one.start, one.end)
    ]
    houses = [
        one
        for one in found
        if _label(one) == "ORGANISATION"
        and not fixed.hits(one.start, one.end)
        and not persons.hits(one.start, one.end)
    ]
    kept: list[Mention] = [*cases, *addresses, *phones, *people, *dates, *places, *houses]
    return tuple(sorted(kept, key=lambda one: (one.start, -one.end)))


def _label(mention: Mention) -> str:
    return mention.label if isinstance(mention, TextMention) else ""


def _taken(mentions: Iterable[Mention]) -> Taken:
    spans: list[Span] = [(one.start, one.end) for one in mentions]
    return Taken(spans)
