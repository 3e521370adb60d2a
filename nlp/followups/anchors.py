"""Days that are counted back from a day that the letter has named: "senast en vecka före mötet", "dagen innan"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from nlp.dates.calendar import add_working_days
from nlp.model import DateMention, FollowUp

_NUMBERS = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "tio": 10, "fjorton": 14}
_BACK = re.compile(
    r"(?P<by>\bsenast (?:\w+ )?|\bminst |\bhelst )?\b(?:(?P<n>en|ett|två|tre|fyra|fem|sex|tio|fjorton|\d{1,2}) (?P<unit>arbetsdag|vardag|dag|veck|månad)\w*|(?P<day>dagen))"
    r" (?:före|innan)(?= (?:\w+ )?\w+(?:et|en|mötet|dess)\b|\s*[.,;!?)]|$| till| via| med| så)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:innan dess|dessförinnan|innan(?=\s*[.!]\s*$)|(?:före|innan) det(?=\s*(?:[.,;!?)]|$))|(?:före|innan|inför) (?:mötet|sammanträdet|träffen|besiktningen|invigningen|visningen|besöket|genomgången|avstämningen|utbildningen|tillträdet))\b",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(?:ett par|några) \w+ (?:före|innan)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:till|intill|tills) dess\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:då|den da(?:ge)?n)(?=\s*(?:[.,;!?)]|$))", re.IGNORECASE)
_SIGNS = ("före", "innan", "inför", "dess", "då", "den da")
_NEAR = 200  # signs between a day and "då"


def anchored(found: FollowUp, dates: Sequence[DateMention], reference: date) -> FollowUp:
    """An undated follow-up whose words count back from the nearest day named before it; as it is without one."""
    if found.due_start is not None or found.due_end is not None or not any(s in found.text for s in _SIGNS):
        return found
    until = _UNTIL.search(found.text) is not None
    before = (m for m in reversed(dates) if m.start < found.start)
    anchor = next((m for m in before if _is_day(m, reference, last=until)), None)
    if anchor is None or _ROUGHLY.search(found.text):
        return found
    back = _BACK.search(found.text)
    return _then(found, anchor) if back is None else _back(found, back, anchor, reference)


def _then(found: FollowUp, anchor: DateMention) -> FollowUp:
    """Before that day, until it, or on it: "innan dess", "till dess", "då"."""
    day = anchor.value_start
    if _BEFORE.search(found.text):
        return replace(found, due_end=day - timedelta(days=1))
    if _UNTIL.search(found.text):
        return replace(found, due_end=day)
    near = found.start - anchor.end <= _NEAR and _THEN.search(found.text) is not None
    return replace(found, due_start=day, due_end=day) if near else found


def _back(found: FollowUp, back: re.Match[str], anchor: DateMention, reference: date) -> FollowUp:
    day = _counted(back, anchor.value_start)
    last = back["by"] is not None or found.kind == "deadline"
    if day < reference:
        return found
    return replace(found, due_start=None if last else day, due_end=day)


def _is_day(mention: DateMention, reference: date, *, last: bool) -> bool:
    """A day that something is on, ahead; not a last day for something else, but for what is to be done until then."""
    one = mention.value_start == mention.value_end and mention.value_start > reference
    return one and (mention.mod is None or (last and mention.mod == "ON_OR_BEFORE"))


def _counted(back: re.Match[str], day: date) -> date:
    if back["day"]:
        return day - timedelta(days=1)
    number = _NUMBERS.get(back["n"].lower()) or int(back["n"])
    unit = back["unit"].lower()
    if unit in {"arbetsdag", "vardag"}:
        return add_working_days(day, -number)
    return day - timedelta(days=number * {"dag": 1, "veck": 7, "månad": 30}[unit])
