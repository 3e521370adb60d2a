"""Days as people type them: "på måndag", "v. 46", "2021-10-25"."""

from datetime import date

from crm.errors import NotUnderstood
from nlp.dates import parse_when

LONGEST = 200

Window = tuple[date | None, date | None]


def window(text: str, today: date) -> Window:
    """The window that `text` says, seen from `today`. Raises NotUnderstood."""
    found = parse_when(text[:LONGEST], today)
    if found is None or (found.window_start is None and found.window_end is None):
        raise NotUnderstood("date", text)
    return found.window_start, found.window_end


def day(text: str, today: date) -> date:
    """The first day of that window: when to be reminded. Raises NotUnderstood."""
    start, end = window(text, today)
    first = start or end
    if first is None:
        raise NotUnderstood("date", text)
    return first
