"""What a later letter makes of an earlier follow-up: it sets another date, calls it off, or says it again. Pure.

A change in doubt is none: the follow-up keeps its date, and what the later letter says stands as its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

from crm.told import share, topic
from nlp.screen import Screened
from nlp.spans import small

Window = tuple[date | None, date | None]

# These two are asked of text in lower case (`small`).
_MOVES = Screened(
    r"\b(?:(?:fram|upp|bort|tillbaka)?flytta\w*|skjut\w* (?:\w+ ){0,2}(?:upp|fram|på|till)|(?:upp|fram)skjut\w*|senarelägg\w*|"
    r"tidigarelägg\w*|försen\w*|dröj\w*|omboka\w*|bokas? om|läggs? om|byt(?:er|a|s) (?:\w+ )?(?:dag|tid|datum)|"
    r"n(?:y|ytt|ya) (?:datum|tid|tider|dag|sista dag|tidpunkt)|ändra[st]?|i ?stället|anstånd|förläng\w*|blir (?:det )?först|först (?:den|i|på|vecka|v\.)|"
    r"inte förrän|postpone\w*|rescheduled?|moved? to|delayed)\b",
    "flytta skjut senarelägg tidigarelägg försen dröj boka lägg_om läggs_om byter byta byts ny_datum ny_tid ny_dag ny_sista nytt_datum nytt_tid "
    "nytt_dag nytt_sista nya_datum nya_tid nya_dag nya_sista ändra stället anstånd förläng först förrän postpone reschedule move delayed",
    re.NOFLAG,
)
_CANCELS = Screened(
    r"\b(?:inställ[td]a?|ställ(?:s|a|er|des|ts|t)? (?:\w+ ){0,4}in\b|avboka\w*|avlys\w*|(?:blir|blev) (?:tyvärr |därför )?(?:inte|ej) av|"
    r"utgår|stryks|cancel\w*|called off)\b",
    "ställ avboka avlys inte_av ej_av utgår stryks cancel called_off",
    re.NOFLAG,
)
_MEETING = re.compile(
    r"(?i)\b(?:\w*möte\w*|\w*träff\w*|\w*visning\w*|\w*besök\w*|besiktning\w*|invigning\w*|syn\w*|genomgång\w*|avstämning\w*|workshop\w*|"
    r"sammanträde\w*|presentation\w*|meeting)\b"
)
_IT = re.compile(
    r"(?i)\b(?:det|detta|den|denna|leveransen|datumet|tiden|tidpunkten|sista dag(?:en)?|svaret|beskedet)\b"
)
_FROM = re.compile(r"(?i)\b(?:från|i ?stället för|inte|ej|ursprungligen|planerad\w*|tidigare)\b[^.]{0,25}$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a letter's words, `start` to `end`; `off`: its own sentence takes it away."""

    start: int
    end: int
    window: Window
    off: bool = False
    start_time: time | None = None
    end_time: time | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that moves something (`new` is its window) or calls it off; `old` is the date it speaks of, if it does."""

    kind: Literal["moved", "cancelled"]
    text: str
    start: int
    end: int
    old: Window | None
    new: Window | None = None
    start_time: time | None = None
    end_time: time | None = None

    @property
    def of_meeting(self) -> bool:
        return bool(_MEETING.search(self.text))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A follow-up that a later letter may speak of. Houses are organisations or mail domains."""

    id: int
    message: int
    kind: str
    obligor: str
    window: Window
    start_time: time | None
    text: str
    thread: int | None
    office: int | None
    said: date
    sent_at: datetime | None
    sender: str
    parties: frozenset[str]
    open: bool = True  # `sender` is empty where a quote does not name it

    @property
    def debtors(self) -> frozenset[str]:
        return frozenset({self.sender}) if self.obligor == "sender" else self.parties - {self.sender}


@dataclass(frozen=True, slots=True)
class Later:
    """A later letter: its day and instant, thread, offices, whose it is and to whom."""

    id: int
    day: date
    sent_at: datetime | None
    thread: int | None
    offices: frozenset[int]
    sender: str
    parties: frozenset[str]


@lru_cache(4_096)
def may_change(words: str) -> bool:
    """Whether a letter's words hold what moves or calls off, before anybody asks for its dates.

    Kept, since it is asked again with each later letter of the thread.
    """
    low = small(words)
    return _MOVES.found(low, low) or _CANCELS.found(low, low)


def find_changes(words: str, days: Sequence[Day]) -> list[Change]:
    """The sentences that move or call off; a question proposes and changes nothing."""
    found = (_change(words, start, end, days) for start, end in _sentences(words))
    return [one for one in found if one]


