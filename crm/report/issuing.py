"""Reports that were handed over: their figures are kept as they were, and later reports are compared with them."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm import audit, ids
from crm.errors import AlreadyThere, DayToCome, EmptyText, NotFound
from crm.office_history import day_of
from crm.report.changes import compared
from crm.report.figures import figures
from crm.report.material import end_of, material
from crm.report.model import Compared, Figures
from db.schema import Arrangement, IssuedReport

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A report that was issued: of which day, under which number, by whom and when; `withdrawn_on`: when that was undone.

    `digest` is that of the report as issued, `taken_out` how many sentences have gone from it since.
    """

    id: str
    as_of: date
    number: str | None
    issued_on: date
    by: str
    offices: int
    digest: str
    withdrawn_on: date | None
    taken_out: int = 0

    @property
    def name(self) -> str:
        return f"{self.as_of} {self.number}" if self.number else f"{self.as_of}"


def report(session: Session, day: date, *, since: str | None = None) -> Figures:
    """The figures of a day, compared with the report issued before it, or with the issued report `since`. Raises NotFound."""
    before = _found(session, since) if since is not None else _before(session, day)
    now = figures(material(session, day))
    if before is None:
        return now
    than = Compared(ids.printed("issued", before.id), before.as_of, before.number)
    return compared(now, figures_of(before.content), than)


def _before(session: Session, day: date) -> IssuedReport | None:
    """The newest of an earlier day that was issued by then, and not taken back by then."""
    end = end_of(day)
    chosen = select(IssuedReport).where(
        IssuedReport.as_of < day,
        IssuedReport.at < end,
        or_(IssuedReport.withdrawn_at.is_(None), IssuedReport.withdrawn_at >= end),
    )
    newest = chosen.order_by(IssuedReport.as_of.desc(), IssuedReport.id.desc())
    return session.scalar(newest.limit(1))


def _found(session: Session, name: str) -> IssuedReport:
    """By id. Raises NotFound."""
    row = session.get(IssuedReport, ids.number("issued", name))
    if row is None:
        raise NotFound("issued", name)
    return row


def issue(session: Session, day: date, *, number: str | None, by: str, now: datetime) -> IssuedRow:
    """Keeps a day's figures as those of a report that was handed over; one step of undo.

    Raises DayToCome for a day that has not come, EmptyText for a number without a sign, AlreadyThere for a number that another
    report has.
    """
    if day > day_of(now):
        raise DayToCome(day)
    number = _number(session, number)
    content = content_of(report(session, day))
    row = IssuedReport(as_of=day, number=number, content=content, digest=digest(content), at=now, by=by)
    session.add(row)
    session.flush()
    session.add(
        Arrangement(
            subject="report", action="issue", one=row.id, payload={}, at=now, by=by, batch=secrets.token_hex(8)
        )
    )  # fmt: skip
    told = {"id": ids.printed("issued", row.id), "as_of": day, "number": number, "digest": row.digest}
    audit.record(session, now, by, "report issue", told)
    return _row(row)


def _number(session: Session, number: str | None) -> str | None:
    if number is None:
        return None
    number = " ".join(number.split())
    if not number:
        raise EmptyText
    taken = select(IssuedReport.id).where(IssuedReport.number == number, IssuedReport.withdrawn_at.is_(None))
    if session.scalar(taken.limit(1)) is not None:
        raise AlreadyThere("issued", number)
    return number


def list_issued(session: Session) -> list[IssuedRow]:
    """Every report that was issued, the newest first; those that were taken back as well."""
    return [_row(row) for row in session.scalars(select(IssuedReport).order_by(IssuedReport.id.desc()))]


def issued(session: Session, name: str) -> Figures:
    """The figures of a report as it was issued. Raises NotFound."""
    return figures_of(_found(session, name).content)


def take_back(session: Session, step: Sequence[Arrangement], by: str, now: datetime) -> list[IssuedRow]:
    """Undoes issuing: the report stays, and says when it was withdrawn."""
    del by
    gone: list[IssuedRow] = []
    for each in step:
        each.undone = True
        row = session.get_one(IssuedReport, each.one)
        row.withdrawn_at = now
        gone.append(_row(row))
    session.flush()
    return gone


def _row(row: IssuedReport) -> IssuedRow:
    return IssuedRow(
        id=ids.printed("issued", row.id),
        as_of=row.as_of,
        number=row.number,
        issued_on=day_of(row.at),
        by=row.by,
        offices=len(row.content["offices"]),
        digest=row.digest,
        withdrawn_on=day_of(row.withdrawn_at) if row.withdrawn_at else None,
        taken_out=sum(one["many"] for one in row.content.get("taken_out", ())),
    )


@cache
def _adapter() -> "TypeAdapter[Figures]":
    from pydantic import TypeAdapter

    return TypeAdapter(Figures)


def content_of(shown: Figures) -> dict[str, Any]:
    """The figures as JSON has them."""
    plain: dict[str, Any] = _adapter().dump_python(shown, mode="json")
    return plain


def figures_of(content: dict[str, Any]) -> Figures:
    """The figures that were kept so."""
    return _adapter().validate_python(content)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the figures: two prints with the same one show the same figures."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
