"""Days as people type them: "på måndag", "v. 46", "2021-10-25"."""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm.english_dates import swedish_days
from crm.errors import DayToCome, NotADay, NotUnderstood, NotYet
from nlp.dates import parse_when
from nlp.model import DateMention

LONGEST = 200
HERE = ZoneInfo("Europe/Stockholm")
_INTERVAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:/|\.\.)(\d{4}-\d\d-\d\d)")
_HOURS = re.compile(r"(?i)\b(?:timm(?:e|ar)|minut(?:er)?|kvart|hours?|minutes?|sekunder|stund)\b")
_WITHOUT_YEAR = frozenset({"date.day-month", "date.slash"})

Window = tuple[date | None, date | None]


def window(text: str, today: date) -> Window:
    """The window that `text` says, seen from `today`. Raises NotUnderstood."""
    found = _typed(_INTERVAL.sub(r"\1–\2", text[:LONGEST].strip()), today)
    if found is None or (found.window_start is None and found.window_end is None):
        raise NotUnderstood("date", text)
    return found.window_start, found.window_end


def _typed(text: str, today: date) -> DateMention | None:
    """In Swedish, else in English."""
    return parse_when(text, today) or parse_when(swedish_days(text), today)


def past_window(text: str, today: date) -> Window:
    """The same for what has happened: "2 maj", said in October, was in May. Raises NotUnderstood, NotYet.

    A window without an end has begun and lasts.
    """
    start, end = window(text, today)
    first = start or end
    if first is not None and first > today:
        start, end = _a_year_earlier(text, today) or (start, end)
    latest = end or start
    if latest is not None and latest > today:
        raise NotYet(text, latest)
    return start, end


def _a_year_earlier(text: str, today: date) -> Window | None:
    """What the words said a year ago, where they name the same day, week or month without its year.

    Words that go by today ("i morgon", "nästa vecka") have moved on a month later, and so has a day that is soon to come.
    """
    past = today - timedelta(days=365)
    now, then, later = (_typed(text[:LONGEST], day) for day in (today, past, past + timedelta(days=31)))
    if now is None or then is None or later is None or then.value_start != later.value_start:
        return None
    named = (now.value_start, now.value_end), (then.value_start, then.value_end)
    same_days = all(a and b and (a.month, a.day) == (b.month, b.day) for a, b in zip(*named, strict=True))
    weeks = [side.isocalendar()[1:] if side else None for side in (*named[0], *named[1])]
    same_weeks = now.grain == "week" and weeks[:2] == weeks[2:]
    same_part = now.grain in {"month", "range"} and all(
        a and b and a.month == b.month for a, b in zip(*named, strict=True)
    )
    return (then.window_start, then.window_end) if same_days or same_weeks or same_part else None


def day(text: str, today: date) -> date:
    """The first day of that window: when to be reminded. Raises NotUnderstood."""
    start, end = window(text, today)
    first = start or end
    if first is None:
        raise NotUnderstood("date", text)
    return first


def day_to_snooze(text: str, today: date) -> date:
    """The same for what is to come up again: on a day, not at an hour. Raises NotUnderstood, NotADay."""
    if _HOURS.search(text[:LONGEST]):
        raise NotADay(text)
    return day(text, today)


def local(at: datetime) -> datetime:
    """A moment of the store in the zone in which people here live."""
    return at.astimezone(HERE)


def past_moment(text: str, now: datetime) -> datetime:
    """When something happened: a day of the past or today, with a clock time or as its beginning.

    A day without a year is the latest one that has been. Raises NotUnderstood, and DayToCome for what lies ahead.
    """
    today = now.date()
    found = _first_day(text, today)
    if found.day > today and found.without_year:
        found = _first_day(text, today.replace(year=today.year - 1, day=min(today.day, 28)))
    at = datetime.combine(found.day, found.clock or time(), now.tzinfo)
    if found.day > today or (found.clock and at > now):
        raise DayToCome(found.day)
    return at


class _Typed(NamedTuple):
    day: date
    clock: time | None
    without_year: bool


def _first_day(text: str, reference: date) -> _Typed:
    found = _typed(text[:LONGEST], reference)
    day = (found.window_start or found.window_end) if found else None
    if found is None or day is None:
        raise NotUnderstood("date", text)
    return _Typed(day, found.start_time, found.rule in _WITHOUT_YEAR)


def span(first: str, last: str, today: date) -> tuple[date, date]:
    """From the first day of what one text says to the last day of the other. Raises NotUnderstood.

    A weekday, or a day without a year, that would lie before the first day is the next one after it.
    """
    begin, closing = day(first, today), _last_day(last, today)
    if closing < begin and _follows(last, today):
        closing = _last_day(last, begin)
    return begin, closing


def _last_day(text: str, reference: date) -> date:
    start, end = window(text, reference)
    last = end or start
    if last is None:
        raise NotUnderstood("date", text)
    return last


def _follows(text: str, reference: date) -> bool:
    found = _typed(text[:LONGEST], reference)
    return found is not None and (found.rule in _WITHOUT_YEAR or found.rule == "date.weekday")
