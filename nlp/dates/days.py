"""Rules for single days: ISO, numeric, "den 7 juni 2021", lists and ranges of days, a day of the month alone."""

from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_months, day_of, month_span
from nlp.dates.engine import Found, Match, distance, rule
from nlp.dates.tense import Tense

ALL_WEEKDAYS = lx.WEEKDAYS | lx.SHORT_WEEKDAYS
ON_WEEKDAY = ["nu på", *(f"på {day}" for day in ALL_WEEKDAYS), *ALL_WEEKDAYS]
_DAY_WORDS = ("den", "den#", "d", "#")
LED = [
    "nu på", *(f"på {day}" for day in ALL_WEEKDAYS), *(f"{day} {word}" for day in ALL_WEEKDAYS for word in _DAY_WORDS),
    "den #", "den#", "d #",
]  # fmt: skip
"""What may begin a date before its day of the month: the weekday, the article."""
ENDING = (":", "e", "a")


def day_first(*following: str) -> list[str]:
    """What a date may begin with in whose pattern these follow the day of the month."""
    return [*LED, "#a", "#e", *(f"# {sign}" for sign in (*following, *ENDING))]


_ORDINAL_LED = [
    "nu på", *(f"på {day}" for day in ALL_WEEKDAYS), *(f"{day} den" for day in ALL_WEEKDAYS),
    *(f"den {ordinal}" for ordinal in (*lx.ORDINALS, "sista", "siste")),
]  # fmt: skip
_GLUED = [f"#{month}{year}" for month in lx.MONTHS for year in ("", "#")]
_MONTHS_BY_NUMBER = {word: n for word, n in lx.ORDINALS.items() if n <= 12}
# Possessive: what the weekday and the article have taken is never given back.
WD = rf"(?:(?:nu )?+(?:på )?+{lx.weekday()},?+ ?+)?+(?:\(?+(?:den ?+|d\.?+ ))?+"


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
    if match[f"sy{n}"]:
        return _year_before(match)
    return None


def _year_before(match: Match) -> int:
    """The year of the date before: "senast den 1 juni 2021 och den 1 november samma år"."""
    before = match.context.found
    return before[-1].last.year if before else match.reference.year


def century(short: int, near: int) -> int:
    """A year of two digits in the century that brings it nearest to `near`."""
    return min((hundred + short for hundred in (1900, 2000, 2100)), key=lambda y: abs(y - near))


def weekday_number(match: Match, group: str = "w") -> int | None:
    return ALL_WEEKDAYS.get(match[group])


def dated(match: Match, day: int, month: int, year: int | None, weekday: int | None = None) -> Found | None:
    """A day of a month, its year written, told by the weekday, or by the tense."""
    if year is not None:
        span = one_day(day_of(year, month, day))
        fits = weekday is None or (span is not None and span[0].weekday() == weekday)
        return match.found(span, "day", explicit=True, confidence=0.95 if fits else 0.6)
    beside = _in_named_period(match, day, month) if match.context.year is None else None
    if beside is not None:
        return match.found((beside, beside), "day", explicit=True)
    if weekday is not None and match.context.year is None:
        found = _by_weekday(match, day, month, weekday)
        if found is not None:
            return found
    return match.found(match.place(lambda y: one_day(day_of(y, month, day)), reach=8), "day")


def _in_named_period(match: Match, day: int, month: int) -> date | None:
    """The day within the period named right before it: "i förra veckan, den 10 mars"."""
    before = match.context.found[-1] if match.context.found else None
    if (
        before is None
        or before.grain == "day"
        or match.context.text[before.end : match.start].strip(" ,(") != ""
    ):
        return None
    days = (day_of(year, month, day) for year in {before.first.year, before.last.year})
    return next((d for d in days if d and before.first <= d <= before.last), None)


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


@rule(
    "date.day-month",
    rf"{WD}{lx.day()} {lx.month()}{lx.year()}?",
    day_first(*lx.MONTHS, *(f"{month}#" for month in lx.MONTHS)),
)
@rule("date.day-month", rf"{WD}{lx.day()}{lx.month()}{lx.year()}?", [*LED, *_GLUED])
def day_month(match: Match) -> Found | None:
    """Den 7 juni 2021, torsdagen den 14 oktober, 1 sept -22."""
    return dated(match, int(match["d"]), lx.MONTHS[match["m"]], written_year(match), weekday_number(match))


@rule(
    "date.month-day", rf"{lx.month()} (?:den )?{lx.day()}(?:,? (?P<y>(?:19|20)\d\d)(?!\w))?", list(lx.MONTHS)
)
def month_first(match: Match) -> Found | None:
    """Juni 17, 2025; without a year only where nothing else is said: "i juni 17 platser"."""
    if not (match["y"] or match.alone):
        return None
    return dated(match, int(match["d"]), lx.MONTHS[match["m"]], written_year(match))


