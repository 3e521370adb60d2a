"""Two dates side by side that make one: 9/3–11/3, 1 maj till 5 juni, maj–juni, april och maj 2022."""

from datetime import date

from nlp.dates.calendar import add_days, last_weekday
from nlp.dates.engine import Context, Found, replace
from nlp.dates.pattern import Pattern

_TO = Pattern(
    r" ?--? ?| till(?: och med)? (?:den )?| t\.? ?o\.? ?m\.? (?:\w{3,20}dagen (?:den )?)?| fram till "
)
_AND = Pattern(r" och ")
_BETWEEN = Pattern(r"(?:mellan|emellan) $")
_LIST = Pattern(r",? (?:och|eller|samt|alternativt|respektive|resp\.?) |, | ?/ ?| ?- ?| till ")
_YEAR_WRITTEN = Pattern(r"(?:(?:19|20)\d\d|[-'/]\d\d|nästa år|i år|förra året)$")
_MOVING = Pattern(r"(?:flytt|skjut|ändra|ombok|boka|byt|senarelägg|tidigarelägg)\w*")


def joined(context: Context, found: list[Found]) -> list[Found]:
    """The list with neighbours joined to ranges, and with a year shared by those that have none."""
    result: list[Found] = []
    for one in reversed(_shared_years(context, found)):
        if result and (both := _same_day(one, result[-1]) or _range(context, one, result[-1])):
            result[-1] = both
        else:
            result.append(one)
    return result[::-1]


def _shared_years(context: Context, found: list[Found]) -> list[Found]:
    """April och maj 2022: the first takes the year of the second."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        one, other = result[i], result[i + 1]
        listed = _LIST.fullmatch(context.text, one.end, other.start)
        if not listed or one.explicit or not other.explicit or one.rule != other.rule:
            continue
        if not _YEAR_WRITTEN.search(context.text, other.start, other.end):
            continue
        again = context.read(one.start, other.first.year)
        if again is not None and again.end == one.end:
            result[i] = again
    return result


def _same_day(one: Found, other: Found) -> Found | None:
    """Skärtorsdagen den 28 mars: a feast that stands before its own day of the month."""
    if (
        one.rule != "date.holiday"
        or other.start - one.end != 1
        or (one.first, one.last) != (other.first, other.last)
    ):
        return None
    return replace(other, start=one.start)


def _range(context: Context, one: Found, other: Found) -> Found | None:
    if other.start < one.end or one.inner or other.inner:
        return None
    between = context.text[one.end : other.start]
    before = context.text[max(0, one.start - 60) : one.start]
    together = _TO.fullmatch(between) or (
        _AND.fullmatch(between) and _BETWEEN.search(before.removesuffix("den "))
    )
    if not together or (_MOVING.search(before) and "till" in between):
        return None
    one, other = _in_order(context, _on_its_weekday(one, other), other)
    if one.first > other.last:
        return None
    return replace(
        one, end=other.end, last=other.last, grain="range", explicit=True, part=None, rule="date.range",
        end_time=other.end_time or other.start_time, approximate=one.approximate or other.approximate,
    )  # fmt: skip


def _on_its_weekday(one: Found, other: Found) -> Found:
    """Torsdag–fredag den 24–25 mars: the weekday is the one right before the days that are told."""
    if one.rule != "date.weekday" or other.rule not in {"date.day-range", "date.day-month", "date.slash"}:
        return one
    weekday = one.first.weekday()
    first = other.first if other.first.weekday() == weekday else last_weekday(other.first, weekday)
    return replace(one, first=first, last=first, explicit=True)


def _in_order(context: Context, one: Found, other: Found) -> tuple[Found, Found]:
    """Read again with a neighbour's year, so that the range runs forward."""
    if not one.explicit:
        for year in (other.first.year, other.first.year - 1):
            again = context.read(one.start, year)
            if again and again.end == one.end and again.first <= other.first:
                return again, other
    if other.first < one.first and not other.explicit:
        if other.rule == "date.weekday":
            later: date = add_days(other.first, 7)
            return one, replace(other, first=later, last=later)
        for year in (one.first.year, one.first.year + 1):
            again = context.read(other.start, year)
            if again and again.first >= one.first:
                return one, again
    return one, other
