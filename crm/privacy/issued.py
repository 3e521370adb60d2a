"""Reports that were issued: what they say of somebody, and how it is taken out. Figures stay, and so does a trace of what went.

A sentence that goes leaves `[…]` in its place; the content counts, by day and decision, how many have gone. `digest` stays
that of the report as it was issued.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids
from crm.intake.tombstones import Burial
from crm.office_history import day_of
from crm.privacy.passages import HIDDEN, places
from db.schema import IssuedReport
from nlp.sentences import sentences

# What in a report's content staff or mails have worded; all else is figures, days and names of places.
_WORDED: Mapping[str, tuple[str, ...]] = {
    "promises": ("text",),
    "offices": ("deviation", "reason", "measure"),
    "changes": ("before", "after"),
}


class Said(NamedTuple):
    """A sentence of an issued report; `follow_up` is the printed id of the promise that it is, if it is one."""

    report: str
    as_of: date
    text: str
    follow_up: str | None


def said_of(session: Session, follow_ups: Collection[int], words: Sequence[str]) -> Iterator[Said]:
    """The sentences of these promises, and those in which one of the words stands; report by report."""
    names = _printed(follow_ups)
    for report in _reports(session, names, words):
        number = ids.printed("issued", report.id)
        for row, field in _texts(report.content):
            follow_up = row["id"] if field == "text" else None
            if follow_up in names:
                yield Said(number, report.as_of, row[field], follow_up)
            else:
                for start, end in _naming(row[field], words):
                    yield Said(number, report.as_of, row[field][start:end].strip(), follow_up)


def take_out(
    session: Session, burial: Burial, *, follow_ups: Collection[int] = (), words: Sequence[str] = ()
) -> int:
    """Takes the same sentences out of every report; gives how many went."""
    names, many = _printed(follow_ups), 0
    for report in _reports(session, names, words):
        gone = 0
        content = _copied(report.content)
        for row, field in _texts(content):
            row[field], count = _without(row, field, names, words)
            gone += count
        if gone:
            trace = {"on": day_of(burial.at).isoformat(), "decision": burial.decision, "many": gone}
            report.content = content | {"taken_out": [*content.get("taken_out", ()), trace]}
            many += gone
    session.flush()
    return many


def _printed(follow_ups: Collection[int]) -> frozenset[str]:
    return frozenset(ids.printed("follow-up", number) for number in follow_ups)


def _reports(session: Session, names: Collection[str], words: Sequence[str]) -> Iterator[IssuedReport]:
    """All of them, where there is anything to look for: a report is issued a few times a year."""
    if names or words:
        yield from session.scalars(select(IssuedReport).order_by(IssuedReport.id))


def _copied(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with rows that can be changed: a column of JSON notices only another value."""
    return dict(content) | {part: [dict(row) for row in content.get(part, ())] for part in _WORDED}


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every row and field that holds words."""
    for part, fields in _WORDED.items():
        for row in content.get(part, ()):
            for field in fields:
                if row.get(field) and row[field] != HIDDEN:
                    yield row, field


def _without(
    row: Mapping[str, Any], field: str, names: Collection[str], words: Sequence[str]
) -> tuple[str, int]:
    """The text without what goes, and how many sentences that was."""
    text: str = row[field]
    if field == "text" and row["id"] in names:
        return HIDDEN, 1
    spans = list(_naming(text, words))
    for start, end in reversed(spans):
        text = f"{text[:start]}{HIDDEN}{text[end:]}"
    return text, len(spans)


def _naming(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The sentences in which one of these words stands."""
    found = places(text, words)
    for start, end in sentences(text) if found else ():
        if any(first < end and last > start for first, last in found):
            yield start, end