def _sentences(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(words):
        yield start, match.start()
        start = match.end()
    yield start, len(words)


def _change(words: str, start: int, end: int, days: Sequence[Day]) -> Change | None:
    text = words[start:end].strip()
    if text.endswith("?"):
        return None
    low = small(text)
    cancels = _CANCELS.found(low, low)
    inside = [one for one in days if start <= one.start < end]
    starts = [start, *(one.end for one in inside)]  # what stands before a date stands after the one before it
    gone = [
        one
        for one, begin in zip(inside, starts, strict=False)
        if one.off or _FROM.search(words[max(begin, one.start - 40) : one.start])
    ]
    new = [one for one in inside if one not in gone]
    old = gone[0].window if gone else None
    if new and (_MOVES.found(low, low) or (gone and cancels)):
        to = new[-1]
        return Change("moved", text, start, end, old, to.window, to.start_time, to.end_time)
    if cancels and _MEETING.search(text):
        return Change("cancelled", text, start, end, old or (inside[0].window if inside else None))
    return None


def spoken_of(change: Change, letter: Later, candidates: Iterable[Earlier]) -> Earlier | None:
    """The follow-up that a change is about, or None where that is in doubt."""
    fitting = [
        one for one in candidates if one.open and _is_later(letter, one) and _fits(change, letter, one)
    ]
    if len(fitting) > 1 and change.old is None:
        named = [one for one in fitting if share(topic(one.text), topic(change.text))]
        fitting = named or _newest(fitting)
    alike = {(one.kind == "meeting", one.window) for one in fitting}
    return fitting[0] if fitting and len(alike) == 1 else None


def _newest(candidates: Sequence[Earlier]) -> list[Earlier]:
    """Those of the last message that any of them was said in."""
    last = max((one.said, one.message) for one in candidates)
    return [one for one in candidates if (one.said, one.message) == last]


def _is_later(letter: Later, one: Earlier) -> bool:
    if letter.id == one.message or letter.day < one.said:
        return False
    if letter.sent_at is not None and one.sent_at is not None:
        return letter.sent_at > one.sent_at
    return letter.day > one.said


def _fits(change: Change, letter: Later, one: Earlier) -> bool:
    same_thread = one.thread is not None and one.thread == letter.thread
    if not same_thread and (one.office not in letter.offices or change.old is None):
        return False
    if letter.sender not in one.parties:
        return False
    if change.old is not None and not _overlap(change.old, one.window):
        return False
    if one.kind == "meeting":
        return change.of_meeting and (one.window[1] is None or one.window[1] >= letter.day)
    if change.kind == "cancelled" or change.of_meeting:
        return False
    if letter.sender not in one.debtors and one.kind == "commitment":
        return False
    about, named = topic(one.text), topic(change.text)
    return (
        change.old is not None or share(about, named) or not (about or named) or bool(_IT.search(change.text))
    )


def _overlap(one: Window, other: Window) -> bool:
    if one == (None, None) or other == (None, None):
        return False
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (one[1] or date.max)


def moved_window(earlier: Window, new: Window) -> Window:
    """The new window in the form of the earlier one: of a last day only the day moves."""
    return (None, new[1]) if earlier[0] is None and earlier[1] is not None and new[1] else new


def repeats(later: Earlier, earlier: Earlier, windows: Iterable[Window]) -> bool:
    """Whether a later message says the same once more; `windows` are those that the earlier one has or had.

    The same house says it, or all meet: on the same days about the same thing, or in the same words. In another
    thread it has to be about the same office, to have days, and to name the same numbers: case 5 is not case 33.
    """
    if later.kind != earlier.kind or later.message == earlier.message:
        return False
    same_thread = later.thread is not None and later.thread == earlier.thread
    if (
        not later.sender
    ):  # a quote without a header: nobody knows whose words they are, but that they were said
        return same_thread and later.window in windows and _plain(later.text) == _plain(earlier.text)
    if later.obligor != earlier.obligor:
        return False
    same_office = later.office is not None and later.office == earlier.office
    dated = later.window != (None, None)
    if not same_thread and not (same_office and dated and _numbers(later.text) == _numbers(earlier.text)):
        return False
    if later.kind == "meeting":
        return dated and later.window in windows and _same_meeting(later, earlier, same_thread=same_thread)
    if later.sender != earlier.sender or not later.parties & earlier.parties - {later.sender}:
        return False
    if _plain(later.text) == _plain(earlier.text):
        return later.window in windows
    if not dated or later.window not in windows:
        return False
    one, other = topic(later.text), topic(earlier.text)
    return share(one, other) or (same_thread and not (one and other))


def _same_meeting(later: Earlier, earlier: Earlier, *, same_thread: bool) -> bool:
    clocks = {one.start_time for one in (later, earlier)} - {None}
    return len(clocks) < 2 and (same_thread or len(later.parties & earlier.parties) > 1)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
