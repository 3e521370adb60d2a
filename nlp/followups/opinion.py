"""A learned second opinion on sentences that no rule has answered: a linear model over `features`.

Its weights are whole hundredths in `nlp/data/followups_model.tsv`, made by `python -m nlp.followups.learn`; the first
lines of that file are its model card.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from nlp import data
from nlp.followups.actors import Role
from nlp.model import FollowUpKind

FILE = "followups_model.tsv"
BIAS = "*"
ASKED = "?Q"  # the feature of a question
# The answers that the model chooses from, in the order of its columns.
ANSWERS: tuple[tuple[FollowUpKind, Role | None], ...] = (
    ("commitment", "sender"),
    ("commitment", "third_party"),
    ("request", "recipient"),
    ("deadline", "recipient"),
    ("meeting", None),
)
_SCALE = 100
LEAST = 0.7
LEAST_ASKED = 0.2  # an office asks for an answer
"""What is less likely a follow-up than this is none: the best of six by leaving out one lot of whole letters in turn."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`found`: how much a feature speaks for a follow-up; `kinds`: for each of ANSWERS, given that there is one."""

    found: dict[str, int]
    kinds: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The likeliest answer and how likely it is that there is a follow-up at all."""

    kind: FollowUpKind
    role: Role | None
    likely: float


@cache
def weights() -> Weights:
    """The weights, read when they are first asked for."""
    found: dict[str, int] = {}
    kinds: dict[str, tuple[int, ...]] = {}
    for line in data.lines(FILE):
        feature, whole, *each = line.split("\t")
        found[feature] = int(whole)
        if each:
            kinds[feature] = tuple(map(int, each))
    return Weights(found, kinds)


def opinion(features: Collection[str], known: Weights | None = None) -> Opinion | None:
    """What the model makes of a sentence; None where it sees no follow-up."""
    known = known or weights()
    found = known.found
    score = found[BIAS] + sum([found[feature] for feature in features if feature in found])
    likely = 1 / (1 + math.exp(-max(-20.0, min(20.0, score / _SCALE))))
    if likely < (LEAST_ASKED if ASKED in features else LEAST):
        return None
    columns = [known.kinds[feature] for feature in (*features, BIAS) if feature in known.kinds]
    totals = [sum(column) for column in zip(*columns, strict=True)]
    kind, role = ANSWERS[totals.index(max(totals))]
    return Opinion(kind, role, likely)
