"""What held before it became otherwise: which offices a message concerned, what a machine found of a follow-up.

People's decisions have their days already. What a machine finds changes with every letter that comes and every better
reader: what it held before is written down here, with the day until which it held.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history

from crm.lookup import chunks
from db.schema import FollowUp, FollowUpChange, Link, LinkChange

Concerned = Mapping[int, Sequence[int]]
"""Message → offices."""

_WATCHED = ("kind", "owes", "due_start", "due_end", "moved", "approximate", "kept_on", "since", "known_on")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a machine held of a follow-up; the window is the one that was found, before anybody moved it."""

    kind: str
    owes: str
    due_start: date | None
    due_end: date | None
    approximate: bool
    kept_on: date | None
    since: date
    known_on: date | None


def facts_of(values: Mapping[str, Any]) -> Facts:
    """The facts in the columns of a follow-up."""
    window = values["moved"] or {}
    return Facts(
        kind=values["kind"],
        owes=values["owes"],
        due_start=_day(window["due_start"]) if window else values["due_start"],
        due_end=_day(window["due_end"]) if window else values["due_end"],
        approximate=bool(values["approximate"]),
        kept_on=values["kept_on"],
        since=values["since"],
        known_on=values["known_on"],
    )


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as the store keeps them."""
    values = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}


def from_json(kept: Mapping[str, Any]) -> Facts:
    """The facts that were kept so."""
    days = ("due_start", "due_end", "kept_on", "known_on")
    known = {name: _day(kept[name]) for name in days}
    return Facts(
        kind=kept["kind"],
        owes=kept["owes"],
        approximate=kept["approximate"],
        since=date.fromisoformat(kept["since"]),
        **known,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@contextmanager
def kept(session: Session, today: date) -> Iterator[None]:
    """Writes down what follow-ups were like before the block changed or deleted them. Flushes."""
    first: dict[int, tuple[FollowUp, int | None, Facts]] = {}

    def note(flushed: Session, *_: Any) -> None:
        for item in (*flushed.dirty, *flushed.deleted):
            if isinstance(item, FollowUp) and item.id not in first and item.known_on != today:
                first[item.id] = (item, _before(item, "message_id"), facts_of(_all_before(item)))

    event.listen(session, "before_flush", note)
    try:
        yield
        session.flush()
    finally:
        event.remove(session, "before_flush", note)
    session.add_all(
        FollowUpChange(follow_up_id=number, message_id=message, until=today, facts=as_json(facts))
        for number, (item, message, facts) in first.items()
        if _is_otherwise(item, facts)
    )
    session.flush()


def _all_before(item: FollowUp) -> dict[str, Any]:
    return {name: _before(item, name) for name in _WATCHED}


def _before(item: FollowUp, name: str) -> Any:
    """What the store holds of it still."""
    gone = get_history(item, name).deleted
    return gone[0] if gone else getattr(item, name)


def _is_otherwise(item: FollowUp, facts: Facts) -> bool:
    if not inspect(item).persistent:
        return True
    return facts_of({name: getattr(item, name) for name in _WATCHED}) != facts


def links_of(session: Session, messages: Iterable[int]) -> dict[int, list[int]]:
    """The offices that these messages concern; an entry for each."""
    found: dict[int, list[int]] = {number: [] for number in messages}
    chosen = select(Link.message_id, Link.office_id)
    for part in chunks(found):
        for message, office in session.execute(chosen.where(Link.message_id.in_(part))):
            found[message].append(office)
    return found


def keep_links(session: Session, before: Concerned, now: Concerned, today: date) -> None:
    """Writes down what became otherwise of the links of the messages in `before`."""
    session.add_all(
        LinkChange(message_id=message, office_id=office, until=today, linked=office in offices)
        for message, offices in before.items()
        for office in sorted(set(offices) ^ set(now.get(message, ())))
    )
    session.flush()
