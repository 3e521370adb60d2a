"""A follow-up by hand: a sentence is read, shown, overruled where it was misread, and saved as one that is open."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import audit, followups, ids
from crm.errors import EmptyText, TooLong
from crm.identity import organisation_of
from crm.offices import find_office, list_offices
from crm.rows.follow_ups import FollowUpRow, Owes
from crm.sentence import LONGEST, Understood, understand
from crm.settling import settle
from db.schema import Decision, FollowUp

_OBLIGORS: dict[Owes, str] = {"us": "sender", "them": "third_party", "others": "third_party"}


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a person says instead of what was read; None: it was read rightly."""

    office: str | None = None
    due: tuple[date | None, date | None] | None = None
    owes: Owes | None = None
    kind: str | None = None
    assignee: str | None = None


def read_sentence(
    session: Session,
    text: str,
    today: date,
    *,
    by: str,
    own: Iterable[str] = (),
    say: Overruled | None = None,
) -> Understood:
    """What a sentence says, seen from us (`own`: our domains); ours is its office's owner's to do, else `by`'s.

    Nothing is saved. Raises EmptyText, TooLong, NotFound and Ambiguous.
    """
    text = " ".join(text.split())
    if not text:
        raise EmptyText
    if len(text) > LONGEST:
        raise TooLong(LONGEST)
    read = understand(text, today, list_offices(session), _us(own))
    return _assigned(_overruled(session, read, say or Overruled()), by)


def _us(own: Iterable[str]) -> str | None:
    return next((name for domain in own if (name := organisation_of(f"x@{domain}"))), None)


def _overruled(session: Session, read: Understood, say: Overruled) -> Understood:
    if say.office:
        read = replace(read, office=find_office(session, say.office), candidates=(), elsewhere=())
    if say.due:
        start, end = say.due
        read = replace(
            read,
            due_start=start,
            due_end=end,
            start_time=None,
            end_time=None,
            approximate=False,
            part=None,
        )
    if say.owes:
        read = replace(read, owes=say.owes, who=read.who if say.owes == read.owes else None)
    return replace(read, kind=say.kind or read.kind, assignee=say.assignee)


def _assigned(read: Understood, by: str) -> Understood:
    if read.assignee or read.owes != "us":
        return read
    return replace(read, assignee=(read.office and read.office.owner) or by)


def add_follow_up(session: Session, read: Understood, *, by: str, now: datetime) -> FollowUpRow:
    """Saves what was understood as an open follow-up: one step of undo, which dismisses it again.

    Its number is never given twice.
    """
    item = FollowUp(
        origin="manual",
        office_id=ids.number("office", read.office.id) if read.office else None,
        kind=read.kind,
        obligor="both" if read.kind == "meeting" and read.owes == "us" else _OBLIGORS[read.owes],
        owes=read.owes,
        who=read.who,
        due_start=read.due_start,
        due_end=read.due_end,
        start_time=read.start_time,
        end_time=read.end_time,
        approximate=read.approximate,
        part=read.part,
        text=read.text,
        since=now.date(),
        given_to=read.assignee,
    )
    session.add(item)
    session.flush()
    session.add(_added(item, by, now))
    name = ids.printed("follow-up", item.id)
    audit.record(session, now, by, "follow-up add", {"ids": [name]})
    settle(session, [item])
    return followups.by_ids(session, [name])[0]


def _added(item: FollowUp, by: str, now: datetime) -> Decision:
    return Decision(
        follow_up_id=item.id,
        action="add",
        payload={},
        at=now,
        by=by,
        text=item.text,
        due_start=item.due_start,
        due_end=item.due_end,
        batch=secrets.token_hex(8),
    )
