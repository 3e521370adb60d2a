"""Taking an import of a plan back: its revision goes, and the offices are as they would be without it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from crm.office_changing import Stamp, changes_of, record, undo_batch
from crm.office_history import ZONE, Change, day_of
from crm.plan_offices import fields_of, newest_first
from crm.plan_revisions import PlanRow, plan_row, revision_of
from crm.report_duties import forget_duties
from db.schema import (
    Arrangement,
    FollowUp,
    Link,
    LinkDecision,
    Note,
    Office,
    OfficeChange,
    PlanEntry,
    PlanRevision,
)


def take_back(session: Session, step: Sequence[Arrangement], by: str, now: datetime) -> list[PlanRow]:
    """Undoes imports: the revision goes, the offices are as before, those that it brought and nothing speaks of go."""
    gone: list[PlanRow] = []
    for each in step:
        each.undone = True
        each.payload = {**each.payload, "undone_at": now.isoformat()}
        row = session.get(PlanRevision, each.one)
        if row is None:
            continue
        gone.append(plan_row(row, current=False))
        numbers = revision_of(row).offices
        forget_duties(session, row.key, each.batch, by=by, now=now)
        session.execute(delete(PlanRevision).where(PlanRevision.id == row.id))
        session.expunge(row)
        undo_batch(session, each.batch, now)
        _apply_what_was_meanwhile(session, by, now)
        _forget_offices(session, numbers, now)
    return gone


def _apply_what_was_meanwhile(session: Session, by: str, now: datetime) -> None:
    """Where an older plan came in after the one that is gone, what it says has never been said."""
    newest = newest_first(session)[0]
    revision = revision_of(newest)
    history = changes_of(session)
    fields = {
        number: fields_of(entry, session.get_one(Office, number))
        for number, entry in zip(revision.offices, revision.plan.offices, strict=True)
    }
    wanted = {number: _unsaid(said, history.get(number, ())) for number, said in fields.items()}
    wanted |= {
        row.id: {"in_plan": False}
        for row in session.scalars(select(Office).where(Office.in_plan.is_(True)))
        if row.id not in fields
    }
    stamp = Stamp(by, now, secrets.token_hex(8), because=newest.source, plan=newest.key)
    record(session, {number: said for number, said in wanted.items() if said}, stamp)


def _unsaid(fields: Mapping[str, Any], history: Iterable[Change]) -> dict[str, Any]:
    """Those of a plan's fields that no plan has brought to this value: what staff has set since then stays."""
    said = {change.field: change.value for change in history if change.plan and change.undone_at is None}
    return {
        name: value
        for name, value in fields.items()
        if name not in {"municipality", "place"} and said.get(name) != value
    }


def _forget_offices(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Of those that were there on an earlier day the figures of that day tell."""
    midnight = datetime.combine(day_of(now), time(), ZoneInfo(ZONE))
    spoken_of = [
        exists().where(column == Office.id)
        for column in (
            FollowUp.office_id, Link.office_id, LinkDecision.office_id, Note.office_id, PlanEntry.office_id,
        )
    ]  # fmt: skip
    standing = exists().where(
        OfficeChange.office_id == Office.id, OfficeChange.undone_at.is_(None) | (OfficeChange.at < midnight)
    )
    session.execute(
        delete(Office).where(
            Office.id.in_(numbers), Office.in_plan.is_(False), ~standing, *(~each for each in spoken_of)
        )
    )
    session.expire_all()
