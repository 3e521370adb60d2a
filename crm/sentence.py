"""A sentence that somebody types about what is to be watched over, understood: office, window, side, kind, who. Pure.

"Återkomma till Ånge om lokalen på torsdag". It is read as a letter of ours: an imperative is what the writer tells
themselves, a third person owes us, and whoever waits for something is owed it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from crm.english_dates import swedish_days
from crm.rows.follow_ups import Owes
from crm.rows.offices import OfficeRow
from nlp.dates import find_dates
from nlp.followups import find_follow_ups
from nlp.model import DateMention, FollowUp, Letter, Party
from nlp.municipalities.finder import find_municipalities
from nlp.organisations import municipal_name

LONGEST: Final = 2_000
"""Signs of a sentence that are taken."""

_WAITS = re.compile(
    r"\s*(?:(?:vi|jag)\s+)?(?:inväntar?|avvaktar?|vänta[rs]?\b|får?\s+(?:svar|besked)\b|"
    r"(?:svar|besked|yttrande|underlag|återkoppling|handlingar?|ritning(?:ar)?|avtal)\s+från\b)",
    re.IGNORECASE,
)
# What one watches over is what the other does: "Bevaka att Uppsala svarar".
_WATCHES = re.compile(
    r"\s*(?:bevaka|bevakar|se till|kolla(?: så)?|håll koll på|säkerställ|påminnelse om|kom ihåg) att\s+",
    re.IGNORECASE,
)
_DOES = r"(?:ska|skall|skulle|har|hade|lovade|\w{2,}r)"
_NOBODY = frozenset({"de", "dom", "han", "hon", "kommunen", "staden", "regionen", "hyresvärden"})
_PARTS = frozenset({"START", "MID", "END"})


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence says. `office` is None where it names none, or `candidates`, of which somebody has to choose.

    `elsewhere` are municipalities that it names and that have no office.
    """

    text: str
    kind: str = "commitment"
    owes: Owes = "us"
    who: str | None = None
    due_start: date | None = None
    due_end: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    approximate: bool = False
    part: str | None = None
    office: OfficeRow | None = None
    candidates: tuple[OfficeRow, ...] = ()
    elsewhere: tuple[str, ...] = ()
    assignee: str | None = None


def understand(text: str, today: date, offices: Sequence[OfficeRow], us: str | None = None) -> Understood:
    """Reads a sentence on the day on which it is written; `us` is what our own organisation is called."""
    dates = find_dates(text, today, typed=True)
    english = [] if dates else find_dates(swedish_days(text), today, typed=True)
    letter = Letter(body=text, reference=today, sender=Party(None, None, us))
    found = sorted(
        find_follow_ups(letter, dates), key=lambda one: one.due_start is None and one.due_end is None
    )
    promise = found[0] if found else None
    waits = _WAITS.match(text) is not None
    there = _named_offices(text, offices)
    owes: Owes = "them" if _begins_with(text, there) else _side(promise, waits=waits)
    window = _window(promise, dates or english, today)
    return Understood(
        text=text,
        kind=_kind(promise, waits=waits),
        owes=owes,
        who=_who(promise, text, there) if owes == "them" else us,
        due_start=window.due_start,
        due_end=window.due_end,
        start_time=window.start_time,
        end_time=window.end_time,
        approximate=window.approximate,
        part=window.part,
        office=there[0] if len(there) == 1 else None,
        candidates=there if len(there) > 1 else (),
        elsewhere=_without_office(text, offices),
    )


def _begins_with(text: str, offices: Sequence[OfficeRow]) -> bool:
    """An office that does something ("Boden skulle återkomma"), not one that is the topic ("Boden: ring Bo")."""
    names = "|".join(re.escape(name) for one in offices for name in (one.municipality, one.place) if name)
    said = _WATCHES.sub("", text, count=1)
    return bool(names) and re.match(rf"(?:{names})(?: kommun| stad)? {_DOES}(?!\w)", said) is not None


def _side(promise: FollowUp | None, *, waits: bool) -> Owes:
    if waits:
        return "them"
    return "them" if promise is not None and promise.obligor == "third_party" else "us"


def _kind(promise: FollowUp | None, *, waits: bool) -> str:
    if waits:
        return "request"
    if promise is None or promise.kind == "request":  # what one tells oneself to do
        return "commitment"
    return promise.kind


def _who(promise: FollowUp | None, text: str, offices: Sequence[OfficeRow]) -> str | None:
    """Who is to act, by name; the municipality of the sentence where it says no more than they."""
    if promise is not None and promise.who and promise.who.lower() not in _NOBODY:
        return promise.who
    names = {one.name for one in find_municipalities(text)} | {one.municipality for one in offices}
    return municipal_name(next(iter(names))) if len(names) == 1 else None


@dataclass(frozen=True, slots=True)
class _Window:
    due_start: date | None = None
    due_end: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    approximate: bool = False
    part: str | None = None


def _window(promise: FollowUp | None, dates: Sequence[DateMention], today: date) -> _Window:
    """That of the promise, else of the last date: when to do it comes after what it is about."""
    if promise is not None and (promise.due_start or promise.due_end):
        found = _Window(
            promise.due_start,
            promise.due_end,
            promise.start_time,
            promise.end_time,
            promise.approximate,
            promise.part,
        )
    elif dates:
        last = dates[-1]
        part = last.mod if last.mod in _PARTS else None
        found = _Window(
            last.window_start, last.window_end, last.start_time, last.end_time, last.approximate, part
        )
    else:
        return _Window()
    begun = found.due_start and found.due_end and found.due_start < today <= found.due_end
    return found if not begun else _from(found, today)


def _from(window: _Window, today: date) -> _Window:
    """What is left of a window that has begun."""
    return _Window(today, window.due_end, window.start_time, window.end_time, window.approximate, window.part)


def _named_offices(text: str, offices: Sequence[OfficeRow]) -> tuple[OfficeRow, ...]:
    """Those of the municipalities that it names; of several in one, those whose place it names, if it does."""
    codes = {one.code for one in find_municipalities(text)}
    named = [one for one in offices if one.code in codes]
    if not named:
        named = [one for one in offices if _says(text, one.municipality)]
    placed = [one for one in offices if one.place and _says(text, one.place)]
    places = {one.code for one in placed}
    return tuple(placed + [one for one in named if one.code not in places])


def _says(text: str, name: str) -> bool:
    """A name as a word of its own, with its genitive s; a small letter is another word (vara, mark)."""
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None


def _without_office(text: str, offices: Sequence[OfficeRow]) -> tuple[str, ...]:
    codes = {one.code for one in offices}
    return tuple(dict.fromkeys(one.name for one in find_municipalities(text) if one.code not in codes))
