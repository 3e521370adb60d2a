"""Which days a follow-up is due on: the dates of its clause, joined, cut at the day of the letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from nlp.model import DateMention

_WITHIN = re.compile(r"\s*inom\b", re.IGNORECASE)
_JOIN = re.compile(
    r"[\s,;]*(?:eller|och|alternativt|samt|alt\.?|/)?[\s,]*(?:(?:möjligen|kanske|eventuellt|ev\.|även|säg|till exempel|t\.ex\.|förslagsvis|gärna|helst)\s+)?(?:på|den|alternativt|i|kl\.?)?\s*",
    re.IGNORECASE,
)
_BEFORE_EVENT = re.compile(r"\b(?:inför|före|innan)\s+(?!den\b)(?:[^\W\d_]+\s+){1,4}$", re.IGNORECASE)
# "Före lunch i morgon" is a time of that day.
_BEFORE_HOUR = re.compile(
    r"\b(?:före|innan)\s+(?:lunch(?:en)?|(?:arbets)?dagens\s+slut|kl\w*\.?\s*\d[\d.:]{0,4})\s*$",
    re.IGNORECASE,
)
_HOUR_AFTER = re.compile(r"\s+(?:lunch|middag|kl\b|förmiddag|eftermiddag|morgon|kväll)", re.IGNORECASE)
_AFTER_EVENT = re.compile(r"\befter\s+(?!den\b)(?:[^\W\d_]+\s+){1,4}$", re.IGNORECASE)
_UNTIL_NOUN = re.compile(r"\b(?:senast|seneast|sist)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE)
_NOT_UNTIL = re.compile(r"\bförrän\s+(?:i\s+|på\s+|den\s+)?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d|\d{6}")
_CALENDAR = re.compile(r"\d/\d|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Window:
    """Closed days; None is an open side. Clock times are kept where there is one day."""

    start: date | None
    end: date | None
    start_time: time | None = None
    end_time: time | None = None
    approximate: bool = False
    part: str | None = None

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    def by(self) -> "Window":
        """The same as a last day: nothing has to wait for a deadline to begin."""
        return Window(None, self.end or self.start, None, None, self.approximate, self.part)


NO_WINDOW = Window(None, None)


def usable(dates: Sequence[DateMention]) -> list[DateMention]:
    """In text order, without what is negated and without dates inside another one."""
    outer: list[DateMention] = []
    reach = -1
    for mention in sorted(dates, key=lambda m: (m.start, -m.end)):
        if mention.end > reach:
            outer.append(mention)
            reach = mention.end
    return [mention for mention in outer if mention.mod != "NEGATED"]


def look_ahead(mention: DateMention, reference: date) -> DateMention:
    """A last day without a year that was read in the past, moved to its next occurrence.

    What has to be done "senast den 8 april" lies ahead, whatever tense the clause seems to have
    ("inkom" is both a past tense and an imperative).
    """
    return advanced(mention, reference) if mention.mod == "ON_OR_BEFORE" else mention


def advanced(mention: DateMention, reference: date) -> DateMention:
    """A past day or month of the calendar that was written without its year, a year later."""
    end = mention.window_end
    past = end is not None and end < reference and (reference - end).days <= 366
    if not past or mention.grain not in {"day", "month"} or _YEAR.search(mention.text):
        return mention
    if not _CALENDAR.search(mention.text):
        return mention
    return replace(
        mention,
        value_start=_next_year(mention.value_start),
        value_end=_next_year(mention.value_end),
        window_start=None if mention.window_start is None else _next_year(mention.window_start),
        window_end=None if end is None else _next_year(end),
    )


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + 1, day=28)


def window_of(mention: DateMention, body: str, reference: date) -> Window:
    """One date's window, with what stands before the date, and begun no earlier than the letter."""
    start, end = mention.window_start, mention.window_end
    before = body[max(0, mention.start - LOOK_BACK) : mention.start]
    if _WITHIN.match(mention.text) or _WITHIN.search(before[-6:]):
        start = None
    elif mention.mod == "BEFORE" and (_BEFORE_HOUR.search(before) or _HOUR_AFTER.match(body, mention.end)):
        end = mention.value_end
    elif mention.mod in {None, "START", "MID", "END"}:
        start, end = _by_words_before(mention, before)
    if start is not None and end is not None and start < reference <= end:
        start = reference
    one_day = mention.value_start == mention.value_end
    part = mention.mod if mention.mod in {"START", "MID", "END", "EARLY", "LATE"} else None
    times = (mention.start_time, mention.end_time) if one_day else (None, None)
    return Window(start, end, *times, mention.approximate, part)


def _by_words_before(mention: DateMention, before: str) -> tuple[date | None, date | None]:
    """As in "senast fredag", "inför mötet den 4 maj", "efter fullmäktige den 29 november"."""
    if _BEFORE_EVENT.search(before):
        return None, mention.value_start - timedelta(days=1)
    if _AFTER_EVENT.search(before):
        return mention.value_end + timedelta(days=1), None
    if _NOT_UNTIL.search(before):
        return mention.value_start, None
    if _UNTIL_NOUN.search(before):
        return None, mention.value_end
    return mention.window_start, mention.window_end


def joined(mentions: Sequence[DateMention], body: str, reference: date) -> Window:
    """Several proposed times as one window, from the first start to the last end."""
    windows = _nearest([window_of(mention, body, reference) for mention in mentions])
    if len(windows) == 1:
        return windows[0]
    starts = [w.start for w in windows if w.start is not None]
    ends = [w.end for w in windows if w.end is not None]
    start = min(starts) if len(starts) == len(windows) else None
    end = max(ends) if len(ends) == len(windows) else None
    same_day = start is not None and start == end
    first = windows[0]
    return Window(
        start,
        end,
        first.start_time if same_day else None,
        first.end_time if same_day else None,
        any(w.approximate for w in windows),
    )


def _nearest(windows: list[Window]) -> list[Window]:
    """Without those that another lies within: "v. 34, tisdag kl. 11" is that Tuesday."""
    return [one for one in windows if not any(_within(other, one) for other in windows)]


def _within(inner: Window, outer: Window) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    shorter = inner.end - inner.start < outer.end - outer.start
    return shorter and outer.start <= inner.start and inner.end <= outer.end


def alternatives(mentions: Sequence[DateMention], chosen: DateMention, body: str) -> list[DateMention]:
    """The dates that stand beside the chosen one with nothing but "eller", "och" or a comma between."""
    at = list(mentions).index(chosen)
    first = last = at
    while first > 0 and _touch(mentions[first - 1], mentions[first], body):
        first -= 1
    while last + 1 < len(mentions) and _touch(mentions[last], mentions[last + 1], body):
        last += 1
    return list(mentions[first : last + 1])


def _touch(left: DateMention, right: DateMention, body: str) -> bool:
    between = body[left.end : right.start]
    return len(between) <= 30 and _JOIN.fullmatch(between) is not None
