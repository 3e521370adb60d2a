"""Changes of offices that mails propose: listed, accepted, rejected. One command on many is one step of undo."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from crm import audit, ids, proposal_rows
from crm.errors import AlreadyAccepted, NotFound, WithoutOffice
from crm.fact_deciding import CONTACTS, value_after
from crm.fact_settling import said, settle_facts
from crm.lookup import all_by_column
from crm.office_changing import Stamp, changes_of, record, undo_batch
from crm.office_history import fields_as_of
from crm.office_setting import person_number
from crm.offices import find_office, office_rows
from crm.rows.offices import OfficeRow, ProposalRow
from db.schema import Arrangement, OfficeFact

_LONGEST_REASON = 2_000


def office_proposals(
    session: Session, office: str | None = None, *, limit: int = 200, before: str | None = None
) -> list[ProposalRow]:
    """What waits for a person's yes or no, the newest first; of one office where it is named.

    At most `limit` (0: all) of those after the one with the printed id `before`. Raises NotFound, Ambiguous.
    """
    chosen = proposal_rows.waiting()
    if office is not None:
        chosen = chosen.where(OfficeFact.office_id == ids.number("office", find_office(session, office).id))
    if before is not None:
        last = _facts(session, [before])[0]
        older, same = OfficeFact.since < last.since, OfficeFact.since == last.since
        chosen = chosen.where(or_(older, and_(same, OfficeFact.id < last.id)))
    return proposal_rows.fetch(session, chosen.limit(limit) if limit else chosen)


def accept_proposals(session: Session, names: Sequence[str], *, by: str, now: datetime) -> list[ProposalRow]:
    """Records what these propose in the history of their offices, each with its mail and sentence.

    Raises NotFound for an id, or a contact person, that there is not, Ambiguous, WithoutOffice.
    """
    facts = [one for one in _facts(session, names) if one.state != "accepted"]
    for one in facts:
        if one.office_id is None:
            raise WithoutOffice(ids.printed("proposal", one.id))
    batch = _decide(session, facts, "accept", by, now)
    for one in sorted(facts, key=lambda one: (one.since, one.id)):
        _record(session, one, Stamp(by, now, batch, _reason(one), one.message_id))
    return _named(session, names)


def reject_proposals(session: Session, names: Sequence[str], *, by: str, now: datetime) -> list[ProposalRow]:
    """Proposes these no more, nor the same when it is said again. Raises NotFound, AlreadyAccepted."""
    facts = [one for one in _facts(session, names) if one.state != "dismissed"]
    for one in facts:
        if one.state == "accepted":
            raise AlreadyAccepted(ids.printed("proposal", one.id))
    _decide(session, facts, "reject", by, now)
    _settle(session, facts)
    return _named(session, names)


def take_back(
    session: Session, step: Sequence[Arrangement], by: str, now: datetime
) -> Sequence[ProposalRow | OfficeRow]:
    """Undoes what was decided, and what it changed of offices; of one whose mail was erased the office is left."""
    del by
    facts = {
        row.id: row for row in all_by_column(session, OfficeFact, OfficeFact.id, [one.one for one in step])
    }
    for each in step:
        each.undone = True
        if each.one in facts:
            fact = facts[each.one]
            fact.state, fact.decided_by, fact.decided_at = each.payload["state"], None, None
    session.flush()
    offices = {
        office
        for batch in dict.fromkeys(each.batch for each in step)
        for office in undo_batch(session, batch, now)
    }
    _settle(session, list(facts.values()))
    again = proposal_rows.rows().where(OfficeFact.id.in_(facts)).order_by(OfficeFact.id)
    return proposal_rows.fetch(session, again) if facts else office_rows(session, offices)


def _decide(session: Session, facts: Sequence[OfficeFact], action: str, by: str, now: datetime) -> str:
    """Notes a person's word on each; gives the step of undo."""
    batch = secrets.token_hex(8)
    session.add_all(
        Arrangement(
            subject="proposal",
            action=action,
            one=one.id,
            payload={"state": one.state},
            at=now,
            by=by,
            batch=batch,
        )
        for one in facts
    )
    for one in facts:
        one.state = "accepted" if action == "accept" else "dismissed"
        one.decided_by, one.decided_at = by, now
    if facts:
        told = {"ids": [ids.printed("proposal", one.id) for one in facts]}
        audit.record(session, now, by, f"proposal {action}", told)
    return batch


def _record(session: Session, fact: OfficeFact, stamp: Stamp) -> None:
    office = fact.office_id or 0
    fields = fields_as_of(changes_of(session, [office]).get(office, ()))
    value = value_after(said(fact), fields)
    if fact.field == CONTACTS:
        standing = list(fields.get(CONTACTS) or ())
        number = person_number(session, fact.value or "")
        value = standing if number in standing else [*standing, number]
    record(session, {office: {fact.field: value}}, stamp)


def _reason(fact: OfficeFact) -> str:
    return " ".join(fact.text.split())[:_LONGEST_REASON]


def _settle(session: Session, facts: Sequence[OfficeFact]) -> None:
    offices = {one.office_id for one in facts if one.office_id is not None}
    history = changes_of(session, offices)
    settle_facts(session, {office: history.get(office, []) for office in offices})


def _facts(session: Session, names: Sequence[str]) -> list[OfficeFact]:
    """Those with these printed ids, each once. Raises NotFound."""
    numbers = {ids.number("proposal", name): name for name in names}
    found = {row.id: row for row in all_by_column(session, OfficeFact, OfficeFact.id, numbers)}
    for number, name in numbers.items():
        if number not in found:
            raise NotFound("proposal", name)
    return [found[number] for number in numbers]


def _named(session: Session, names: Sequence[str]) -> list[ProposalRow]:
    numbers = [ids.number("proposal", name) for name in names]
    return proposal_rows.fetch(
        session, proposal_rows.rows().where(OfficeFact.id.in_(numbers)).order_by(OfficeFact.id)
    )
