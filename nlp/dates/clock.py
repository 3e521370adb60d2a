"""Clock times beside a date: kl. 10.00–11.30, mellan kl. 10 och 12, på eftermiddagen, halv tre."""

import re
from datetime import time

from nlp.dates.lexicon import MONTHS, SHORT_WEEKDAYS, WEEKDAYS, either, spaced

_TIME = spaced(
    r",? ?(?:(?:(?:kl|klockan)\.?|@) ?(?P<h>[01]?\d|2[0-4])(?!\d)(?:[.:](?P<n>[0-5]\d)(?::\d\d)?)?"
    r"|(?:t|,? ?)(?P<h2>[01]?\d|2[0-4])[.:](?P<n2>[0-5]\d)(?::[0-5]\d)?(?![\d.:]\d|\d))"
    r"(?: ?(?:-|till) ?(?:(?:kl|klockan)\.? ?)?(?P<h3>[01]?\d|2[0-4])(?:[.:](?P<n3>[0-5]\d))?(?![\d/]| ?\w*(?:dag|"
    + either(MONTHS)
    + r")))?"
)
_HOUR_WORDS = {
    word: n for n, word in enumerate("ett två tre fyra fem sex sju åtta nio tio elva tolv".split(), start=1)
}
_BESIDE = {"halv": -30, "kvart över": 15, "kvart i": -15}
"""Minutes that stand before the hour: half three is half past two."""
_SPOKEN = rf"(?P<half>{either(_BESIDE)}) (?P<w>{either(_HOUR_WORDS)}|1[0-2]|[1-9](?!\d))"
_IN_WORDS = spaced(
    rf",? ?(?:(?:kl\.?|klockan) (?:(?P<half0>{either(_BESIDE)}) )?(?P<w0>{either(_HOUR_WORDS)})|{_SPOKEN})(?!\w)"
    rf"(?: ?(?:-|till) ?(?P<half2>(?:{either(_BESIDE)}) )?(?P<w2>{either(_HOUR_WORDS)})(?!\w))?"
)
_ABOUT = spaced(
    rf",? ?(?:vid|runt|kring) ?(?:(?P<h>[01]?\d|2[0-3])-|(?P<w>{either(_HOUR_WORDS)})[- ]?)tiden(?!\w)"
)
_NOON = 12
_OFFICE_OPENS = 7
"""Hours in words below this one are those of the afternoon: nobody meets at two in the night."""
_HOUR = r"(?:kl\.? ?|klockan )?(?P<{0}>[01]?\d|2[0-4])(?:[.:](?P<{1}>[0-5]\d))?(?!\d)"
_BETWEEN = spaced(rf",? ?mellan {_HOUR.format('h', 'n')} (?:och|-) {_HOUR.format('h3', 'n3')}")
_BARE_HOURS = spaced(
    rf" ?,? ?(?P<h>[01]?\d|2[0-3])(?:[.:](?P<n>[0-5]\d))? ?- ?(?P<h3>[01]?\d|2[0-4])(?:[.:](?P<n3>[0-5]\d))?(?= ?(?:[.,;:!?)\x1e](?!\d)|$|(?:på|i|hos|via|eller|och|samt|med|för|är|passar|funkar"
    rf"|fungerar|{either([*WEEKDAYS, *SHORT_WEEKDAYS])})(?!\w)))"
)
"""Hours behind a day without any word for them: "ons 16/3 10-12"."""
_DAY_NEXT = spaced(r" (?:den|på|\w{2,4}dag|\w{2,4}dagen|i morgon|\d{1,2} ?/|\d{1,2} [a-z])")
CLOCK_FIRST = (
    r"(?:(?:mellan (?=kl))?(?:kl|klockan)\.? ?\d{1,2}(?:[.:]\d\d)?(?:(?: ?- ?| och )\d{1,2}(?:[.:]\d\d)?)?"
    r"|\d{1,2}[.:]\d\d(?: ?(?:-|till) ?\d{1,2}[.:]\d\d)?"
    rf"|(?:(?:kl|klockan)\.? )?{_SPOKEN}(?!\w)|(?:kl|klockan)\.? {either(_HOUR_WORDS)}(?!\w))"
)
"""A time that stands before its day."""

