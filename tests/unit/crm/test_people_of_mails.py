"""The people of sixty-odd mails, held against those who are really in them. All of them are invented."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from crm.folding import name_key
from crm.reading import read_mail
from crm.readings import ReadingContext
from nlp.reader import Reader
from tests.mails import mail

_SETS = [Path(__file__).parent / "sets" / f"people_{name}.txt" for name in ("of_mails", "held")]
_LEAST = 0.95


class Case(NamedTuple):
    """A mail, and the people who are in it."""

    raw: bytes
    people: frozenset[str]


def cases(file: Path) -> Iterator[Case]:
    for block in file.read_text(encoding="utf-8").split("\n---\n"):
        letter, _, names = block.rpartition("\n=>")
        head, _, body = letter.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        raw = mail(
            body,
            sender=fields["From"],
            to=fields["To"].split("; "),
            cc=[one for one in fields.get("Cc", "").split("; ") if one],
            message_id="<one@x.example>",
        )
        yield Case(raw, frozenset(name_key(name) for name in names.split(";") if name.strip()))


def found(case: Case, reader: Reader) -> frozenset[str]:
    cards = read_mail(case.raw, reader, ReadingContext(today=date(2021, 6, 9))).people
    return frozenset(name_key(card.name) for card in cards)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("file", _SETS, ids=lambda file: file.stem)
def test_nearly_all_people_are_found_and_hardly_anybody_else(file: Path, reader: Reader) -> None:
    right = missed = wrong = 0
    complaints = []
    for case in cases(file):
        names = found(case, reader)
        right += len(names & case.people)
        missed += len(case.people - names)
        wrong += len(names - case.people)
        if names != case.people:
            complaints.append((sorted(case.people - names), sorted(names - case.people)))
    assert 2 * right / (2 * right + missed + wrong) >= _LEAST, complaints
