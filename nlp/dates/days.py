"""Rules for single days: ISO, numeric, "den 7 juni 2021", weekdays, lists of days, nth weekdays of a month."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import (
    Span,
    add_days,
    add_months,
    coming_weekday,
    day_of,
    last_weekday,
    month_span,
    nth_week,
    nth_weekday,
    week_of,
)
from nlp.dates.engine import Found, Match, distance, rule
from nlp.dates.tense import Tense
from nlp.model import Grain

_WEEKDAYS = lx.WEEKDAYS | lx.SHORT_WEEKDAYS
_DAY_FIRST = ["#", "#a", "#e", "den", "d", "på", *_WEEKDAYS]
_WD = rf"(?:(?:på )?{lx.weekday()},? ?)?(?:\(?(?:den|d\.?) )?"


def one_day(day: date | None) -> Span | None:
    return (day, day) if day else None


def written_year(match: Match, n: str = "") -> int | None:
    """The year in the groups of `lexicon.year(n)`, None if none is written."""
    if full := match[f"y{n}"]:
        return int(full)
    if short := match[f"yy{n}"]:
        return century(int(short), match.reference.year)
    if words := match[f"ry{n}"]:
        return match.reference.year + lx.relative_year(words)
    return None


def century(short: int, near: int) -> int:
    """A year of two digits in the century that brings it nearest to `near`."""
    return min((hundred + short for hundred in (1900, 2000, 2100)), key=lambda y: abs(y - near))


def weekday_number(match: Match, group: str = "w") -> int | None:
    return _WEEKDAYS.get(match[group])


def dated(match: Match, day: int, month: int, year: int | None, weekday: int | None = None) -> Found | None:
    """A day of a month, its year written, told by the weekday, or by the tense."""
    if year is not None:
        span = one_day(day_of(year, month, day))
        fits = weekday is None or (span is not None and span[0].weekday() == weekday)
        return match.found(span, "day", explicit=True, confidence=0.95 if fits else 0.6)
    if weekday is not None and match.context.year is None:
        found = _by_weekday(match, day, month, weekday)
        if found is not None:
            return found
    return match.found(match.place(lambda y: one_day(day_of(y, month, day)), reach=8), "day")


def _by_weekday(match: Match, day: int, month: int, weekday: int) -> Found | None:
    """The year nearest to the reference in which that day is that weekday."""
    now = match.reference
    days = [
        d
        for y in range(now.year - 6, now.year + 7)
        if (d := day_of(y, month, day)) and d.weekday() == weekday
    ]
    if not days:
        return None
    past = match.tense is Tense.PAST
    best = min(days, key=lambda d: (distance((d, d), now), (d > now) is past))
    near = distance((best, best), now) <= 400
    return match.found((best, best), "day", explicit=near, confidence=0.95 if near else 0.5)


@rule("date.day-month", rf"{_WD}{lx.day()} {lx.month()}{lx.year()}?", _DAY_FIRST)
@rule("date.day-month", rf"{_WD}{lx.day()}{lx.month()}{lx.year()}?", ["den", "på", *_WEEKDAYS])
def day_month(match: Match) -> Found | None:
    """Den 7 juni 2021, torsdagen den 14 oktober, 1 sept -22."""
    return dated(match, int(match["d"]), lx.MONTHS[match["m"]], written_year(match), weekday_number(match))


@rule(
    "date.ordinal-month",
    rf"{_WD}(?P<o>{lx.either(lx.ORDINALS)}|sista|siste) (?:i )?{lx.month()}{lx.year()}?",
    ["den", "på", "sista", *lx.ORDINALS, *_WEEKDAYS],
)
def ordinal_month(match: Match) -> Found | None:
    """Den femtonde maj, sista april."""
    month, year = lx.MONTHS[match["m"]], written_year(match)
    if match["o"] in lx.ORDINALS:
        return dated(match, lx.ORDINALS[match["o"]], month, year, weekday_number(match))
    if year is not None:
        return match.found(one_day(month_span(year, month)[1]), "day", explicit=True)
    return match.found(match.place(lambda y: one_day(month_span(y, month)[1])), "day")


@rule(
    "date.iso",
    rf"(?:{lx.weekday()},? (?:den )?)?(?P<y>\d{{4}})(?P<sep>[-./])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?![\d/])(?!-(?!\d{{4}}-\d)\d{{3}})",
    ["####", *_WEEKDAYS],
)
@rule("date.iso-basic", r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)(?![.,/]\d)", ["####"])
def iso(match: Match) -> Found | None:
    return match.found(
        one_day(day_of(int(match["y"]), int(match["m"]), int(match["d"]))),
        "day",
        explicit=True,
        confidence=0.99,
    )


@rule("date.six-digits", r"(?P<y>\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)(?![.,/:]\d)(?! ?\d)", ["####"])
def six_digits(match: Match) -> Found | None:
    """210607 as offices write it; only near the reference, other numbers of six digits are none."""
    year = century(int(match["y"]), match.reference.year)
    joined = match.context.text[max(0, match.start - 7) : match.start]
    behind_sign = joined.endswith(("-", "/", ".", "+")) and not (len(joined) == 7 and joined[:6].isdigit())
    if behind_sign or not -12 <= year - match.reference.year <= 5:
        return None
    return match.found(
        one_day(day_of(year, int(match["m"]), int(match["d"]))), "day", explicit=True, confidence=0.8
    )


@rule(
    "date.slash",
    rf"{_WD}(?P<d>3[01]|[12]\d|0?[1-9])/(?P<m>1[0-2]|0?[1-9])(?!\d|/\d|[.,]\d|-\d{{3}}(?!\d))(?:(?:,? ?|[/-])(?P<y>20\d\d)(?![\d:]|-\d)|,? ?[-'](?P<yy>\d\d)(?!\d|[/.:]\d))?",
    _DAY_FIRST,
)
@rule(
    "date.slash",
    rf"{_WD}(?P<d>3[01]|[12]\d|0?[1-9])/(?P<m>1[0-2]|0?[1-9])(?:[/-](?P<y>20\d\d)|[/-](?P<yy>\d\d))(?!\d|[/:.]\d)",
    _DAY_FIRST,
)
def slash(match: Match) -> Found | None:
    """3/9, torsdag 14/10, 25/10-21; "24/7" needs a word before it, for it means always."""
    day, month = int(match["d"]), int(match["m"])
    before = match.context.text[max(0, match.start - 12) : match.start]
    if match.groups.group() == "24/7" and not before.rstrip().endswith(
        ("senast", "den", "till", "från", "före", "innan")
    ):
        return None
    if before.endswith(("-", "/", ".", "(1")) and not before[-2:-1].isdigit() and not before.endswith(" -"):
        return None
    return dated(match, day, month, written_year(match), weekday_number(match))


@rule(
    "date.dotted",
    r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>(?:19|20)\d\d)(?!\d|\.\d)",
    ["#"],
)
@rule(
    "date.dotted",
    r"(?P<d>3[01]|[12]\d|0?[1-9])-(?P<m>1[0-2]|0?[1-9])-(?P<y>(?:19|20)\d\d)(?!\d|[.-]\d)",
    ["#"],
)
def dotted(match: Match) -> Found | None:
    return dated(match, int(match["d"]), int(match["m"]), int(match["y"]))


_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?::?[ae](?!\w))?"
_ITEM = rf"(?:{lx.either(_WEEKDAYS)},? ?)?(?:den )?{_DAY_NUMBER}(?: ?- ?{_DAY_NUMBER})?"
_AND = r"(?:,? (?:och|eller|samt|alternativt|resp\.?|respektive|el\.?)(?: (?:även|möjligen|kanske|ev\.?|eventuellt))? |, |/)"

_LISTED_DAY = lx.spaced(rf"(?:på )?(?:{lx.weekday()},? ?)?(?:den )?{lx.day('1')}(?: ?- ?{lx.day()})?")
_AND_THEN = lx.spaced(_AND)


@rule(
    "date.day-list",
    rf"(?:på )?(?P<list>(?:{_ITEM}{_AND}){{1,8}}){_WD}{lx.day()} {lx.month()}{lx.year()}?",
    _DAY_FIRST,
)
def day_list(match: Match) -> Iterator[Found]:
    """Den 3, 10 och 17 mars: a date each, and the month stands with the last."""
    month, year = lx.MONTHS[match["m"]], written_year(match)
    last = dated(match, int(match["d"]), month, year, weekday_number(match))
    if last is None:
        return
    at = match.start
    for piece in _LISTED_DAY.finditer(match.context.text, match.start, match.groups.end("list")):
        day = day_of(last.first.year, month, int(piece["d1"]))
        until = day_of(last.first.year, month, int(piece["d"] or piece["d1"]))
        if day and until and day <= until:
            grain: Grain = "day" if day == until else "range"
            yield replace(last, start=piece.start(), end=piece.end(), first=day, last=until, grain=grain)
        at = piece.end()
    tail = _AND_THEN.match(match.context.text, at)
    yield replace(last, start=tail.end() if tail else match.groups.start("d"))


@rule(
    "date.day-range",
    rf"{_WD}{lx.day('1')} ?(?:-|till och med|t\.o\.m\.?|till) ?{_WD.replace('<w>', '<w2>')}{lx.day()} ?{lx.month()}{lx.year()}?",
    _DAY_FIRST,
)
@rule(
    "date.day-range",
    rf"(?<=mellan )(?:den )?{lx.day('1')} och (?:den )?{lx.day()} {lx.month()}{lx.year()}?",
    ["#", "den"],
)
def day_range(match: Match) -> Found | None:
    """Den 9–11 mars."""
    last = dated(
        match, int(match["d"]), lx.MONTHS[match["m"]], written_year(match), weekday_number(match, "w2")
    )
    if last is None:
        return None
    first = day_of(last.first.year, last.first.month, int(match["d1"]))
    return replace(last, first=first, grain="range") if first and first < last.last else None


@rule(
    "date.month-day",
    r"(?:den )(?P<d>3[01]|[12]\d|[1-9])(?!\d)(?::?[ae])?(?: i)? (?P<which>nästa|denna|innevarande|den här|kommande|förra) (?:månaden|månad)",
    ["den"],
)
def day_of_named_month(match: Match) -> Found | None:
    """Den 15 nästa månad."""
    months = {"nästa": 1, "kommande": 1, "förra": -1}.get(match["which"], 0)
    first = add_months(match.reference.replace(day=1), months)
    return match.found(one_day(day_of(first.year, first.month, int(match["d"]))), "day", explicit=True)


@rule(
    "date.day-alone",
    rf"(?:på )?{lx.weekday()},? den {lx.day()}(?! ?(?:[-/%]|{lx.either(lx.MONTHS)}))",
    ["på", *_WEEKDAYS],
)
@rule(
    "date.day-alone",
    r"den (?P<d>3[01]|[12]\d|[1-9])(?!\d)(?P<e>:?[ae](?!\w))?(?=\.? ?$|[.,!?;)] | kl|[.,!?;)]$| eller den| och den|(?<=[ae]) )",
    ["den"],
)
def day_alone(match: Match) -> Found | None:
    """Torsdag den 14, den 15:e: the coming such day, in a month in which the weekday fits."""
    weekday, number = weekday_number(match), int(match["d"])
    now = match.reference
    back = match.tense is Tense.PAST
    for step in range(13):
        first = add_months(now.replace(day=1), -step if back else step)
        day = day_of(first.year, first.month, number)
        right_side = day is not None and (day <= now if back else day >= now)
        if day and right_side and (weekday is None or day.weekday() == weekday):
            return match.found((day, day), "day", confidence=0.75)
    return None


@rule("date.weekday", rf"(?:nu )?(?:på )?(?P<w>{lx.either(lx.WEEKDAYS)})(?!\w)", ["på", "nu", *lx.WEEKDAYS])
@rule("date.weekday", rf"(?:nu )?på (?P<w>{lx.either(lx.SHORT_WEEKDAYS)})(?!\w)", ["på", "nu"])
def bare_weekday(match: Match) -> Found | None:
    """På torsdag: the coming one; after "nästa vecka, troligen" the one of that week."""
    weekday = weekday_number(match)
    if weekday is None:
        return None
    anchor = _anchor_week(match)
    if anchor:
        day = add_days(anchor[0], weekday)
        return match.found((day, day), "day", explicit=True, confidence=0.8)
    if match.tense is Tense.PAST and not match.groups.group().startswith(("på", "nu")):
        return match.found(one_day(last_weekday(match.reference, weekday)), "day", confidence=0.6)
    return match.found(one_day(coming_weekday(match.reference, weekday)), "day")


def _anchor_week(match: Match) -> Span | None:
    """The week that was named before in the same sentence."""
    if not match.context.found:
        return None
    before = match.context.found[-1]
    between = match.context.text[before.end : match.start]
    joined = (
        len(between) < 60
        and not any(c in between for c in ".!?\x1e")
        and not match.groups.group().startswith("nu")
    )
    return (
        (before.first, before.last)
        if before.grain == "week" and joined and week_of(before.first)[1] == before.last
        else None
    )


@rule(
    "date.weekday-relative",
    rf"(?P<which>nästa|nästkommande|kommande|förra|föregående|denna|nu) (?P<w>{lx.either(lx.WEEKDAYS)})(?!\w)",
    ["nästa", "nästkommande", "kommande", "förra", "föregående", "denna"],
)
def weekday_relative(match: Match) -> Found | None:
    """Nästa torsdag is the one of next ISO week, kommande torsdag the first to come."""
    weekday = lx.WEEKDAYS[match["w"]]
    if match["which"] == "nästa":
        day = add_days(week_of(match.reference)[0], 7 + weekday)
        return match.found((day, day), "day", confidence=0.5)
    if match["which"] in {"förra", "föregående"}:
        return match.found(one_day(last_weekday(match.reference, weekday)), "day")
    return match.found(one_day(coming_weekday(match.reference, weekday)), "day")


@rule("date.weekday-past", r"i (?P<w>månda|tisda|onsda|torsda|freda|lörda|sönda)gs(?!\w)", ["i"])
def weekday_past(match: Match) -> Found | None:
    return match.found(one_day(last_weekday(match.reference, lx.WEEKDAYS[match["w"] + "g"])), "day")


@rule(
    "date.nth-weekday",
    rf"(?:den )?(?P<o>{lx.either(lx.ORDER)}) (?P<w>{lx.either([*lx.WEEKDAYS, 'veckan', 'vecka', 'helgen', 'arbetsdagen', 'vardagen', 'dagen'])}) (?:i|av|under) (?:{lx.month()}{lx.year()}?|(?P<rel>nästa månad|månaden|denna månad))",
    ["den", "#", "#a", "#e", *lx.ORDINALS, "sista"],
)
def nth_of_month(match: Match) -> Found | None:
    """Sista fredagen i april, första veckan i maj."""
    number, what = lx.ORDER[match["o"]], match["w"]
    grain = "week" if what.startswith("veck") else "day"
    if match["rel"]:
        first = add_months(match.reference.replace(day=1), 1 if match["rel"].startswith("nästa") else 0)
        return match.found(_nth(first.year, first.month, what, number), grain, explicit=True)  # type: ignore[arg-type]
    month, year = lx.MONTHS[match["m"]], written_year(match)
    if year is not None:
        return match.found(_nth(year, month, what, number), grain, explicit=True)  # type: ignore[arg-type]
    return match.found(match.place(lambda y: _nth(y, month, what, number)), grain)  # type: ignore[arg-type]


def _nth(year: int, month: int, what: str, number: int) -> Span | None:
    if what.startswith("veck"):
        return nth_week(year, month, number)
    if what in lx.WEEKDAYS:
        return one_day(nth_weekday(year, month, lx.WEEKDAYS[what], number))
    if what == "helgen":
        saturday = nth_weekday(year, month, 5, number)
        return (saturday, add_days(saturday, 1)) if saturday else None
    return one_day(_nth_day(year, month, number, working=what != "dagen"))


def _nth_day(year: int, month: int, number: int, *, working: bool) -> date | None:
    from nlp.dates.calendar import add_working_days

    first, last = month_span(year, month)
    if working:
        return add_working_days(add_days(last, 1) if number < 0 else add_days(first, -1), number)
    return last if number < 0 else day_of(year, month, number)
