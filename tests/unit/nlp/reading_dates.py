"""Dates as the tables of the tests write them."""

from datetime import date

from nlp.dates import find_dates
from nlp.model import DateMention


def shown(mention: DateMention) -> str:
    """The expression and what it denotes: "vecka 42: 2021-10-18..2021-10-24"."""
    days = [str(mention.value_start), str(mention.value_end)]
    times = [f"{t:%H:%M}" for t in (mention.start_time, mention.end_time) if t]
    return f"{mention.text}: {'..'.join(days[: 1 + (days[0] != days[1])])} {'-'.join(times)}".strip()


def dates_in(text: str, reference: str) -> list[str]:
    """Every date of a text that was written on `reference`."""
    return [shown(mention) for mention in find_dates(text, date.fromisoformat(reference))]
