"""Rules that look from today or from another date: i morgon, veckan före den 1 juni, dagen efter, samma dag."""

from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, add_months, coming_weekday, last_weekday, month_span, week_of
from nlp.dates.clock import CLOCK_FIRST, PART_OF_DAY, PARTS_OF_DAY, after_noon, clock_at
from nlp.dates.counted import COUNT_FIRST, COUNTED, amount, anchor_ahead, moved, one
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.pattern import Pattern
from nlp.model import Grain

_TODAY = {
    "i dag": 0, "idag": 0, "dags dato": 0, "dagens datum": 0, "dagens dato": 0,
    "i morgon": 1, "imorgon": 1, "imorn": 1, "imorrn": 1, "i morn": 1, "i morrn": 1, "imorron": 1, "i morron": 1,
    "morgondagen": 1, "morgondagens": 1, "i övermorgon": 2, "iövermorgon": 2, "övermorgon": 2, "överimorgon": 2,
    "i går": -1, "igår": -1, "gårdagen": -1, "gårdagens": -1, "i förrgår": -2, "iförrgår": -2, "förrgår": -2,
    "i kväll": 0, "ikväll": 0, "i eftermiddag": 0, "i förmiddag": 0, "i natt": 0, "inatt": 0, "i morse": 0, "imorse": 0,
    "i förmiddags": 0, "i eftermiddags": 0,
}  # fmt: skip


@rule("date.today", rf"(?P<w>{lx.either(_TODAY)})(?!\w)(?:,? (?:på )?{PART_OF_DAY}(?:en)?(?!\w))?", _TODAY)
@rule("date.today", rf"(?P<w>{lx.either(_TODAY)}),? (?P<day>{lx.either(lx.WEEKDAYS)})(?!\w| den| \d)", _TODAY)
@rule("date.today", rf"(?P<w>{lx.either(_TODAY)}) om {COUNTED}", _TODAY)
def today(match: Match) -> Found | None:
    """I dag, i morgon eftermiddag, i morgon om en vecka."""
    words = " ".join(match["w"].split())
    day = add_days(match.reference, _TODAY[words])
    if match["u"]:
        day = moved(day, amount(match) or 0, match["u"])
    if match["day"] and lx.WEEKDAYS[match["day"]] != day.weekday():
        return None
    own_part = words.removeprefix("i ") if words not in {"i morgon", "i morse"} else ""
    begin, end = PARTS_OF_DAY.get(match["h"] or own_part, (None, None))
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
    rf"{CLOCK_FIRST},? (?=\w)",
    ["# #", "# :", "kl", "klockan", "mellan kl", "mellan klockan", "halv", "kvart"],
)
def clock_first(match: Match) -> Found | None:
    """Kl. 13.30 den 4 maj, halv åtta i kväll."""
    clock = clock_at(match.context.text, match.start)
    whole = match.context.read(match.end)
    if clock is None or whole is None or whole.grain != "day":
        return None
    begin = after_noon(clock[1], whole.start_time)
    return replace(whole, start=match.start, start_time=begin, end_time=clock[2])


# "Den som fyllt 65 år före den 1 januari".
_AGED = Pattern(r"\b(?:fyll\w{1,3}|blir|blev|äldre än|yngre än) {1,9}$")


@rule("date.offset", rf"{COUNTED} (?P<side>före|innan|efter|från)(?= \w)", COUNT_FIRST)
def offset(match: Match) -> Found | None:
    """Tre månader efter öppningen den 4 september; the inner date is reported too."""
    if _AGED.search(match.context.text, max(0, match.start - 16), match.start):
        return None
    inner, count = anchor_ahead(match, match.end), amount(match)
    if inner is None or inner.grain == "year" or count is None or not match["n"]:
        return None
    back = match["side"] in {"före", "innan"}
    day = moved(inner.first if back else inner.last, -count if back else count, match["u"])
    return _around(match, inner, one(day), "day")


_FAR_AHEAD = 300  # days
_PERIODS = ["dagen", "dan", "kvällen", "veckan", "månaden", "helgen", "året"]


@rule(
    "date.offset",
    rf"(?P<u>{lx.either(_PERIODS)}) (?P<side>före|innan|efter)(?= \w)",
    [f"{period} {side}" for period in _PERIODS for side in ("före", "innan", "efter")],
)
def period_beside(match: Match) -> Found | None:
    """Veckan före den 23 februari: the whole week before that day's own."""
    inner = anchor_ahead(match, match.end)
    if inner is None:
        return None
    step = -1 if match["side"] in {"före", "innan"} else 1
    grain, span = _beside(inner, match["u"], step)
    if step > 0 and not inner.explicit and (span[0] - match.reference).days > _FAR_AHEAD:
        # "Veckan efter midsommar" in the days after midsummer.
        before = match.context.read(inner.start, inner.first.year - 1)
        just = _beside(before, match["u"], step) if before is not None else None
        if before is not None and just is not None and just[1][1] >= match.reference:
            inner, (grain, span) = before, just
    return _around(match, inner, span, grain)


