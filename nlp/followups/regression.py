"""Logistic regression over features that are there or not, by L-BFGS: what the second opinion is trained with."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_DECAY = 3.0  # weight of the squares of the weights
_MOST_STEPS, _REMEMBERED, _SHORTEST, _LEAST_GAIN = 300, 10, 1e-8, 1e-6


@dataclass(frozen=True, slots=True)
class Regression:
    """A linear model of several columns: one is a yes or no, more are alternatives."""

    weights: dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class _Table:
    """Sentences as rows of feature numbers: `features` one after another, `rows` the sentence of each."""

    names: list[str]
    features: Any
    rows: Any

    def totals(self, weights: Any, count: int) -> Any:
        """The sum of the weights of each sentence."""
        return np.bincount(self.rows, weights[self.features], minlength=count)

    def slopes(self, misses: Any) -> Any:
        """How much each feature has to do with the misses."""
        return np.bincount(self.features, misses[self.rows], minlength=len(self.names))


def fitted(
    sentences: Sequence[Sequence[str]],
    wanted: Sequence[Sequence[bool]],
    weights: Sequence[float],
    *,
    least_seen: int,
) -> Regression:
    """The model that fits best: `wanted` has a column for each answer, or one for yes; each sentence counts by its weight."""
    table = _table(sentences, least_seen)
    columns = np.array(wanted, dtype=float)
    found = _fitted(table, columns, np.array(weights))
    return Regression(dict(zip(table.names, found.T.tolist(), strict=True)))


def _table(sentences: Sequence[Sequence[str]], least_seen: int) -> _Table:
    counts = Counter(feature for each in sentences for feature in each)
    names = sorted(feature for feature, count in counts.items() if count >= least_seen)
    numbers = {feature: number for number, feature in enumerate(names)}
    of_each = [[numbers[f] for f in each if f in numbers] for each in sentences]
    rows = np.repeat(np.arange(len(sentences)), [len(each) for each in of_each])
    return _Table(names, np.array([number for each in of_each for number in each]), rows)


def _descended(cost: Callable[[Any], tuple[float, Any]], size: int) -> Any:
    """Where the cost is least, by L-BFGS from nothing: `cost` gives the cost and its slopes."""
    here = np.zeros(size)
    value, slope = cost(here)
    steps: list[tuple[Any, Any]] = []
    for _ in range(_MOST_STEPS):
        way = -_turned(slope, steps)
        length = 1.0 if steps else 1 / max(1.0, float(np.abs(slope).sum()))
        reach = float(way @ slope)
        while True:
            there = here + length * way
            new_value, new_slope = cost(there)
            if new_value <= value + 1e-4 * length * reach or length < _SHORTEST:
                break
            length /= 2
        moved, bent = there - here, new_slope - slope
        steps = [*steps[1 - _REMEMBERED :], (moved, bent)] if moved @ bent > 0 else steps
        done = value - new_value < _LEAST_GAIN * max(1.0, abs(value))
        here, value, slope = there, new_value, new_slope
        if done:
            break
    return here


def _turned(slope: Any, steps: Sequence[tuple[Any, Any]]) -> Any:
    """The slope as the curvature of the last steps bends it."""
    way, shares = slope.copy(), []
    for moved, bent in reversed(steps):
        share = (moved @ way) / (moved @ bent)
        way -= share * bent
        shares.append(share)
    if steps:
        moved, bent = steps[-1]
        way *= (moved @ bent) / (bent @ bent)
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        way += moved * (share - (bent @ way) / (moved @ bent))
    return way


def _fitted(table: _Table, wanted: Any, weights: Any) -> Any:
    """The weights of a softmax over the columns of `wanted`, one fewer than there are of answers if there is one alone."""
    count, columns = wanted.shape

    def cost(flat: Any) -> tuple[float, Any]:
        each = flat.reshape(columns, -1)
        totals = np.stack([table.totals(one, count) for one in each], axis=1)
        if columns == 1:
            totals = np.hstack([totals, np.zeros_like(totals)])
        totals -= totals.max(axis=1, keepdims=True)
        shares = np.exp(totals)
        shares /= shares.sum(axis=1, keepdims=True)
        full = np.hstack([wanted, 1 - wanted]) if columns == 1 else wanted
        lost = -(weights[:, None] * full * np.log(shares + 1e-12)).sum()
        misses = weights[:, None] * (shares[:, :columns] - wanted)
        slopes = np.stack([table.slopes(misses[:, column]) for column in range(columns)])
        return float(lost + _DECAY / 2 * flat @ flat), slopes.ravel() + _DECAY * flat

    return _descended(cost, columns * len(table.names)).reshape(columns, -1)
