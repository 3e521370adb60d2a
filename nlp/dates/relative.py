"""Rules that count from today or from another date: i morgon, om två veckor, veckan före den 1 juni, dagen efter."""

from dataclasses import replace
from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, add_months, add_working_days, month_span, week_of
from nlp.dates.clock import PART_OF_DAY, PARTS_OF_DAY, clock_at
from nlp.dates.engine import Found, Match, rule, words_after
from nlp.dates.pattern import Pattern
from nlp.model import Grain

_TODAY = {
    "i dag": 0, "idag": 0, "i morgon": 1, "imorgon": 1, "imorn": 1, "i morrn": 1, "imorron": 1, "i övermorgon": 2,
    "iövermorgon": 2, "övermorgon": 2, "i går": -1, "igår": -1, "i förrgår": -2, "iförrgår": -2, "förrgår": -2,
    "i kväll": 0, "ikväll": 0, "i eftermiddag": 0, "i förmiddag": 0, "i natt": 0, "inatt": 0, "i morse": 0, "imorse": 0, "i förmiddags": 0, "i eftermiddags": 0,
    "i dagarna": 0,
}  # fmt: skip


def one(day: date) -> Span:
    return day, day


@rule(
    "date.today",
    rf"(?P<w>{lx.either(_TODAY)})(?!\w)(?:,? (?:på )?{PART_OF_DAY}(?:en)?(?!\w))?",
    ["i", *_TODAY],
)
def today(match: Match) -> Found | None:
    """I dag, i morgon eftermiddag."""
    words = " ".join(match["w"].split())
    if words == "i dagarna":
        return None
    begin, end = (
        PARTS_OF_DAY.get(match["h"] or words.removeprefix("i "), (None, None))
        if words != "i morgon" or match["h"]
        else (None, None)
    )
    day = add_days(match.reference, _TODAY[words])
    return match.found(one(day), "day", explicit=True, start_time=begin, end_time=end, confidence=0.95)


@rule(
    "date.part-of-day",
    rf"{PART_OF_DAY}(?:en)? (?=\w)",
    ["eftermiddagen", "förmiddagen", "kvällen", "morgonen"],
)
def part_of_day(match: Match) -> Found | None:
    """Eftermiddagen i morgon, förmiddagen den 3 maj."""
    whole = match.context.read(match.end)
    if whole is None or whole.grain != "day":
        return None
    begin, end = PARTS_OF_DAY[match["h"]]
    if whole.start_time:
        return replace(whole, start=match.start)
    return replace(whole, start=match.start, start_time=begin, end_time=end)


@rule(
    "date.clock-first",
    r"(?:mellan (?=kl))?(?:kl|klockan)\.? ?\d{1,2}(?:[.:]\d\d)?(?:(?: ?- ?| och )\d{1,2}(?:[.:]\d\d)?)?,? (?=\w)",
    ["kl", "klockan", "mellan"],
)
def clock_first(match: Match) -> Found | None:
    """Kl. 13.30 den 4 maj."""
    clock = clock_at(match.context.text, match.start)
    whole = match.context.read(match.end)
    if clock is None or whole is None or whole.grain != "day" or whole.start_time:
        return None
    return replace(whole, start=match.start, start_time=clock[1], end_time=clock[2])


_CARDINAL = lx.either(lx.CARDINALS)
_NUMBER = rf"(?:(?:ett|ytterligare|ungefär|cirka|ca\.?|minst|högst|max|högst) )?(?:(?P<n>\d{{1,3}}(?!\d)|{_CARDINAL})(?: till (?P<n9>\d{{1,2}}|{_CARDINAL}))?|(?P<half>halv(?:t)?)|(?P<some>några|någon))"
_UNIT = r"(?P<u>dagar|dag|dygn|timmar|arbetsdagar|arbetsdag|vardagar|vardag|bankdagar|veckor|vecka|månader|månad|kvartal|halvår|år)(?!\w)(?:s tid|s)?"
_COUNTED = rf"(?:{_NUMBER} )?{_UNIT}"
_COUNT_FIRST = ["#", *lx.CARDINALS, "ett", "ytterligare", "några"]


def amount(match: Match) -> int | None:
    """The number before a unit; "en vecka" is 1, "ett halvår" is its own unit."""
    if match["some"]:
        return None
    word = match["n"]
    if not word:
        return 1
    return int(word) if word.isdigit() else lx.CARDINALS[word]