@rule(
    "date.ordinal-month",
    rf"{WD}(?P<o>{lx.either(lx.ORDINALS)}|sista|siste) (?:i )?{lx.month()}{lx.year()}?",
    [
        *_ORDINAL_LED,
        *(f"{day} {ordinal}" for day in ALL_WEEKDAYS for ordinal in lx.ORDINALS),
        *(f"{o} {m}" for o in (*lx.ORDINALS, "sista", "siste") for m in (*lx.MONTHS, "i")),
    ],
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
    rf"(?:{lx.weekday()},? (?:den )?)?(?P<y>\d{{4}})(?P<sep> ?[-./] ?)(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?![\d/])(?!-(?!\d{{4}}-\d)\d{{3}})",
    ["####", *LED],
)
@rule("date.iso", r"(?P<y>(?:19|20)\d\d) ?- ?(?P<m>\d\d) ?- ?(?P<d>\d\d)(?![\d/-])", ["####"])
@rule(
    "date.iso-basic",
    r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)(?![.,/]\d|-\d{1,3}(?!\d))",
    ["####"],
)
def iso(match: Match) -> Found | None:
    return match.found(
        one_day(day_of(int(match["y"]), int(match["m"]), int(match["d"]))),
        "day",
        explicit=True,
        confidence=0.99,
    )


@rule(
    "date.six-digits",
    r"(?P<y>\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-]|[.,/:]\d)(?! ?\d)",
    ["# -"],
)
@rule(
    "date.six-digits",
    r"(?P<y>\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)(?![.,/:]\d|-\d{1,4}(?!\d))(?! ?\d)",
    ["####"],
)
def six_digits(match: Match) -> Found | None:
    """210607 as offices write it; only near the reference, other numbers of six digits are none."""
    year = century(int(match["y"]), match.reference.year)
    joined = match.context.text[max(0, match.start - 7) : match.start]
    behind_sign = joined.endswith(("-", "/", ".", "+")) and not (len(joined) == 7 and joined[:6].isdigit())
    alone = match.alone and "-" in match.groups.group()
    if behind_sign or not (alone or -12 <= year - match.reference.year <= 5):
        return None
    return match.found(
        one_day(day_of(year, int(match["m"]), int(match["d"]))), "day", explicit=True, confidence=0.8
    )


@rule(
    "date.slash",
    rf"{WD}(?P<d>3[01]|[12]\d|0?[1-9])/(?P<m>1[0-2]|0?[1-9])(?!\d|/\d|[.,]\d|-\d{{3}}(?!\d))(?:(?:,? ?|[/-])(?P<y>(?:19|20)\d\d)(?![\d:]|-\d)|,? ?[-'](?P<yy>\d\d)(?!\d|[/.:]\d))?",
    day_first("/"),
)
@rule(
    "date.slash",
    rf"{WD}(?P<d>3[01]|[12]\d|0?[1-9])/(?P<m>1[0-2]|0?[1-9])(?:[/-](?P<y>(?:19|20)\d\d)|[/-](?P<yy>\d\d))(?!\d|[/:.]\d)",
    day_first("/"),
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


# "Den 3.5 meter breda entrén".
_MEASURED = r" ?(?:%|procent|m\b|mm\b|cm\b|km\b|meter|kvm|kvadrat|kg|timm|miljon|miljard|gånger|version|-)"


@rule(
    "date.dotted",
    r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>(?:19|20)\d\d)(?!\d|\.\d)",
    ["# #"],
)
@rule(
    "date.dotted", r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<yy>\d\d)(?!\d|[.:]\d)", ["# #"]
)
@rule(
    "date.dotted",
    r"(?P<d>3[01]|[12]\d|0?[1-9])-(?P<m>1[0-2]|0?[1-9])-(?P<y>(?:19|20)\d\d)(?!\d|[.-]\d)",
    ["# -"],
)
def dotted(match: Match) -> Found | None:
    """3.7.2019, 03-07-2019; 03.07.19 near the reference, 3.7.19 where it cannot be a version."""
    year = int(match["y"] or 0) or century(int(match["yy"]), match.reference.year)
    padded = len(match.groups.group()) == 8
    if match["yy"] and not (-12 <= year - match.reference.year <= 5 and (padded or match.alone)):
        return None
    return dated(match, int(match["d"]), int(match["m"]), year)


@rule(
    "date.dotted",
    rf"(?:(?:på )?{lx.weekday()},? ?(?:den )?|den )(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])(?!\d|\.\d\d?(?!\d))(?!{_MEASURED})(?:\.(?P<y>(?:19|20)\d\d)?)?",
    LED,
)
def dotted_without_year(match: Match) -> Found | None:
    """Fredag 12.6, den 7.9.: as in Finland; a weekday has to fit one near, for "3.5" alone is a number."""
    day, month, weekday = int(match["d"]), int(match["m"]), weekday_number(match)
    found = dated(match, day, month, written_year(match), weekday)
    near = weekday is None or (found is not None and found.explicit and found.first.weekday() == weekday)
    return found if near else None


_MONTHS_ON = {"nästa": 1, "nästkommande": 1, "nästföljande": 1, "påföljande": 1, "kommande": 1, "förra": -1}


