"""What the values of the search language mean: days, numbers, choices. Pure but for the day that is today."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from crm.errors import SearchRefused
from crm.folding import fold
from crm.searching.language import Field, Reads
from crm.when import LONGEST
from nlp.dates import parse_when
from nlp.phones import to_e164

Days = tuple[date, date]

# What has no year of its own is the latest that has begun: mail lies behind us.
_WITHOUT_YEAR = frozenset(
    f"date.{rule}"
    for rule in (
        "month",
        "week",
        "weekday",
        "day-month",
        "part-of-month",
        "season",
        "range",
        "division",
        "holiday",
    )
)
_DIALLED = re.compile(r"[\d\s()+./–-]+")
_AHEAD = ("nästa", "kommande")
_STEPS_BACK = (timedelta(7), timedelta(366))
_SOON = timedelta(31)


def reads(today: date) -> Reads:
    """Whether several words are one value, for `language.parse`."""

    def told(takes: str, value: str) -> bool:
        if takes == "phone":
            return _DIALLED.fullmatch(value) is not None and to_e164(value) is not None
        return days(value, today) is not None

    return told


def days(text: str, today: date, *, ending: bool = False) -> Days | None:
    """First and last day of what the words denote, seen from `today`; None if they denote no days.

    `ending`: what lies before them is asked for; so a month that begins within a month is meant itself.
    """
    if len(text) > LONGEST:
        return None
    said = _read(text, today)
    if said is not None and ending and said.is_month and said.first - today <= _SOON:
        return said.first, said.last
    if said is None or said.first <= today or not said.leaves_the_year:
        return said and (said.first, said.last)
    earlier = (_read(text, today - step) for step in _STEPS_BACK)
    begun = next((one for one in earlier if one and one.first <= today), said)
    return begun.first, begun.last


class _Said(NamedTuple):
    first: date
    last: date
    leaves_the_year: bool
    is_month: bool


def _read(text: str, reference: date) -> _Said | None:
    found = parse_when(text, reference)
    if found is None or found.end != len(text.rstrip(" .,:")):
        return None
    ahead = any(word in text.lower() for word in _AHEAD)
    leaves_the_year = found.rule in _WITHOUT_YEAR and not ahead
    return _Said(found.value_start, found.value_end, leaves_the_year, found.rule == "date.month")


def days_of(field: Field, today: date, *, ending: bool = False) -> Days:
    """The days of a field, as in `days`. Raises SearchRefused."""
    found = days(field.value, today, ending=ending)
    if found is None:
        raise refused(field)
    return found


def phone_of(field: Field) -> str:
    """The number in E.164. Raises SearchRefused."""
    found = to_e164(field.value)
    if found is None:
        raise refused(field)
    return found


def choice_of(field: Field) -> str:
    """Which of the operator's choices the value says, in any case, with or without å ä ö. Raises SearchRefused."""
    said = fold(field.value)
    for name, words in (field.operator.choices or {}).items():
        if said in map(fold, words):
            return name
    raise refused(field)


def refused(field: Field) -> SearchRefused:
    """The error for a value that the operator does not take."""
    choices = tuple(words[0] for words in (field.operator.choices or {}).values())
    return SearchRefused(field.operator.takes, f"{field.written}:{field.value}", choices)
