"""Mentions that overlap: which of them stay. Pure, and in the order of n log n."""

from collections.abc import Iterable

from nlp.model import Mention, label_of
from nlp.spans import Taken


def resolve(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """What stays, in text order.

    A phone, a case number and an address hide dates, people and organisations inside; a phone inside a case
    number or an address is none. A person hides the municipality that is part of the name. A municipality
    stays inside "Ånge kommun" and inside an address, where its role says postal.
    """
    kinds: dict[str, list[Mention]] = {}
    for one in mentions:
        kinds.setdefault(label_of(one), []).append(one)
    cases = kinds.get("CASE", [])
    addresses = _free(kinds.get("ADDRESS", []), cases)
    phones = _free(kinds.get("PHONE", []), [*cases, *addresses])
    fixed = [*cases, *addresses, *phones]
    people = _free(kinds.get("PERSON", []), fixed)
    dates = _free(kinds.get("DATE", []), [*fixed, *people])
    places = _free(kinds.get("MUNICIPALITY", []), [*cases, *phones, *people])
    houses = _free(kinds.get("ORGANISATION", []), [*fixed, *people])
    return tuple(sorted([*fixed, *people, *dates, *places, *houses], key=_place))


def _free(mentions: list[Mention], others: list[Mention]) -> list[Mention]:
    """Those that share no sign with the others."""
    if not (mentions and others):
        return mentions
    taken = Taken([(one.start, one.end) for one in others])
    return [one for one in mentions if not taken.hits(one.start, one.end)]


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end
