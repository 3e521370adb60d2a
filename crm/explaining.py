"""Why a message concerns its offices, and why not others that it names or that people decided on."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import ids, messages
from crm.direction import Own
from crm.intake.taught import as_taught, what_holds
from crm.link_cues import Named, negative_cues
from crm.links import link_rows, taught_by
from crm.lookup import all_by_column
from crm.rows.messages import LinkRow
from crm.teaching import Holds
from db.schema import Address, Link, LinkDecision, MentionRow, Message, Municipality, Office

NOBODY = Own()  # where nothing says who we are


def explain(session: Session, message: str, own: Own = NOBODY, *, why_not: bool = False) -> list[LinkRow]:
    """A message's links, the surest first; with `why_not` also the offices that it is not linked to for a reason.

    Those are not `linked`, with confidence 0: a person said no to it, here or on a mail like it, or what names them
    says nothing. Raises NotFound.
    """
    row = messages.get(session, message)
    rows = link_rows(session, Link.message_id == row.id)
    if not why_not:
        return rows
    linked = {one.office for one in rows}
    found: dict[str, LinkRow] = {}
    for one in (*_refused(session, row), *_taught(session, row, own), *_cues(session, row)):
        if one.office not in linked:
            found.setdefault(one.office, one)
    return [*rows, *found.values()]


def _refused(session: Session, row: Message) -> Iterator[LinkRow]:
    """A person's no to this message."""
    found = select(LinkDecision).where(LinkDecision.message_id == row.id, LinkDecision.linked.is_(False))
    decisions = {one.office_id: one for one in session.scalars(found)}
    for office, code, name in _places(session, Office.id.in_(decisions)):
        yield _row(row, code, name, "person", decided_by=decisions[office].by)


def _taught(session: Session, row: Message, own: Own) -> Iterator[LinkRow]:
    """A no to a message that is like this one."""
    sender = session.get(Address, row.address_id) if row.address_id else None
    codes = set(session.scalars(select(Office.municipality_code).where(Office.in_plan)))
    mail = as_taught(row.id, row.thread_id, sender.address if sender else None, own, codes)
    holds = {
        office: one
        for office, one in what_holds(session, [mail]).get(row.id, {}).items()
        if not one.lesson.linked
    }
    decisions = {one.id: one for one in _decisions(session, holds.values())}
    for office, code, name in _places(session, Office.id.in_(holds)):
        decision = decisions.get(holds[office].lesson.id)
        yield _row(row, code, name, holds[office].reason, taught_by=taught_by(decision))


def _decisions(session: Session, holds: Iterable[Holds]) -> list[LinkDecision]:
    return all_by_column(session, LinkDecision, LinkDecision.id, [one.lesson.id for one in holds])


def _cues(session: Session, row: Message) -> Iterator[LinkRow]:
    """What names a municipality without meaning it."""
    found = select(MentionRow).where(
        MentionRow.message_id == row.id,
        MentionRow.label.in_(("MUNICIPALITY", "ADDRESS", "ORGANISATION")),
    )
    sign = len(row.body) if row.signature_start is None else row.signature_start
    named = [_named(one, sign) for one in session.scalars(found.order_by(MentionRow.id))]
    cues = {
        cue.code: cue
        for cue in negative_cues(named, from_us=row.direction in {"out", "internal"}, automatic=row.automatic)
    }
    for _, code, name in _places(session, Office.municipality_code.in_(cues)):
        yield _row(row, code, name, f"{cues[code].reason}: {cues[code].seen}")


def _named(one: MentionRow, sign: int) -> Named:
    value = one.value.get("value") if one.label == "MUNICIPALITY" else None
    role = value.get("role") if isinstance(value, dict) else None
    signed = one.field == "body" and one.start >= sign
    return Named(one.label, one.text, one.name if role else None, role, signed)


def _places(session: Session, condition: object) -> list[tuple[int, str, str]]:
    asked = (
        select(Office.id, Municipality.code, Municipality.name)
        .join(Municipality, Office.municipality_code == Municipality.code)
        .where(Office.in_plan, condition)  # type: ignore[arg-type]  # a condition on offices
        .order_by(Municipality.code, Office.id)
    )
    return [(number, code, name) for number, code, name in session.execute(asked)]


def _row(
    row: Message,
    code: str,
    name: str,
    reason: str,
    *,
    decided_by: str | None = None,
    taught_by: dict[str, str] | None = None,
) -> LinkRow:
    return LinkRow(
        message=ids.printed("message", row.id),
        message_id=row.message_id,
        office=code,
        office_name=name,
        reason=reason,
        confidence=0.0,
        decided_by=decided_by,
        linked=False,
        taught_by=taught_by,
    )
