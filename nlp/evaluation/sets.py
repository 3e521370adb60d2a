"""The labelled sets, and what is held against them: one text in, counts by label and the errors in words out."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from nlp.evaluation.scores import Counts
from nlp.model import DateMention, FollowUp, Letter, MunicipalityMention, Party, PersonMention, Reading
from nlp.organisations import organisation_of_domain
from nlp.reader import Reader

FOLDER = Path(__file__).parent
Row = dict[str, Any]
Item = TypeVar("Item")


@dataclass(slots=True)
class Judged:
    """One text as judged: counts by label, and each error in words."""

    text: str
    counts: dict[str, Counts] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def compare(self, label: str, expected: Sequence[str], found: Sequence[str]) -> None:
        """Counts what stands in both, and notes what stands in one alone."""
        wanted, got = Counter(expected), Counter(found)
        missed, wrong = wanted - got, got - wanted
        self.counts[label] = Counts((wanted & got).total(), wrong.total(), missed.total())
        self.errors += [f"{label} missed: {one}" for one in missed.elements()]
        self.errors += [f"{label} wrong: {one}" for one in wrong.elements()]


Judge = Callable[[Row, Reader], Judged]


def read_set(path: Path) -> Iterator[Row]:
    """The rows of one set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def judge_of(path: Path) -> Judge | None:
    """What judges a set, by the name of its file: dates_dev.jsonl; None for a file of another kind."""
    return _JUDGES.get(path.stem.partition("_")[0])


def _letter(row: Row) -> Letter:
    return Letter(
        body=row["text"],
        reference=date.fromisoformat(row.get("reference", "2021-06-07")),
        sender=_party(row.get("sender")),
        recipients=tuple(party for one in row.get("recipients") or () if (party := _party(one))),
        automatic=bool(row.get("automatic")),
    )


def _party(given: Row | str | None) -> Party | None:
    if not given:
        return None
    name, address = (given, None) if isinstance(given, str) else (given.get("name"), given.get("address"))
    organisation = organisation_of_domain(address.rpartition("@")[2]) if address else None
    return Party(name, address, organisation)


def _spans(text: str, rows: Sequence[Row]) -> list[str]:
    return [f"{row['start']}-{row['end']} {text[row['start'] : row['end']]}" for row in rows]


def _mentions(reading: Reading, kind: type[Item]) -> list[Item]:
    return [one for one in reading.mentions if isinstance(one, kind)]


def judge_places(row: Row, reader: Reader) -> Judged:
    """Municipalities by their exact spans, and by whom they name."""
    judged = Judged(row["text"])
    found = _mentions(reader.read(_letter(row)), MunicipalityMention)
    places = row["municipalities"]
    judged.compare("municipality", _spans(row["text"], places), [_span(one) for one in found])
    judged.compare("name", [one["name"] for one in places], [one.name for one in found])
    return judged


def judge_people(row: Row, reader: Reader) -> Judged:
    """People by their exact spans, in letters with and without senders that are known."""
    judged = Judged(row["text"])
    found = _mentions(reader.read(_letter(row)), PersonMention)
    judged.compare("person", _spans(row["text"], row["people"]), [_span(one) for one in found])
    return judged


def judge_dates(row: Row, reader: Reader) -> Judged:
    """Temporal expressions by their spans, and those that have the right window as well."""
    judged = Judged(row["text"])
    found = _mentions(reader.read(_letter(row)), DateMention)
    wanted = row["expressions"]
    judged.compare("expression", _spans(row["text"], wanted), [_span(one) for one in found])
    judged.compare(
        "value",
        [
            f"{span} {one['from']}–{one['to']}"
            for span, one in zip(_spans(row["text"], wanted), wanted, strict=True)
        ],
        [f"{_span(one)} {one.value_start}–{one.value_end}" for one in found],
    )
    if all("window_from" in one for one in wanted):
        judged.compare(
            "window",
            [
                _window(s, one["window_from"], one["window_to"])
                for s, one in zip(_spans(row["text"], wanted), wanted, strict=True)
            ],
            [_window(_span(one), one.window_start, one.window_end) for one in found],
        )
    return judged


def _window(span: str, start: object, end: object) -> str:
    return f"{span} {start or ''}–{end or ''}"


def judge_follow_ups(row: Row, reader: Reader) -> Judged:
    """Follow-ups by sentence and kind; of those that are found, obligor and due window."""
    judged = Judged(row["text"])
    pairs, wrong = _paired(row, list(reader.read(_letter(row)).follow_ups))
    missed = [one for one, found in pairs if found is None]
    both = [(one, found) for one, found in pairs if found is not None]
    judged.counts["follow-up"] = Counts(len(both), len(wrong), len(missed))
    judged.errors += [f"follow-up missed: {one['kind']} {one['sentence']}" for one in missed]
    judged.errors += [f"follow-up wrong: {one.kind} {one.rule} {one.text}" for one in wrong]
    judged.compare(
        "obligor of found", [f"{one['obligor']}" for one, _ in both], [found.obligor for _, found in both]
    )
    judged.compare(
        "due of found",
        [_window(one["sentence"], one["due_start"], one["due_end"]) for one, _ in both],
        [_window(one["sentence"], found.due_start, found.due_end) for one, found in both],
    )
    return judged


def judge_facts(row: Row, reader: Reader) -> Judged:
    """What is said of offices, by kind, step, status, value, municipality and role; and a step's days beside that."""
    judged = Judged(row["text"])
    letter = replace(_letter(row), subject="Servicekontor")
    found = reader.read(letter).facts
    judged.compare("fact", [_said(one) for one in row["facts"]], [_said(asdict(one)) for one in found])
    days = [one for one in found if one.kind == "step"]
    judged.compare(
        "days",
        [_days(one) for one in row["facts"] if one["kind"] == "step"],
        [_days(asdict(one)) for one in days],
    )
    return judged


def _said(one: Row) -> str:
    named = (one.get(key) for key in ("kind", "step", "status", "value", "municipality", "role"))
    return " ".join(str(part) for part in named if part)


def _days(one: Row) -> str:
    return f"{one['step']} {one.get('window_start') or ''}–{one.get('window_end') or ''}"


def _paired(row: Row, found: list[FollowUp]) -> tuple[list[tuple[Row, FollowUp | None]], list[FollowUp]]:
    """Each that is expected with what was found in its sentence and of its kind, and what is left over."""
    pairs: list[tuple[Row, FollowUp | None]] = []
    for wanted in row["follow_ups"]:
        start, end = _place(row["text"], wanted["sentence"])
        near = (one for one in found if one.kind == wanted["kind"] and one.start < end and start < one.end)
        match = next(near, None)
        if match is not None:
            found.remove(match)
        pairs.append((wanted, match))
    return pairs, found


def _place(text: str, sentence: str) -> tuple[int, int]:
    """Where a sentence stands in a letter, whatever blanks the letter has between its words."""
    match = re.search(r"\s+".join(map(re.escape, sentence.split())), text)
    return match.span() if match else (-1, -1)


def _span(one: DateMention | MunicipalityMention | PersonMention) -> str:
    return f"{one.start}-{one.end} {one.text}"


_JUDGES: dict[str, Judge] = {
    "places": judge_places,
    "people": judge_people,
    "dates": judge_dates,
    "followups": judge_follow_ups,
    "facts": judge_facts,
}
