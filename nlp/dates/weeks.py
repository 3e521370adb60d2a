"""Rules for ISO weeks: vecka 42, v42–43, v2243, onsdag v. 20, veckan, nästa vecka, helgen."""

from collections.abc import Iterator
from itertools import pairwise

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, iso_week, week_of
from nlp.dates.days import century, weekday_number, written_year
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.tense import Tense

_W = r"(?:vecka|veckan|veckor|veckorna|v\.?|vv\.?)"
_N = r"(?:5[0-3]|[1-4]\d|0?[1-9])(?!\d|:\d|[.,]\d| ?%)"
_FIRST = ["vecka", "veckan", "veckor", "veckorna", "v", "v#", "vecka#", "vv"]
_YEAR = lx.year(short=False)
_NUMBERS = lx.spaced(_N)
_SLASH = r"(?:/(?:(?P<yy9>\d\d)|(?P<y9>20\d\d))(?!\d))?"


def _week(match: Match, number: int) -> Found | None:
    """A week of the written year, or this week or the coming one (in the past: the last begun)."""
    year = written_year(match)
    if match["y9"]:
        year = int(match["y9"])
    elif year is None and match["yy9"]:
        year = century(int(match["yy9"]), match.reference.year)
    if year is not None:
        return match.found(iso_week(year, number), "week", explicit=True, confidence=0.95)
    return match.found(match.place(lambda y: iso_week(y, number), reach=1), "week")


def _second_is_year(match: Match) -> bool:
    """In "v.20/22" the second number is a year where it cannot well be the next week."""
    return match["join"].strip() == "/" and _is_year(match, match["n2"])


def _is_year(match: Match, second: str) -> bool:
    now = match.reference.year % 100
    return int(second) != int(match["n"]) + 1 and now - 3 <= int(second) <= now + 5


@rule("date.week", rf"{_W} ?(?P<n>{_N})(?:{_YEAR}|{_SLASH})", _FIRST)
def week(match: Match) -> Found | None:
    """Vecka 42, v.20/22, vecka 5 2022."""
    if match["yy9"] and not _is_year(match, match["yy9"]):
        return None
    return _week(match, int(match["n"]))


@rule(
    "date.week-in-words",
    rf"(?<!\ben )(?<!\bper )(?<!varje ){_W} (?P<n>{lx.either(lx.COUNTS)})(?!\w)(?! (?:gång|dag|timm|pass|möte|besök)){_YEAR}?",
    _FIRST,
)
def week_in_words(match: Match) -> Found | None:
    """Vecka tjugosex; "vecka en" is as little one as "vecka ett i skolan"."""
    number = lx.COUNTS[match["n"]]
    year = written_year(match)
    if not (2 <= number <= 53):
        return None
    if year is not None:
        return match.found(iso_week(year, number), "week", explicit=True)
    return match.found(match.place(lambda y: iso_week(y, number), reach=1), "week", confidence=0.8)


@rule("date.week-compact", r"v\.? ?(?P<yy>\d\d)(?P<n>0[1-9]|[1-4]\d|5[0-3])(?!\d)", ["v", "v#"])
@rule(
    "date.week-compact",
    r"(?P<y>20\d\d) ?-?,? ?(?:w|v|vecka|v\.) ?(?P<n>0?[1-9]|[1-4]\d|5[0-3])(?!\d)",
    ["####", "#w#", "#v#"],
)
def compact_week(match: Match) -> Found | None:
    """V2243, 2022-W43, 2022 vecka 5."""
    year = int(match["y"]) if match["y"] else century(int(match["yy"]), match.reference.year)
    if not -5 <= year - match.reference.year <= 15:
        return None
    return match.found(iso_week(year, int(match["n"])), "week", explicit=True)


@rule(
    "date.week-range",
    rf"{_W} ?(?P<n>{_N})(?P<join> ?- ?| till(?: och med)? | t\.o\.m\.? | ?/ ?){_W}? ?(?P<n2>{_N}){_YEAR}?",
    _FIRST,
)
@rule("date.week-range", rf"(?<=mellan ){_W} ?(?P<n>{_N})(?P<join> och ){_W}? ?(?P<n2>{_N}){_YEAR}?", _FIRST)
def week_range(match: Match) -> Found | None:
    """V. 28–31; "v. 50–2" runs over the turn of the year."""
    if _second_is_year(match):
        return None
    last = _week(match, int(match["n2"]))
    if last is None:
        return None
    year = last.first.isocalendar().year - (int(match["n"]) > int(match["n2"]))
    first = iso_week(year, int(match["n"]))
    if first is None or (last.first - first[0]).days > 7 * 40:
        return None
    return replace(last, first=first[0], grain="range")