@rule(
    "date.offset",
    rf"(?:närmaste )?(?P<w>{lx.either(lx.LONG_WEEKDAYS)}) (?P<side>före|innan|efter)(?= \w)",
    [f"{day} {side}" for day in lx.LONG_WEEKDAYS for side in ("före", "innan", "efter")],
)
def weekday_beside(match: Match) -> Found | None:
    """Fredagen efter Kristi himmelsfärd: the first such weekday after it."""
    inner = match.context.read(match.end + 1)
    if inner is None:
        return None
    return _around(match, inner, one(_weekday_beside(match, inner)), "day")


def _weekday_beside(match: Match, anchor: Found) -> date:
    weekday = lx.WEEKDAYS[match["w"]]
    if match["side"] in {"före", "innan", "dessförinnan"}:
        return last_weekday(anchor.first, weekday)
    return coming_weekday(anchor.last, weekday)


@rule(
    "date.weekday-of-week",
    rf"(?:på )?{lx.weekday()} (?:i )?(?=veckan (?:före|innan|efter) \w)",
    [
        *(f"på {day}" for day in lx.WEEKDAYS),
        *(f"{day} {word}" for day in lx.WEEKDAYS for word in ("i", "veckan")),
    ],
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
    between = match.context.text[match.end : inner.start].strip()
    event = between not in {"", "den", "och med"}
    return replace(result, explicit=True, inner=(replace(inner, mod=None),) if event else ())


def _beside(anchor: Found, unit: str, step: int) -> tuple[Grain, Span]:
    edge = anchor.first if step < 0 else anchor.last
    if unit.startswith(("da", "kväll")):
        return "day", one(add_days(edge, step))
    if unit.startswith("veck"):
        return "week", week_of(add_days(week_of(edge)[0], 7 * step))
    if unit.startswith("helg"):
        saturday = add_days(week_of(edge)[0], 5 + (7 * step if step < 0 else 0))
        return "range", (saturday, add_days(saturday, 1))
    if unit.startswith("år"):
        return "year", month_span(edge.year + step, 1, 12)
    first = add_months(edge.replace(day=1), step)
    return "month", month_span(first.year, first.month)


_AFTERWARDS = ["därpå", "därefter", "efter", "innan", "dessförinnan"]


@rule(
    "date.anaphora",
    rf"(?P<u>{lx.either(_PERIODS)}) (?P<side>{lx.either(_AFTERWARDS)}|före(?= ?(?:[.,;!?)]|$)))(?!\w)(?! (?:den|att|\d))",
    [f"{period} {side}" for period in _PERIODS for side in (*_AFTERWARDS, "före")],
)
@rule(
    "date.anaphora",
    r"(?P<side>påföljande|följande|nästföljande) (?P<u>dag|vecka|månad|helg|år)(?!\w)",
    ["påföljande", "följande", "nästföljande"],
)
def beside_the_last(match: Match) -> Found | None:
    """Veckan därpå, dagen efter: beside the date that was named last."""
    anchor = _last_named(match)
    if anchor is None:
        return None
    grain, span = _beside(anchor, match["u"], -1 if match["side"] in {"före", "innan", "dessförinnan"} else 1)
    return match.found(span, grain, explicit=True, confidence=0.8)


@rule(
    "date.anaphora",
    rf"(?P<w>{lx.either(lx.LONG_WEEKDAYS)}) (?P<side>{lx.either(_AFTERWARDS)}|före(?= ?(?:[.,;!?)]|$)))(?!\w)(?! (?:den|att|\d))",
    [f"{day} {side}" for day in lx.LONG_WEEKDAYS for side in (*_AFTERWARDS, "före")],
)
@rule(
    "date.anaphora",
    rf"(?P<side>påföljande|följande|nästföljande) (?P<w>{lx.either(lx.WEEKDAYS)})(?!\w)",
    ["påföljande", "följande", "nästföljande"],
)
def weekday_beside_the_last(match: Match) -> Found | None:
    """Onsdagen därpå: the first such weekday after the date that was named last."""
    anchor = _last_named(match)
    if anchor is None:
        return None
    return match.found(one(_weekday_beside(match, anchor)), "day", explicit=True, confidence=0.8)


@rule(
    "date.anaphora",
    r"samma (?P<u>dag|dygn|kväll|eftermiddag|förmiddag|natt|vecka|månad|år)(?!\w)(?! som)",
    ["samma"],
)
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
    grain, span = spans.get(match["u"], spans["dag"])
    return match.found(span, grain, explicit=True, confidence=0.8)


@rule("date.anaphora", rf"{COUNTED} (?:senare|därefter|därpå)(?!\w)", COUNT_FIRST)
def later(match: Match) -> Found | None:
    """Två veckor senare, from the date that was named last."""
    anchor, count = _last_named(match), amount(match)
    if anchor is None or count is None:
        return None
    return match.found(one(moved(anchor.last, count, match["u"])), "day", explicit=True, confidence=0.75)


def _last_named(match: Match) -> Found | None:
    """The date before; "veckan därpå" alone is seen from today."""
    before = match.context.found
    if not before:
        now = match.reference
        return Found(match.start, match.start, now, now, "day") if match.alone else None
    return before[-1] if match.start - before[-1].end <= 400 else None
