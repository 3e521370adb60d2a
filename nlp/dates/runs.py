"""Rules for lists and runs of days that share a month: den 3, 10 och 17 mars, den 9–11 mars, 3–4/9."""

from collections.abc import Iterator

from nlp.dates import lexicon as lx
from nlp.dates.calendar import day_of
from nlp.dates.days import (
    ALL_WEEKDAYS,
    ENDING,
    LED,
    WD,
    coming_day,
    dated,
    day_first,
    weekday_number,
    written_year,
)
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.pattern import Pattern
from nlp.model import Grain

_IN_LIST = (
    "#",
    "-",
    "/",
    "och",
    "eller",
    "samt",
    "alternativt",
    "resp",
    "respektive",
    "el",
    "den",
    *ALL_WEEKDAYS,
)
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?::?[ae](?!\w))?"
_ITEM = rf"(?:{lx.either(ALL_WEEKDAYS)},? ?)?(?:den )?{_DAY_NUMBER}(?: ?- ?{_DAY_NUMBER})?"
_AND = r"(?:,? (?:och|eller|samt|alternativt|alt\.?|resp\.?|respektive|el\.?)(?: (?:även|möjligen|kanske|ev\.?|eventuellt))? |, |/)"

_LISTED_DAY = lx.spaced(rf"(?:på )?(?:{lx.weekday()},? ?)?(?:den )?{lx.day('1')}(?: ?- ?{lx.day()})?")
_AND_THEN = lx.spaced(_AND)


@rule(
    "date.day-list",
    rf"(?:på )?(?P<list>(?:{_ITEM}{_AND}){{1,8}}){WD}{lx.day()} {lx.month()}{lx.year()}?",
    day_first(*_IN_LIST),
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
    "date.ordinal-list",
    rf"(?:den )?(?P<o1>{lx.either(lx.ORDINALS)})(?P<and> (?:och|eller|samt|respektive) )(?:den )?(?P<o>{lx.either(lx.ORDINALS)}) {lx.month()}{lx.year()}?",
    [
        *(f"den {ordinal}" for ordinal in lx.ORDINALS),
        *(f"{ordinal} {word}" for ordinal in lx.ORDINALS for word in ("och", "eller", "samt", "respektive")),
    ],
)
@rule(
    "date.ordinal-range",
    rf"(?:den )?(?P<o1>{lx.either(lx.ORDINALS)})(?: (?:till|till och med|t\.o\.m\.?) | ?- ?)(?:den )?(?P<o>{lx.either(lx.ORDINALS)}) {lx.month()}{lx.year()}?",
    [
        *(f"den {ordinal}" for ordinal in lx.ORDINALS),
        *(f"{ordinal} {sign}" for ordinal in lx.ORDINALS for sign in ("-", "till", "t")),
    ],
)
def ordinals(match: Match) -> list[Found] | Found | None:
    """Den första och andra juni: a date each; den första till den tredje juni: one run."""
    last = dated(match, lx.ORDINALS[match["o"]], lx.MONTHS[match["m"]], written_year(match))
    if last is None:
        return None
    first = day_of(last.first.year, last.first.month, lx.ORDINALS[match["o1"]])
    if first is None or first >= last.first:
        return None
    if not match["and"]:
        return replace(last, first=first, grain="range")
    begin, end = match.groups.span("and")
    return [replace(last, end=begin, first=first, last=first), replace(last, start=end)]


@rule(
    "date.day-range",
    rf"{WD}{lx.day('1')} ?(?:-|till och med|t\.o\.m\.?|till) ?{WD.replace('<w>', '<w2>')}{lx.day()} ?{lx.month()}{lx.year()}?",
    day_first("-", "till", "t"),
)
@rule(
    "date.day-range",
    rf"{WD}{lx.day('1')} ?- ?(?P<d>3[01]|[12]\d|0?[1-9])/(?P<mn>1[0-2]|0?[1-9])(?![\d/]|[.,]\d)(?: (?P<y>20\d\d)(?![\d:]))?",
    day_first("-"),
)
@rule(
    "date.day-range",
    rf"(?<=mellan )(?:den )?{lx.day('1')} och (?:den )?{lx.day()} {lx.month()}{lx.year()}?",
    ["# och", *(f"# {sign}" for sign in ENDING), "den #"],
)
def day_range(match: Match) -> Found | list[Found] | None:
    """Den 9–11 mars, 3–4/9; two days where "flyttas från" stands before them."""
    month = int(match["mn"]) if match["mn"] else lx.MONTHS[match["m"]]
    last = dated(match, int(match["d"]), month, written_year(match), weekday_number(match, "w2"))
    if last is None:
        return None
    first = day_of(last.first.year, last.first.month, int(match["d1"]))
    if first is None or first >= last.last:
        return None
    if _MOVED_FROM.search(match.context.text, max(0, match.start - 60), match.start):
        at = match.groups.start("d")
        article = 4 * match.context.text.endswith("den ", 0, at)
        return [
            replace(last, first=first, last=first, end=match.groups.end("d1")),
            replace(last, start=at - article),
        ]
    return replace(last, first=first, grain="range")


_GOING_ON = "eller|är|blir|var|kommer|ska|skall|kan|har|hade|sker|äger|pågår|och|men|då|hos|i|vid|på"


@rule(
    "date.day-alone-range",
    rf"den (?P<d1>3[01]|[12]\d|[1-9]) ?- ?(?P<d>3[01]|[12]\d|[1-9])(?=\.? ?$|[.,!?;)] | kl\b| (?:{_GOING_ON})\b)",
    ["den #"],
)
def days_alone(match: Match) -> Found | None:
    """Natten den 9–10 rivs asfalten: the coming such days, both in one month."""
    first = coming_day(match, int(match["d1"]), None)
    last = day_of(first.year, first.month, int(match["d"])) if first else None
    return match.found((first, last), "range", confidence=0.75) if first and last and first < last else None


_DOTTED_DAY = r"(?:3[01]|[12]\d|0?[1-9])"


@rule(
    "date.day-range",
    rf"{WD}(?P<d1>{_DOTTED_DAY})\.(?:(?P<mn1>1[0-2]|0?[1-9])\.)? ?- ?{WD.replace('<w>', '<w2>')}(?P<d>{_DOTTED_DAY})\.(?P<mn>1[0-2]|0?[1-9])(?:\.(?P<y>(?:19|20)\d\d)?(?!\d)|(?=[ ,;!?)]|$))",
    [*LED, "# -", "# #"],
)
def dotted_range(match: Match) -> Found | None:
    """6.-7.9., 30.8.–3.9.2020: as in Finland, each number with its stop."""
    month = int(match["mn"])
    last = dated(match, int(match["d"]), month, written_year(match), weekday_number(match, "w2"))
    if last is None:
        return None
    begun = int(match["mn1"] or month)
    first = day_of(last.first.year - (begun > month), begun, int(match["d1"]))
    return replace(last, first=first, grain="range") if first and first < last.last else None


_MOVED_FROM = Pattern(
    r"\b(?:\w{0,5}flytta\w{0,3}|skjut\w{0,3}|ändra\w{0,3}|senarelägg\w{0,3}|tidigarelägg\w{0,3})\b[^.!?]{0,40}\bfrån (?:den )?$"
)
