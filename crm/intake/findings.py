"""What was read in a message: mentions, and findings with the follow-ups that people decide on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.orm import Session

from crm.direction import Own, owes
from crm.followups import settle
from crm.identity import organisation_of
from crm.inspecting import label_of, value_of
from crm.intake.keys import finding_key, normalised
from crm.intake.messages import Placed
from crm.lookup import all_by_column, chunks
from db.schema import Address, Decision, Finding, FollowUp, MentionRow, Person
from nlp import model as nlp

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
        )
        for mention in mentions
    ]
    if rows:
        session.execute(insert(MentionRow), rows)


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


def write_findings(session: Session, chosen: Sequence[Placed], offices: OfficesOf, own: Own) -> None:
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
    settled = []
    found = {item.row.id: _findings(item) for item in chosen}
    _insert(session, [row for rows in found.values() for row in rows])
    ours = _our_people(session, {row.who for rows in found.values() for row in rows if row.who}, own)
    for item in chosen:
        settled += _match(
            session, item, found[item.row.id], left.get(item.row.id, {}), _Sides(offices, own, ours)
        )
    for row in (row for rows in left.values() for row in rows.values()):
        if row.id in decided:
            row.found = False  # a person's word stands, whatever the reader thinks of it today
        else:
            session.delete(row)
    settle(session, settled)


def _insert(session: Session, rows: Sequence[Finding]) -> None:
    """In one statement: nobody asks for their ids."""
    names = [column.key for column in inspect(Finding).column_attrs if column.key != "id"]
    if rows:
        session.execute(
            insert(Finding).execution_options(render_nulls=True),  # or every pattern of NULLs is a statement
            [{name: getattr(row, name) for name in names} for row in rows],
        )


def _findings(item: Placed) -> list[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for found in item.read.reading.follow_ups:
        sentence = (found.kind, normalised(found.text))
        rows.append(
            Finding(
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


def _match(
    session: Session,
    item: Placed,
    findings: Sequence[Finding],
    left: dict[int, FollowUp],
    sides: "_Sides",
) -> list[FollowUp]:
    """Every finding gets the follow-up that was its own: by key, else by sentence, else by overlap.

    What gets one is taken out of `left`.
    """
    rows: dict[str, FollowUp] = {}
    _pair(findings, left, rows, lambda one: one.key, lambda one: one.finding_key)
    _pair(findings, left, rows, _sentence, _sentence)
    _pair_overlapping([one for one in findings if one.key not in rows], left, rows)
    for finding in findings:
        row = rows.setdefault(finding.key, FollowUp(since=item.read.reference))
        session.add(_bring(row, finding, item, sides))
    return list(rows.values())


Key = str | tuple[str, str] | None


def _pair(
    findings: Sequence[Finding],
    left: dict[int, FollowUp],
    rows: dict[str, FollowUp],
    of_finding: Callable[[Finding], Key],
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


def _sentence(one: Finding | FollowUp) -> tuple[str, str]:
    return one.kind, normalised(one.text)


def _pair_overlapping(
    findings: Sequence[Finding], left: dict[int, FollowUp], rows: dict[str, FollowUp]
) -> None:
    """Gives findings the rows whose sentence shares a character with theirs; both in text order."""
    waiting = sorted((row for row in left.values() if row.start is not None), key=lambda row: row.start or 0)
    place = 0
    for finding in sorted(findings, key=lambda one: one.start):
        while place < len(waiting) and (waiting[place].end or 0) <= finding.start:
            place += 1
        if place < len(waiting) and (waiting[place].start or 0) < finding.end:
            rows[finding.key] = waiting[place]
            del left[waiting[place].id]
            place += 1


def _bring(row: FollowUp, finding: Finding, item: Placed, sides: "_Sides") -> FollowUp:
    """The follow-up says what its finding says; what was decided on it is settled afterwards."""
    concerned = sides.offices.get(item.row.id, ())
    row.finding_key, row.message_id, row.found = finding.key, item.row.id, True
    row.office_id = concerned[0] if len(concerned) == 1 else None
    for name in (
        "kind",
        "obligor",
        "who",
        "due_start",
        "due_end",
        "start_time",
        "end_time",
        "approximate",
        "part",
        "field",
        "text",
        "start",
        "end",
        "rule",
        "confidence",
    ):
        setattr(row, name, getattr(finding, name))
    to = [mailbox.address for mailbox in item.read.chain.to]
    row.owes = owes(
        finding.obligor,
        item.row.direction,  # type: ignore[arg-type]  # written by crm.direction alone
        obligor_is_ours=finding.obligor == "third_party" and finding.who in sides.ours,
        asks_us=not to or any(sides.own.has(address) for address in to),
    )
    return row


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
