"""Rules for months, quarters, halves, thirds and years."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_months, month_span
from nlp.dates.days import written_year
from nlp.dates.engine import FIRST_YEAR, YEARS_AHEAD, Found, Match, rule
from nlp.dates.pattern import Pattern
from nlp.model import Grain

_FULL_MONTHS = [m for m in lx.MONTHS if len(m) > 4 or m in {"mars", "maj", "juni", "juli"}]
_SHORT_MONTHS = [m for m in lx.MONTHS if m not in _FULL_MONTHS]
# "Jul" is Christmas unless a day or a dash stands beside it.
_SURE_SHORT = [m for m in _SHORT_MONTHS if m != "jul"]
_DAY_BEFORE = Pattern(r"(?<!\d)\d{1,2}(?::?[ae])?\.? {0,9}$")


def periodic(
    match: Match, span_in: Callable[[int], Span | None], grain: Grain, **more: object
) -> Found | None:
    """A period that comes every year: in the written year, else in the one that the tense asks for."""
    year = written_year(match)
    if year is not None:
        return match.found(span_in(year), grain, explicit=True, **more)
    return match.found(match.place(span_in), grain, **more)


@rule(
    "date.month",
    rf"(?P<m>{lx.either(_FULL_MONTHS)})(?![^\W\d]|-(?!{lx.either(lx.MONTHS)}|\w{{2,4}}dag)[^\W\d])(?: månad(?!\w))?{lx.year()}?",
    [*_FULL_MONTHS, *(f"{m}#" for m in _FULL_MONTHS)],
)
def month(match: Match) -> Found | None:
    """Maj, oktober 2021; a day before it that the month has not ("31 juni") makes it no date at all."""
    if _DAY_BEFORE.search(match.context.text[max(0, match.start - 14) : match.start]):
        return None
    number = lx.MONTHS[match["m"]]
    return periodic(match, lambda y: month_span(y, number), "month")


@rule("date.month", rf"(?P<m>{lx.either(_SURE_SHORT)})(?![^\W\d])\.?(?: månad)?{lx.year()}", [*_SURE_SHORT, *(f"{m}#" for m in _SURE_SHORT)])
@rule(
    "date.month",
    rf"(?:(?<=i )|(?<=under )|(?<=senast )|(?<=före )|(?<=efter )|(?<=av )|(?<=till )|(?<=innan )|(?<=om )|(?<=[-/]))(?P<m>{lx.either(_SURE_SHORT)})(?!\w)",
    _SURE_SHORT,
)
@rule(
    "date.month", rf"(?P<m>{lx.either(_SHORT_MONTHS)})\.?(?= ?[-/] ?{lx.either(lx.MONTHS)}(?!\w))", _SHORT_MONTHS
)
def month_abbreviated(match: Match) -> Found | None:
    """Okt 2021; without a year only behind a preposition or in a range, for "jan" is also a name."""
    return month(match)


@rule("date.month", rf"(?P<m>{lx.either(_SHORT_MONTHS)})", _SURE_SHORT)
def month_alone(match: Match) -> Found | None:
    """Aug, where nothing else is said."""
    return month(match) if match.alone else None


@rule(
    "date.month-of",
    r"(?P<which>denna|den här|innevarande|nuvarande|nästa|nästkommande|kommande|förra|föregående|gångna) (?:månaden|månad)(?:s)?",
    ["denna", "den här", "innevarande", "nuvarande", "nästa", "nästkommande", "kommande", "förra", "föregående"],
)
@rule("date.month-of", r"månaden som (?P<which>gick|var|kommer)", ["månaden som"])
def named_month(match: Match) -> Found | None:
    """Nästa månad, månaden som gick."""
    months = _STEPS.get(match["which"], 0)
    first = add_months(match.reference.replace(day=1), months)
    return match.found(month_span(first.year, first.month), "month", explicit=True)


@rule("date.iso-month", r"(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/-])", ["#"])
def month_slash_year(match: Match) -> Found | None:
    """04/2016; "10/2016" in a text may be any number."""
    if not (match["m"].startswith("0") or match.alone):
        return None
    return match.found(month_span(int(match["y"]), int(match["m"])), "month", explicit=True, confidence=0.7)


@rule("date.iso-month", r"(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d:-]|\.\d|/)", ["####"])
def iso_month(match: Match) -> Found | None:
    return match.found(month_span(int(match["y"]), int(match["m"])), "month", explicit=True, confidence=0.8)


_MORE_THAN = Pattern(r"\b(?:mer|mindre|fler|färre|drygt|knappt|cirka|ca|nästan)(?: än)? {1,9}$")
_YEAR = r"(?:(?P<said>(?<!\d )år(?:et)? ))?(?P<y>(?:19|20)\d\d)"


@rule("date.year", rf"{_YEAR}(?![\w:/-]|[.,]\d| ?%)", ["####", "år #", "året #"])
@rule("date.year", rf"{_YEAR}(?= ?- ?20\d\d(?![\d-]))", ["####", "år #", "året #"])
def year(match: Match) -> Found | None:
    """A number of four digits that can be a year near the letter, or that is called a year."""
    number = int(match["y"])
    before = match.context.text[match.start - 1 : match.start]
    if _MORE_THAN.search(match.context.text, max(0, match.start - 14), match.start):
        return None
    near = FIRST_YEAR <= number <= match.reference.year + YEARS_AHEAD
    if not (near or match["said"]) or before in set("-/.,:+#_"):
        return None
    return match.found(_whole_year(number), "year", explicit=True, confidence=0.8)


@rule(
    "date.years", rf"(?:åren )?(?P<y>(?:19|20)\d\d) ?[-/] ?(?P<z>(?:19|20)?\d\d)(?![\w:/-])(?! ?{lx.either(lx.MONTHS)})", ["####", "åren"]
)
@rule("date.years", r"(?:åren )(?P<y>(?:19|20)\d\d) (?:och|till) (?P<z>(?:19|20)\d\d)(?!\w)", ["åren"])
@rule("date.years", r"(?<=mellan )(?P<y>(?:19|20)\d\d) och (?P<z>(?:19|20)\d\d)(?!\w)", ["####"])
def years(match: Match) -> Found | None:
    """2021–2023, 2021/22."""
    first = int(match["y"])
    last = int(match["z"]) if len(match["z"]) == 4 else first // 100 * 100 + int(match["z"])
    if not FIRST_YEAR <= first < last <= first + 30:
        return None
    return match.found((date(first, 1, 1), date(last, 12, 31)), "range", explicit=True, confidence=0.8)


_YEARS_OF = (
    "i år|iår|detta år|det här året|innevarande år|nästa år|nästkommande år|kommande år|förra året|föregående år|i fjol|ifjol"
).split("|")


@rule("date.year-of", rf"(?P<r>{lx.either(_YEARS_OF)})(?!\w)", _YEARS_OF)
@rule("date.year-of", r"(?:det )?(?P<r>kommande|nästkommande|gångna|förra|föregående) (?:år|året)(?!\w)", [f"{a}{b} {c}" for a in ("", "det ") for b in ("kommande", "nästkommande", "gångna", "förra", "föregående") for c in ("år", "året")])
@rule("date.year-of", r"året som (?P<r>gick|var|kommer)(?!\w)", ["året som"])
def named_year(match: Match) -> Found | None:
    step = _STEPS[match["r"]] if match["r"] in _STEPS else lx.relative_year(match["r"])
    return match.found(_whole_year(match.reference.year + step), "year", explicit=True)


_STEPS = {
    "nästa": 1, "kommande": 1, "nästkommande": 1, "kommer": 1,
    "gångna": -1, "förra": -1, "föregående": -1, "gick": -1, "var": -1,
}  # fmt: skip


def _whole_year(number: int) -> Span:
    return month_span(number, 1, 12)


@rule(
    "date.year-of",
    r"(?P<r>nästa|nästkommande|kommande|förra|föregående) (?:års|årets)(?P<more> (?=\w))?",
    [f"{a} {b}" for a in ("nästa", "nästkommande", "kommande", "förra", "föregående") for b in ("års", "årets")],
)
def year_in_genitive(match: Match) -> Found | None:
    """Nästa års budget; nästa års januari."""
    number = match.reference.year + _STEPS[match["r"]]
    inner = match.context.read(match.end, number) if match["more"] else None
    if inner is not None:
        return replace(inner, start=match.start, explicit=True)
    found = match.found(_whole_year(number), "year", explicit=True)
    return replace(found, end=found.end - len(match["more"])) if found else None


@rule("date.year-of", r"(?<=hela )året(?!\w)", ["året"])
def whole_year(match: Match) -> Found | None:
    return match.found(_whole_year(match.reference.year), "year", explicit=True, confidence=0.8)


_DECADES = {
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
}  # fmt: skip


@rule("date.decade", rf"(?:(?P<y>(?:19|20)\d0)|(?P<yy>[2-9]0))-?talets?(?!\w)", ["####", "#", "#talet", "#talets"])
@rule("date.decade", rf"(?P<w>{lx.either(_DECADES)})talets?(?!\w)", [f"{word}talet{s}" for word in _DECADES for s in ("", "s")])
def decade(match: Match) -> Found | None:
    """90-talet, 1980-talet, åttiotalet: the ten years that began last; "2000-talet" is no decade."""
    short = _DECADES[match["w"]] if match["w"] else int(match["yy"] or 0)
    number = int(match["y"] or 0) or max(y for y in (1900 + short, 2000 + short) if y <= match.reference.year)
    if number % 100 == 0:
        return None
    return match.found(month_span(number, 1, 120), "range", explicit=True, confidence=0.8)


@rule(
    "date.decade",
    r"(?P<which>förra|detta|det här|innevarande|nästa) (?:årtiondet|årtionde|decenniet|decennium)(?!\w)",
    [f"{a} {b}" for a in ("förra", "detta", "innevarande", "nästa") for b in ("årtionde", "årtiondet", "decenniet", "decennium")]
    + ["det här"],
)
def named_decade(match: Match) -> Found | None:
    """Förra årtiondet."""
    step = {"förra": -10, "nästa": 10}.get(match["which"], 0)
    return match.found(month_span(match.reference.year // 10 * 10 + step, 1, 120), "range", explicit=True)


_KINDS: dict[str, tuple[Grain, int]] = {"k": ("quarter", 3), "h": ("half", 6), "t": ("third", 4)}
_NUMBERED = r"(?:(?P<k>q|kvartal |kv\.? ?|k)|(?P<h>h|halvår )|(?P<t>t|tertial ))"


def _division(match: Match, number: int, *, to: int | None = None) -> Found | None:
    kind = next(k for k in _KINDS if match[k])
    grain, months = _KINDS[kind]
    last = 12 // months
    number = last if number == -1 else number
    if not 1 <= number <= (to or number) <= last:
        return None
    count = ((to or number) - number + 1) * months
    return periodic(
        match,
        lambda y: month_span(y, (number - 1) * months + 1, count),
        "range" if to and to > number else grain,
    )


@rule(
    "date.division",
    rf"{_NUMBERED}(?P<n>[1-4])(?!\d)(?! ?%|[.,:]\d)(?: ?[-/] ?(?:q|h|t|kvartal |kv\.? ?)?(?P<to>[1-4])(?!\d))?{lx.year()}?(?:/(?P<yy9>\d\d)(?!\d))?",
    ["q#", "h#", "t#", "kv#", "k#", "kvartal", "kv", "halvår", "tertial"],
)
def numbered_division(match: Match) -> Found | None:
    """Q3 2022, kvartal 3, tertial 2, H2; Q1–Q2."""
    return _division(match, int(match["n"]), to=int(match["to"]) if match["to"] else None)


@rule("date.division", rf"{_NUMBERED}(?P<n>[1-4])/(?P<y>20\d\d)(?!\w)", ["q#", "h#", "t#", "kvartal", "halvår", "tertial"])
@rule("date.division", rf"{_NUMBERED}(?P<w>ett|två|tre|fyra)(?!\w){lx.year()}?", ["kvartal", "halvår", "tertial"])
def spelled_division(match: Match) -> Found | None:
    """Q3/2026, kvartal fyra."""
    return _division(match, int(match["n"] or lx.CARDINALS[match["w"]]))


@rule("date.division", rf"(?P<y>20\d\d) ?[-,]? ?{_NUMBERED}(?P<n>[1-4])(?!\w)", ["####", "#q#"])
def year_first_division(match: Match) -> Found | None:
    """2022 Q3, 2022Q3."""
    return _division(match, int(match["n"]))


@rule(
    "date.division",
    rf"(?:det )?(?P<o>{lx.either(lx.ORDER)}) (?:(?P<k>kvartalet)|(?P<h>halvåret)|(?P<t>tertialet|tertialen))(?!\w)(?: av| under)?{lx.year()}?",
    ["det", "#", "#a", "#e", "sista", *lx.ORDINALS],
)
def ordinal_division(match: Match) -> Found | None:
    """Första kvartalet nästa år, andra halvåret."""
    return _division(match, lx.ORDER[match["o"]])


@rule(
    "date.division",
    rf"årets (?P<o>{lx.either(lx.ORDER)}) (?:(?P<k>kvartal)|(?P<h>halvår)|(?P<t>tertial))(?!\w)",
    ["årets"],
)
def division_of_this_year(match: Match) -> Found | None:
    """Årets sista kvartal."""
    grain, months = _KINDS[next(k for k in _KINDS if match[k])]
    number = lx.ORDER[match["o"]]
    number = 12 // months if number == -1 else number
    if number > 12 // months:
        return None
    span = month_span(match.reference.year, (number - 1) * months + 1, months)
    return match.found(span, grain, explicit=True)


@rule(
    "date.division-of",
    r"(?P<which>nästa|nästkommande|kommande|innevarande|detta|det här|förra|föregående) (?:(?P<k>kvartal)|(?P<h>halvår)|(?P<t>tertial))(?:et)?(?!\w)",
    ["nästa", "nästkommande", "kommande", "innevarande", "detta", "det", "förra", "föregående"],
)
def named_division(match: Match) -> Found | None:
    grain, months = _KINDS[next(k for k in _KINDS if match[k])]
    step = _STEPS.get(match["which"], 0)
    start = (match.reference.month - 1) // months * months + 1
    return match.found(month_span(match.reference.year, start + step * months, months), grain, explicit=True)
