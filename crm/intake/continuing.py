"""Looks, for the messages of a batch, which earlier follow-ups they move, call off or say again, and the other way round.

Bounded by what is new: the follow-ups of the batch's threads, those on its offices with the same last day, and the
letters of its threads that came after what is new. One promise is one follow-up, whoever repeats it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Date, Integer, Select, String, and_, delete, func, select
from sqlalchemy.orm import Session

from crm import ids
from crm.changes import (
    Change,
    Day,
    Earlier,
    Later,
    Window,
    find_changes,
    may_change,
    moved_window,
    repeats,
    spoken_of,
)
from crm.intake.messages import Placed
from crm.intake.promises import decided, house, instant, recipients_of
from crm.lookup import all_by_column, among, asked_in_parts, chunks
from crm.rows.follow_ups import OPEN_STATES
from crm.settling import settle
from db.given import Given
from db.schema import Address, Finding, FollowUp, Link, MentionRow, Message
from nlp.model import DateMention

_WORDS = 4_000  # of a letter's words, looked at for what moves or calls off
_MOST = 2_000  # letters of a batch's threads that came after it
_PLACE = Given("place", office=Integer(), kind=String(), day=Date())
_PLACES = 200  # offices, kinds and days asked for in one query
_OPEN = frozenset({*OPEN_STATES, "lapsed", "cancelled"})
_STANDING = (*_OPEN, "dismissed", "waived")
_COLUMNS = (
    FollowUp.id,
    FollowUp.message_id,
    FollowUp.office_id,
    FollowUp.finding_key,
    FollowUp.origin,
    FollowUp.kind,
    FollowUp.obligor,
    FollowUp.state,
    FollowUp.due_start,
    FollowUp.due_end,
    FollowUp.start_time,
    FollowUp.text,
    FollowUp.field,
    FollowUp.start,
    FollowUp.change,
    FollowUp.changed_by_id,
)


class _FollowUp(NamedTuple):
    """Those columns of a follow-up; the mapper's objects cost ten times as much."""

    id: int
    message: int | None
    office: int | None
    finding_key: str | None
    origin: str
    kind: str
    obligor: str
    state: str
    due_start: date | None
    due_end: date | None
    start_time: time | None
    text: str
    field: str | None
    start: int | None
    change: dict[str, Any] | None
    changed_by: int | None


def find_continued(session: Session, chosen: Sequence[Placed]) -> None:
    """Moves and calls off what later letters say so of, and takes away what only says again.

    What a person has decided on is never taken away; a person's own date outranks a letter's.
    """
    batch = {item.row.id for item in chosen}
    threads = {item.row.thread_id for item in chosen if item.row.thread_id}
    rows = _follow_ups(session, threads, batch, _days_off(chosen))
    forgotten = {row.id for row in rows.values() if row.changed_by in batch}
    rows |= {number: rows[number]._replace(change=None) for number in forgotten}
    known = _known(session, rows)
    letters = _letters(session, batch, threads, _first_day(known, batch))
    changed, sentences = _change(known, letters)
    _write_changes(session, forgotten, changed)
    _drop(session, _said_within(rows, known, sentences))
    _drop(session, _repeated(rows, known, changed))


def _follow_ups(
    session: Session, threads: Collection[int], batch: Collection[int], days: Collection[date]
) -> dict[int, _FollowUp]:
    """The follow-ups of these threads, and those on the batch's offices that end on the same days as its own of their
    kind, or on one of `days`.
    """
    among_these = zip(_asked_follow_ups(), (threads, batch, batch), strict=True)
    each = (row for question, values in among_these for row in asked_in_parts(session, question, values))
    rows = {row.id: row for row in map(_FollowUp._make, each)}
    own = {
        (row.office, row.kind, row.due_end)
        for row in rows.values()
        if row.message in batch and row.office is not None and row.due_end is not None
    }
    for places in chunks(own, _PLACES):
        asked = _asked_ending(_PLACE.table(session))
        found = session.execute(asked, _PLACE.rows(session, sorted(places)))
        rows |= {row.id: row for row in map(_FollowUp._make, found)}
    if days:
        about = {office for found in _offices(session, batch).values() for office in found}
        for some in chunks(days):
            ends = and_(FollowUp.office_id.in_(about), FollowUp.due_end.in_(some))
            rows |= {row.id: row for row in _rows(session, and_(ends, FollowUp.state.in_(_STANDING)))}
    return rows


