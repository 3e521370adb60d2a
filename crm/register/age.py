"""How long a mail has waited to be judged, in working days. Pure."""

from datetime import date, timedelta
from functools import lru_cache

from nlp.dates.calendar import red_days

_LONGEST = timedelta(days=30 * 366)  # a forged date of 1970 asks for no calendar of fifty years


def working_days_since(day: date, today: date) -> int:
    """Working days after `day` up to and with `today`, counted from thirty years back at most; 0 for a day to come."""
    first = max(day, today - _LONGEST)
    if first >= today:
        return 0
    years = range(first.year, today.year + 1)
    free = sum(_free_days(first if year == first.year else None, today, year) for year in years)
    return _weekdays(first, today) - free


def _free_days(after: date | None, until: date, year: int) -> int:
    """Red days of the year that are no weekend, after the one day and up to the other."""
    if after is None and year < until.year:
        return len(_red_weekdays(year))
    return sum((after is None or after < day) and day <= until for day in _red_weekdays(year))


@lru_cache(64)
def _red_weekdays(year: int) -> tuple[date, ...]:
    return tuple(day for day in red_days(year) if day.weekday() < 5)


def _weekdays(after: date, until: date) -> int:
    """Monday to Friday, after the one day and up to the other."""
    weeks, rest = divmod((until - after).days, 7)
    return 5 * weeks + sum((after + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
