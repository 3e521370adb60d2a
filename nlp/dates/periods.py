"""Rules for months, quarters, halves and thirds."""

from collections.abc import Callable, Iterator

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_months, month_span
from nlp.dates.days import written_year
from nlp.dates.engine import Found, Match, rule
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


@rule(
    "date.month",
    rf"(?P<m>{lx.either(_SURE_SHORT)})(?![^\W\d])\.?(?: månad)?{lx.year()}",
    [*_SURE_SHORT, *(f"{m}#" for m in _SURE_SHORT)],
)
@rule(
    "date.month",
    rf"(?:(?<=i )|(?<=under )|(?<=senast )|(?<=före )|(?<=efter )|(?<=av )|(?<=till )|(?<=innan )|(?<=om )|(?<=[-/]))(?P<m>{lx.either(_SURE_SHORT)})(?!\w)",
    _SURE_SHORT,
)
@rule(
    "date.month",
    rf"(?P<m>{lx.either(_SHORT_MONTHS)})\.?(?= ?[-/] ?{lx.either(lx.MONTHS)}(?!\w))",
    _SHORT_MONTHS,
)
def month_abbreviated(match: Match) -> Found | None:
    """Okt 2021; without a year only behind a preposition or in a range, for "jan" is also a name."""
    return month(match)


@rule("date.month", rf"(?P<m>{lx.either(_SHORT_MONTHS)})", _SURE_SHORT)
def month_alone(match: Match) -> Found | None:
    """Aug, where nothing else is said."""
    return month(match) if match.alone else None


_GATHERED = "möte|mötet|mötets|mötena|sammanträde|sammanträdet|nämnd|nämnden|nämndens|fullmäktige|styrelse|styrelsen|utskott|utskottet|stämma|stämman|session|sessionen"


@rule(
    "date.month",
    rf"(?P<m>{lx.either(_FULL_MONTHS)})(?:{_GATHERED})(?!\w){lx.year()}?",
    [f"{m}{word}" for m in _FULL_MONTHS for word in _GATHERED.split("|")],
)
def month_of_a_gathering(match: Match) -> Found | None:
    """Oktobermötet, majfullmäktige 2022: held in that month."""
    return month(match)


@rule(
    "date.month-of",
    r"(?P<which>denna|den här|innevarande|nuvarande|nästa|nästkommande|kommande|förra|föregående|gångna) (?:månaden|månad)(?:s)?",
    [
        "denna",
        "den här",
        "innevarande",
        "nuvarande",
        "nästa",
        "nästkommande",
        "kommande",
        "förra",
        "föregående",
    ],
)
@rule(
    "date.month-of",
    r"(?P<which>(?<=innan )|(?<=före ))månaden(?= är (?:slut|över|till ända))",
    ["månaden är"],
)
@rule(
    "date.month-of",
    r"(?:(?<=under )|(?<=inom ))månaden(?!\w)(?! (?:före|innan|efter|därpå|som))",
    ["månaden"],
)
@rule("date.month-of", r"månaden som (?P<which>gick|var|kommer)", ["månaden som"])
def named_month(match: Match) -> Found | None:
    """Nästa månad, månaden som gick."""
    months = lx.STEPS.get(match["which"], 0)
    first = add_months(match.reference.replace(day=1), months)
    return match.found(month_span(first.year, first.month), "month", explicit=True)


@rule("date.iso-month", r"(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/-])", ["# /"])
def month_slash_year(match: Match) -> Found | None:
    """04/2016; "10/2016" in a text may be any number."""
    if not (match["m"].startswith("0") or match.alone):
        return None
    return match.found(month_span(int(match["y"]), int(match["m"])), "month", explicit=True, confidence=0.7)


@rule("date.iso-month", r"(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d:-]|\.\d|/)", ["####"])
def iso_month(match: Match) -> Found | None:
    return match.found(month_span(int(match["y"]), int(match["m"])), "month", explicit=True, confidence=0.8)


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


@rule(
    "date.division",
    rf"{_NUMBERED}(?P<n>[1-4])/(?P<y>20\d\d)(?!\w)",
    ["q#", "h#", "t#", "kvartal", "halvår", "tertial"],
)
@rule(
    "date.division",
    rf"{_NUMBERED}(?P<w>ett|två|tre|fyra)(?!\w){lx.year()}?",
    ["kvartal", "halvår", "tertial"],
)
def spelled_division(match: Match) -> Found | None:
    """Q3/2026, kvartal fyra."""
    return _division(match, int(match["n"] or lx.CARDINALS[match["w"]]))


@rule("date.division", rf"(?P<y>20\d\d) ?[-,]? ?{_NUMBERED}(?P<n>[1-4])(?!\w)", ["####", "#q#"])
def year_first_division(match: Match) -> Found | None:
    """2022 Q3, 2022Q3."""
    return _division(match, int(match["n"]))


_UNIT_WORDS = ("kvartalet", "kv", "halvåret", "tertialet", "tertialen")
_UNITS = r"(?:(?P<k>kvartalet|kv\.?(?= ))|(?P<h>halvåret)|(?P<t>tertialet|tertialen))(?!\w)"


@rule(
    "date.divisions",
    rf"(?:det )?(?P<o1>{lx.either(lx.ORDER)}) (?P<and>och|eller|samt|respektive) (?=(?:det )?(?P<o>{lx.either(lx.ORDER)}) )(?:det )?\w+(?::[ae])? {_UNITS}{lx.year()}?",
    [
        *(f"det {o}" for o in lx.ORDINALS),
        *(f"{o} {word}" for o in lx.ORDINALS for word in ("och", "eller", "samt", "respektive")),
    ],
)
def two_divisions(match: Match) -> Iterator[Found]:
    """Första och andra kvartalet 2023: one each."""
    last = _division(match, lx.ORDER[match["o"]])
    grain, months = _KINDS[next(k for k in _KINDS if match[k])]
    if last is None:
        return
    begin, end = match.groups.span("o1")
    first = month_span(last.first.year, (lx.ORDER[match["o1"]] - 1) * months + 1, months)
    yield Found(begin, end, first[0], first[1], grain, match.name)
    last.start = match.groups.start("o")
    yield last


@rule(
    "date.division",
    rf"(?:det )?(?P<o>{lx.either(lx.ORDER)}) {_UNITS}(?: av| under)?{lx.year()}?",
    [
        *(f"det {o}" for o in (*lx.ORDINALS, "sista", "#", "#a", "#e")),
        *(f"{o} {unit}" for o in (*lx.ORDINALS, "sista", "#a", "#e") for unit in _UNIT_WORDS),
        "# :",
    ],
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
    step = lx.STEPS.get(match["which"], 0)
    start = (match.reference.month - 1) // months * months + 1
    return match.found(month_span(match.reference.year, start + step * months, months), grain, explicit=True)
