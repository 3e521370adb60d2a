"""The invented sentences of `nlp/evaluation`: well formed, and read as well as they were when they were laid down."""

import json
from datetime import date
from pathlib import Path

import pytest

import nlp
from nlp.dates import find_dates

SETS = Path(nlp.__file__).parent / "evaluation"
Row = dict[str, object]


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SETS / name).read_text("utf-8").splitlines()]


def expressions(row: Row) -> set[tuple[object, ...]]:
    listed = row["expressions"]
    assert isinstance(listed, list)
    return {(e["start"], e["end"], e["from"], e["to"], e["window_from"], e["window_to"]) for e in listed}


def read(row: Row) -> set[tuple[object, ...]]:
    found = find_dates(str(row["text"]), date.fromisoformat(str(row["reference"])))
    days = [(m.value_start, m.value_end, m.window_start, m.window_end) for m in found]
    return {
        (m.start, m.end, *(day and day.isoformat() for day in four))
        for m, four in zip(found, days, strict=True)
    }


@pytest.mark.parametrize("name", ["dates_dev.jsonl", "dates_held.jsonl"])
def test_the_sentences_are_well_formed(name: str) -> None:
    listed = rows(name)
    assert len({(row["text"], row["reference"]) for row in listed}) == len(listed)
    for row in listed:
        for start, end, first, last, *window in expressions(row):
            assert str(row["text"])[int(str(start)) : int(str(end))].strip()
            assert str(first) <= str(last)
            assert any(window)


@pytest.mark.parametrize(
    ("name", "least", "most_spurious"), [("dates_dev.jsonl", 0.98, 8), ("dates_held.jsonl", 0.96, 2)]
)
def test_they_are_read_exactly(name: str, least: float, most_spurious: int) -> None:
    listed = rows(name)
    wanted = sum(len(expressions(row)) for row in listed)
    right = sum(len(expressions(row) & read(row)) for row in listed)
    spurious = sum(len(read(row)) for row in listed if not row["expressions"])
    assert right >= least * wanted
    assert spurious <= most_spurious


def test_no_sentence_is_both_developed_on_and_held_back() -> None:
    assert not {row["text"] for row in rows("dates_dev.jsonl") if len(str(row["text"])) > 40} & {
        row["text"] for row in rows("dates_held.jsonl")
    }
