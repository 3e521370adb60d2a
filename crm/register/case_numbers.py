"""Whose a case number is: our diary's, by the pattern that settings give, or another's. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from nlp.case_forms import key, normalised

# Before a number, in a letter: whose it is, seen from who wrote the letter.
_THEIRS_WHO_READ = re.compile(r"\b(?:er|ert|eran?|your)\b[^\n,;]{0,25}\Z", re.IGNORECASE)
_THEIRS_WHO_WROTE = re.compile(r"\b(?:vår|vårt|our)\b[^\n,;]{0,25}\Z", re.IGNORECASE)
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class Named:
    """A number that a letter names, and what stands before it; `field` is subject, body or attachment:N."""

    number: str
    before: str
    field: str

    @classmethod
    def at(cls, number: str, text: str, start: int, field: str) -> "Named":
        """The number that stands at `start` of `text`."""
        return cls(number, text[max(0, start - _BEFORE) : start], field)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one letter, ours and theirs apart, each once in one form, those of its subject first."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def parted(
    named: Collection[Named], pattern: str, known: Collection[str] = (), *, from_us: bool = False
) -> Numbers:
    """Ours are those that `pattern` matches whole and those in our diary (`known`, as keys).

    One that the letter itself calls its writer's is theirs in a letter from outside, whatever its form: other
    agencies number alike.
    """
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for one in sorted(named, key=lambda one: one.field != "subject"):
        number = normalised(one.number)
        is_ours = _is_ours(one, number, pattern, known, from_us=from_us)
        (ours if is_ours else theirs).setdefault(key(number), number)
    return Numbers(tuple(ours.values()), tuple(theirs.values()))


def _is_ours(one: Named, number: str, pattern: str, known: Collection[str], *, from_us: bool) -> bool:
    if key(number) in known:
        return True
    others = _THEIRS_WHO_READ if from_us else _THEIRS_WHO_WROTE
    return re.fullmatch(pattern, number) is not None and not others.search(one.before)
