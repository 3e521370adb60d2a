"""The home view's list: which follow-ups stand in which section, as ids; their rows are fetched by pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.agenda_rows import Agenda, AgendaQuery, Section
from crm.buckets import BUCKETS, REPORT, bucket
from crm.rows import Bucket, FollowUpRow
from db.schema import FollowUp

OPEN: tuple[Section, ...] = ("overdue", "due", "soon", "proposed", "later", "undated")
SETTLED: tuple[Section, ...] = ("snoozed", "closed")
OPEN_STATES = ("proposed", "accepted")
CLOSED_SHOWN = 10_000


class _Light(NamedTuple):
    """What placing a follow-up takes."""

    id: int
    state: str
    due_start: date | None
    due_end: date | None
    approximate: bool
    since: date
    rule: str | None


def agenda(session: Session, query: AgendaQuery, *, today: date, user: str) -> Agenda:
    """The list as `user` asked for it; one query of narrow rows, however many there are."""
    wanted = and_(true(), *_conditions(query, user))
    if query.settled:
        return _in_order(_settled(session, wanted, today), SETTLED)
    awake = or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= today)
    rows = session.execute(_light().where(FollowUp.state.in_(OPEN_STATES), awake, wanted))
    placed = place((_Light(*row) for row in rows), today)
    found = _in_order(placed, OPEN)
    return Agenda(found.sections, _coming(session, placed))


def agenda_page(session: Session, names: Sequence[str]) -> list[FollowUpRow]:
    """The rows of those ids that still exist, in no order."""
    numbers = [ids.number("follow-up", name) for name in names]
    return followups.where(session, FollowUp.id.in_(numbers))


def place(rows: Iterable[_Light], today: date) -> dict[Section, list[int]]:
    """Sections of the open ones; in each the most pressing first, of what has no date the newest proposal first."""
    sorted_rows: dict[Section, list[tuple[tuple[int, int, int, int], int]]] = {}
    for row in rows:
        found = _bucket(row.due_start, row.due_end, row.approximate, _is_report(row.rule), today)
        section: Section = "proposed" if row.state == "proposed" else found
        sorted_rows.setdefault(section, []).append((_pressing(row, found), row.id))
    return {section: [number for _, number in sorted(inside)] for section, inside in sorted_rows.items()}


def _pressing(row: _Light, found: Bucket) -> tuple[int, int, int, int]:
    if found == "undated":
        since = row.since.toordinal()
        return BUCKETS.index(found), -since if row.state == "proposed" else since, 0, row.id
    last, first = row.due_end or row.due_start or row.since, row.due_start or date.max
    urgency = BUCKETS.index(found) if row.state == "proposed" else 0
    return urgency, last.toordinal(), first.toordinal(), row.id


@lru_cache(maxsize=4096)
def _bucket(start: date | None, end: date | None, approximate: bool, report: bool, today: date) -> Bucket:
    """Windows repeat: sixty thousand follow-ups have a few hundred."""
    window = _Light(0, "", start, end, approximate, today, REPORT if report else None)
    return bucket(window, today)


def _is_report(rule: str | None) -> bool:
    return rule is not None and rule.startswith(REPORT)


def _conditions(query: AgendaQuery, user: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.whose == "mine":
        conditions.append(FollowUp.assignee == user)
    if query.whose == "unassigned":
        conditions.append(FollowUp.assignee.is_(None))
    if query.side != "all":
        conditions.append(FollowUp.owes == query.side)
    return conditions


def _light() -> Select[int, str, date | None, date | None, bool, date, str | None]:
    return select(
        FollowUp.id,
        FollowUp.state,
        FollowUp.due_start,
        FollowUp.due_end,
        FollowUp.approximate,
        FollowUp.since,
        FollowUp.rule,
    )


def _settled(session: Session, wanted: ColumnElement[bool], today: date) -> dict[Section, list[int]]:
    """Those asleep, by the day they wake; those closed, newest first and not without end."""
    asleep = and_(FollowUp.state.in_(OPEN_STATES), FollowUp.snoozed_until > today, wanted)
    closed = and_(FollowUp.state.not_in(OPEN_STATES), wanted)
    return {
        "snoozed": list(
            session.scalars(select(FollowUp.id).where(asleep).order_by(FollowUp.snoozed_until, FollowUp.id))
        ),
        "closed": list(
            session.scalars(
                select(FollowUp.id)
                .where(closed)
                .order_by(FollowUp.since.desc(), FollowUp.id.desc())
                .limit(CLOSED_SHOWN)
            )
        ),
    }


def _in_order(placed: dict[Section, list[int]], order: Sequence[Section]) -> Agenda:
    return Agenda(
        tuple(
            (section, tuple(ids.printed("follow-up", number) for number in placed[section]))
            for section in order
            if placed.get(section)
        )
    )


def _coming(session: Session, placed: dict[Section, list[int]]) -> FollowUpRow | None:
    """The first of those accepted that come soon or later; None where something is due already."""
    if placed.get("overdue") or placed.get("due"):
        return None
    first = next((placed[s][0] for s in ("soon", "later") if placed.get(s)), None)
    return followups.where(session, FollowUp.id == first)[0] if first is not None else None
