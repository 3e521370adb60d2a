"""Which office an entry of a plan is: the same under another name, one of two that were one, or a new one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.office_names import office_name
from crm.plans import OfficePlan


@dataclass(frozen=True, slots=True)
class Known:
    """An office that is there already."""

    id: int
    municipality: str
    place: str
    in_plan: bool

    @property
    def names(self) -> frozenset[str]:
        full = office_name(self.municipality, self.place)
        return frozenset({_key(full), _key(f"{self.municipality} {self.place}"), f"k{self.id}"})


class WasUnknown(ValueError):
    """`entry` (counted from 0) says what it was, and nothing is called so."""

    def __init__(self, entry: int, was: str) -> None:
        super().__init__(f"entry {entry} was {was!r}, which no office is called")
        self.entry = entry
        self.was = was


def _key(name: str) -> str:
    return " ".join(name.replace(",", " ").split()).casefold()


def _place(entry: OfficePlan | Known) -> tuple[str, str]:
    return entry.municipality, entry.place


def match(known: Sequence[Known], entries: Sequence[OfficePlan]) -> list[int | None]:
    """For each entry the number of the office that it is, None for a new one. Raises WasUnknown.

    What an entry says that it was comes first, then the same name, then an office whose place was or is not named. Of
    two that were one, the first keeps the old.
    """
    found: dict[int, int] = {}
    _by_what_they_were(known, entries, found)
    _by_name([one for one in known if one.in_plan], entries, found)
    _by_municipality([one for one in known if one.in_plan], entries, found)
    _by_name([one for one in known if not one.in_plan], entries, found)
    return [found.get(at) for at in range(len(entries))]


def _by_what_they_were(known: Sequence[Known], entries: Sequence[OfficePlan], found: dict[int, int]) -> None:
    """One that bears its new name already (the plan repeats what an earlier one said) is left to its name."""
    current = {_place(one) for one in known if one.in_plan}
    by_name = {name: one.id for one in sorted(known, key=lambda one: one.in_plan) for name in one.names}
    for at, entry in enumerate(entries):
        if entry.was is None or _place(entry) in current:
            continue
        number = by_name.get(_key(entry.was))
        if number is None:
            raise WasUnknown(at, entry.was)
        if number not in found.values():
            found[at] = number


def _by_name(known: Sequence[Known], entries: Sequence[OfficePlan], found: dict[int, int]) -> None:
    taken = set(found.values())
    by_place = {_place(one): one.id for one in known if one.id not in taken}
    for at, entry in enumerate(entries):
        if at not in found and _place(entry) in by_place:
            found[at] = by_place.pop(_place(entry))


def _by_municipality(known: Sequence[Known], entries: Sequence[OfficePlan], found: dict[int, int]) -> None:
    taken = set(found.values())
    left: dict[str, list[Known]] = {}
    for one in known:
        if one.id not in taken:
            left.setdefault(one.municipality, []).append(one)
    for at, entry in enumerate(entries):
        candidates = left.get(entry.municipality, [])
        unnamed = [one for one in candidates if not one.place]
        chosen = unnamed or (candidates if not entry.place and len(candidates) == 1 else [])
        if at not in found and chosen:
            found[at] = chosen[0].id
            candidates.remove(chosen[0])
