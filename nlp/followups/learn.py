"""Trains the second opinion: `python -m nlp.followups.learn [FILES]` writes `nlp/data/followups_model.tsv`.

Two logistic regressions over the same features, by Adagrad in a seeded order: is there a follow-up, and which. FILES are
labelled letters as in `nlp/evaluation/followups_dev.jsonl` or labelled sentences as in `nlp/training/turns.txt`; without them
all that are not held back any more, and the sentences that `nlp/training/frames.txt` makes. A set that is held back is never learned from.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nlp.dates import find_dates
from nlp.followups.find import examined
from nlp.followups.opinion import ANSWERS, BIAS, FILE
from nlp.model import Letter, Party
from nlp.training.frames import labelled

_ROOT = Path(__file__).parent.parent
_LETTERS = ("followups_dev", "followups_mails_held", "followups_mails_a_held", "followups_mails_c_held")
_TURNS = _ROOT / "training" / "turns.txt"
_KINDS = {"c": "commitment", "r": "request", "d": "deadline", "m": "meeting"}
_OBLIGORS = {"s": "sender", "r": "recipient", "t": "third_party", "b": "both"}
_WRITER = {"name": "Maja Ahl", "address": "maja.ahl@statenssc.se", "organisation": "Statens servicecenter"}
_TURNS_DAY = "2023-03-14"
_ROUNDS, _RATE, _DECAY = 25, 0.1, 0.003
_LEAST_SEEN = 3
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
        yield Sample(tuple(sorted(features)), _answer(labels[0]) if labels else _NONE)


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

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.weights: dict[str, list[float]] = {}
        self._seen: dict[str, list[float]] = {}

    def totals(self, features: Iterable[str]) -> list[float]:
        total = [0.0] * self.columns
        for feature in features:
            for column, weight in enumerate(self.weights.get(feature, ())):
                total[column] += weight
        return total

    def likely(self, features: Iterable[str]) -> list[float]:
        total = self.totals(features)
        if self.columns == 1:
            return [1 / (1 + math.exp(-max(-30.0, min(30.0, total[0]))))]
        powers = [math.exp(one - max(total)) for one in total]
        return [one / sum(powers) for one in powers]

    def learn(self, features: Sequence[str], wanted: Sequence[float]) -> None:
        misses = [got - want for got, want in zip(self.likely(features), wanted, strict=True)]
        for feature in features:
            weights = self.weights.setdefault(feature, [0.0] * self.columns)
            seen = self._seen.setdefault(feature, [1e-8] * self.columns)
            for column, miss in enumerate(misses):
                slope = miss + _DECAY * weights[column]
                seen[column] += slope * slope
                weights[column] -= _RATE * slope / math.sqrt(seen[column])


def train(examples: Sequence[Sample]) -> tuple[_Regression, _Regression]:
    """The two models; the same examples give the same weights."""
    counts = Counter(feature for one in examples for feature in one.features)
    kept = [([BIAS, *(f for f in one.features if counts[f] >= _LEAST_SEEN)], one.answer) for one in examples]
    found, kinds = _Regression(1), _Regression(len(ANSWERS))
    order = random.Random(1)  # noqa: S311  a seeded order, no secret
    for _ in range(_ROUNDS):
        order.shuffle(kept)
        for features, answer in kept:
            found.learn(features, [float(answer != _NONE)])
            if answer != _NONE:
                kinds.learn(features, [float(answer == column) for column in range(len(ANSWERS))])
    return found, kinds


def rows(found: _Regression, kinds: _Regression) -> Iterator[str]:
    """The weights as lines of the file."""
    for feature in sorted(found.weights):
        whole = round(100 * found.weights[feature][0])
        each = [round(100 * weight) for weight in kinds.weights.get(feature, ())]
        if whole or any(each):
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
    yield from map(_turn, labelled())


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
