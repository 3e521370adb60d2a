"""Rules for the n-th day, week or weekday of a period: sista fredagen i april, årets första dag, resten av veckan."""

from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import (
    Span,
    add_days,
    add_months,
    add_working_days,
    month_span,
    nth_week,
    nth_weekday,
)
from nlp.dates.counted import number_of
from nlp.dates.days import one_day, written_year
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.parts import this_period
from nlp.model import Grain

_WHAT = [
    *lx.WEEKDAYS,
    "veckan",
    "vecka",
    "helgen",
    "arbetsdagen",
    "vardagen",
    "dagen",
    "dan",
    "månaden",
    "kvartalet",
]
_NTH = rf"(?:den )?(?P<o>{lx.either(lx.ORDER)}) (?P<w>{lx.either(_WHAT)}) (?:i|på|av|under|för)"
_OWN = r"(?P<u>veckan|månaden|kvartalet|året)(?!\w)(?! (?:före|innan|efter|därpå))"
_FIRST = [
    *(f"{word} {what}" for word in (*lx.ORDINALS, "sista", "#a", "#e") for what in _WHAT),
    *(f"den {word}" for word in (*lx.ORDINALS, "sista", "#a", "#e", "#")),
    "# :",
]


@rule("date.nth-weekday", rf"{_NTH} {lx.month()}{lx.year()}?", _FIRST)
def nth_of_month(match: Match) -> Found | None:
    """Sista fredagen i april, första veckan i maj."""
    number, what = lx.ORDER[match["o"]], match["w"]
    month, year = lx.MONTHS[match["m"]], written_year(match)
    if year is not None:
        return match.found(_nth(month_span(year, month), what, number), _grain(what), explicit=True)
    return match.found(match.place(lambda y: _nth(month_span(y, month), what, number)), _grain(what))


@rule("date.nth-weekday", rf"{_NTH} (?:{_OWN}|(?=\w))", _FIRST)
def nth_of_period(match: Match) -> Found | None:
    """Första måndagen i nästa månad, sista dagen på året, sista veckan på sommaren."""
    whole = this_period(match, match["u"]) if match["u"] else match.context.read(match.end)
    if whole is None or whole.grain == "day":
        return None
    span = _nth((whole.first, whole.last), match["w"], lx.ORDER[match["o"]])
    if span is None:
        return None
    return replace(
        whole, start=match.start, first=span[0], last=span[1], grain=_grain(match["w"]), rule=match.name, part=None,
        approximate=False, inner=(),
    )  # fmt: skip


@rule(
    "date.nth-weekday",
    rf"(?P<u>veckans|månadens|kvartalets|årets) (?P<o>{lx.either(lx.ORDER)}) (?P<w>dag|arbetsdag|vardag|vecka|månad|{lx.either(lx.WEEKDAYS)})(?!\w)",
    ["veckans", "månadens", "kvartalets", "årets"],
)
def nth_in_genitive(match: Match) -> Found | None:
    """Årets sista dag."""
    whole = this_period(match, match["u"])
    return match.found(_nth((whole.first, whole.last), match["w"], lx.ORDER[match["o"]]), _grain(match["w"]))


_MANY = "dagarna|arbetsdagarna|vardagarna|veckorna|månaderna"
_EDGE = r"(?P<o>första|sista)"
_COUNT = rf"(?P<n>\d{{1,2}}|{lx.either(lx.CARDINALS)})"
_EDGES = [f"{edge} {n}" for edge in ("första", "sista") for n in (*lx.CARDINALS, "#")]


@rule(
    "date.nth-weekday",
    rf"(?:de )?{_EDGE} {_COUNT} (?P<w>{_MANY}) (?:i|på|av|under) (?:{_OWN}|(?=\w))",
    [*_EDGES, "de första", "de sista"],
)
@rule(
    "date.nth-weekday",
    rf"(?:de )?{_COUNT} {_EDGE} (?P<w>{_MANY}) (?:i|på|av|under) (?:{_OWN}|(?=\w))",
    [
        *(f"de {n}" for n in (*lx.CARDINALS, "#")),
        *(f"{n} {edge}" for edge in ("första", "sista") for n in lx.CARDINALS),
    ],
)
def first_many(match: Match) -> Found | None:
    """De tre första dagarna i juli."""
    whole = this_period(match, match["u"]) if match["u"] else match.context.read(match.end)
    if whole is None or whole.grain == "day":
        return None
    span = _run((whole.first, whole.last), match["w"], number_of(match) or 1, back=match["o"] == "sista")
    if span is None:
        return None
    return replace(
        whole,
        start=match.start,
        first=span[0],
        last=span[1],
        grain="range",
        rule=match.name,
        part=None,
        inner=(),
    )


