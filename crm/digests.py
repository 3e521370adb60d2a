"""What one person's digest of a day holds: what is new since he was last told, and what still stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crm.buckets import BUCKETS, Watched, bucket
from crm.freshness import Stale
from crm.recipients import Recipients
from crm.reminder_days import reminder_days
from crm.reminders import chosen_by, open_on, reminders_by_number
from crm.rows.follow_ups import Bucket, ReminderRow
from crm.secrecy import concealed
from db.schema import FollowUp, Reminded
from ingest.automatic import DIGEST_MARK

Section = Literal["overdue", "due", "soon", "later", "undated", "proposed"]

SECTIONS: tuple[Section, ...] = ("overdue", "due", "soon", "later", "undated", "proposed")
NEW = 200  # new ones that one mail names; the rest follow with the next
MARK = DIGEST_MARK  # stands in the text of each, so that it is known again when it comes back
STANDING = 30  # of each section that are repeated without being new


@dataclass(frozen=True, slots=True)
class Entry:
    """A follow-up in a digest. `days`: the reminder days that nobody has told of before, none where it just stands.

    `doubtful`: an earlier digest named it, and nobody knows whether that one arrived.
    """

    reminder: ReminderRow
    days: tuple[date, ...] = ()
    doubtful: bool = False

    @property
    def section(self) -> Section:
        return _section(self.reminder.follow_up, self.reminder.bucket)


@dataclass(frozen=True, slots=True)
class Digest:
    """`address` None: a preview for somebody without one. `more` counts, by section, what stands and is not named."""

    address: str | None
    names: tuple[str, ...]
    day: date
    entries: tuple[Entry, ...]
    more: Mapping[Section, int]
    stale: Stale | None = None

    @property
    def is_news(self) -> bool:
        """Whether it is worth a mail: something new, something that may not have arrived, or no fresh mail."""
        return self.stale is not None or any(entry.days or entry.doubtful for entry in self.entries)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The follow-ups that it lists."""
        return tuple(entry.reminder.follow_up.id for entry in self.entries if entry.days or entry.doubtful)


class _Told(NamedTuple):
    """What a person was told of a follow-up: everything up to a day."""

    day: date
    doubtful: bool


class _Found(NamedTuple):
    number: int
    section: Section
    due: date
    days: tuple[date, ...]
    doubtful: bool


@dataclass(slots=True)
class _Pile:
    """What concerns one person, before anything but numbers and dates is loaded."""

    names: set[str] = field(default_factory=set)
    told: list[_Found] = field(default_factory=list)
    standing: dict[Section, list[_Found]] = field(default_factory=dict)

    def put(self, found: _Found) -> None:
        if found.days or found.doubtful:
            self.told.append(found)
        else:
            self.standing.setdefault(found.section, []).append(found)

    def chosen(self) -> list[_Found]:
        """The newest news first, so that what comes today is never crowded out by what is late already."""
        self.told.sort(key=lambda one: max(one.days, default=date.max), reverse=True)
        kept = [sorted(found, key=lambda one: (one.due, one.number)) for found in self.standing.values()]
        return self.told[:NEW] + [one for found in kept for one in found[:STANDING]]

    def more(self, chosen: Sequence[_Found]) -> dict[Section, int]:
        named = {one.number for one in chosen}
        known = chain(self.told, *self.standing.values())
        return Counter(one.section for one in known if one.number not in named)


def personal_digests(
    session: Session, day: date, to: Recipients, stale: Stale | None
) -> tuple[list[Digest], list[str]]:
    """Everybody's of a day, by address; and the people with something new whose address nobody knows ("" for nobody)."""
    piles: dict[str, _Pile] = {}
    lost: dict[str, None] = {}
    told = _told(session, day)
    for row in session.execute(_watched(day)):
        addresses = to.of(row.assignee)
        for address in addresses:
            pile = piles.setdefault(address, _Pile())
            pile.names.add(row.assignee or "")
            _put(pile, row, day, told.get((row.id, address)))
        if not addresses and reminder_days(row, day):
            lost[row.assignee or ""] = None
    if stale is not None and to.unassigned:
        piles.setdefault(to.unassigned, _Pile())
    return _filled(session, day, piles, stale), list(lost)


