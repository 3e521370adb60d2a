"""Precision, recall and F1 with the interval in which they lie (95 %)."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

_Z = 1.96
_RESAMPLED = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """Found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval of a share, after Wilson: it holds at the ends of the scale and for few, too."""
    if not whole:
        return 0.0, 1.0
    share, z2 = part / whole, _Z**2
    centre = share + z2 / (2 * whole)
    spread = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2))
    return max(0.0, centre - spread) / (1 + z2 / whole), (centre + spread) / (1 + z2 / whole)


def bootstrap(counts: Sequence[Counts], seed: int = 1) -> tuple[float, float]:
    """The interval of F1 over texts, which are drawn anew with replacement: errors come in clusters."""
    if not counts:
        return 0.0, 1.0
    chance = random.Random(seed)
    # Right ones and errors in one number each: added up in C, millions of times in an evaluation.
    pairs = [complex(one.right, one.wrong + one.missed) for one in counts]
    sums = [sum(chance.choices(pairs, k=len(pairs))) for _ in range(_RESAMPLED)]
    drawn = sorted(_share(2 * both.real, 2 * both.real + both.imag) for both in sums)
    return drawn[int(_RESAMPLED * 0.025)], drawn[int(_RESAMPLED * 0.975) - 1]


@dataclass(frozen=True, slots=True)
class Line:
    """One label of one set, as it is printed."""

    name: str
    counts: Counts
    interval: tuple[float, float]

    def __str__(self) -> str:
        right, wrong, missed = self.counts.right, self.counts.wrong, self.counts.missed
        precision = _three(self.counts.precision, wilson(right, right + wrong))
        recall = _three(self.counts.recall, wilson(right, right + missed))
        f1 = _three(self.counts.f1, self.interval)
        return f"{self.name:36} P {precision}  R {recall}  F1 {f1}  n={right + missed}"


def _three(value: float, interval: tuple[float, float]) -> str:
    return f"{value:.3f} [{interval[0]:.3f}–{interval[1]:.3f}]"


def line_of(name: str, counts: Sequence[Counts]) -> Line:
    """The line of a label, from what each text gave."""
    return Line(name, total(counts), bootstrap(counts))
