"""What the messages of a batch say of offices: facts that are proposed as changes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.fact_deciding import field_of
from crm.fact_settling import CURRENT, DECIDED, settle_facts
from crm.intake.messages import Placed
from crm.keys import finding_key, normalised
from crm.lookup import all_by_column
from crm.office_changing import changes_of
from db.bulk import insert_rows
from db.rowids import take_ids
from db.schema import Office, OfficeFact

OfficesOf = Mapping[int, Sequence[int]]
Values = dict[str, Any]


def write_facts(session: Session, chosen: Sequence[Placed], concerned: OfficesOf) -> None:
    """Replaces the facts of every message; ids stay, and so does what was decided on them."""
    old = all_by_column(session, OfficeFact, OfficeFact.message_id, [item.row.id for item in chosen])
    if not old and not any(item.read.reading.facts for item in chosen):
        return
    offices = _offices(session)
    left: dict[int, list[OfficeFact]] = {}
    for row in old:
        left.setdefault(row.message_id, []).append(row)
    touched = {row.office_id for row in old}
    again: set[str] = set()
    new: list[Values] = []
    for item in chosen:
        rows = left.get(item.row.id, [])
        for values in _facts(item, offices, concerned.get(item.row.id, ())):
            touched.add(values["office_id"])
            own = _matching(rows, values)
            if own is None:
                new.append({**values, "found": True, "state": "proposed"})
            else:
                again |= _bring(own, values)
        again |= _drop(session, rows)
    session.flush()
    numbers = take_ids(session, OfficeFact, len(new))
    insert_rows(
        session, OfficeFact, [{**row, "id": number} for row, number in zip(new, numbers, strict=True)]
    )
    history = changes_of(session, {office for office in touched if office is not None})
    known = {office: history.get(office, []) for office in touched if office is not None}
    settle_facts(session, known, again)


def _offices(session: Session) -> dict[str, list[int]]:
    """Municipality code → its offices in the newest plan."""
    found: dict[str, list[int]] = {}
    for number, code in session.execute(select(Office.id, Office.municipality_code).where(Office.in_plan)):
        found.setdefault(code, []).append(number)
    return found


def _facts(item: Placed, offices: Mapping[str, Sequence[int]], linked: Sequence[int]) -> Iterable[Values]:
    seen: Counter[tuple[str, str]] = Counter()
    ours = item.row.direction in {"out", "internal"}
    for fact in item.read.reading.facts:
        field = field_of(fact.kind, fact.step, fact.status, fact.role, ours=ours)
        said = f"{field} {fact.side} {fact.status}"
        sentence = (said, normalised(fact.text))
        candidates = linked if fact.municipality is None else offices.get(fact.municipality, ())
        yield {
            "key": finding_key(item.row.key, said, fact.text, seen[sentence]),
            "message_id": item.row.id,
            "office_id": candidates[0] if len(candidates) == 1 else None,
            "municipality_code": fact.municipality,
            "kind": fact.kind,
            "field": field,
            "status": fact.status,
            "side": fact.side,
            "value": fact.value,
            "window_start": fact.window_start,
            "window_end": fact.window_end,
            "approximate": fact.approximate,
            "text": fact.text,
            "start": fact.start,
            "end": fact.end,
            "rule": fact.rule,
            "confidence": fact.confidence,
            "since": item.read.reference,
        }
        seen[sentence] += 1


def _matching(rows: list[OfficeFact], values: Values) -> OfficeFact | None:
    """The row that was this fact's own, by key, else by field and sentence, else by overlap; taken out of `rows`."""
    same = [row for row in rows if (row.field, row.side) == (values["field"], values["side"])]
    found = next((row for row in rows if row.key == values["key"]), None)
    found = found or next((row for row in same if normalised(row.text) == normalised(values["text"])), None)
    found = found or next(
        (row for row in same if row.start < values["end"] and values["start"] < row.end), None
    )
    if found is not None:
        rows.remove(found)
    return found


def _bring(row: OfficeFact, values: Values) -> set[str]:
    """Brings a row to what is read now; gives the fields in which an older fact may count again."""
    decided = row.state in DECIDED
    said = ("office_id", "value", "window_start", "window_end", "since")
    moved = not decided and any(getattr(row, name) != values[name] for name in said)
    for name, value in values.items():
        if not (decided and name == "office_id"):
            setattr(row, name, value)
    row.found = True
    if moved:
        row.state = "proposed"
    return {row.field} if moved else set()


def _drop(session: Session, rows: Sequence[OfficeFact]) -> set[str]:
    """What is no longer found goes, unless a person has decided on it; gives the fields as `_bring` does."""
    for row in rows:
        if row.state in DECIDED:
            row.found = False
        else:
            session.delete(row)
    return {row.field for row in rows if row.state in CURRENT}