def preview(
    session: Session, day: date, who: str | None, office: str | None, address: str | None, stale: Stale | None
) -> Digest:
    """What a digest for `who` (None: for everybody) of an office (a code; None: of all) would hold that day."""
    pile = _Pile({who} if who else set())
    told = _told(session, day) if address and who else {}
    chosen = _watched(day).where(*chosen_by(session, day, who, office))
    for row in session.execute(chosen):
        _put(pile, row, day, told.get((row.id, address or "")))
    (digest,) = _filled(session, day, {address or "": pile}, stale)
    return digest


def open_names(session: Session, day: date) -> set[str]:
    """Who is responsible for anything that is open."""
    names = session.scalars(select(FollowUp.assignee).where(*open_on(day)).distinct())
    return {name for name in names if name}


def _watched(day: date) -> Select[*tuple[Any, ...]]:
    """What decides on reminder days, and no more: one pass over all that is open."""
    columns = (
        FollowUp.id,
        FollowUp.assignee,
        FollowUp.kind,
        FollowUp.owes,
        FollowUp.due_start,
        FollowUp.due_end,
        FollowUp.approximate,
        FollowUp.rule,
        FollowUp.since,
        FollowUp.state,
        FollowUp.snoozed_until,
    )
    return select(*columns).where(*open_on(day))


def _told(session: Session, day: date) -> dict[tuple[int, str], _Told]:
    rows = session.execute(
        select(Reminded.follow_up_id, Reminded.person, Reminded.day, Reminded.doubtful)
        .join(FollowUp, FollowUp.id == Reminded.follow_up_id)
        .where(*open_on(day))
    )
    return {(number, person): _Told(last, doubtful) for number, person, last, doubtful in rows}


def _put(pile: _Pile, row: Any, day: date, told: _Told | None) -> None:
    found = bucket(row, day)
    past = reminder_days(row, day)
    new = tuple(one.day for one in past if told is None or one.day > told.day)
    doubtful = told is not None and told.doubtful
    stands = found in {"overdue", "due"} or (found == "soon" and row.state == "accepted") or bool(past)
    if new or doubtful or stands:
        due = row.due_end or row.due_start or row.since
        pile.put(_Found(row.id, _section(row, found), due, new, doubtful))


def _section(row: Watched, found: Bucket) -> Section:
    return "proposed" if row.state == "proposed" else found


def _filled(session: Session, day: date, piles: Mapping[str, _Pile], stale: Stale | None) -> list[Digest]:
    """The rows of all digests are loaded at once."""
    chosen = {address: pile.chosen() for address, pile in piles.items()}
    numbers = {one.number for found in chosen.values() for one in found}
    rows = concealed(session, reminders_by_number(session, numbers, day))
    by_number = {int(row.follow_up.id[1:]): row for row in rows}
    return [
        Digest(
            address=address or None,
            names=tuple(sorted(name for name in pile.names if name)),
            day=day,
            entries=_entries(chosen[address], by_number),
            more=pile.more(chosen[address]),
            stale=stale,
        )
        for address, pile in sorted(piles.items())
    ]


def _entries(chosen: Iterable[_Found], rows: Mapping[int, ReminderRow]) -> tuple[Entry, ...]:
    made = [Entry(rows[one.number], one.days, one.doubtful) for one in chosen]
    return tuple(sorted(made, key=_order))


def _order(entry: Entry) -> tuple[int, int, date]:
    """Sections in their order; proposals in that of their buckets."""
    row = entry.reminder.follow_up
    due = row.due_end or row.due_start or row.since
    return SECTIONS.index(entry.section), BUCKETS.index(entry.reminder.bucket), due
