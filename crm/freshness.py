"""Whether the lists know of the newest mail: when a sync of every mailbox last succeeded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema import Account
from nlp.dates.calendar import add_working_days


@dataclass(frozen=True, slots=True)
class Stale:
    """Mailboxes that no sync has fetched for a whole working day; `since`: their oldest success, None for never."""

    accounts: tuple[str, ...]
    since: date | None


def stale_on(session: Session, day: date, zone: str) -> Stale | None:
    """None where every mailbox was fetched, or where there is none and everything was imported."""
    rows = session.execute(
        select(Account.name, Account.last_sync).where(Account.kind == "imap").order_by(Account.name)
    )
    return stale([(name, at) for name, at in rows], day, ZoneInfo(zone))


def stale(fetched: Iterable[tuple[str, datetime | None]], day: date, zone: tzinfo) -> Stale | None:
    """A working day has to lie between the last success and `day`: on a Monday morning Friday's sync is fresh."""
    days = [(name, at.astimezone(zone).date() if at else None) for name, at in fetched]
    old = [(name, last) for name, last in days if last is None or add_working_days(last, 1) < day]
    if not old:
        return None
    known = [last for _, last in old if last is not None]
    return Stale(tuple(name for name, _ in old), min(known) if len(known) == len(old) else None)
