"""What was read in a message: mentions, and findings with the follow-ups that people decide on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from crm.deciding import first_state
from crm.direction import Own, owes
from crm.identity import organisation_of
from crm.intake.assigning import give
from crm.intake.messages import Placed
from crm.keys import finding_key, normalised
from crm.lookup import all_by_column, chunks
from crm.mentions import value_of
from crm.settling import settle
from db.bulk import insert_rows
from db.rowids import take_ids
from db.schema import Address, AttachmentRow, Decision, Finding, FollowUp, MentionRow, Message, Person
from nlp import model as nlp
from nlp.model import document_field, label_of

OfficesOf = Mapping[int, Sequence[int]]


def write_mentions(session: Session, chosen: Sequence[Placed]) -> None:
    """Replaces the mentions of every message."""
    for part in chunks([item.row.id for item in chosen]):
        session.execute(delete(MentionRow).where(MentionRow.message_id.in_(part)))
    rows = [
        _mention(item.row.id, field, mention)
        for item in chosen
        for field, mentions in (
            ("subject", item.read.reading.subject_mentions),
            ("body", item.read.reading.mentions),
            *((document.field, document.mentions) for document in item.read.reading.documents),
        )
        for mention in mentions
    ]
    insert_rows(session, MentionRow, rows)


def _mention(message: int, field: str, mention: nlp.Mention) -> dict[str, Any]:
    value = value_of(mention)
    return {
        "message_id": message,
        "label": label_of(mention),
        "field": field,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "name": _name(value["value"]),
        "value": value,
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        return value.get("code") or value.get("name") or value.get("start")
    return str(value)


def write_findings(
    session: Session, chosen: Sequence[Placed], offices: OfficesOf, own: Own, today: date
) -> None:
    """Replaces the findings of every message; follow-ups keep their ids and what was decided on them."""
    numbers = [item.row.id for item in chosen]
    old = all_by_column(session, FollowUp, FollowUp.message_id, numbers)
    for part in chunks(numbers):
        session.execute(delete(Finding).where(Finding.message_id.in_(part)))
    decided = {
        row.follow_up_id
        for row in all_by_column(session, Decision, Decision.follow_up_id, [f.id for f in old])
    }
    left: dict[int, dict[int, FollowUp]] = {}
    for row in old:
        left.setdefault(row.message_id or 0, {})[row.id] = row
    settled: list[FollowUp] = []
    new: list[dict[str, Any]] = []
    elsewhere = _read_elsewhere(session, chosen)
    found = {item.row.id: _findings(item, elsewhere) for item in chosen}
    insert_rows(session, Finding, [row._asdict() for rows in found.values() for row in rows])
    ours = _our_people(session, {row.who for rows in found.values() for row in rows if row.who}, own)
    sides = _Sides(offices, own, ours)
    for item in chosen:
        rows = _match(found[item.row.id], left.get(item.row.id, {}))
        settled += rows.values()
        for finding in found[item.row.id]:
            values = _values(finding, item, sides)
            if finding.key in rows:
                _bring(rows[finding.key], values)
            else:
                new.append(_new(values, item, today))
    for row in (row for rows in left.values() for row in rows.values()):
        if row.id in decided:
            row.found = False  # a person's word stands, whatever the reader thinks of it today
        else:
            session.delete(row)
    senders = {item.row.id: item.read.chain.sender for item in chosen}
    give(session, new, {number: box.address if box else None for number, box in senders.items()}, own)
    _insert(session, new)
    settle(session, settled)


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    """New follow-ups, with ids that rise in the order of the text."""
    numbers = take_ids(session, FollowUp, len(rows))
    insert_rows(session, FollowUp, [{**row, "id": number} for row, number in zip(rows, numbers, strict=True)])


def _read_elsewhere(session: Session, chosen: Sequence[Placed]) -> set[tuple[int, str]]:
    """(message, field) of the documents whose follow-ups are another message's: the first that carried them.

    The same letter is attached to ten mails; what it promises is promised once.
    """
    documents = {
        (item.row.id, document_field(number)): document.sha256
        for item in chosen
        for number, document in enumerate(item.read.chain.attachments, 1)
        if any(one.field == document_field(number) for one in item.read.reading.follow_ups)
    }
    first: dict[str, int] = {}
    for part in chunks(set(documents.values())):
        carriers = (
            select(AttachmentRow.sha256, func.min(AttachmentRow.message_id))
            .join(Message, AttachmentRow.message_id == Message.id)
            .where(AttachmentRow.sha256.in_(part), Message.automatic.is_(False))
            .group_by(AttachmentRow.sha256)
        )
        first |= {row[0]: row[1] for row in session.execute(carriers)}
    return {place for place, digest in documents.items() if first.get(digest, place[0]) != place[0]}


class _Found(NamedTuple):
    """The columns of `Finding`, which those of `FollowUp` repeat. `message_id` is that of the message's row."""

    key: str
    message_id: int
    kind: str
    obligor: str
    who: str | None
    due_start: date | None
    due_end: date | None
    start_time: time | None
    end_time: time | None
    approximate: bool
    part: str | None
    field: str
    text: str
    start: int
    end: int
    rule: str
    confidence: float


