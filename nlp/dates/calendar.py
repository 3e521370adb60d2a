"""Days that a Swedish calendar knows: months, ISO weeks, Easter, red days, working days. Days in, days out."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

Span = tuple[date, date]
"""A closed run of days."""


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int, months: int = 1) -> Span:
    """`months` whole months from the given one; a month beyond 1-12 runs into the years beside."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, add_months(first, months) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month; never outside years 1-9999."""
    number = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """`days` on, stopped at the ends of the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def week_of(day: date) -> Span:
    """Monday to Sunday around the day."""
    monday = add_days(day, -day.weekday())
    return monday, add_days(monday, 6)


def iso_week(year: int, week: int) -> Span | None:
    """Monday to Sunday of the ISO week, or None: week 53 exists in 2020 and 2026, not between."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, add_days(monday, 6)


def coming_weekday(after: date, weekday: int) -> date:
    """The first such weekday (Monday 0) after the day, never the day itself."""
    return add_days(after, (weekday - after.weekday() - 1) % 7 + 1)


def last_weekday(before: date, weekday: int) -> date:
    """The last such weekday before the day, never the day itself."""
    return add_days(before, -((before.weekday() - weekday - 1) % 7 + 1))


def nth_weekday(within: Span, weekday: int, number: int) -> date | None:
    """The number-th such weekday of the days given, -1 the last; None if there are not so many."""
    first, last = within
    if number < 0:
        return last_weekday(add_days(last, 1), weekday)
    day = add_days(coming_weekday(add_days(first, -1), weekday), 7 * (number - 1))
    return day if day <= last else None


def nth_week(within: Span, number: int) -> Span | None:
    """The number-th week of the days given, -1 the last; a week belongs to where its Thursday lies."""
    thursday = nth_weekday(within, 3, number)
    return week_of(thursday) if thursday else None


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    century, of_century = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def midsummer_eve(year: int) -> date:
    """The Friday from 19 to 25 June."""
    return coming_weekday(date(year, 6, 18), 4)


def all_saints(year: int) -> date:
    """The Saturday from 31 October to 6 November."""
    return coming_weekday(date(year, 10, 30), 5)


_RULED = range(1990, 2101)
_NATIONAL_DAY = 2005  # since when it is free, instead of Whit Monday
_FIXED = ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))


@lru_cache(maxsize=64)
def red_days(year: int) -> frozenset[date]:
    """Public holidays and the eves that are free in fact (midsommarafton, julafton, nyårsafton)."""
    if year in _RULED:
        return frozenset(_ruled(year))
    from holidays import country_holidays  # loads every country of the world

    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto")))


def _ruled(year: int) -> Iterator[date]:
    """The same by today's law, as a screen wants them before its first row."""
    yield from (date(year, month, day) for month, day in _FIXED)
    yield from (add_days(easter(year), days) for days in (-2, 0, 1, 39, 49))
    yield from (midsummer_eve(year), add_days(midsummer_eve(year), 1), all_saints(year))
    yield date(year, 6, 6) if year >= _NATIONAL_DAY else add_days(easter(year), 50)


def is_working_day(day: date) -> bool:
    """Monday to Friday, neither a red day nor an eve."""
    return day.weekday() < 5 and day not in red_days(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after the day, before it where n is negative; n = 0 gives the day itself.

    Stops at the ends of the calendar.
    """
    step = 1 if n > 0 else -1
    left = abs(n)
    while left and date.min < day < date.max:
        day += timedelta(days=step)
        left -= is_working_day(day)
    return day


def working_days_between(a: date, b: date) -> int:
    """Working days after `a` up to and with `b`; negative if `b` comes first."""
    if b < a:
        return -working_days_between(b, a)
    return sum(is_working_day(add_days(a, n)) for n in range(1, (b - a).days + 1))


def squeeze_day(after: date) -> date:
    """The coming klämdag: the first working day from `after` on between two free days."""
    day = after
    for _ in range(800):
        free_beside = not is_working_day(add_days(day, -1)) and not is_working_day(add_days(day, 1))
        if is_working_day(day) and free_beside:
            return day
        day = add_days(day, 1)
    return after
