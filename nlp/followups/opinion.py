"""A learned second opinion on sentences that no rule has answered: a linear model over `features`.

Its weights are whole hundredths in `nlp/data/followups_model.tsv`, made by `python -m nlp.followups.learn`; the first
lines of that file are its model card.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nlp import data
from nlp.followups.actors import Role
from nlp.followups.standing import ORDERS
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
LEAST = 0.55
LEAST_IN_LETTER = 0.45  # of at least three sentences, which say more of one another
LEAST_ASKED = 0.3  # an office asks for an answer
"""What is less likely a follow-up than this is none: the best of six by leaving out one lot of whole letters in turn."""


class Weights(NamedTuple):
    """`found`: how much a feature speaks for a follow-up; `kinds`: for each of ANSWERS, given that there is one."""

    found: Mapping[str, int]
    kinds: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The likeliest answer, how likely it is that there is a follow-up at all, and how sure the answer is if there is."""

    kind: FollowUpKind
    role: Role | None
    likely: float
    sure: float = 1.0


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


def likelihood(features: Collection[str], known: Weights | None = None) -> float:
    """How likely there is a follow-up in a sentence."""
    found = (known or weights()).found
    score = found[BIAS] + sum(filter(None, map(found.get, features)))
    return 1 / (1 + math.exp(-max(-20.0, min(20.0, score / _SCALE))))


def opinion(features: Collection[str], known: Weights | None = None) -> Opinion | None:
    """What the model makes of a sentence; None where it sees no follow-up."""
    likely = likelihood(features, known)
    return None if likely < _least(features) else answer(features, likely, known)


def _least(features: Collection[str]) -> float:
    if ASKED in features:
        return LEAST_ASKED
    return LEAST if ORDERS.isdisjoint(features) else LEAST_IN_LETTER


def answer(features: Collection[str], likely: float, known: Weights | None = None) -> Opinion:
    """What it is if it is one."""
    kinds = (known or weights()).kinds
    columns = [kinds[BIAS], *filter(None, map(kinds.get, features))]
    totals = [sum(column) for column in zip(*columns, strict=True)]
    best = max(totals)
    sure = 1 / sum(math.exp((one - best) / _SCALE) for one in totals)
    kind, role = ANSWERS[totals.index(best)]
    return Opinion(kind, role, likely, sure)
