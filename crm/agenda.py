"""The home view's list: which follow-ups stand in which section, as ids; their rows are fetched by pages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, not_, null, or_, select, true
from sqlalchemy.orm import Session

from crm import followups, ids
from crm.agenda_rows import Agenda, AgendaQuery, Section
from crm.buckets import BUCKETS, REPORT, bucket
from crm.rows.follow_ups import OPEN_STATES, Bucket, FollowUpRow
from crm.staff import called
from db.schema import FollowUp

OPEN: tuple[Section, ...] = ("overdue", "due", "soon", "proposed", "later", "undated")
SETTLED: tuple[Section, ...] = ("snoozed", "closed")
CLOSED_SHOWN = 10_000


class _Window(NamedTuple):
    """What placing follow-ups takes, of all that share it; `since` is None for those with dates, `ids` as the store adds them up."""

    state: str
    due_start: date | None
    due_end: date | None
    approximate: bool
    since: date | None
    report: bool
    ids: str

    @property
    def rule(self) -> str | None:
        return REPORT if self.report else None


def agenda(session: Session, query: AgendaQuery, *, today: date, user: str) -> Agenda:
    """The list as `user` asked for it; a few queries of windows, however many there are."""
    wanted = and_(true(), *_conditions(session, query, user))
    if query.settled:
        return _in_order(_settled(session, wanted, today), SETTLED)
    awake = or_(FollowUp.snoozed_until.is_(None), FollowUp.snoozed_until <= today)
    placed = place(_windows(session, awake, wanted), today)
    found = _in_order(placed, OPEN)
    return Agenda(found.sections, _coming(session, placed))


def agenda_page(session: Session, names: Sequence[str]) -> list[FollowUpRow]:
    """The rows of those ids that still exist, in no order."""
    numbers = [ids.number("follow-up", name) for name in names]
    return followups.where(session, FollowUp.id.in_(numbers))


def place(rows: Iterable[_Window], today: date) -> dict[Section, list[int]]:
    """Sections of the open ones; in each the most pressing first, of what has no date the newest proposal first."""
    placed: dict[Section, dict[tuple[int, int, int], list[int]]] = {}
    for row in rows:
        found = bucket(row, today)
        section: Section = "proposed" if row.state == "proposed" else found
        alike = placed.setdefault(section, {}).setdefault(_pressing(row, found), [])
        alike += map(int, row.ids.split(","))
    return {
        section: [number for key in sorted(inside) for number in sorted(inside[key])]
        for section, inside in placed.items()
    }


def _pressing(row: _Window, found: Bucket) -> tuple[int, int, int]:
    if row.since is not None:
        since = row.since.toordinal()
        return BUCKETS.index(found), -since if row.state == "proposed" else since, 0
    last, first = row.due_end or row.due_start or date.max, row.due_start or date.max
    urgency = BUCKETS.index(found) if row.state == "proposed" else 0
    return urgency, last.toordinal(), first.toordinal()


def _conditions(session: Session, query: AgendaQuery, user: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.whose == "mine":
        conditions.append(FollowUp.assignee.in_(called(session, user)))
    if query.whose == "unassigned":
        conditions.append(FollowUp.assignee.is_(None))
    if query.side != "all":
        conditions.append(FollowUp.owes == query.side)
    return conditions


def _windows(session: Session, *conditions: ColumnElement[bool]) -> Iterator[_Window]:
    """Sixty thousand follow-ups have a few thousand windows: the store adds up the ids of each.

    One state after the other, and those without dates apart: so the ids of a window stand together in the index.
    """
    report = func.coalesce(func.substr(FollowUp.rule, 1, len(REPORT)), "") == REPORT
    for state in OPEN_STATES:
        for is_report, which in ((False, not_(report)), (True, report)):
            for shared in (_dated(), _undated()):
                rows = session.execute(shared.where(FollowUp.state == state, which, *conditions))
                yield from (
                    _Window(state, first, last, about, since, is_report, numbers)
                    for first, last, about, since, numbers in rows
                )


_Shared = Select[*tuple[Any, ...]]
_IDS = func.aggregate_strings(cast(FollowUp.id, Text), ",")


def _dated() -> _Shared:
    shared = FollowUp.due_end, FollowUp.due_start, FollowUp.approximate
    chosen = select(FollowUp.due_start, FollowUp.due_end, FollowUp.approximate, null(), _IDS)
    return chosen.where(or_(FollowUp.due_end.is_not(None), FollowUp.due_start.is_not(None))).group_by(*shared)


def _undated() -> _Shared:
    chosen = select(null(), null(), FollowUp.approximate, FollowUp.since, _IDS)
    undated = FollowUp.due_end.is_(None), FollowUp.due_start.is_(None)
    return chosen.where(*undated).group_by(FollowUp.approximate, FollowUp.since)


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