@rule(
    "date.month-day",
    rf"den (?:(?P<d>3[01]|[12]\d|[1-9])(?!\d)(?::?[ae])?|(?P<o>{lx.either(lx.ORDINALS)}|sista|siste))(?: i)? (?P<which>nästa|nästkommande|nästföljande|påföljande|denna|innevarande|den här|kommande|förra) (?:månaden|månad)",
    ["den #", *_ORDINAL_LED],
)
@rule(
    "date.month-day",
    rf"den (?:(?P<d>3[01]|[12]\d|[1-9])(?!\d)(?::?[ae])?|(?P<o>{lx.either(lx.ORDINALS)})) (?P<which>dennes|ds)(?!\w)",
    ["den #", *_ORDINAL_LED],
)
@rule(
    "date.month-day", rf"den (?P<o>{lx.either(lx.ORDINALS)}|sista|siste) i (?P<which>månaden)", _ORDINAL_LED
)
def day_of_named_month(match: Match) -> Found | None:
    """Den 15 nästa månad, den sista i månaden."""
    months = _MONTHS_ON.get(match["which"], 0)
    first = add_months(match.reference.replace(day=1), months)
    if match["o"].startswith("sist"):
        return match.found(one_day(month_span(first.year, first.month)[1]), "day", explicit=True)
    number = int(match["d"] or lx.ORDINALS[match["o"]])
    return match.found(one_day(day_of(first.year, first.month, number)), "day", explicit=True)


@rule(
    "date.day-alone-list",
    r"den (?P<d>3[01]|[12]\d|[1-9]):?[ae] (?P<and>eller|och|samt|alternativt) (?:den )?(?P<d2>3[01]|[12]\d|[1-9]):?[ae](?!\w)(?! \w+(?:en|et|an)\b)",
    ["den #"],
)
def two_days_alone(match: Match) -> list[Found] | None:
    """Den 20:e eller 21:a: the coming such days, both in one month."""
    first = coming_day(match, int(match["d"]), None)
    second = day_of(first.year, first.month, int(match["d2"])) if first else None
    if first is None or second is None or second <= first:
        return None
    begin, end = match.groups.span("and")
    one = match.found((first, first), "day", confidence=0.75)
    other = match.found((second, second), "day", confidence=0.75)
    if one is None or other is None:
        return None
    one.end, other.start = begin - 1, end + 1
    return [one, other]


_CLOSED = r"(?=\.? ?$|[.,!?;)] | kl|[.,!?;)]$| (?:19|20)\d\d)"


@rule(
    "date.ordinal-month",
    rf"(?:den )?(?P<o>{lx.either(lx.ORDINALS)}) i (?P<m>{lx.either(_MONTHS_BY_NUMBER)}){_CLOSED}{lx.year()}?",
    [*_ORDINAL_LED, *(f"{o} i" for o in lx.ORDINALS)],
)
def ordinal_of_numbered_month(match: Match) -> Found | None:
    """Den andra i tredje: 2 March."""
    return dated(match, lx.ORDINALS[match["o"]], _MONTHS_BY_NUMBER[match["m"]], written_year(match))


@rule(
    "date.day-alone",
    rf"(?:på )?{lx.weekday()},? den {lx.day()}(?! ?(?:[-/%]|{lx.either(lx.MONTHS)}))",
    LED,
)
@rule(
    "date.day-alone",
    r"den (?P<d>3[01]|[12]\d|[1-9])(?!\d)(?P<e>:?[ae](?!\w))?(?=\.? ?$|[.,!?;)] | kl|[.,!?;)]$| eller den| och den|(?<=[ae]) (?!(?!sedan|innan|utan|eller)\w{3,}(?:en|et|an)\b))",
    ["den #"],
)
@rule(
    "date.day-alone",
    rf"(?:(?:på )?{lx.weekday()},? )?den (?P<o>{lx.either(lx.ORDINALS)}){_CLOSED}",
    _ORDINAL_LED,
)
def day_alone(match: Match) -> Found | None:
    """Torsdag den 14, den 15:e: the coming such day, in a month in which the weekday fits."""
    weekday, number = weekday_number(match), int(match["d"] or lx.ORDINALS[match["o"]])
    if match["o"] and weekday is None and not (number > 10 or _names_a_day(match)):
        return None
    day = coming_day(match, number, weekday)
    return match.found(one_day(day), "day", confidence=0.75)


def coming_day(match: Match, number: int, weekday: int | None) -> date | None:
    """The nearest such day of the month on the tense's side, in a month in which the weekday fits."""
    now = match.reference
    back = match.tense is Tense.PAST
    for step in range(13):
        first = add_months(now.replace(day=1), -step if back else step)
        day = day_of(first.year, first.month, number)
        right_side = day is not None and (day <= now if back else day >= now)
        if day and right_side and (weekday is None or day.weekday() == weekday):
            return day
    return None


def _names_a_day(match: Match) -> bool:
    """Whether "den femte" can be no office: behind such a word, or where nothing else is said."""
    before = match.context.text[max(0, match.start - 12) : match.start].rstrip()
    return match.alone or before.endswith(("senast", "till", "före", "innan", "kring"))
