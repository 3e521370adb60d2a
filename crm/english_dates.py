"""Days that somebody types in English, put into the Swedish that `nlp.dates` reads: "by 12 May", "on Thursday". Pure.

For what people type, where no Swedish day was found; letters are not read so.
"""

import re
from collections.abc import Callable
from typing import Final

_DAYS: Final = {
    "monday": "måndag",
    "tuesday": "tisdag",
    "wednesday": "onsdag",
    "thursday": "torsdag",
    "friday": "fredag",
    "saturday": "lördag",
    "sunday": "söndag",
}
_MONTHS: Final = {
    "january": "januari",
    "february": "februari",
    "march": "mars",
    "april": "april",
    "may": "maj",
    "june": "juni",
    "july": "juli",
    "august": "augusti",
    "september": "september",
    "october": "oktober",
    "november": "november",
    "december": "december",
}
_NUMBERS: Final = dict(
    zip(
        "a an one two three four five six seven eight nine ten".split(),
        "en en en två tre fyra fem sex sju åtta nio tio".split(),
        strict=True,
    )
)
_UNITS: Final = {"day": "dagar", "week": "veckor", "month": "månader"}
_PARTS: Final = {"beginning": "början", "start": "början", "middle": "mitten", "end": "slutet"}
_BEFORE: Final = {
    "by": "senast ",
    "before": "före ",
    "after": "efter ",
    "from": "från och med ",
    "until": "till och med ",
    "no later than": "senast ",
}
_MONTH = "(" + "|".join(_MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = "(" + "|".join(_DAYS) + ")"
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"


def _month(name: str) -> str:
    return next(swedish for english, swedish in _MONTHS.items() if english.startswith(name.lower()[:3]))


def _span(found: re.Match[str]) -> str:
    """In two weeks, within 10 days."""
    number = _NUMBERS.get(found[2].lower(), found[2])
    one = number == "en"
    unit = _UNITS[found[3].lower()]
    singular = {"dagar": "dag", "veckor": "vecka", "månader": "månad"}[unit]
    return f"{'om' if found[1].lower() == 'in' else 'inom'} {number} {singular if one else unit}"


_RULES: Final[tuple[tuple[str, Callable[[re.Match[str]], str]], ...]] = (
    (r"\b(in|within) (\d+|" + "|".join(_NUMBERS) + r") (day|week|month)s?\b", _span),
    (rf"\b(?:the )?{_NTH} (?:of )?{_MONTH}", lambda m: f"{m[1]} {_month(m[2])}"),
    (rf"\b{_MONTH} {_NTH}\b(?!\d)(?:, (?=\d{{4}}))?", lambda m: f"{m[2]} {_month(m[1])} "),
    (
        rf"\b(?:at |in )?(?:the )?(beginning|start|middle|end) of {_MONTH}",
        lambda m: f"i {_PARTS[m[1].lower()]} av {_month(m[2])}",
    ),
    (rf"\b(?:in|during) {_MONTH}\b", lambda m: f"i {_month(m[1])}"),
    (rf"\bnext {_DAY}\b", lambda m: f"nästa {_DAYS[m[1].lower()]}"),
    (rf"\b(?:on |this )?{_DAY}\b", lambda m: f"på {_DAYS[m[1].lower()]}"),
    (
        r"\bnext (week|month|year)\b",
        lambda m: "nästa " + {"w": "vecka", "m": "månad", "y": "år"}[m[1][0].lower()],
    ),
    (r"\bthis week\b", lambda _: "den här veckan"),
    (r"\bweek (\d{1,2})\b", lambda m: f"vecka {m[1]}"),
    (r"\bthe day after tomorrow\b", lambda _: "i övermorgon"),
    (r"\btomorrow\b", lambda _: "i morgon"),
    (r"\btoday\b", lambda _: "i dag"),
)
_COMPILED: Final = tuple((re.compile(pattern, re.IGNORECASE), put) for pattern, put in _RULES)
_SWEDISH: Final = (
    r"(?=\d|på |nästa |i (?:dag|morgon|övermorgon|början|mitten|slutet)|vecka |den här|"
    + "|".join(_MONTHS.values())
    + ")"
)
_LIMITS: Final = re.compile(
    r"\b(" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r") (?:the )?" + _SWEDISH, re.IGNORECASE
)


def swedish_days(text: str) -> str:
    """The text with its English days in Swedish; the rest of it stands as it was, and nothing of it is meant to be read."""
    put = text
    for pattern, swedish in _COMPILED:
        put = pattern.sub(swedish, put)
    return text if put == text else _LIMITS.sub(lambda m: _BEFORE[m[1].lower()], put)