def _findings(item: Placed, elsewhere: set[tuple[int, str]]) -> list[_Found]:
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for found in item.read.reading.follow_ups:
        if (item.row.id, found.field) in elsewhere:
            continue
        sentence = (found.kind, normalised(found.text))
        rows.append(
            _Found(
                key=finding_key(item.row.key, found.kind, found.text, seen[sentence]),
                message_id=item.row.id,
                kind=found.kind,
                obligor=found.obligor,
                who=_who(item, found),
                due_start=found.due_start,
                due_end=found.due_end,
                start_time=found.start_time,
                end_time=found.end_time,
                approximate=found.approximate,
                part=found.part,
                field=found.field,
                text=found.text,
                start=found.start,
                end=found.end,
                rule=found.rule,
                confidence=found.confidence,
            )
        )
        seen[sentence] += 1
    return rows


def _who(item: Placed, found: nlp.FollowUp) -> str | None:
    """Who has to act, by name: what the sentence says, else the house of the sender or the recipient."""
    chain = item.read.chain
    if found.who or found.obligor not in {"sender", "recipient"}:
        return found.who
    mailbox = chain.sender if found.obligor == "sender" else next(iter(chain.to), None)
    if mailbox is None:
        return None
    return organisation_of(mailbox.address) or mailbox.name or mailbox.address


def _match(findings: Sequence[_Found], left: dict[int, FollowUp]) -> dict[str, FollowUp]:
    """Finding key → the follow-up that was its own: by key, else by sentence, else by overlap; taken out of `left`."""
    rows: dict[str, FollowUp] = {}
    if left:
        _pair(findings, left, rows, lambda one: one.key, lambda one: one.finding_key)
        _pair(findings, left, rows, _sentence, _sentence)
        _pair_overlapping([one for one in findings if one.key not in rows], left, rows)
    return rows


Key = str | tuple[str, str] | None


def _pair(
    findings: Sequence[_Found],
    left: dict[int, FollowUp],
    rows: dict[str, FollowUp],
    of_finding: Callable[[_Found], Key],
    of_row: Callable[[FollowUp], Key],
) -> None:
    """Gives findings the rows that have the same key, each row once, in order."""
    alike: dict[Key, list[FollowUp]] = {}
    for row in reversed(left.values()):
        alike.setdefault(of_row(row), []).append(row)
    for finding in findings:
        if finding.key not in rows and (found := alike.get(of_finding(finding))):
            rows[finding.key] = found.pop()
            del left[rows[finding.key].id]


def _sentence(one: _Found | FollowUp) -> tuple[str, str]:
    return one.kind, normalised(one.text)


def _pair_overlapping(
    findings: Sequence[_Found], left: dict[int, FollowUp], rows: dict[str, FollowUp]
) -> None:
    """Gives findings the rows whose sentence shares a character with theirs, in the body or in one document."""
    fields: dict[str, list[_Found]] = {}
    for finding in findings:
        fields.setdefault(finding.field, []).append(finding)
    for field, of_field in fields.items():
        _pair_in_field(of_field, [row for row in left.values() if row.field == field], left, rows)


def _pair_in_field(
    findings: Sequence[_Found],
    candidates: Sequence[FollowUp],
    left: dict[int, FollowUp],
    rows: dict[str, FollowUp],
) -> None:
    """Both in text order, each row once."""
    waiting = sorted((row for row in candidates if row.start is not None), key=lambda row: row.start or 0)
    place = 0
    for finding in sorted(findings, key=lambda one: one.start):
        while place < len(waiting) and (waiting[place].end or 0) <= finding.start:
            place += 1
        if place < len(waiting) and (waiting[place].start or 0) < finding.end:
            rows[finding.key] = waiting[place]
            del left[waiting[place].id]
            place += 1


def _values(finding: _Found, item: Placed, sides: "_Sides") -> dict[str, Any]:
    """What a follow-up says because its finding does; what was decided on it is settled afterwards."""
    concerned = sides.offices.get(item.row.id, ())
    to = [mailbox.address for mailbox in item.read.chain.to]
    values = finding._asdict()
    key = values.pop("key")
    return {
        **values,
        "finding_key": key,
        "found": True,
        "office_id": concerned[0] if len(concerned) == 1 else None,
        "owes": owes(
            finding.obligor,
            item.row.direction,  # type: ignore[arg-type]  # written by crm.direction alone
            obligor_is_ours=finding.obligor == "third_party" and finding.who in sides.ours,
            asks_us=not to or any(sides.own.has(address) for address in to),
        ),
    }


def _bring(row: FollowUp, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _new(values: Mapping[str, Any], item: Placed, today: date) -> dict[str, Any]:
    """A follow-up that nobody can have decided on; as `settle` would leave it."""
    state = first_state(values["due_end"], item.row.taken_in_on)
    return {**values, "since": item.read.reference, "known_on": today, "state": state}


@dataclass(frozen=True, slots=True)
class _Sides:
    """What tells who owes whom: the offices of each message, who we are, and which names are ours."""

    offices: OfficesOf
    own: Own
    ours: frozenset[str]


def _our_people(session: Session, names: set[str], own: Own) -> frozenset[str]:
    """Of these names, our own organisations' and those of people who write from our addresses."""
    ours = {name for domain in own.domains if (name := organisation_of(f"x@{domain}")) in names}
    for part in chunks(names):
        found = session.execute(
            select(Person.name, Address.address)
            .join(Address, Address.person_id == Person.id)
            .where(Person.name.in_(part))
        )
        ours |= {name for name, address in found if own.has(address)}
    return frozenset(name for name in ours if name)