def _run(within: Span, units: str, count: int, *, back: bool) -> Span | None:
    """The first or last so many units of the days given."""
    first, last = within
    if units.startswith("veck"):
        week = nth_week(within, -1 if back else 1)
        more = 7 * (count - 1)
        return week and ((add_days(week[0], -more), week[1]) if back else (week[0], add_days(week[1], more)))
    if units.startswith("måna"):
        begin = add_months(add_days(last, 1), -count) if back else first
        return month_span(begin.year, begin.month, count)
    if units.startswith("da"):
        return (add_days(last, 1 - count), last) if back else (first, add_days(first, count - 1))
    ends = [
        add_working_days(add_days(last, 1), -n) if back else add_working_days(add_days(first, -1), n)
        for n in (1, count)
    ]
    return min(ends), max(ends)


def _grain(what: str) -> Grain:
    grains: dict[str, Grain] = {"veck": "week", "helg": "range", "måna": "month", "kvar": "quarter"}
    return "day" if what in lx.WEEKDAYS else grains.get(what[:4], "day")


def _nth(within: Span, what: str, number: int) -> Span | None:
    """The number-th of its kind in the days given, -1 the last; None if there are not so many."""
    if what in lx.WEEKDAYS:
        return one_day(nth_weekday(within, lx.WEEKDAYS[what], number))
    if what.startswith("veck"):
        return nth_week(within, number)
    if what == "helgen":
        saturday = nth_weekday(within, 5, number)
        return (saturday, add_days(saturday, 1)) if saturday else None
    if what.startswith(("månad", "kvartal")):
        return _nth_months(within, 1 if what.startswith("månad") else 3, number)
    return one_day(_nth_day(within, number, working=not what.startswith("da")))


def _nth_months(within: Span, months: int, number: int) -> Span | None:
    first, last = within
    start = add_months(first, months * (number - 1)) if number > 0 else add_months(add_days(last, 1), -months)
    span = month_span(start.year, start.month, months)
    return span if first <= span[0] and span[1] <= last else None


def _nth_day(within: Span, number: int, *, working: bool) -> date | None:
    first, last = within
    if working:
        return add_working_days(add_days(last, 1) if number < 0 else add_days(first, -1), number)
    day = last if number < 0 else add_days(first, number - 1)
    return day if day <= last else None


@rule(
    "date.rest",
    r"(?P<u>veckan|månaden|kvartalet|året) ut(?!\w)(?! (?:ur|på|med|till|i))",
    [f"{u} ut" for u in ("veckan", "månaden", "kvartalet", "året")],
)
def rest_of_this(match: Match) -> Found | None:
    """Året ut: from today to its end."""
    whole = this_period(match, match["u"])
    return replace(whole, first=match.reference, grain="range", rule=match.name)


@rule(
    "date.rest",
    rf"(?P<side>resten av|återstoden av|återstående delen av|hittills|hittills under|så här långt) (?:(?:i|under) (?=\w{{3,9}}et|\w{{2,9}}en))?(?:{_OWN}|(?=\w))",
    ["resten", "återstoden", "återstående", "hittills", "så här"],
)
def rest_of(match: Match) -> Found | None:
    """Resten av veckan: from today; hittills i år: up to today."""
    whole = this_period(match, match["u"]) if match["u"] else match.context.read(match.end)
    if whole is None or whole.grain == "day":
        return None
    now, rest = match.reference, match["side"].endswith("av")
    if not rest and not whole.first <= now <= whole.last:
        return None
    first, last = (max(now, whole.first), whole.last) if rest else (whole.first, now)
    return replace(whole, start=match.start, first=first, last=last, grain="range", rule=match.name, inner=())