def moved(day: date, count: int, unit: str) -> date:
    """So many units on; months keep the day of the month, working days skip weekends, red days and eves."""
    if unit.startswith(("arbetsdag", "vardag", "bankdag")):
        return add_working_days(day, count)
    for stem, months in (("månad", 1), ("kvartal", 3), ("halvår", 6), ("år", 12)):
        if unit.startswith(stem):
            return add_months(day, months * count)
    if unit == "timmar":
        return add_days(day, count // 24 if count >= 24 else -(-count // 24))
    return add_days(day, count * (7 if unit.startswith("veck") else 1))


def _counted(match: Match, sign: int = 1) -> date | None:
    count = amount(match)
    if count is None:
        return None
    if match["half"]:
        return add_months(match.reference, 6 * sign)
    return moved(match.reference, sign * count, match["u"])


@rule(
    "date.in",
    rf"om (?:drygt |knappt |ungefär |cirka |ca\.? )?{_COUNTED}(?!\w| från| efter| före| innan)",
    ["om"],
)
def from_now(match: Match) -> Found | None:
    """Om två veckor, om ett halvår."""
    if _LASTING.search(match.context.text, max(0, match.start - _LASTING_REACH), match.start):
        return None
    day = _counted(match)
    return match.found(one(day), "day", explicit=True) if day and (match["n"] or match["half"]) else None


# "En uppsägningstid om sex månader" lasts so long.
_LASTING = Pattern(
    r"(?:(?:uppsägnings|bindnings|avtals|hyres|löp|leverans|svars|prövo|kredit|betalnings)tid|period|frist|villkor)(?:en)? {1,3}$"
)
_LASTING_REACH = 30


@rule("date.within", rf"inom (?:(?:en|ett) tid av |loppet av |max |högst )?{_COUNTED}", ["inom"])
@rule(
    "date.within",
    rf"inom (?:de |den |det )?(?:närmaste|närmsta|kommande) (?:{_NUMBER} )?(?P<u>dagarna|dagar|veckan|veckorna|veckor|månaden|månaderna|månader|året|åren)(?!\w)",
    ["inom"],
)
def within(match: Match) -> Found | None:
    """Inom 14 dagar, inom fem arbetsdagar; counted from an event that has no date, there is none."""
    if not match["n"] and match["u"] in {"dagarna", "veckorna", "månaderna", "dagar", "veckor", "månader"}:
        return None
    tail = match.context.text[match.end : match.end + 12]
    if tail.startswith((" från ", " efter ")):
        return _from_anchor(match)
    day = _counted(match)
    return match.found((match.reference, day), "range", explicit=True) if day else None


def _from_anchor(match: Match) -> Found | None:
    """Inom tre veckor från den 4 maj."""
    inner = _anchor_ahead(match, match.end)
    if inner is None:
        return None
    count = amount(match)
    if count is None:
        return None
    last = moved(inner.last, count, match["u"])
    return replace(
        inner,
        start=match.start,
        first=inner.first,
        last=last,
        grain="range",
        rule=match.name,
    )


@rule("date.ago", rf"för (?:drygt |knappt |ungefär |cirka |ca\.? )?{_COUNTED} sedan", ["för"])
@rule("date.ago", rf"{_COUNTED} (?:sedan|tidigare)(?!\w)", _COUNT_FIRST)
def ago(match: Match) -> Found | None:
    """För två veckor sedan."""
    day = _counted(match, -1)
    return match.found(one(day), "day", explicit=True) if day and (match["n"] or match["half"]) else None


@rule(
    "date.coming",
    rf"(?P<k>kommande|närmaste|närmsta|nästkommande) (?P<n>\d{{1,2}}|{_CARDINAL}) (?P<u>dagarna|dagar|veckorna|veckor|månaderna|månader)(?!\w)",
    ["kommande", "närmaste", "närmsta", "nästkommande"],
)
def coming(match: Match) -> Found | None:
    """De kommande två veckorna."""
    count = amount(match)
    if count is None:
        return None
    return match.found(
        (match.reference, moved(match.reference, count, match["u"])),
        "range",
        explicit=True,
        approximate=True,
        confidence=0.7,
    )


@rule(
    "date.last-counted",
    rf"(?P<k>senaste|gångna|föregående) (?P<n>\d{{1,2}}|{_CARDINAL}) (?P<u>dagarna|dagar|veckorna|veckor|månaderna|månader|åren|år)(?!\w)",
    ["senaste", "gångna", "föregående"],
)
def counted_back(match: Match) -> Found | None:
    """De senaste två veckorna."""
    count = amount(match)
    if count is None:
        return None
    first = moved(match.reference, -count, match["u"])
    return match.found((first, match.reference), "range", explicit=True, approximate=True, confidence=0.7)


@rule("date.in", rf"{_COUNTED} (?:från|räknat från) (?:nu|i dag|idag|dags dato)(?!\w)", _COUNT_FIRST)
def counted_from_now(match: Match) -> Found | None:
    """Två veckor från i dag."""
    return from_now(match)


def _anchor_ahead(match: Match, at: int) -> Found | None:
    """The first date that begins within the next five words: "efter öppningen den 4 september"."""
    for start in words_after(match.context.text, at, 6):
        found = match.context.read(start)
        if found is not None:
            return found
    return None


@rule("date.offset", rf"{_COUNTED} (?P<side>före|innan|efter|från)(?= \w)", _COUNT_FIRST)
def offset(match: Match) -> Found | None:
    """Tre månader efter öppningen den 4 september; the inner date is reported too."""
    inner = _anchor_ahead(match, match.end)
    count = amount(match)
    if inner is None or count is None or not (match["n"] or match["half"]):
        return None
    back = match["side"] in {"före", "innan"}
    day = moved(inner.first if back else inner.last, -count if back else count, match["u"])
    return _around(match, inner, one(day), "day")


@rule(
    "date.offset",
    r"(?P<u>dagen|veckan|månaden|helgen|året) (?P<side>före|innan|efter)(?= \w)",
    ["dagen", "veckan", "månaden", "helgen", "året"],
)
def period_beside(match: Match) -> Found | None:
    """Veckan före den 23 februari: the whole week before that day's own."""
    inner = _anchor_ahead(match, match.end)
    if inner is None:
        return None
    step = -1 if match["side"] in {"före", "innan"} else 1
    grain, span = _beside(inner, match["u"], step)
    return _around(match, inner, span, grain)


@rule(
    "date.weekday-of-week",
    rf"(?:på )?{lx.weekday()} (?:i )?(?=veckan (?:före|innan|efter) \w)",
    ["på", *lx.WEEKDAYS],
)
def weekday_of_week_beside(match: Match) -> Found | None:
    """Fredag i veckan efter påsk."""
    whole = match.context.read(match.end)
    if whole is None or whole.grain != "week":
        return None
    day = add_days(whole.first, (lx.WEEKDAYS | lx.SHORT_WEEKDAYS)[match["w"]])
    return replace(whole, start=match.start, first=day, last=day, grain="day", rule=match.name)


def _around(match: Match, inner: Found, span: Span, grain: Grain) -> Found:
    result = Found(match.start, inner.end, span[0], span[1], grain, match.name, confidence=0.85)
    # The day of a named event is a date of its own; "en vecka före den 1 juni" is one expression.
    event = inner.start - match.end > 4
    return replace(result, explicit=True, inner=(replace(inner, mod=None),) if event else ())


def _beside(anchor: Found, unit: str, step: int) -> tuple[Grain, Span]:
    edge = anchor.first if step < 0 else anchor.last
    if unit == "dagen":
        return "day", one(add_days(edge, step))
    if unit == "veckan":
        return "week", week_of(add_days(week_of(edge)[0], 7 * step))
    if unit == "helgen":
        saturday = add_days(week_of(edge)[0], 5 + (7 * step if step < 0 else 0))
        return "range", (saturday, add_days(saturday, 1))
    if unit == "året":
        return "year", month_span(edge.year + step, 1, 12)
    first = add_months(edge.replace(day=1), step)
    return "month", month_span(first.year, first.month)


@rule(
    "date.anaphora",
    r"(?P<u>dagen|veckan|månaden|helgen|året) (?P<side>därpå|därefter|efter|innan|dessförinnan)(?!\w)(?! (?:den|att|\d))",
    ["dagen", "veckan", "månaden", "helgen", "året"],
)
@rule(
    "date.anaphora",
    r"(?P<side>påföljande|följande|nästföljande) (?P<u>dag|vecka|månad)(?!\w)",
    ["påföljande", "följande", "nästföljande"],
)
def beside_the_last(match: Match) -> Found | None:
    """Veckan därpå, dagen efter: beside the date that was named last."""
    anchor = _last_named(match)
    if anchor is None:
        return None
    unit = match["u"] + {"dag": "en", "vecka": "n", "månad": "en"}.get(match["u"], "")
    grain, span = _beside(anchor, unit, -1 if match["side"] in {"innan", "dessförinnan"} else 1)
    return match.found(span, grain, explicit=True, confidence=0.8)


@rule("date.anaphora", r"samma (?P<u>dag|vecka|månad|år)(?!\w)(?! som)", ["samma"])
def the_same(match: Match) -> Found | None:
    """Samma dag, samma vecka as the date that was named last."""
    anchor = _last_named(match)
    if anchor is None:
        return None
    spans: dict[str, tuple[Grain, Span]] = {
        "dag": ("day", one(anchor.first)),
        "vecka": ("week", week_of(anchor.first)),
        "månad": ("month", month_span(anchor.first.year, anchor.first.month)),
        "år": ("year", month_span(anchor.first.year, 1, 12)),
    }
    grain, span = spans[match["u"]]
    return match.found(span, grain, explicit=True, confidence=0.8)


@rule("date.anaphora", rf"{_COUNTED} (?:senare|därefter|därpå)(?!\w)", _COUNT_FIRST)
def later(match: Match) -> Found | None:
    """Två veckor senare, from the date that was named last."""
    anchor, count = _last_named(match), amount(match)
    if anchor is None or count is None:
        return None
    return match.found(one(moved(anchor.last, count, match["u"])), "day", explicit=True, confidence=0.75)


def _last_named(match: Match) -> Found | None:
    if not match.context.found or match.start - match.context.found[-1].end > 400:
        return None
    return match.context.found[-1]
