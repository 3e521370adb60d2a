"""Rules that count from today: om två veckor, inom tio arbetsdagar, för tre dagar sedan, de närmaste fem veckorna."""

from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, add_months, add_working_days
from nlp.dates.engine import Found, Match, replace, rule, words_after
from nlp.dates.pattern import Pattern

_ABOUT = r"(?:ytterligare|ungefär|cirka|circa|ca\.?|minst|högst|max|exakt|precis|drygt|knappt|gott|bara|endast|ett|en)"
_CARDINAL = lx.either(lx.CARDINALS)
_N = rf"\d{{1,3}}(?!\d)|{_CARDINAL}(?!\w)"
NUMBER = (
    rf"(?:{_ABOUT} ){{0,2}}(?:(?P<n>{_N})(?: dryg[at]?| knapp[at]?)?"
    rf"(?:(?: till | eller | ?- ?)(?P<n9>{_N})|(?P<more> och (?:en |ett )?halvt?))?|(?P<half>halvt?)|(?P<some>några|någon))"
)
UNITS = (
    "dagar dag dar dygn timmar timme arbetsdagar arbetsdag vardagar vardag bankdagar veckor vecka månader månad kvartal "
    "halvår år årtionden årtionde decennier decennium"
).split()
_UNIT = rf"(?P<u>{lx.either(UNITS)})(?!\w)"
COUNTED = rf"(?:{NUMBER} )?{_UNIT}(?:s tid)?"
_SECOND = [
    *UNITS,
    "till",
    "eller",
    "och",
    "halv",
    "halvt",
    "par",
    "dryg",
    "drygt",
    "knapp",
    "knappt",
    "gott",
    "-",
]
COUNT_FIRST = [
    *(f"{word} {second}" for word in (*lx.CARDINALS, "#") for second in _SECOND),
    *(
        f"{word} {n}"
        for word in ("ytterligare", "några", "drygt", "cirka")
        for n in (*lx.CARDINALS, *UNITS, "#")
    ),
]
_AFTER_OM = [*lx.CARDINALS, *UNITS, "#", "några", "ytterligare", "ungefär", "cirka", "ca", "drygt", "knappt", "exakt",
             "precis", "högst", "minst", "max", "bara", "halvt"]  # fmt: skip


def one(day: date) -> Span:
    return day, day


def number_of(match: Match, group: str = "n") -> int | None:
    """The number in a group, None if there is none."""
    word = match[group]
    if not word:
        return None
    return int(word) if word.isdigit() else lx.CARDINALS[word]


def amount(match: Match) -> int | None:
    """The number before a unit: that of a bare unit is 1, "några" is none."""
    return None if match["some"] else number_of(match) or 1


