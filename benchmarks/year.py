"""Office links and kept promises on an invented year: python -m benchmarks.year [--part dev|other|third|fourth|held] [--seed N…] [--wrong]"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from benchmarks.year_letters import Letter
from benchmarks.year_stories import invent
from crm import links
from crm.bootstrap import open_store
from crm.direction import Own
from crm.intake import IntakeContext, take_in
from crm.raws import put_raws
from crm.reading import read_mail
from crm.readings import ReadingContext
from db.schema import FollowUp, Link, Message, Municipality, Office, Raw
from db.store import Store
from nlp.reader import Reader

OWN = Own.of(["statenssc.se"])
_BATCH = 50


@dataclass
class Score:
    """What was found, what was right, what there is; `wrong` says which."""

    right: int = 0
    found: int = 0
    there: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, found: set[str], there: set[str], where: str) -> None:
        self.right += len(found & there)
        self.found += len(found)
        self.there += len(there)
        self.wrong.update(f"+ {one} | {where}" for one in found - there)
        self.wrong.update(f"- {one} | {where}" for one in there - found)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def measure(letters: Sequence[Letter]) -> tuple[Score, Score]:
    """Scores of office links and of kept promises, with the letters taken in day after day."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'year.sqlite'}")
        _take(store, letters)
        scores = _links(store, letters), _kept(store, letters)
        store.close()
        return scores


def _take(store: Store, letters: Sequence[Letter]) -> None:
    reader = Reader()
    batch: list[Letter] = []
    for one in letters:
        batch.append(one)
        if len(batch) == _BATCH or one.decided:
            _take_batch(store, reader, batch)
            batch = []
        if one.decided:
            with store.write() as session:
                links.link(session, one.id, one.decided, by="anna", now=one.at)
    if batch:
        _take_batch(store, reader, batch)


def _take_batch(store: Store, reader: Reader, batch: Sequence[Letter]) -> None:
    today = batch[-1].at.date()
    context = ReadingContext(today=today)
    raws = [one.raw() for one in batch]
    with store.write() as session:
        rows = [session.get_one(Raw, put.id) for put in put_raws(session, raws, today)]
        read = [(row, read_mail(raw, reader, context)) for row, raw in zip(rows, raws, strict=True)]
        take_in(session, read, IntakeContext(OWN, today))


def _links(store: Store, letters: Sequence[Letter]) -> Score:
    with store.read() as session:
        asked = (
            select(Message.message_id, Municipality.name)
            .join(Link, Link.message_id == Message.id)
            .join(Office, Link.office_id == Office.id)
            .join(Municipality, Office.municipality_code == Municipality.code)
        )
        linked: dict[str, set[str]] = {}
        for message, name in session.execute(asked):
            linked.setdefault(message or "", set()).add(name)
    score = Score()
    for one in letters:
        score.add(linked.get(one.id, set()), set(one.offices), _shown(one))
    return score


def _kept(store: Store, letters: Sequence[Letter]) -> Score:
    with store.read() as session:
        asked = select(Message.message_id, FollowUp.text, FollowUp.evidence).join(
            Message, FollowUp.message_id == Message.id
        )
        kept = asked.where(FollowUp.kind.in_(("commitment", "request")), FollowUp.state == "kept")
        found: dict[str, dict[str, str]] = {}
        for message, sentence, evidence in session.execute(kept):
            found.setdefault(message or "", {})[sentence] = (evidence or {}).get("message", "")
        bodies = {f"m{number}": body for number, body in session.execute(select(Message.id, Message.body))}
    score = Score()
    for one in letters:
        by = {_named(one, sentence): message for sentence, message in found.get(one.id, {}).items()}
        unsure = {said.text for said in one.said if said.kept is None}
        there = {said.text for said in one.said if said.kept}
        shown = "".join(
            f" <= {' '.join(bodies[message].split())[:110]}" for message in by.values() if message
        )
        score.add(by.keys() - unsure, there, _shown(one) + shown)
    return score


def _named(letter: Letter, sentence: str) -> str:
    """The labelled sentence that a follow-up's is, or a part of."""
    return next((one.text for one in letter.said if sentence in one.text or one.text in sentence), sentence)


def _shown(letter: Letter) -> str:
    return (
        f"{letter.sender.address.partition('@')[2]}: {letter.subject} / {' '.join(letter.body.split())[:60]}"
    )


def _lines(name: str, score: Score) -> Iterator[str]:
    yield f"{name}: precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}  ({score.there} true, {score.found} found)"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--part", choices=("dev", "other", "third", "fourth", "held"), default="dev")
    arguments.add_argument("--seed", type=int, nargs="+", default=[1])
    arguments.add_argument("--wrong", type=int, default=0, help="how many wrong ones to show")
    given = arguments.parse_args()
    for seed in given.seed:
        letters = invent(seed, given.part)
        print(
            f"# {given.part}, seed {seed}: {len(letters)} letters from {letters[0].at.date()} to {letters[-1].at.date()}"
        )
        for name, score in zip(("office links", "kept promises"), measure(letters), strict=True):
            print("\n".join(_lines(name, score)))
            for line, _ in score.wrong.most_common(given.wrong):
                print("  " + line)


if __name__ == "__main__":
    main()