@rule(
    "date.week-list",
    rf"{_W} ?(?P<list>(?:{_N}(?:,? (?:och|eller|samt|alternativt|resp\.?|el\.)(?: (?:möjligen|kanske|eventuellt|ev\.?|även))? |, |/)){{1,8}})(?P<last>{_N}){_YEAR}?",
    _FIRST,
)
def week_list(match: Match) -> Iterator[Found]:
    """Vecka 2, 3 eller 5: a week each; the word stands with the first."""
    listed = [int(number) for number in _NUMBERS.findall(match["list"])]
    if "/" in match["list"] and any(b != a + 1 for a, b in pairwise([*listed, int(match["last"])])):
        return
    at = match.groups.start("list")
    for piece in list(_NUMBERS.finditer(match.context.text, at, match.end)):
        if match["y"] and piece.start() >= match.groups.start("y"):
            return
        found = _week(match, int(piece.group()))
        if found:
            yield replace(found, start=match.start if piece.start() == at else piece.start(), end=piece.end())


_STEPS = {
    "nästa": 1, "kommande": 1, "inkommande": 1, "nästföljande": 1, "nästkommande": 1, "nästnästa": 2, "denna": 0, "innevarande": 0, "pågående": 0,
    "den här": 0, "förra": -1, "föregående": -1, "gångna": -1, "förrförra": -2,
}  # fmt: skip
_STEP = rf"(?P<step>{lx.either(_STEPS)})"
_BEHIND = r"(?: (?:som|vi) (?P<gone>gick|var|varit|gått|hade)(?!\w)| (?P<soon>som kommer|vi har framför oss)(?!\w)| (?P<far>efter nästa)(?!\w))"
_STEP_FIRST = [
    f"{step} {unit}"
    for step in _STEPS
    for unit in ("vecka", "veckan", "veckas", "veckans")
    if " " not in step
] + ["den här"]
# "Torsdagen i veckan efter i stället"; a noun would be what the week comes after.
_STANDS_ALONE = r"(?:i stället|istället|i så fall|då|också|kl|klockan|om|så|är|går|passar|funkar|eller|och)\b"
_NAMED = rf"(?P<rel>{_STEP} vecka(?:n|s|ns)?(?! ?\d)|veckans|i veckan(?! (?:före|innan|efter))|veckan efter(?! (?!{_STANDS_ALONE})\w)|veckan{_BEHIND})"
_DAY_NAMES = [*lx.WEEKDAYS, *lx.SHORT_WEEKDAYS]
_WEEK_WORDS = [
    *("i", "under", "eller", "och", "-", "/", "till", "el", "den"), *_FIRST, *_DAY_NAMES,
    *("veckans", *(step.split()[0] for step in _STEPS)),
]  # fmt: skip
_DAYS = rf"{lx.weekday()}(?:(?: eller | och | ?- ?|/| till | el\. |, (?={lx.either(lx.WEEKDAYS)} eller)){lx.weekday('2')}(?: eller {lx.weekday('3')})?)?"


@rule(
    "date.weekday-of-week",
    rf"(?:på )?{_DAYS},? (?:i |under )?\(?(?:{_W} ?(?P<n>{_N}){_YEAR}?{_SLASH}|{_NAMED})\)?(?!\w)",
    [*(f"på {day}" for day in _DAY_NAMES), *(f"{day} {word}" for day in _DAY_NAMES for word in _WEEK_WORDS)],
)
@rule(
    "date.weekday-of-week",
    rf"(?:{_W} ?(?P<n>{_N})|{_NAMED}),? (?:på |troligen )?(?={lx.either(lx.WEEKDAYS)}){_DAYS}(?! (?:den )?\d)",
    [*_FIRST, *_STEP_FIRST, "veckans", "i veckan"],
)
def weekday_of_week(match: Match) -> Found | None:
    """Onsdag v. 20; "tisdag eller onsdag v. 20" is one run of days."""
    led = match.groups.group()
    if (
        match["rel"]
        and led.startswith(match["rel"])
        and ("," in led or "troligen" in led or led.startswith("i "))
    ):
        return None
    whole = _week(match, int(match["n"])) if match["n"] else named_week_span(match)
    if whole is None:
        return None
    days = [d for g in ("w", "w2", "w3") if (d := weekday_number(match, g)) is not None]
    first, last = add_days(whole.first, min(days)), add_days(whole.first, max(days))
    end = match.end - (match.groups.group().endswith(")") and "(" not in match.groups.group())
    return replace(
        whole, first=first, last=last, end=end, grain="day" if first == last else "range", rule=match.name
    )


@rule(
    "date.weekday-in-weeks",
    rf"(?:på )?(?P<w>{lx.either(lx.WEEKDAYS)}) om (?P<n>{lx.either(lx.CARDINALS)}|\d{{1,2}}) veck(?:a|or)(?!\w)",
    [*(f"på {day}" for day in lx.WEEKDAYS), *(f"{day} om" for day in lx.WEEKDAYS)],
)
def weekday_in_weeks(match: Match) -> Found | None:
    """På måndag om två veckor: that weekday of the week so many weeks on."""
    weeks = int(match["n"]) if match["n"].isdigit() else lx.CARDINALS[match["n"]]
    day = add_days(shifted_week(match, weeks)[0], lx.WEEKDAYS[match["w"]])
    return match.found((day, day), "day", explicit=True, confidence=0.7)


