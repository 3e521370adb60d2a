"""What was known at the end of a day, in a fixed number of queries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session

from crm.office_changing import changes_of
from crm.office_history import day_of
from crm.past import facts_of, from_json
from crm.report.figures import Letters, Material
from crm.report.model import PlanFigure
from crm.report.standing import TYPES, Made, Promise
from crm.when import HERE
from db.schema import (
    Arrangement,
    Decision,
    FollowUp,
    FollowUpChange,
    Link,
    LinkChange,
    Message,
    Municipality,
    Occurrence,
    PlanRevision,
    Raw,
    Registration,
)

_AT_ONCE = 2_000
_PLACES = select(Municipality.code, Municipality.name)


def material(session: Session, day: date) -> Material:
    """What the figures of `day` are made of: nothing that was taken in, found or decided after it."""
    promises = list(_promises(session, day))
    return Material(
        day=day,
        mail_since=_mail_since(session, day),
        plan=_plan(session, day),
        municipalities={row.code: row.name for row in session.execute(_PLACES)},
        changes=changes_of(session),
        letters=_letters(session, day),
        promises=promises,
        decisions=_decisions(session, day),
    )


def _mail_since(session: Session, day: date) -> date | None:
    """When the first mail came; asked by number, for the table of raws is large."""
    first = session.scalar(select(Raw.taken_in_on).order_by(Raw.id).limit(1))
    return first if first is not None and first <= day else None


def end_of(day: date) -> datetime:
    """The moment at which a day is over where we are."""
    return datetime.combine(day + timedelta(days=1), time(), HERE)


@dataclass(frozen=True, slots=True)
class _Held:
    """A plan with the days from which and until which it was known; of one day the higher number is newer."""

    plan: PlanFigure
    number: int
    first: date
    until: date | None


def _plan(session: Session, day: date) -> PlanFigure | None:
    """The newest by its own day of those that were known; one that was taken back later counted until then."""
    held = [one for one in _plans(session) if one.first <= day and (one.until is None or one.until > day)]
    newest = max(held, key=lambda one: (one.plan.day, one.number), default=None)
    return newest.plan if newest else None


def _plans(session: Session) -> Iterator[_Held]:
    columns = (PlanRevision.id, PlanRevision.key, PlanRevision.day, PlanRevision.title, PlanRevision.source)
    for number, key, on, title, source, at in session.execute(select(*columns, PlanRevision.imported_at)):
        yield _Held(PlanFigure(key, on, title, source), number, day_of(at) if at else on, None)
    undone = select(Arrangement).where(Arrangement.subject == "plan", Arrangement.undone.is_(True))
    for row in session.scalars(undone):
        told = row.payload
        if "undone_at" in told and "day" in told:
            until = day_of(datetime.fromisoformat(told["undone_at"]))
            plan = PlanFigure(told["key"], date.fromisoformat(told["day"]), told["title"], told["source"])
            yield _Held(plan, row.one, day_of(row.at), until)


def _letters(session: Session, day: date) -> dict[tuple[int, str], Letters]:
    """(office, direction) → its letters, by the links that held on `day`: today's, but for those that were changed since."""
    becomes_otherwise = exists().where(
        LinkChange.message_id == Link.message_id,
        LinkChange.office_id == Link.office_id,
        LinkChange.until > day,
    )
    now = _counted(Link.office_id).join(Link, Link.message_id == Message.id).where(~becomes_otherwise)
    then = (
        _counted(LinkChange.office_id)
        .join(LinkChange, LinkChange.message_id == Message.id)
        .where(LinkChange.id.in_(_first_since(day)), LinkChange.linked)
    )
    found: dict[tuple[int, str], Letters] = {}
    for chosen, office in ((now, Link.office_id), (then, LinkChange.office_id)):
        rows = session.execute(chosen.where(*_at_hand(day)).group_by(office, Message.direction))
        for number, direction, count, last in rows:
            had = found.get((number, direction), Letters(0, None))
            latest = max((one for one in (had.last, last) if one), default=None)
            found[number, direction] = Letters(had.count + count, latest)
    return found


def _counted(office: Any) -> Select[*tuple[Any, ...]]:
    return select(office, Message.direction, func.count(), func.max(Message.written_on)).select_from(Message)


def _first_since(day: date) -> Select[int]:
    """What became otherwise first after the day tells what held on it."""
    return (
        select(func.min(LinkChange.id))
        .where(LinkChange.until > day)
        .group_by(LinkChange.message_id, LinkChange.office_id)
    )


def _at_hand(day: date) -> tuple[ColumnElement[bool], ...]:
    """A letter that somebody wrote by then, and that had come by then as a mail of its own."""
    came = exists(
        select(Occurrence.id)
        .join(Raw, Occurrence.raw_id == Raw.id)
        .where(Occurrence.message_id == Message.id, Occurrence.kind == "received", Raw.taken_in_on <= day)
    )
    return Message.written_on <= day, Message.automatic.is_(False), came


