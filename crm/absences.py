"""Who is away, and who stands in: a deputy is reminded of what is theirs as well. Nothing is handed over by it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.errors import AwayAlready, DeputiesInCircle, NotFound, OwnDeputy, WrongOrder
from crm.rows.notes import AbsenceRow
from crm.staff import called, called_among, one_name, staff
from db.schema import Absence, Arrangement

_DAY = timedelta(days=1)


class Away(NamedTuple):
    """An absence as deciding needs it; both days belong to it."""

    who: str
    deputy: str
    first: date
    last: date


def stand_ins(absences: Sequence[Away], day: date) -> dict[str, str]:
    """Whoever is away on a day → who stands in: the deputy, or where that one is away as well, theirs."""
    deputy = {one.who: one.deputy for one in absences if one.first <= day <= one.last}
    return {who: _at_work(who, deputy) for who in deputy}


def _at_work(who: str, deputy: Mapping[str, str]) -> str:
    """The end of the chain of deputies; a circle, which is refused when it is made, ends where it began."""
    seen = {who}
    while who in deputy and deputy[who] not in seen:
        who = deputy[who]
        seen.add(who)
    return who


def circle(absences: Sequence[Away], new: Away) -> tuple[tuple[str, ...], date] | None:
    """Names who would stand in for one another, and the first day on which they would; None if nobody does.

    Who is away changes only where an absence begins, so those days alone are looked at.
    """
    begins = {new.first} | {one.first for one in absences if new.first <= one.first <= new.last}
    for day in sorted(begins):
        deputy = {one.who: one.deputy for one in absences if one.first <= day <= one.last}
        deputy[new.who] = new.deputy
        names = [new.who]
        while names[-1] in deputy and deputy[names[-1]] not in names:
            names.append(deputy[names[-1]])
        if deputy.get(names[-1]) == new.who:
            return (*names, new.who), day
    return None


def deputies(session: Session, day: date) -> dict[str, str]:
    """Whoever is away on a day → who is reminded in their place."""
    return stand_ins(_during(session, day, day), day)


def covers(session: Session, who: str, day: date) -> tuple[str, ...]:
    """For whom somebody stands in on a day, by every name that they have."""
    known = staff(session)
    own = set(called_among(known, who))
    away = (one for one, deputy in deputies(session, day).items() if deputy in own)
    return tuple(sorted(name for one in away for name in called_among(known, one)))


def _during(session: Session, first: date, last: date) -> list[Away]:
    found = session.scalars(
        select(Absence)
        .where(Absence.removed.is_(False), Absence.last >= first, Absence.first <= last)
        .order_by(Absence.id)
    )
    logins = one_name(staff(session))
    return [_away(logins, row.who, row.deputy, row.first, row.last) for row in found]


def _new(session: Session, who: str, deputy: str, first: date, last: date) -> Away:
    return _away(one_name(staff(session)), who, deputy, first, last)


def _away(logins: Mapping[str, str], who: str, deputy: str, first: date, last: date) -> Away:
    """Whoever has a login is called by it, so that two ways to write a name are one person."""
    return Away(logins.get(who.casefold(), who), logins.get(deputy.casefold(), deputy), first, last)


def add_absence(
    session: Session, who: str, first: date, last: date, *, deputy: str, by: str, now: datetime
) -> AbsenceRow:
    """Notes that somebody is away. Raises WrongOrder, OwnDeputy, AwayAlready, DeputiesInCircle."""
    if last < first:
        raise WrongOrder(first, last)
    if deputy in called(session, who):
        raise OwnDeputy(who)
    _refuse_second(session, who, first, last)
    found = circle(_during(session, first, last), _new(session, who, deputy, first, last))
    if found is not None:
        raise DeputiesInCircle(*found)
    row = Absence(who=who, deputy=deputy, first=first, last=last, at=now, by=by)
    session.add(row)
    session.flush()
    _journal(session, "add", row, {}, by, now)
    return _row(row)


def _refuse_second(session: Session, who: str, first: date, last: date) -> None:
    there = session.scalar(
        select(Absence)
        .where(
            Absence.who.in_(called(session, who)),
            Absence.removed.is_(False),
            Absence.last >= first,
            Absence.first <= last,
        )
        .order_by(Absence.first)
        .limit(1)
    )
    if there is not None:
        raise AwayAlready(who, ids.printed("absence", there.id), there.first, there.last)


def end_absence(session: Session, name: str, *, by: str, now: datetime) -> AbsenceRow:
    """Somebody is back from today on; an absence that has not begun is taken away. Raises NotFound."""
    row = session.get(Absence, ids.number("absence", name))
    today = now.date()
    if row is None or row.removed or row.last < today:
        raise NotFound("absence", name)
    _journal(session, "end", row, {"last": row.last.isoformat()}, by, now)
    if row.first >= today:
        row.removed = True
    else:
        row.last = today - _DAY
    session.flush()
    return _row(row)


def list_absences(
    session: Session, today: date, *, past: bool = False, limit: int = 200, before: str | None = None
) -> list[AbsenceRow]:
    """Those of today and to come, or all (`past`), the newest first. Raises NotFound for a `before` that is none."""
    chosen = select(Absence).where(Absence.removed.is_(False)).order_by(Absence.id.desc())
    if not past:
        chosen = chosen.where(Absence.last >= today)
    if before is not None:
        number = ids.number("absence", before)
        if session.get(Absence, number) is None:
            raise NotFound("absence", before)
        chosen = chosen.where(Absence.id < number)
    return [_row(row) for row in session.scalars(chosen.limit(limit) if limit else chosen)]


def take_back(session: Session, arrangements: Sequence[Arrangement]) -> list[AbsenceRow]:
    """Undoes what was noted or ended, the newest first. Raises AwayAlready where another has taken its days since."""
    rows: dict[int, Absence] = {}
    for each in arrangements:
        each.undone = True
        row = rows[each.one] = session.get_one(Absence, each.one)
        if each.action == "add":
            row.removed = True
        else:
            _restore(session, row, date.fromisoformat(each.payload["last"]))
    session.flush()
    return [_row(row) for row in rows.values()]


def _restore(session: Session, row: Absence, last: date) -> None:
    first = row.first if row.removed else row.last + _DAY
    _refuse_second(session, row.who, first, last)
    found = circle(_during(session, first, last), _new(session, row.who, row.deputy, first, last))
    if found is not None:
        raise DeputiesInCircle(*found)
    row.removed, row.last = False, last


def _row(row: Absence) -> AbsenceRow:
    return AbsenceRow(
        id=ids.printed("absence", row.id),
        who=row.who,
        first=row.first,
        last=row.last,
        deputy=row.deputy,
        by=row.by,
        removed=row.removed,
    )


def _journal(
    session: Session, action: str, row: Absence, payload: dict[str, str], by: str, now: datetime
) -> None:
    session.add(
        Arrangement(
            subject="absence",
            action=action,
            one=row.id,
            payload=payload,
            at=now,
            by=by,
            batch=secrets.token_hex(8),
        )
    )
    audit.record(
        session,
        now,
        by,
        f"absence {action}",
        {
            "id": ids.printed("absence", row.id),
            "who": row.who,
            "deputy": row.deputy,
            "first": row.first,
            "last": row.last,
        },
    )
