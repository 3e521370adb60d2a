"""Which of a municipality's offices a letter means, by the names of their places. Pure: words and offices in, numbers out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Every town has one: it tells two offices of a municipality apart, and says nothing where no municipality is named.
_ANYWHERE = frozenset(
    "centrum city centralt innerstaden innerstan stan torget stationen norr söder öster väster norra södra östra västra".split()
)


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """An office of the plan: its number, its municipality's code, and its place, empty where that is the municipality itself."""

    number: int
    code: str
    place: str = ""


@dataclass(frozen=True)
class Places:
    """The offices of a plan by municipality, and the pattern that finds the names of their places."""

    by_code: Mapping[str, Sequence[int]]
    by_place: Mapping[str, Sequence[OfficePlace]] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    @classmethod
    def of(cls, offices: Iterable[OfficePlace]) -> "Places":
        by_code: dict[str, list[int]] = {}
        by_place: dict[str, list[OfficePlace]] = {}
        for one in offices:
            by_code.setdefault(one.code, []).append(one.number)
            if one.place:
                by_place.setdefault(one.place.casefold(), []).append(one)
        names = "|".join(re.escape(name) for name in sorted(by_place, key=len, reverse=True))
        pattern = re.compile(rf"(?i)(?<![\w-])({names})s?(?![\w])") if names else None
        return cls(by_code, by_place, pattern)

    def named(self, text: str) -> dict[int, str]:
        """The offices whose place stands in a text, with the name as it is written there."""
        if self.pattern is None:
            return {}
        found: dict[int, str] = {}
        end = -1
        for match in self.pattern.finditer(text):
            # the centre of a place that has a name is that place
            of_it = end == match.start() - 1 and match[1].casefold() in _ANYWHERE
            end = match.end()
            for one in () if of_it else self.by_place.get(match[1].casefold(), ()):
                found.setdefault(one.number, match[1])
        return found

    def meant(self, code: str, named: Iterable[int]) -> Sequence[int]:
        """The offices of a municipality: those that are named, else all of them."""
        offices = self.by_code.get(code, ())
        some = set(named).intersection(offices)
        return [number for number in offices if number in some] if some else offices

    def unmistakable(self, named: Mapping[int, str]) -> dict[int, str]:
        """Of named offices those that need no municipality beside them: a name of their own, written as one."""
        sure = {some[0].number for some in self.by_place.values() if len(some) == 1}
        return {
            number: name
            for number, name in named.items()
            if number in sure and name[:1].isupper() and name.casefold() not in _ANYWHERE
        }

    @property
    def codes(self) -> Iterable[str]:
        return self.by_code.keys()