def named_week_span(match: Match) -> Found | None:
    """The week that the words of group `rel` name, counted from the reference's own."""
    step = 1 if match["rel"].startswith("veckan efter") and not match["far"] else _steps(match)
    return match.found(shifted_week(match, step), "week", explicit=True)


def _steps(match: Match) -> int:
    """How many weeks on: "förra" or "som gick" is one back."""
    if match["step"]:
        return _STEPS[" ".join(match["step"].split())]
    return -1 if match["gone"] else 1 if match["soon"] else 2 if match["far"] else 0


def shifted_week(match: Match, weeks: int) -> Span:
    monday = add_days(week_of(match.reference)[0], 7 * weeks)
    return monday, add_days(monday, 6)


@rule(
    "date.week-of",
    rf"(?:den )?{_STEP} vecka(?:n|s|ns)?(?! ?\d)",
    [*_STEP_FIRST, *(f"den {step}" for step in _STEP_FIRST)],
)
@rule("date.week-of", rf"veckan{_BEHIND}", ["veckan som", "veckan vi", "veckan efter"])
def named_week(match: Match) -> Found | None:
    """Nästa vecka, veckan som gick, veckan efter nästa."""
    return match.found(shifted_week(match, _steps(match)), "week", explicit=True)


@rule("date.week-of", r"veckan (?:som (?:börjar|inleds) (?:med )?)?(?=den \d)", ["veckan den", "veckan som"])
def week_around(match: Match) -> Found | None:
    """Veckan den 6 oktober: the one in which that day lies."""
    day = match.context.read(match.end)
    if day is None or day.grain != "day":
        return None
    span = week_of(day.first)
    return replace(day, start=match.start, first=span[0], last=span[1], grain="week", rule=match.name)


@rule(
    "date.this-week",
    r"(?:(?:i |(?<=under )|(?<=hela )|(?<=inom ))veckan(?! ?\d| som| före| innan| efter| därpå)"
    r"|(?:(?<=innan )|(?<=före ))veckan(?= är (?:slut|över|till ända)))",
    ["veckan", "i veckan"],
)
def this_week(match: Match) -> Found | None:
    return match.found(week_of(match.reference), "week", explicit=True, confidence=0.8)


_WEEKEND = r"(?:helg(?P<d>en)?|vecko(?:slut|helg)(?P<d2>et|en)?|weekend(?P<d3>en)?)"
_WEEKENDS = ["helg", "helgen", "veckoslut", "veckoslutet", "veckohelg", "veckohelgen", "weekend", "weekenden"]


@rule(
    "date.weekend",
    rf"(?:i )?(?:{_STEP} )?{_WEEKEND}(?!\w)(?! (?:den )?\d){_BEHIND}?",
    [
        *(f"{step} {end}" for step in ("i", *_STEPS) for end in _WEEKENDS if " " not in step),
        *(f"i {step}" for step in _STEPS),
        *_WEEKENDS,
        "den här",
    ],
)
def weekend(match: Match) -> Found | None:
    """I helgen, till helgen: the coming Saturday and Sunday, on those days themselves; nästa helg: of next week."""
    if not (match["step"] or match["d"] or match["d2"] or match["d3"]):
        return None
    steps = 0 if match["step"].endswith("kommande") or match["soon"] else _steps(match)
    if not (match["step"] or match["soon"] or match["gone"]) and match.reference.weekday() < 5:
        steps = -1 if match.tense is Tense.PAST else steps
    saturday = add_days(week_of(match.reference)[0], 5 + 7 * steps)
    return match.found((saturday, add_days(saturday, 1)), "range", explicit=True, confidence=0.8)


@rule(
    "date.weekend-of-week",
    rf"(?:{_WEEKEND}|vardagarna) (?:i |under )?{_W} ?(?P<n>{_N}){_YEAR}?",
    [*_WEEKENDS, "vardagarna"],
)
def weekend_of_week(match: Match) -> Found | None:
    """Helgen vecka 40; vardagarna vecka 40: its working week."""
    found = _week(match, int(match["n"]))
    if found is None:
        return None
    working = match.groups.group().startswith("vardag")
    first, last = (0, 4) if working else (5, 6)
    return replace(found, first=add_days(found.first, first), last=add_days(found.first, last), grain="range")


@rule("date.turn-of-week", rf"veckoskiftet (?P<n>{_N}) ?[-/] ?(?P<n2>{_N}){_YEAR}?", ["veckoskiftet"])
def turn_of_week(match: Match) -> Found | None:
    """Veckoskiftet 42/43: Sunday and Monday."""
    found = _week(match, int(match["n"]))
    if found is None:
        return None
    return replace(
        found, first=found.last, last=add_days(found.last, 1), grain="range", approximate=True, boundary=True
    )
