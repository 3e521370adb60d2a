"""Facts as a person sees them: what each proposes, by which sentence of whose mail."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from crm import ids
from crm.fact_deciding import value_after
from crm.fact_settling import said
from crm.office_changing import changes_of
from crm.office_history import fields_as_of
from crm.rows.offices import ProposalRow
from db.schema import Address, Message, Municipality, Office, OfficeFact

_Selected = Select[OfficeFact, str | None, str | None, str | None, str | None, str | None, str | None]


def rows() -> _Selected:
    """Facts with their offices, mails and writers."""
    sender = aliased(Address)
    return (
        select(
            OfficeFact,
            Municipality.code,
            Municipality.name,
            Office.place,
            Message.message_id,
            Message.from_name,
            sender.address,
        )
        .join(Message, OfficeFact.message_id == Message.id)
        .outerjoin(sender, Message.address_id == sender.id)
        .outerjoin(Office, OfficeFact.office_id == Office.id)
        .outerjoin(Municipality, Office.municipality_code == Municipality.code)
    )


def waiting() -> _Selected:
    """Those that wait for a person, of offices that are known, the newest first."""
    condition = (OfficeFact.state == "proposed") & OfficeFact.found & OfficeFact.office_id.is_not(None)
    return rows().where(condition).order_by(OfficeFact.since.desc(), OfficeFact.id.desc())


def fetch(session: Session, chosen: _Selected) -> list[ProposalRow]:
    """What is chosen, with what each field is and would be."""
    found = session.execute(chosen).all()
    fields = _fields(session, {row[0].office_id for row in found if row[0].office_id is not None})
    return [_row(*row, fields.get(row[0].office_id or 0, {})) for row in found]


def _fields(session: Session, offices: Collection[int]) -> dict[int, dict[str, Any]]:
    history = changes_of(session, offices)
    return {office: fields_as_of(changes) for office, changes in history.items()}


def _row(
    fact: OfficeFact,
    code: str | None,
    municipality: str | None,
    place: str | None,
    message_id: str | None,
    sender: str | None,
    address: str | None,
    fields: dict[str, Any],
) -> ProposalRow:
    return ProposalRow(
        id=ids.printed("proposal", fact.id),
        office=code,
        office_id=ids.printed("office", fact.office_id) if fact.office_id else None,
        office_name=" ".join(part for part in (municipality, place) if part) or None,
        kind=fact.kind,
        field=fact.field,
        before=fields.get(fact.field),
        value=value_after(said(fact), fields),
        approximate=fact.approximate,
        text=fact.text,
        message=ids.printed("message", fact.message_id),
        message_id=message_id,
        sender=sender or address,
        date=fact.since,
        rule=fact.rule,
        confidence=fact.confidence,
        state=fact.state,
        decided_by=fact.decided_by,
    )