def moved(day: date, count: int, unit: str) -> date:
    """So many units on; months keep the day of the month, working days skip weekends, red days and eves."""
    if unit.startswith(("arbetsdag", "vardag", "bankdag")):
        return add_working_days(day, count)
    for stem, months in (
        ("månad", 1),
        ("kvartal", 3),
        ("halvår", 6),
        ("årtionde", 120),
        ("decenni", 120),
        ("år", 12),
    ):
        if unit.startswith(stem):
            return add_months(day, months * count)
    if unit.startswith("timm"):
        return add_days(day, int(count / 24) if abs(count) >= 24 else (count + 12) // 24)
    return add_days(day, count * (7 if unit.startswith("veck") else 1))


def counted(match: Match, sign: int = 1) -> Span | None:
    """The day that lies so far from the reference, or the days if two numbers are given."""
    count = amount(match)
    if count is None:
        return None
    unit, now = match["u"], match.reference
    if match["half"]:
        return one(add_months(now, 6 * sign)) if unit == "år" else None
    day = moved(now, sign * count, unit)
    if match["more"]:
        day = add_months(day, 6 * sign) if unit == "år" else add_days(day, 15 * sign)
    until = moved(now, sign * (number_of(match, "n9") or count), unit) if match["n9"] else day
    return (min(day, until), max(day, until))


def _told(match: Match, span: Span | None) -> Found | None:
    if span is None or not (match["n"] or match["half"]):
        return None
    return match.found(span, "day" if span[0] == span[1] else "range", explicit=True)


# "En uppsägningstid om sex månader" lasts so long.
_LASTING = Pattern(
    r"(?:(?:uppsägnings|bindnings|avtals|hyres|löp|leverans|svars|prövo|kredit|betalnings)tid|period|frist|villkor)(?:en)? {1,3}$"
)
_LASTING_REACH = 30


@rule("date.in", rf"om {COUNTED}(?!\w| från| efter| före| innan)", [f"om {word}" for word in _AFTER_OM])
def from_now(match: Match) -> Found | None:
    """Om två veckor, om ett halvår, om sex till åtta veckor."""
    if _LASTING.search(match.context.text, max(0, match.start - _LASTING_REACH), match.start):
        return None
    return _told(match, counted(match))


@rule(
    "date.in",
    rf"{COUNTED} (?:(?:räknat )?från (?:nu|i dag|idag|dags dato)|framåt(?! i)|fram i tiden)(?!\w)",
    COUNT_FIRST,
)
def counted_from_now(match: Match) -> Found | None:
    """Två veckor från i dag."""
    return _told(match, counted(match))


_NEXT = ["nästa", "nästkommande", "nästföljande", "påföljande"]


@rule(
    "date.in",
    rf"{lx.either(_NEXT)} (?:arbetsdag|vardag|bankdag|helgfria vardag)(?!\w)",
    [f"{word} {day}" for word in _NEXT for day in ("arbetsdag", "vardag", "bankdag", "helgfria")],
)
def next_working_day(match: Match) -> Found | None:
    """Nästa arbetsdag."""
    return match.found(one(add_working_days(match.reference, 1)), "day", explicit=True)


@rule("date.in", COUNTED, COUNT_FIRST)
def typed_count(match: Match) -> Found | None:
    """Two weeks, where a person types for how long."""
    return _told(match, counted(match)) if match.context.typed and match.alone else None


_INSIDE = [
    "en",
    "ett",
    "loppet",
    "max",
    "högst",
    "de",
    "den",
    "det",
    "närmaste",
    "närmsta",
    "kommande",
    *_AFTER_OM,
]


@rule(
    "date.within",
    rf"inom (?:(?:en|ett) tid av |loppet av |max |högst |de |den |det )?{COUNTED}",
    [f"inom {word}" for word in _INSIDE],
)
@rule(
    "date.within",
    rf"inom (?:de |den |det )?(?:närmaste|närmsta|kommande) (?:{NUMBER} )?(?P<u>dagarna|dagar|veckan|veckorna|veckor|månaden|månaderna|månader|året|åren)(?!\w)",
    [f"inom {word}" for word in _INSIDE],
)
def within(match: Match) -> Found | None:
    """Inom 14 dagar, inom fem arbetsdagar; counted from an event that has no date, there is none."""
    if not match["n"] and match["u"] in {"dagarna", "veckorna", "månaderna", "dagar", "veckor", "månader"}:
        return None
    tail = match.context.text[match.end : match.end + 16]
    if tail.startswith((" från ", " efter ", " räknat från", " räknat fr")):
        return _from_this_day(match) or _from_anchor(match)
    if _AS_A_RULE.search(match.context.text, max(0, match.start - _RULE_REACH), match.start):
        return None
    span = counted(match)
    return match.found((match.reference, span[1]), "range", explicit=True) if span else None


# "Ansökningar besvaras normalt inom åtta veckor": so long it takes, from no day.
_AS_A_RULE = Pattern(
    r"\b(?:normalt(?: sett)?|vanligtvis|vanligen|i regel|som regel|oftast|i allmänhet|brukar (?:\w{1,20} ){1,2}) ?$"
)
_RULE_REACH = 50
_THIS_DAY = Pattern(
    r" (?:räknat )?(?:från|efter)(?: och med)? (?:denna dag|detta datum|dagen för detta (?:brev|mejl|mail|beslut)|brevets datum)(?!\w)"
)


def _from_this_day(match: Match) -> Found | None:
    """Inom tre veckor från denna dag: that of the letter."""
    told, span = _THIS_DAY.match(match.context.text, match.end), counted(match)
    found = match.found((match.reference, span[1]), "range", explicit=True) if told and span else None
    return replace(found, end=told.end()) if found and told else None


_LONG_AFTER = 300  # days: what runs from such a date has begun to run from the one a year before


def _from_anchor(match: Match) -> Found | None:
    """Inom tre veckor från den 4 maj."""
    inner, count = anchor_ahead(match, match.end), amount(match)
    if inner is None or count is None:
        return None
    if not inner.explicit and (inner.first - match.reference).days > _LONG_AFTER:
        inner = match.context.read(inner.start, inner.first.year - 1) or inner
    last = moved(inner.last, count, match["u"])
    return replace(inner, start=match.start, last=last, grain="range", rule=match.name)


def anchor_ahead(match: Match, at: int) -> Found | None:
    """The first date that begins within the next five words: "efter öppningen den 4 september"."""
    for start in words_after(match.context.text, at, 6):
        found = match.context.read(start)
        if found is not None:
            return found
    return None


@rule("date.ago", rf"för {COUNTED} (?:sedan|sen|tillbaka)(?!\w)", [f"för {word}" for word in _AFTER_OM])
@rule("date.ago", rf"{COUNTED} (?:sedan|sen|tidigare)(?!\w)", COUNT_FIRST)
def ago(match: Match) -> Found | None:
    """För två veckor sedan, 3 dagar sen."""
    return _told(match, counted(match, -1))


_PLURALS = (
    r"timmarna|timmar|dygnen|dagarna|dagar|arbetsdagarna|veckorna|veckor|månaderna|månader|kvartalen|åren|år"
)
_AHEAD = ["kommande", "närmaste", "närmsta", "nästkommande", "nästföljande", "nästa", "följande"]
_BACK = ["senaste", "gångna", "föregående", "sista", "förra"]
_OF = r"(?! (?:i|på|av|under) )"
_THE = r"(?:de |den |det )?"


def _with_article(openings: list[str]) -> list[str]:
    return [
        *openings,
        *(f"{article} {opening.split()[0]}" for article in ("de", "den", "det") for opening in openings),
    ]


@rule(
    "date.coming",
    rf"{_THE}(?P<k>{lx.either(_AHEAD)}) (?P<n>{_N}) (?P<u>{_PLURALS})(?!\w)",
    _with_article([f"{word} {n}" for word in _AHEAD for n in (*lx.CARDINALS, "#")]),
)
@rule(
    "date.coming",
    rf"{_THE}(?P<n>{_N}) (?P<k>kommande|närmaste|närmsta|nästkommande|nästa) (?P<u>{_PLURALS})(?!\w)",
    _with_article([f"{n} {word}" for word in _AHEAD for n in (*lx.CARDINALS, "#")]),
)
@rule(
    "date.coming",
    rf"{_THE}(?:närmaste|närmsta) (?P<u>veckan|månaden|kvartalet|halvåret|året)(?!\w)",
    _with_article(["närmaste", "närmsta"]),
)
def coming(match: Match) -> Found | None:
    """De kommande två veckorna, närmaste månaden."""
    last = moved(match.reference, number_of(match) or 1, match["u"])
    return match.found((match.reference, last), "range", explicit=True, approximate=True, confidence=0.7)


@rule(
    "date.last-counted",
    rf"{_THE}(?P<k>{lx.either(_BACK)}) (?P<n>{_N}) (?P<u>{_PLURALS})(?!\w){_OF}",
    _with_article([f"{word} {n}" for word in _BACK for n in (*lx.CARDINALS, "#")]),
)
@rule(
    "date.last-counted",
    rf"{_THE}(?P<n>{_N}) (?P<k>{lx.either(_BACK)}) (?P<u>{_PLURALS})(?!\w){_OF}",
    _with_article([f"{n} {word}" for word in _BACK for n in (*lx.CARDINALS, "#")]),
)
@rule(
    "date.last-counted",
    rf"{_THE}senaste (?P<u>dygnet|veckan|månaden|kvartalet|halvåret|året|decenniet)(?!\w)",
    _with_article(["senaste"]),
)
def counted_back(match: Match) -> Found | None:
    """De senaste två veckorna, senaste året."""
    first = moved(match.reference, -(number_of(match) or 1), match["u"])
    return match.found((first, match.reference), "range", explicit=True, approximate=True, confidence=0.7)