def _promises(session: Session, day: date) -> Iterator[Promise]:
    """Follow-ups that were known, as they were known; what concerned several offices concerns none."""
    concerned, marked = _concerned(session, day), _marked(session)
    before = _before(session, day)
    known = func.coalesce(FollowUp.known_on, Message.taken_in_on, FollowUp.since)
    chosen = (
        select(*_COLUMNS, known.label("known"))
        .outerjoin(Message, FollowUp.message_id == Message.id)
        .where(
            FollowUp.since <= day,
            FollowUp.origin.in_(("finding", "manual")),
            or_(and_(FollowUp.kind.in_(TYPES), FollowUp.owes != "others"), FollowUp.id.in_(before)),
        )
        .order_by(FollowUp.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in session.execute(chosen).mappings():
        change = before.pop(row["id"], None)
        facts = from_json(change.facts) if change is not None else facts_of(dict(row))
        known_on = facts.known_on or row["known"]
        if known_on > day or facts.since > day:
            continue
        yield Promise(
            number=row["id"],
            office=concerned.get(row["message_id"] or 0, row["office_id"]),
            by_hand=row["origin"] == "manual",
            facts=facts,
            known_on=known_on,
            text=None if row["message_id"] in marked else row["text"],
            marked=row["message_id"] in marked,
        )
    yield from _gone(before, concerned, marked, day)


_COLUMNS = (
    FollowUp.id,
    FollowUp.message_id,
    FollowUp.office_id,
    FollowUp.origin,
    FollowUp.kind,
    FollowUp.owes,
    FollowUp.due_start,
    FollowUp.due_end,
    FollowUp.moved,
    FollowUp.approximate,
    FollowUp.kept_on,
    FollowUp.since,
    FollowUp.known_on,
    FollowUp.text,
)


def _gone(
    before: Mapping[int, FollowUpChange], concerned: Mapping[int, int | None], marked: set[int], day: date
) -> Iterator[Promise]:
    """Those that a later reading does not find any more; their words went with them."""
    for number, change in before.items():
        facts = from_json(change.facts)
        known_on = facts.known_on or facts.since
        if known_on <= day and facts.since <= day:
            yield Promise(
                number=number,
                office=concerned.get(change.message_id or 0),
                by_hand=False,
                facts=facts,
                known_on=known_on,
                text=None,
                marked=change.message_id in marked,
            )


def _before(session: Session, day: date) -> dict[int, FollowUpChange]:
    """Follow-up → what first became otherwise of it after the day."""
    first = (
        select(func.min(FollowUpChange.id))
        .where(FollowUpChange.until > day)
        .group_by(FollowUpChange.follow_up_id)
    )
    rows = session.scalars(
        select(FollowUpChange).where(FollowUpChange.id.in_(first)).order_by(FollowUpChange.follow_up_id)
    )
    return {row.follow_up_id: row for row in rows}


def _concerned(session: Session, day: date) -> dict[int, int | None]:
    """The office of each message of which anything became otherwise since; None for none or several."""
    changed: CompoundSelect[*tuple[Any, ...]] = union(
        select(LinkChange.message_id).where(LinkChange.until > day),
        select(FollowUpChange.message_id).where(
            FollowUpChange.until > day, FollowUpChange.message_id.is_not(None)
        ),
    )
    offices: dict[int, set[int]] = {number: set() for number in session.scalars(changed) if number}
    links = select(Link.message_id, Link.office_id).where(Link.message_id.in_(changed.scalar_subquery()))
    for message, office in session.execute(links):
        offices[message].add(office)
    for row in session.scalars(select(LinkChange).where(LinkChange.id.in_(_first_since(day)))):
        if row.linked:
            offices[row.message_id].add(row.office_id)
        else:
            offices[row.message_id].discard(row.office_id)
    return {message: next(iter(found)) if len(found) == 1 else None for message, found in offices.items()}


def _marked(session: Session) -> set[int]:
    """Messages whose words must not be shown: marked confidential, or known from such a mail alone."""
    is_secret = Registration.secret_provision.is_not(None)
    marked = set(session.scalars(select(Registration.message_id).where(is_secret)))
    home, inside = Occurrence.__table__.alias("home"), Occurrence.__table__.alias("inside")
    carried = (
        select(Message.id)
        .join(inside, inside.c.message_id == Message.id)
        .join(home, and_(home.c.raw_id == inside.c.raw_id, home.c.position == 0))
        .join(Registration, Registration.message_id == home.c.message_id)
        .where(is_secret, Message.kind != "received")
    )
    return marked | set(session.scalars(carried))


def _decisions(session: Session, day: date) -> dict[int, list[Made]]:
    """Follow-up → the decisions on it by then, oldest first."""
    columns = (Decision.follow_up_id, Decision.id, Decision.action, Decision.payload, Decision.by)
    chosen = select(*columns, Decision.undoes_id).where(Decision.at < end_of(day)).order_by(Decision.id)
    found: dict[int, list[Made]] = {}
    for follow_up, number, action, payload, by, undoes in session.execute(chosen):
        found.setdefault(follow_up, []).append(Made(number, action, payload, by, undoes))
    return found


@dataclass(frozen=True, slots=True)
class Outside:
    """What the figures leave out: letters that were written by then and came later; mails that wait to be read."""

    late_letters: int
    unread: int


def outside(session: Session, day: date) -> Outside:
    """What somebody who runs the report should know of what it does not say."""
    written, by_hand, came = _at_hand(day)
    linked = exists().where(Link.message_id == Message.id)
    late = select(func.count(Message.id)).where(
        Message.kind == "received", Message.status != "quarantined", written, by_hand, ~came, linked
    )
    unread = select(func.count(Raw.id)).where(Raw.reader_version == 0, Raw.status == "unread")
    return Outside(session.scalar(late) or 0, session.scalar(unread.where(Raw.taken_in_on <= day)) or 0)
