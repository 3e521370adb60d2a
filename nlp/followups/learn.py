"""Trains the second opinion: `python -m nlp.followups.learn [FILES]` writes `nlp/data/followups_model.tsv`.

Two logistic regressions over the same features: is there a follow-up, and which. FILES are
labelled letters as in `nlp/evaluation/followups_dev.jsonl` or labelled sentences as in `nlp/training/turns.txt`; without them
all that are not held back any more, and the sentences that `nlp/training/frames.txt` makes. A set that is held back is never learned from.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from nlp.dates import find_dates
from nlp.followups.find import examined
from nlp.followups.opinion import ANSWERS, BIAS, FILE
from nlp.model import Letter, Party
from nlp.training import hands

_ROOT = Path(__file__).parent.parent
_LETTERS = ("followups_dev", "followups_mails_held", "followups_mails_a_held", "followups_mails_c_held", "followups_mails_d_held")
_TURNS = _ROOT / "training" / "turns.txt"
_KINDS = {"c": "commitment", "r": "request", "d": "deadline", "m": "meeting"}
_OBLIGORS = {"s": "sender", "r": "recipient", "t": "third_party", "b": "both"}
_WRITER = {"name": "Maja Ahl", "address": "maja.ahl@statenssc.se", "organisation": "Statens servicecenter"}
_TURNS_DAY = "2023-03-14"
_DECAY = 3.0  # weight of the squares of the weights
_MOST_STEPS, _REMEMBERED, _SHORTEST, _LEAST_GAIN = 300, 10, 1e-8, 1e-6
_LEAST_SEEN, _LEAST_WEIGHT = 2, 3
_OF_HANDS = 3.0  # a sentence of a letter by another hand counts as much as three
_NONE = -1
_CARD = """\
# The second opinion on follow-ups: weights of a linear model in hundredths, a row a feature.
# Columns: feature; is there a follow-up; then, for those that tell, each of: {answers}.
# Made by `python -m nlp.followups.learn` from {sentences} sentences of {letters} letters, {positive} of them follow-ups, all
# invented for this project (nlp/evaluation/followups_*, nlp/training). Licence: that of the project. No personal data.
# Use: sentences that no rule has answered, in letters with a sender (nlp/followups/opinion.py); figures on held-back letters
# stand in docs/reading.md. Weak where the turn of phrase is new in each word, and in irony, quotes and news prose.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of a sentence and the index of its answer in ANSWERS, -1 for none."""

    features: tuple[str, ...]
    answer: int
    weight: float = 1.0


def letter_of(item: dict[str, Any]) -> Letter:
    """A letter of the labelled set."""
    sender = item["sender"]
    parties = tuple(Party(one["name"], one["address"]) for one in item["recipients"])
    return Letter(
        item["text"],
        date.fromisoformat(item["reference"]),
        subject=item.get("subject"),
        signature_start=item.get("signature_start"),
        sender=None
        if sender is None
        else Party(sender["name"], sender["address"], sender.get("organisation")),
        recipients=parties,
        automatic=item["automatic"],
    )


def samples(item: dict[str, Any]) -> Iterator[Sample]:
    """A sample for every sentence of a letter that people wrote."""
    letter = letter_of(item)
    if letter.automatic or letter.sender is None:
        return
    text = " ".join(letter.body.split())
    wanted = [(text.find(one["sentence"]), one) for one in item["follow_ups"]]
    for start, end, features in examined(letter, find_dates(letter.body, letter.reference)):
        low, high = (len(" ".join(letter.body[:at].split())) for at in (start, end))
        labels = [one for at, one in wanted if low <= at <= high and not one.get("optional")]
        if any(one.get("optional") for at, one in wanted if low <= at <= high):
            continue
        yield Sample(tuple(sorted(features)), _answer(labels[0]) if labels else _NONE, item.get("weight", 1.0))


def _answer(label: dict[str, Any]) -> int:
    """The column of a label; what a recipient promised counts as asked, what a sender owes as promised."""
    kind, obligor = label["kind"], label["obligor"]
    if kind == "meeting":
        return len(ANSWERS) - 1
    if obligor != "recipient":
        return ANSWERS.index(("commitment", obligor))
    return ANSWERS.index(("deadline" if kind == "deadline" else "request", obligor))


