"""Clock times beside a date: kl. 10.00–11.30, mellan kl. 10 och 12, på eftermiddagen."""

import re
from datetime import time

from nlp.dates.lexicon import MONTHS, either, spaced

TIME = spaced(
    r",? ?(?:(?:(?:kl|klockan)\.?|@) ?(?P<h>[01]?\d|2[0-4])(?!\d)(?:[.:](?P<n>[0-5]\d)(?::\d\d)?)?"
    r"|(?:t|,? ?)(?P<h2>[01]?\d|2[0-4])[.:](?P<n2>[0-5]\d)(?::[0-5]\d)?(?![\d.:]\d|\d))"
    r"(?: ?(?:-|till) ?(?:(?:kl|klockan)\.? ?)?(?P<h3>[01]?\d|2[0-4])(?:[.:](?P<n3>[0-5]\d))?(?![\d/]| ?\w*(?:dag|"
    + either(MONTHS)
    + r")))?"
)
_HOUR_WORDS = {
    word: n for n, word in enumerate("ett två tre fyra fem sex sju åtta nio tio elva tolv".split(), start=1)
}
_IN_WORDS = spaced(
    rf",? (?:kl\.?|klockan) (?P<half>halv )?(?P<w>{either(_HOUR_WORDS)})(?!\w)"
    rf"(?: ?(?:-|till) ?(?P<half2>halv )?(?P<w2>{either(_HOUR_WORDS)})(?!\w))?"
)
_ABOUT = spaced(r",? (?:vid|runt|kring) ?(?P<h>[01]?\d|2[0-3])-tiden(?!\w)")
_OFFICE_OPENS = 7
"""Hours in words below this one are those of the afternoon: nobody meets at two in the night."""
_HOUR = r"(?:kl\.? ?|klockan )?(?P<{0}>[01]?\d|2[0-4])(?:[.:](?P<{1}>[0-5]\d))?(?!\d)"
_BETWEEN = spaced(rf",? ?mellan {_HOUR.format('h', 'n')} (?:och|-) {_HOUR.format('h3', 'n3')}")
_DAY_NEXT = spaced(r" (?:den|på|\w{2,4}dag|\w{2,4}dagen|i morgon|\d{1,2} ?/|\d{1,2} [a-z])")

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
Clock = tuple[int, time, time | None]
"""Where the words of the time end, when it begins, and when it ends if that is said."""


def clock_at(text: str, at: int) -> Clock | None:
    """The clock time or part of the day that begins at `at`, blanks and a comma before it included."""
    found = _BETWEEN.match(text, at) or TIME.match(text, at)
    if found:
        # A comma may also begin the next proposal: "på torsdag, kl. 13.30 den 4 maj".
        if found.group().startswith(",") and _DAY_NEXT.match(text, found.end()):
            return None
        begin, end = _times(found)
        return (found.end(), begin, end) if begin else None
    worded = _in_words(text, at)
    if worded:
        return worded
    part = _PART.match(text, at)
    return (part.end(), *PARTS_OF_DAY[part["h"]]) if part else None


def _in_words(text: str, at: int) -> Clock | None:
    """Klockan tio, klockan halv tre, vid 14-tiden."""
    about = _ABOUT.match(text, at)
    if about:
        return about.end(), time(int(about["h"])), None
    found = _IN_WORDS.match(text, at)
    if found is None:
        return None
    begin = _hour(found["w"], half=bool(found["half"]))
    end = _hour(found["w2"], half=bool(found["half2"])) if found["w2"] else None
    return found.end(), begin, end if end and end > begin else None


def _hour(word: str, *, half: bool) -> time:
    """Half three is half past two."""
    hour = _HOUR_WORDS[word] - half
    return time(hour if hour >= _OFFICE_OPENS else hour + 12, 30 if half else 0)


def _times(clock: re.Match[str]) -> tuple[time | None, time | None]:
    """Start and end; an end before its start is dropped."""
    groups = clock.groupdict()
    start = _time(groups["h"] or groups.get("h2"), groups["n"] or groups.get("n2"))
    end = _time(groups["h3"], groups["n3"])
    return start, end if start and end and end > start else None


def _time(hour: str | None, minute: str | None) -> time | None:
    if hour is None or int(hour) > 23:
        return None
    return time(int(hour), int(minute or 0))