@cache
def _asked_follow_ups() -> tuple[Select[*tuple[Any, ...]], ...]:
    """Those of threads, of messages, and those that messages have changed."""
    of_threads = FollowUp.message_id.in_(select(Message.id).where(among(Message.thread_id)))
    conditions = (of_threads, among(FollowUp.message_id), among(FollowUp.changed_by_id))
    return tuple(select(*_COLUMNS).where(condition) for condition in conditions)


@cache
def _asked_ending(asked: CTE) -> Select[*tuple[Any, ...]]:
    """What ends on the last day of one of these places: an office, a kind, a day."""
    same = (
        FollowUp.office_id == asked.c.office,
        FollowUp.kind == asked.c.kind,
        FollowUp.due_end == asked.c.day,
    )
    return select(*_COLUMNS).join(asked, and_(*same, FollowUp.state.in_(_STANDING)))


def _rows(session: Session, condition: ColumnElement[bool]) -> Iterator[_FollowUp]:
    return map(_FollowUp._make, session.execute(select(*_COLUMNS).where(condition)))


def _days_off(chosen: Sequence[Placed]) -> set[date]:
    """The days that letters of the batch take away: "den 4 maj flyttas till den 11 maj"."""
    said = (one for item in chosen for one in item.read.reading.everywhere if isinstance(one, DateMention))
    return {one.window_end for one in said if one.mod == "CANCELLED" and one.window_end}


