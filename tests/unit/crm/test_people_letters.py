"""People of whole letters and of display names that were put down before they were read. All of them are invented."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crm.address_book import people_of
from crm.reading import read_mail
from crm.readings import ReadingContext
from ingest.model import Mailbox
from nlp.evaluation.scores import Counts, total
from nlp.reader import Reader

FOLDER = Path(__file__).with_name("people")
_PLAIN = re.compile(r"^%= (.*?) ¦ (.*?) ¦ ?(.*)$", re.MULTILINE)
_FIELD = re.compile(r";\s(?=[FTC]: )")
_HEADERS = {"F": "From", "T": "To", "C": "Cc"}


@dataclass(frozen=True)
class Letter:
    """A mail and its people: name → title and phones, `?` where nobody judged them."""

    raw: bytes
    people: dict[str, tuple[str, str]]


def _letters() -> Iterator[Letter]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("letters*.txt"))]
    for part in re.split(r"^%% ", "".join(texts), flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        body, mark, expected = rest.partition("\n%= ")
        people = {
            name: (title, phones.strip())
            for name, title, phones in _PLAIN.findall(f"%= {expected}" if mark else "")
        }
        yield Letter(_mail(head, body), people)


def _mail(head: str, body: str) -> bytes:
    fields: dict[str, list[str]] = {}
    for field in _FIELD.split(head):
        fields.setdefault(_HEADERS[field[0]], []).append(field[3:])
    lines = [f"{name}: {', '.join(values)}" for name, values in fields.items()]
    lines += [
        "Subject: x",
        "Date: Fri, 3 Mar 2023 10:00:00 +0100",
        "Content-Type: text/plain; charset=utf-8",
        "",
    ]
    return "\n".join([*lines, body, ""]).encode()


@pytest.fixture(scope="module")
def read() -> list[tuple[Letter, dict[str, tuple[str, str]]]]:
    reader, context = Reader(), ReadingContext(today=date(2023, 3, 4))
    found = []
    for letter in _letters():
        cards = read_mail(letter.raw, reader, context).people
        found.append(
            (letter, {card.name: (card.title or "-", " ".join(sorted(card.phones))) for card in cards})
        )
    return found


Read = list[tuple[Letter, dict[str, tuple[str, str]]]]


def test_the_people_of_letters(read: Read) -> None:
    counts = total(
        [
            Counts(
                len(found.keys() & asked.people.keys()),
                len(found.keys() - asked.people.keys()),
                len(asked.people.keys() - found.keys()),
            )
            for asked, found in read
        ]
    )
    assert len(read) > 110
    assert counts.f1 >= 0.98


@pytest.mark.parametrize(("field", "least"), [(0, 0.95), (1, 0.98)], ids=["title", "phones"])
def test_what_signatures_say_of_them(read: Read, field: int, least: float) -> None:
    pairs = [
        (wanted[field], found[name][field])
        for asked, found in read
        for name, wanted in asked.people.items()
        if name in found and wanted[field] != "?"
    ]
    right = sum(
        sorted(wanted.casefold().split()) == sorted(given.casefold().split()) for wanted, given in pairs
    )
    assert right / len(pairs) >= least


def _boxes() -> list[list[str]]:
    files = sorted(FOLDER.glob("boxes*.tsv"))
    return [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_display_names_of_people_and_of_none() -> None:
    wrong = [(shown, name) for shown, name in _boxes() if _name(shown) != (None if name == "-" else name)]
    assert len(wrong) <= 0.04 * len(_boxes())
    assert {shown for shown, name in wrong if name == "-"} == set()


def _name(shown: str) -> str | None:
    name, _, address = shown.rpartition("<")
    cards = people_of([Mailbox(name.strip(' "') or None, address.rstrip(">"))], [])
    return cards[0].name if cards else None