class _Regression:
    """A linear model of several columns: one is a yes or no, more are alternatives."""

    def __init__(self, weights: dict[str, list[float]]) -> None:
        self.weights = weights


@dataclass(frozen=True, slots=True)
class _Table:
    """Sentences as rows of feature numbers: `features[first[i]:first[i + 1]]` are those of sentence i."""

    names: list[str]
    features: Any
    rows: Any

    def totals(self, weights: Any, count: int) -> Any:
        """The sum of the weights of each sentence."""
        return np.bincount(self.rows, weights[self.features], minlength=count)

    def slopes(self, misses: Any) -> Any:
        """How much each feature has to do with the misses."""
        return np.bincount(self.features, misses[self.rows], minlength=len(self.names))


def _table(examples: Sequence[Sample]) -> _Table:
    counts = Counter(feature for one in examples for feature in one.features)
    names = [BIAS, *sorted(feature for feature, count in counts.items() if count >= _LEAST_SEEN)]
    numbers = {feature: number for number, feature in enumerate(names)}
    of_each = [[0, *(numbers[f] for f in one.features if f in numbers)] for one in examples]
    rows = np.repeat(np.arange(len(examples)), [len(each) for each in of_each])
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


def train(examples: Sequence[Sample]) -> tuple[_Regression, _Regression]:
    """The two models; the same examples give the same weights."""
    return _trained(examples, lambda answer: [answer != _NONE]), _trained(
        [one for one in examples if one.answer != _NONE],
        lambda answer: [answer == column for column in range(len(ANSWERS))],
    )


def _trained(examples: Sequence[Sample], wanted: Callable[[int], list[bool]]) -> _Regression:
    table = _table(examples)
    columns = np.array([wanted(one.answer) for one in examples], dtype=float)
    fitted = _fitted(table, columns, np.array([one.weight for one in examples]))
    return _Regression(dict(zip(table.names, fitted.T.tolist(), strict=True)))


def rows(found: _Regression, kinds: _Regression) -> Iterator[str]:
    """The weights as lines of the file."""
    for feature in sorted(found.weights.keys() | kinds.weights.keys()):
        whole = round(100 * found.weights.get(feature, [0.0])[0])
        each = [round(100 * weight) for weight in kinds.weights.get(feature, ())]
        if max(map(abs, each), default=0) < _LEAST_WEIGHT and feature != BIAS:
            each = []
        if abs(whole) >= _LEAST_WEIGHT or each or feature == BIAS:
            yield "\t".join((feature, str(whole), *(map(str, each) if any(each) else ())))


def _items(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled letters of a file; a line of `turns.txt` is a letter of its own."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    yield from map(_turn if path.suffix == ".txt" else json.loads, lines)


def _all_items() -> Iterator[dict[str, Any]]:
    """Everything that is not held back."""
    for name in _LETTERS:
        yield from _items(_ROOT / "evaluation" / f"{name}.jsonl")
    yield from _items(_TURNS)
    for path in sorted(hands.FOLDER.glob("hands_*.txt")):
        yield from ({**item, "weight": _OF_HANDS} for item in hands.letters(path))


def _turn(line: str) -> dict[str, Any]:
    label, _, sentence = line.partition("|")
    said = {"sentence": sentence, "kind": _KINDS.get(label[0]), "obligor": _OBLIGORS.get(label[-1])}
    return {
        "text": sentence,
        "reference": _TURNS_DAY,
        "sender": _WRITER,
        "recipients": [],
        "automatic": False,
        "follow_ups": [said] if label != "-" else [],
    }


def main(arguments: Sequence[str]) -> None:
    """Learns from the files named, or from all that are not held back, and writes the weights."""
    items = [item for name in arguments for item in _items(Path(name))] or list(_all_items())
    examples = [sample for item in items for sample in samples(item)]
    card = _CARD.format(
        answers=", ".join(f"{kind} of {role or 'both'}" for kind, role in ANSWERS),
        sentences=len(examples),
        letters=len(items),
        positive=sum(sample.answer != _NONE for sample in examples),
    )
    body = "\n".join(rows(*train(examples)))
    (_ROOT / "data" / FILE).write_text(card + body + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
