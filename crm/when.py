"""Days as people type them: "på måndag", "v. 46", "2021-10-25"."""

import re
from datetime import date, timedelta

from crm.errors import NotUnderstood, NotYet
from nlp.dates import parse_when

LONGEST = 200
_INTERVAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:/|\.\.)(\d{4}-\d\d-\d\d)")

Window = tuple[date | None, date | None]


def window(text: str, today: date) -> Window:
    """The window that `text` says, seen from `today`. Raises NotUnderstood."""
    found = parse_when(_INTERVAL.sub(r"\1–\2", text[:LONGEST].strip()), today)
    if found is None or (found.window_start is None and found.window_end is None):
        raise NotUnderstood("date", text)
    return found.window_start, found.window_end


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
    now, then, later = (parse_when(text[:LONGEST], day) for day in (today, past, past + timedelta(days=31)))
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