def _offices(session: Session, messages: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in all_by_column(session, Link, Link.message_id, messages):
        found.setdefault(row.message_id, set()).add(row.office_id)
    return found


def _known(session: Session, rows: Mapping[int, _FollowUp]) -> dict[int, Earlier]:
    """Follow-up → what is compared, for those of which day and sender are known."""
    messages = {row.message for row in rows.values() if row.message}
    heads: dict[int | None, Any] = {
        head[0]: head for head in asked_in_parts(session, _asked_heads(), messages)
    }
    to = recipients_of(session, [number for number in heads if number])
    windows = _found_windows(session, rows.values())
    known: dict[int, Earlier] = {}
    for row in rows.values():
        if row.message not in heads or row.finding_key is None or row.origin != "finding":
            continue
        number, thread, day, at, address = heads[row.message]
        sender = house(address) if address else ""
        known[row.id] = Earlier(
            row.id,
            number,
            row.kind,
            row.obligor,
            windows.get(row.finding_key or "", (row.due_start, row.due_end)),
            row.start_time,
            row.text,
            thread,
            row.office,
            day,
            at,
            sender,
            to.get(number, frozenset()) | {sender},
            row.state in _OPEN,
        )
    return known


@cache
def _asked_heads() -> Select[*tuple[Any, ...]]:
    return (
        select(Message.id, Message.thread_id, Message.written_on, instant(), Address.address)
        .outerjoin(Address, Message.address_id == Address.id)
        .where(among(Message.id), Message.written_on.is_not(None))
    )


def _found_windows(session: Session, rows: Iterable[_FollowUp]) -> dict[str, Window]:
    """Finding → its window as it was read, whatever became of it."""
    keys = {row.finding_key for row in rows if row.finding_key}
    return {key: (start, end) for key, start, end in asked_in_parts(session, _asked_windows(), keys)}


@cache
def _asked_windows() -> Select[str, date | None, date | None]:
    return select(Finding.key, Finding.due_start, Finding.due_end).where(among(Finding.key))


def _first_day(known: Mapping[int, Earlier], batch: Collection[int]) -> date | None:
    return min((one.said for one in known.values() if one.message in batch), default=None)


def _letters(
    session: Session, batch: Collection[int], threads: Collection[int], since: date | None
) -> list[tuple[Later, list[Change]]]:
    """The letters that change something, oldest first: of the batch, and those of its threads from `since` on."""
    chosen = (
        select(
            Message.id,
            Message.written_on,
            instant(),
            Message.thread_id,
            Address.address,
            func.substr(Message.body, 1, _WORDS),
            Message.signature_start,
        )
        .join(Address, Message.address_id == Address.id)
        .where(Message.kind == "received", Message.automatic.is_(False), Message.written_on.is_not(None))
        .order_by(Message.written_on, Message.id)
    )
    conditions: list[ColumnElement[bool]] = [Message.id.in_(part) for part in chunks(batch)]
    if since is not None:
        conditions += [
            and_(Message.thread_id.in_(part), Message.written_on >= since) for part in chunks(threads)
        ]
    rows = {
        row[0]: row
        for condition in conditions
        for row in session.execute(chosen.where(condition).limit(_MOST))
        if may_change(row[5][: row[6]])
    }
    days = _days(session, rows.keys())
    to, offices = recipients_of(session, list(rows)), _offices(session, rows.keys())
    found = []
    for number, day, at, thread, address, words, signature in sorted(
        rows.values(), key=lambda row: (row[1], row[0])
    ):
        sender = house(address)
        parties = to.get(number, frozenset()) | {sender}
        letter = Later(number, day, at, thread, frozenset(offices.get(number, ())), sender, parties)
        found.append((letter, find_changes(words[:signature], days.get(number, []))))
    return [one for one in found if one[1]]


def _days(session: Session, messages: Collection[int]) -> dict[int, list[Day]]:
    found: dict[int, list[Day]] = {}
    for part in chunks(messages):
        asked = select(MentionRow).where(
            MentionRow.message_id.in_(part), MentionRow.label == "DATE", MentionRow.field == "body"
        )
        for row in session.scalars(asked.order_by(MentionRow.start)):
            value, window = row.value["value"], row.value["window"]
            found.setdefault(row.message_id, []).append(
                Day(
                    row.start,
                    row.end,
                    (_day(window["start"]), _day(window["end"])),
                    value.get("mod") in {"CANCELLED", "NEGATED"},
                    _clock(value.get("start_time")),
                    _clock(value.get("end_time")),
                )
            )
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


_Told = dict[str, Any]  # as `FollowUp.change` holds it
_Changed = dict[int, tuple[int, _Told]]  # follow-up → the message that changes it, and how


def _change(
    known: Mapping[int, Earlier], letters: Iterable[tuple[Later, Sequence[Change]]]
) -> tuple[_Changed, dict[int, list[Change]]]:
    """The last change that a letter makes of each follow-up, in the order in which they were written.

    Beside it the sentences that change something, by message.
    """
    by_thread: dict[int | None, list[Earlier]] = {}
    by_office: dict[int | None, list[Earlier]] = {}
    for one in known.values():
        by_thread.setdefault(one.thread, []).append(one)
        by_office.setdefault(one.office, []).append(one)
    changed: _Changed = {}
    sentences: dict[int, list[Change]] = {}
    windows = {one.id: one.window for one in known.values()}
    for letter, changes in letters:
        for change in changes:
            near = [*by_thread.get(letter.thread, ())] if letter.thread is not None else []
            near += (
                [one for office in letter.offices for one in by_office.get(office, ())] if change.old else []
            )
            current = {one.id: _with(one, windows[one.id]) for one in near}
            if (meant := spoken_of(change, letter, current.values())) is not None:
                changed[meant.id] = letter.id, _told(change, letter, meant)
                sentences.setdefault(letter.id, []).append(change)
                if change.new is not None:
                    windows[meant.id] = moved_window(meant.window, change.new)
    return changed, sentences


def _write_changes(session: Session, forgotten: Collection[int], changed: _Changed) -> None:
    """What letters of the batch had changed before is as it was, unless a letter changes it again."""
    rows = all_by_column(session, FollowUp, FollowUp.id, {*forgotten, *changed})
    for row in rows:
        row.changed_by_id, row.change = changed.get(row.id, (None, None))
    if rows:
        settle(session, rows)


def _with(one: Earlier, window: Window) -> Earlier:
    return one if one.window == window else replace(one, window=window)


def _told(change: Change, letter: Later, one: Earlier) -> _Told:
    told: _Told = {
        "kind": change.kind,
        "message": ids.printed("message", letter.id),
        "date": letter.day.isoformat(),
        "text": change.text,
        "old_start": _iso(one.window[0]),
        "old_end": _iso(one.window[1]),
    }
    if change.new is not None:
        start, end = moved_window(one.window, change.new)
        told |= {"due_start": _iso(start), "due_end": _iso(end)}
        if change.start_time is not None:
            told |= {"start_time": change.start_time.isoformat(), "end_time": _iso(change.end_time)}
    return told


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value is not None else None


def _said_within(
    rows: Mapping[int, _FollowUp], known: Mapping[int, Earlier], sentences: Mapping[int, Sequence[Change]]
) -> list[int]:
    """What the sentence that changes another one would be of itself: it is that one's new date."""
    return [
        one.id
        for one in known.values()
        if any(_within(rows[one.id], change) for change in sentences.get(one.message, ()))
    ]


def _within(row: _FollowUp, change: Change) -> bool:
    return row.field == "body" and row.start is not None and change.start <= row.start < change.end


def _repeated(rows: Mapping[int, _FollowUp], known: Mapping[int, Earlier], changed: _Changed) -> list[int]:
    """The follow-ups that say an earlier one again; only what is alike in place, kind and days is compared."""
    had = {number: _windows(row, known[number], changed) for number, row in rows.items() if number in known}
    earlier: dict[tuple[object, ...], list[Earlier]] = {}
    gone: list[int] = []
    for one in sorted(known.values(), key=_moment):
        places = [place for place in (("thread", one.thread), ("office", one.office)) if place[1] is not None]
        alike = {
            other.id: other for place in places for other in earlier.get(_shelf(place, one, one.window), ())
        }
        if any(
            rows[other.id].state in _STANDING and repeats(one, other, had[other.id])
            for other in alike.values()
        ):
            gone.append(one.id)
            continue
        for place in places:
            for window in had[one.id]:
                earlier.setdefault(_shelf(place, one, window), []).append(one)
    return gone


def _shelf(place: tuple[str, int | None], one: Earlier, window: Window) -> tuple[object, ...]:
    """What has no days can only be the same in the same words."""
    return (*place, one.kind, *window, one.text if window == (None, None) else "")


def _moment(one: Earlier) -> tuple[date, float, int, int]:
    at = one.sent_at.timestamp() if one.sent_at is not None else float("inf")
    return one.said, at, one.message, one.id


def _windows(row: _FollowUp, one: Earlier, changed: _Changed) -> set[Window]:
    """The days that a follow-up has, or had."""
    found: set[Window] = {one.window, (row.due_start, row.due_end)}
    change = changed[row.id][1] if row.id in changed else row.change
    if change and change["kind"] == "moved":
        found.add((_day(change["due_start"]), _day(change["due_end"])))
    return found


def _drop(session: Session, numbers: Collection[int]) -> None:
    """Takes follow-ups away on which nobody has decided; their findings stay."""
    for part in chunks(numbers):
        session.execute(delete(FollowUp).where(FollowUp.id.in_(part), ~decided()))
