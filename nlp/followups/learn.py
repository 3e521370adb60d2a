"""Trains the second opinion: `python -m nlp.followups.learn [FILES]` writes `nlp/data/followups_model.tsv`.

Two logistic regressions over the same features: is there a follow-up, and which. FILES are labelled letters as in
`nlp/evaluation/followups_dev.jsonl`, labelled sentences as in `nlp/training/turns.txt` or letters as in `nlp/training/hands_counter.txt`;
without them all that are not held back any more. A set that is held back is never learned from.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nlp.dates import find_dates
from nlp.followups.find import examined
from nlp.followups.opinion import ANSWERS, BIAS, FILE
from nlp.followups.regression import Regression, fitted
from nlp.model import Letter, Party
from nlp.training import hands

_ROOT = Path(__file__).parent.parent
_LETTERS = (
    "followups_dev",
    "followups_mails_held",
    "followups_mails_a_held",
    "followups_mails_c_held",
    "followups_mails_d_held",
)
_TURNS = _ROOT / "training" / "turns.txt"
_WRITER = {"name": "Maja Ahl", "address": "maja.ahl@statenssc.se", "organisation": "Statens servicecenter"}
_TURNS_DAY = "2023-03-14"
_LEAST_SEEN, _LEAST_WEIGHT, _LEAST_OF_KIND = 2, 5, 6
_OF_HANDS = 2.0  # a sentence of a letter by another hand counts as much as two
_NONE = -1
_CARD = """\
# The second opinion on follow-ups: weights of a linear model in hundredths, a row a feature.
# Columns: feature; is there a follow-up; then, for those that tell, each of: {answers}.
# Made by `python -m nlp.followups.learn` from {sentences} sentences of {letters} letters, {positive} of them follow-ups, all
# invented for this project (nlp/evaluation/followups_*, nlp/training). Licence: that of the project. No personal data.
# Use: sentences that no rule has answered, and what rules have found, in letters with a sender (nlp/followups/wholes.py);
# figures on held-back letters stand in docs/measured.md. Weak where the turn of phrase is new in each word, and in irony, quotes and news prose.
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
        yield Sample(
            tuple(sorted(features)), _answer(labels[0]) if labels else _NONE, item.get("weight", 1.0)
        )


def _answer(label: dict[str, Any]) -> int:
    """The column of a label; what a recipient promised counts as asked, what a sender owes as promised."""
    kind, obligor = label["kind"], label["obligor"]
    if kind == "meeting":
        return len(ANSWERS) - 1
    if obligor != "recipient":
        return ANSWERS.index(("commitment", obligor))
    return ANSWERS.index(("deadline" if kind == "deadline" else "request", obligor))


def train(examples: Sequence[Sample]) -> tuple[Regression, Regression]:
    """The two models; the same examples give the same weights."""
    return _trained(examples, lambda answer: [answer != _NONE]), _trained(
        [one for one in examples if one.answer != _NONE],
        lambda answer: [answer == column for column in range(len(ANSWERS))],
    )


def _trained(examples: Sequence[Sample], wanted: Callable[[int], list[bool]]) -> Regression:
    return fitted(
        [(BIAS, *one.features) for one in examples],
        [wanted(one.answer) for one in examples],
        [one.weight for one in examples],
        least_seen=_LEAST_SEEN,
    )


def rows(found: Regression, kinds: Regression) -> Iterator[str]:
    """The weights as lines of the file."""
    for feature in sorted(found.weights.keys() | kinds.weights.keys()):
        whole = round(100 * found.weights.get(feature, [0.0])[0])
        each = [round(100 * weight) for weight in kinds.weights.get(feature, ())]
        if max(map(abs, each), default=0) < _LEAST_OF_KIND and feature != BIAS:
            each = []
        if abs(whole) >= _LEAST_WEIGHT or each or feature == BIAS:
            yield "\t".join((feature, str(whole), *(map(str, each) if any(each) else ())))


def _items(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled letters of a file; a line of `turns.txt` is a letter of its own."""
    if path.name.startswith("hands_"):
        yield from ({**item, "weight": _OF_HANDS} for item in hands.letters(path))
        return
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    yield from map(_turn if path.suffix == ".txt" else json.loads, lines)


def _all_items() -> Iterator[dict[str, Any]]:
    """Everything that is not held back."""
    files = [_ROOT / "evaluation" / f"{name}.jsonl" for name in _LETTERS]
    for path in (*files, _TURNS, *sorted(hands.FOLDER.glob("hands_*.txt"))):
        yield from _items(path)


def _turn(line: str) -> dict[str, Any]:
    label, _, sentence = line.partition("|")
    said = {"sentence": sentence, "kind": hands.KINDS.get(label[0]), "obligor": hands.OBLIGORS.get(label[-1])}
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