PARTS_OF_DAY = {
    "eftermiddag": (time(12), time(17)),
    "förmiddag": (time(8), time(12)),
    "kväll": (time(17), time(22)),
    "morgon": (time(6), time(10)),
    "em": (time(12), time(17)),
    "fm": (time(8), time(12)),
    "bitti": (time(6), time(10)),
    "e.m": (time(12), time(17)),
    "f.m": (time(8), time(12)),
}
"""Our convention for words that no clock knows."""
PART_OF_DAY = r"(?P<h>eftermiddag|förmiddag|kväll|morgon|em|fm|e\.m|f\.m|bitti)"
_PART = spaced(rf",? (?:på )?{PART_OF_DAY}(?:en)?\.?(?!\w)")
# One look for how any of them may begin spares the ordinary date five.
_MAY_BE_CLOCK = spaced(
    r"t\d|,? ?(?:\d|@|kl|mellan|vid|runt|kring|halv|kvart|på |[ef]\.?m|eftermiddag|förmiddag|kväll|morgon|bitti)"
)
Clock = tuple[int, time, time | None]
"""Where the words of the time end, when it begins, and when it ends if that is said."""


def clock_at(text: str, at: int) -> Clock | None:
    """The clock time or part of the day that begins at `at`, blanks and a comma before it included."""
    if not _MAY_BE_CLOCK.match(text, at):
        return None
    hours = hours_at(text, at)
    if hours:
        return hours
    part = _PART.match(text, at)
    if part is None:
        return None
    begin, end = PARTS_OF_DAY[part["h"]]
    hours = hours_at(text, part.end())
    return (hours[0], after_noon(hours[1], begin), hours[2]) if hours else (part.end(), begin, end)


def after_noon(hour: time, part: time | None) -> time:
    """Three in the afternoon is 15."""
    return hour.replace(hour=hour.hour + 12) if part and part.hour >= _NOON > hour.hour else hour


def hours_at(text: str, at: int) -> Clock | None:
    """The clock time that begins at `at`."""
    found = _BETWEEN.match(text, at) or _TIME.match(text, at)
    if found:
        # A comma may also begin the next proposal: "på torsdag, kl. 13.30 den 4 maj".
        if found.group().startswith(",") and _DAY_NEXT.match(text, found.end()):
            return None
        begin, end = _times(found)
        return (found.end(), begin, end) if begin else None
    return _in_words(text, at) or _bare(text, at)


def _bare(text: str, at: int) -> Clock | None:
    """Ons 16/3 10-12: two hours of a working day in their order."""
    found = _BARE_HOURS.match(text, at)
    begin, end = _times(found) if found else (None, None)
    return (found.end(), begin, end) if found and begin and end and begin.hour >= _OFFICE_OPENS - 1 else None


def _in_words(text: str, at: int) -> Clock | None:
    """Klockan tio, halv tre, vid 14-tiden."""
    about = _ABOUT.match(text, at)
    if about:
        hour = time(int(about["h"])) if about["h"] else _hour(about["w"], "")
        return about.end(), hour, None
    found = _IN_WORDS.match(text, at)
    if found is None:
        return None
    begin = _hour(found["w0"] or found["w"], found["half0"] or found["half"] or "")
    end = _hour(found["w2"], (found["half2"] or "").strip()) if found["w2"] else None
    return found.end(), begin, end if end and end > begin else None


def _hour(word: str, beside: str) -> time:
    """Half three is half past two."""
    hour = int(word) if word.isdigit() else _HOUR_WORDS[word]
    minutes = 60 * hour + _BESIDE.get(" ".join(beside.split()), 0)
    minutes += 0 if minutes >= 60 * _OFFICE_OPENS else 12 * 60
    return time(minutes // 60 % 24, minutes % 60)


def _times(clock: re.Match[str]) -> tuple[time | None, time | None]:
    """Start and end; an end before its start is dropped."""
    groups = clock.groupdict()
    start = _time(groups["h"] or groups.get("h2"), groups.get("n") or groups.get("n2"))
    end = _time(groups["h3"], groups.get("n3"))
    return start, end if start and end and end > start else None


def _time(hour: str | None, minute: str | None) -> time | None:
    if hour is None or int(hour) > 23:
        return None
    return time(int(hour), int(minute or 0))
