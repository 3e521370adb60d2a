"""The date of a quoted header or an attribution line, as people's mail programs spell it in many languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.chain.labels import fold, months_of, table

LOCAL_ZONE = "Europe/Stockholm"
MAX_DATE = 400

_WORD = r"[^\W\d_]{2,14}\u0654?"
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})(?!\d)\.?")
_CJK = re.compile(r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]")
# 월요일, 3월 21, 2022: where a program has the order of English
_CJK_NAMED = (
    re.compile(r"(?<!\d)(?P<m>\d{1,2})[月월]\s?(?P<d>\d{1,2})[日일]?,?\s(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[日일]?\s(?P<m>\d{1,2})[月월],?\s(?P<y>\d{4})(?!\d)"),
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s(?:[tT]hg|[tT]háng)\s(?P<m>\d{1,2}),?\s(?:năm\s)?(?P<y>\d{4})(?!\d)"
)
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|:e|:a|er|º|°)?\.?[\s-]{{0,3}}(?:de |of |ta[’'] |d[’'])?(?P<n>{_WORD})"
    r"[.׳]?[,،]?[\s-]{1,3}(?:de |del )?(?P<y>\d{4}|'?\d{2}(?![\d:.h]))"
)
_MONTH_DAY = re.compile(
    rf"(?<![^\W\d_])(?P<n>{_WORD})\.?\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y>\d{{4}})(?!\d)"
)
_THAI = re.compile(r"(?<!\d)(?P<d>\d{1,2})\.?\s(?P<n>[\u0e01-\u0e4e.]{3,14})\s(?P<y>\d{4})(?!\d)")
_BUDDHIST, _BUDDHIST_YEARS = 543, range(2443, 2743)
_C_TIME = re.compile(
    rf"(?<![^\W\d_])(?P<n>{_WORD})\s{{1,2}}(?P<d>\d{{1,2}})\s\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s(?:[A-Z]{{2,5}}\s)?(?P<y>\d{{4}})(?!\d)"
)
_YEARLESS = re.compile(rf"(?<![\d.:])(?P<d>\d{{1,2}})\.?\s(?P<n>{_WORD})\.?(?!\s\d{{4}})")
_YEAR_MONTH = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})(?:\.|\(?e\)?ko)?\s(?:(?:m\.|gada|g\.|ж\.|թ\.)\s)?(?:(?P<d1>\d{{1,2}})\.?\s)?(?P<n>{_WORD})\.?(?:\s(?P<d2>\d{{1,2}})(?![\d:]|\.\d)(?:\(a\)|\.)?)?"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<s>[/.-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y>\d{4}|\d{2})(?![\d/])\.?"
)
_MORNINGS = (
    "dop.", "dopoldne", "dopoledne", "öö", "de.", "дп", "priešpiet", "priekšp.", "f.h.", "r.n.", "p.d.", "vm.", "vm", "ap.", "ap",
    "претпл.", "пр.об.", "上午", "午前", "ص",
)  # fmt: skip
_AFTERNOONS = (
    "odp.", "odpoledne", "pop.", "popoldne", "popiet", "pēcp.", "e.h.", "i.n.", "m.d.", "nm.", "nm", "ip.", "ip",
    "пп", "попл.", "сл.об.", "du.", "ös", "下午", "午後", "م",
)  # fmt: skip
_HALVES = "|".join(map(re.escape, sorted((*_MORNINGS, *_AFTERNOONS), key=len, reverse=True)))
_TIME = re.compile(
    r"(?P<gap>(?:[\s,،;.()@-]|[^\W\d_]{1,18}+){0,8}?)(?<!\d)(?P<h>\d{1,2})(?:[:.時시点]\s?|\s?h\s?)(?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,6})?)?(?!\d)"
    r"(?:\s?(?P<half>[AaPpFfEe]\.?\s?[Mm]\b\.?|[πμΠΜ]\.?[μΜ]\b\.?|[صم]\b|[قب]\.?ظ\b\.?|CH\b|SA\b|PTG\b|PG\b|"
    rf"(?i:{_HALVES})(?![^\W\d_])))?"
)
_HOUR = re.compile(r"(?P<gap>[\s,]{1,2}(?:[^\W\d_]{1,3}\s)?)(?P<h>\d{1,2})\s?(?P<half>[AaPp]\.?[Mm]\b\.?)")
_CJK_TIME = re.compile(
    r"(?P<gap>[\s,，(（]{0,2}(?:[^\W\d_()（）]{1,3}[)）]?[\s,，]{0,2})?)(?P<half>上午|下午|凌晨|清晨|早上|中午|晚上|午前|午後|오전|오후|[AP]M)\s?(?P<h>\d{1,2})[:時시点]\s?(?P<mi>\d{1,2})(?::(?P<s>\d{2}))?"
)
_HALF_BEFORE = re.compile(r"(?i:\b(?:du\.|öö|ös))\s{0,2}\Z")
_AFTERNOON = frozenset({*_AFTERNOONS, "中午", "晚上", "오후", "ch", "ptg"})
_NOON, _BEFORE_NOON = "中午", 11
_MORNING = frozenset({*_MORNINGS, "凌晨", "清晨", "早上", "오전", "sa", "pg"})
_TIME_BEFORE = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?::(?P<s>\d{2}))?[\s,]{1,2}(?:(?:den|am|le|on|el|il|de|del|em|of)\s|(?P<day>[^\W\d_]{2,14}),?\s)?$"
)
_TIME_INSIDE = re.compile(r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2}))?")
_OFFSET = re.compile(
    r"[\s,]{0,3}[(\[]?(?P<name>UTC|GMT|Z)?\s?(?P<sign>[+\u2212-])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?!\d)[)\]]?"
)
_NAMED = re.compile(r"[\s,]{0,3}\(?(?P<name>[^\W\d_]{1,5})\b\)?")
_PLACE = re.compile(r"\s?[(\[]?(?P<key>[A-Z][a-z]{2,12}/[A-Z][A-Za-z_]{2,20})[)\]]?")
_ZONE_FIRST = re.compile(r"\s?(?P<name>UTC|GMT)(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?=\s)")
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "SEČ": 60, "SELČ": 120, "HNEC": 60, "HAEC": 120, "MEWT": 60, "МСК": 180,
    "JST": 540, "KST": 540, "BRT": -180, "AEST": 600, "AEDT": 660,
}  # fmt: skip
_CITIES = re.compile(r"\s{0,2},?\s{0,2}[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class HeaderDate:
    """A date in text[start:end]; `zone_known` is False where the local zone was assumed."""

    value: datetime
    zone_known: bool
    has_time: bool
    start: int
    end: int


def parse_header_date(text: str, zone: str = LOCAL_ZONE) -> datetime | None:
    """The moment that a quoted header's date means, with an offset; None if it is no possible date.

    Without a zone it is local time in `zone`; without a clock time it is midnight.
    """
    found = find_header_date(text, zone)
    return found.value if found else None


@lru_cache(4_096)
def find_header_date(
    text: str, zone: str = LOCAL_ZONE, languages: frozenset[str] = frozenset()
) -> HeaderDate | None:
    """The first possible date of `text` with the clock time and zone beside it; `languages` name its months.

    A date that was read is kept: the same one stands in every answer to its letter.
    """
    text = text[:MAX_DATE].replace("\xa0", " ").replace("\u202f", " ").replace("\t", " ")
    days = sorted(_days(text, languages), key=lambda day: (day[1], -day[2]))
    for day, start, end in days:
        found = _moment(text, day, start, end, zone)
        if found is not None:
            return found
    return None


def find_yearless(text: str) -> tuple[int, int] | None:
    """The place of `8 juni`, `8 juni kl. 09:14` without a year, which is a date that cannot be resolved here."""
    for match in _YEARLESS.finditer(text[:MAX_DATE]):
        if fold(match["n"]) in table().months and int(match["d"]) <= 31:
            return match.start(), _clock(text, match.start(), match.end())[2]
    return None


def _days(text: str, languages: frozenset[str]) -> Iterator[tuple[tuple[int, int, int], int, int]]:
    for pattern in (_ISO, *_foreign(text)):
        for match in pattern.finditer(text):
            yield (int(match["y"]), int(match["m"]), int(match["d"])), match.start(), match.end()
    if not text.isascii():
        yield from _thai_days(text)
    clock = text.find(":")
    later = clock > 0 and text.find(" 20", clock) > 0
    for pattern in (_DAY_MONTH, _MONTH_DAY, _C_TIME) if later else (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            months = months_of(match["n"], languages)
            if months:
                day = _named_day(text, match, months, (_year(match["y"]), int(match["d"])))
                yield day, match.start(), match.end()
    for match in _YEAR_MONTH.finditer(text):
        months, number = months_of(match["n"], languages), match["d1"] or match["d2"]
        if months and number:
            day = _named_day(text, match, months, (int(match["y"]), int(number)))
            yield day, match.start(), match.end()
    yield from _numeric_days(text, languages)


def _foreign(text: str) -> tuple[re.Pattern[str], ...]:
    """What else days may look like in a text of these letters."""
    if text.isascii():
        return (_VIETNAMESE,) if "hg " in text else ()
    return _CJK, *_CJK_NAMED, _VIETNAMESE


def _thai_days(text: str) -> Iterator[tuple[tuple[int, int, int], int, int]]:
    """Thai words hold marks that are no letters; years are mostly those of the Buddhist era."""
    for match in _THAI.finditer(text):
        year, months = int(match["y"]), months_of(match["n"].rstrip("."))
        if months:
            since = year - _BUDDHIST if year in _BUDDHIST_YEARS else year
            yield (since, months[0], int(match["d"])), match.start(), match.end()


def _named_day(
    text: str, match: re.Match[str], months: list[int], rest: tuple[int, int]
) -> tuple[int, int, int]:
    """Year, month and day; of several months that a name may mean the one that has the weekday beside it."""
    days = [(rest[0], month, rest[1]) for month in months]
    if len(days) == 1:
        return days[0]
    near = _weekdays(text, match.start(), match.end())
    return next((day for day in days if _weekday(day) in near), days[0])


def _numeric_days(text: str, languages: frozenset[str]) -> Iterator[tuple[tuple[int, int, int], int, int]]:
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
        if match["s"] == "-" and len(match["y"]) == 2:
            if "sv" in languages:
                yield (_year(match["a"]), second, int(match["y"])), match.start(), match.end()
            continue
        american = match["s"] == "/" and _month_first(text, (year, first, second), match)
        if second > 12 or (american and first <= 12):
            first, second = second, first
        yield (year, second, first), match.start(), match.end()


def _month_first(text: str, parts: tuple[int, int, int], match: re.Match[str]) -> bool:
    """6/7/2021 is June only to Americans: the weekday beside it decides, else a twelve-hour clock does."""
    year, first, second = parts
    near = _weekdays(text, match.start(), match.end())
    american, european = _weekday((year, first, second)) in near, _weekday((year, second, first)) in near
    if american != european:
        return american
    clock = _TIME.match(text, match.end())
    return bool(clock and clock["half"] and clock["half"][0] in "AaPp" and " " not in clock["half"])


def _weekdays(text: str, start: int, end: int) -> frozenset[int]:
    """The weekday that the words right before and right after a day may name."""
    words = [*text[max(0, start - 20) : start].split()[-1:], *text[end : end + 20].split()[:1]]
    return frozenset().union(*(table().days.get(fold(word.strip(".,()")), ()) for word in words))


def _weekday(day: tuple[int, int, int]) -> int | None:
    try:
        return datetime(*day, tzinfo=UTC).weekday()
    except ValueError:
        return None


def _year(text: str) -> int:
    number = int(text.lstrip("'"))
    return number if len(text) == 4 else (2000 if number < 70 else 1900) + number


def _moment(text: str, day: tuple[int, int, int], start: int, end: int, zone: str) -> HeaderDate | None:
    before = _ZONE_FIRST.match(text, end)
    clock, first, last = _clock(text, start, before.end() if before else end)
    hour, minute, second = clock or (0, 0, 0)
    if not 1900 <= day[0] < 2200:
        return None
    if before:
        offset, _ = _offset(text, before, end)
    else:
        offset, last = _zone(text, last) if clock else (None, last)
    try:
        value = datetime(*day, hour, minute, second, tzinfo=offset or ZoneInfo(zone))
    except ValueError:
        return None
    return HeaderDate(value, offset is not None, clock is not None, first, last)


def _clock(text: str, start: int, end: int) -> tuple[tuple[int, int, int] | None, int, int]:
    """The clock time after the day, else before it, with the new limits of the whole."""
    for pattern in (_CJK_TIME, _TIME, _HOUR):
        after = pattern.match(text, end)
        if after and not _crosses(after["gap"]):
            return _hours(after), start, after.end()
    inside = _TIME_INSIDE.search(text, start, end)
    if inside:
        return _hours(inside), start, end
    before = _TIME_BEFORE.search(text[max(0, start - 24) : start])
    if before and (not before["day"] or fold(before["day"]) in table().days):
        return _hours(before), start - (min(start, 24) - before.start()), end
    return None, start, end


def _crosses(gap: str) -> bool:
    """More than three words between day and clock belong to something else."""
    return len(re.findall(r"[^\W\d_]+", gap)) > 3


def _hours(match: re.Match[str]) -> tuple[int, int, int]:
    parts = match.groupdict()
    hour, minute, second = int(parts["h"]), int(parts.get("mi") or 0), int(parts.get("s") or 0)
    half = (parts.get("half") or _half_in(parts.get("gap", ""))).casefold()
    if half == _NOON and hour == _BEFORE_NOON:
        return hour, minute, second
    if half and half not in _MORNING and (half[0] in "peμب" or half in _AFTERNOON) and hour < 12:
        hour += 12
    elif half and hour == 12 and (half[0] in "afπق" or half in _MORNING):
        hour = 0
    return hour, minute, second


def _half_in(gap: str) -> str:
    """Turkish and Hungarian put it before the hour."""
    found = None if gap.isascii() and "du." not in gap else _HALF_BEFORE.search(gap)
    return found[0].strip() if found else ""


def _zone(text: str, end: int) -> tuple[tzinfo | None, int]:
    match = _OFFSET.match(text, end)
    if match:
        return _offset(text, match, end)
    if (place := _PLACE.match(text, end)) and (found := _place(place["key"])):
        return found, place.end()
    named = _NAMED.match(text, end)
    if named and named["name"] in _ZONES:
        return timezone(timedelta(minutes=_ZONES[named["name"]])), named.end()
    return None, end


@lru_cache(64)
def _place(key: str) -> ZoneInfo | None:
    """The zone of a place in the tz database, as ticket systems name it: `14:05 (Europe/Berlin)`."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset(text: str, match: re.Match[str], end: int) -> tuple[tzinfo | None, int]:
    minutes = int(match["h"]) * 60 + int(match["m"] or 0)
    if minutes > 14 * 60:
        return None, end
    if "(" in match[0] and _CITIES.match(text, match.end()) and "tockholm" in text[match.end() :]:
        # Exchange names the Windows zone by its winter offset and cities; the clock is local all the same.
        return ZoneInfo(LOCAL_ZONE), len(text.rstrip())
    return timezone(timedelta(minutes=-minutes if match["sign"] != "+" else minutes)), match.end()
