"""Learns the weights of `crm.weighing` from the stories: python -m benchmarks.kept_weights [--write]

Prints what they come to on each lot when they are learnt from all others. `ninth` and `fourteenth` are never learnt from.
"""

import argparse
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from benchmarks.kept import SETS, taken
from crm.intake.keeping import promise_of
from crm.intake.promises import Mail, as_open, mails, recipients_of, that_wait, these
from crm.keeping import by_rules, may_reply
from crm.promised import Promise
from crm.weighing import BIAS, FILE, LEAST, learnt, signs
from db.schema import Message
from db.store import Store
from nlp import data
from nlp.followups.regression import Regression, fitted

HELD = frozenset({"ninth", "fourteenth"})
_LEAST_SEEN = 3
_CARD = """\
# Whether a reply in the thread keeps a promise: weights of a linear model in hundredths, a row a sign.
# Made by `python -m benchmarks.kept_weights --write` from {letters} letters of {lots} lots of stories, {kept} of them keeping,
# all invented for this project (benchmarks/kept_*.toml). Licence: that of the project. No personal data.
# Use: letters of whoever owes in the thread of what was promised or asked for (crm/weighing.py); figures in docs/links.md.
"""


class Example(NamedTuple):
    """A letter in the thread of a promise: its signs, and whether it keeps it."""

    lot: str
    signs: frozenset[str]
    keeps: bool


def examples(name: str) -> Iterator[Example]:
    """The letters of a lot that reply to a promise; of a story that ends well the last one keeps it."""
    for story, store in taken(name):
        promises, letters = _told(store)
        yield from of_story(name, story, promises, letters)


def of_story(
    name: str, story: dict[str, Any], promises: list[Promise], letters: list[Mail]
) -> Iterator[Example]:
    last = sum(">" in head for head, *_ in story["letters"])
    ends_well = story["kept"] and ">" in story["letters"][-1][0]
    for promise in promises:
        for number, mail in enumerate(letters, 1):
            if may_reply(promise, mail.letter):
                told = signs(promise, mail.letter, by_rules(promise, mail.letter))
                yield Example(name, told, ends_well and number == last)


def _told(store: Store) -> tuple[list[Promise], list[Mail]]:
    """What the first letter promises and asks for, and all letters in their order."""
    with store.read() as session:
        numbers = session.scalars(select(Message.id).where(Message.kind == "received")).all()
        letters = sorted(mails(session, these(numbers)), key=lambda mail: mail.id)
        first = Message.message_id == "<0@stories.example>"
        rows = [as_open(row) for row in session.execute(that_wait().where(first))]
        to = recipients_of(session, [row.message for row in rows])
        return [promise_of(row, to[row.message]) for row in rows], letters


def learn(found: Sequence[Example]) -> Regression:
    return fitted(
        [(*one.signs, BIAS) for one in found],
        [(one.keeps,) for one in found],
        [1.0] * len(found),
        least_seen=_LEAST_SEEN,
    )


def likely(model: Regression, one: Example) -> float:
    score = sum(model.weights[sign][0] for sign in (*one.signs, BIAS) if sign in model.weights)
    return 1 / (1 + math.exp(-score))


def left_out(found: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """Each letter with how likely it is by what all other lots teach."""
    for lot in dict.fromkeys(one.lot for one in found):
        model = learn([one for one in found if one.lot != lot])
        yield from ((one, likely(model, one)) for one in found if one.lot == lot)


def _figures(name: str, judged: Sequence[tuple[Example, float]]) -> str:
    there = sum(one.keeps for one, _ in judged)
    taken = [one.keeps for one, chance in judged if chance >= LEAST]
    right = sum(taken)
    return f"{name}: precision {right / max(1, len(taken)):.3f}  recall {right / max(1, there):.3f}  ({there} of {len(judged)} letters keep)"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="write the weights of all lots")
    given = parser.parse_args(arguments)
    found = [one for name in SETS if name not in HELD for one in examples(name)]
    judged = list(left_out(found))
    for lot in dict.fromkeys(one.lot for one in found):
        print(_figures(lot, [pair for pair in judged if pair[0].lot == lot]))
    print(_figures("all", judged))
    if given.write:
        weights = ((sign, weight) for sign, (weight,) in learn(found).weights.items())
        card = _CARD.format(
            letters=len(found), lots=len({one.lot for one in found}), kept=sum(one.keeps for one in found)
        )
        (Path(data.__file__).parent / FILE).write_text(card + learnt(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
