"""Rules for a part of a period (slutet av oktober, mitten av veckan) and for its turn (månadsskiftet maj/juni)."""

from collections.abc import Callable
from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, add_months, month_span, week_of
from nlp.dates.days import century, written_year
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.periods import periodic
from nlp.dates.tense import Tense
from nlp.model import Grain


def _turn(old_end: date) -> Span:
    return old_end, add_days(old_end, 1)


@rule(
    "date.turn-of-month",
    rf"(?:(?:månads)?skiftet|skarven) (?:mellan )?{lx.month('1')} ?(?:[-/]|och|till) ?{lx.month()}{lx.year()}?",
    ["månadsskiftet", "skiftet", "skarven"],
)
def turn_of_named_month(match: Match) -> Found | None:
    """Månadsskiftet maj/juni."""
    number = lx.MONTHS[match["m1"]]
    if lx.MONTHS[match["m"]] != number % 12 + 1:
        return None
    later = 1 if number == 12 else 0
    return periodic(
        match, lambda y: _turn(month_span(y - later, number)[1]), "range", approximate=True, boundary=True
    )


@rule(
    "date.turn",
    rf"(?P<what>års|halvårs|kvartals|månads)skiftet(?:(?P<two> (?P<y1>(?:19|20)?\d\d) ?[/-] ?(?P<y2>(?:19|20)?\d\d)(?!\d))|{lx.year()})?",
    ["årsskiftet", "halvårsskiftet", "kvartalsskiftet", "månadsskiftet"],
)
def turn(match: Match) -> Found | None:
    """Årsskiftet, halvårsskiftet 2022: bare, the coming one."""
    months = {"års": 12, "halvårs": 12, "kvartals": 3, "månads": 1}[match["what"]]
    first_end = 6 if match["what"] == "halvårs" else months
    more = {"approximate": True, "boundary": True}
    if match["two"]:
        number = int(match["y1"])
        number = number if number > 99 else century(number, match.reference.year)
        return match.found(_turn(month_span(number, first_end)[1]), "range", explicit=True, **more)
    return periodic(match, _turns(match, first_end, months), "range", **more)


@rule(
    "date.turn-of",
    r"(?P<which>nästa|nästkommande|kommande|detta|förra|föregående|senaste) (?P<what>års|halvårs|kvartals|månads)skiftet?(?!\w)",
    [
        f"{which} {what}skifte{end}"
        for which in ("nästa", "nästkommande", "kommande", "detta", "förra", "föregående", "senaste")
        for what in ("års", "halvårs", "kvartals", "månads")
        for end in ("", "t")
    ],
)
def named_turn(match: Match) -> Found | None:
    """Nästa årsskifte, förra månadsskiftet: the coming one, the one that was."""
    months = {"års": 12, "halvårs": 12, "kvartals": 3, "månads": 1}[match["what"]]
    last_month = 6 if match["what"] == "halvårs" else 12
    year = match.reference.year
    turns = [
        _turn(month_span(y, m)[1]) for y in (year - 1, year, year + 1) for m in range(last_month, 0, -months)
    ]
    back = match["which"] in {"förra", "föregående", "senaste"}
    right = [t for t in turns if (t[1] <= match.reference if back else t[0] >= match.reference)]
    nearest = (max if back else min)(right)
    return match.found(nearest, "range", explicit=True, approximate=True, boundary=True)


def _turns(match: Match, first_end: int, months: int) -> Callable[[int], Span | None]:
    """The turns of a year; of several in one year, the one that the tense asks for."""
    now, past, written = match.reference, match.tense is Tense.PAST, written_year(match) is not None

    def span_in(year_: int) -> Span | None:
        spans = [_turn(month_span(year_, m)[1]) for m in range(first_end, 13, months)]
        right = [s for s in spans if (s[0] <= now if past else s[1] >= now)]
        if written:
            return (right or spans)[0]
        return (right[-1] if past else right[0]) if right else None

    return span_in


_PARTS = {
    "START": r"början|börja|inledningen|ingången|starten|första delen|tidiga delen",
    "MID": r"mitten|medlet",
    "END": r"slutet|avslutningen|sista delen|senare delen",
    "HALF1": r"första hälften|första halvan",
    "HALF2": r"andra hälften|andra halvan|sista hälften|senare hälften",
}
_THIRDS = {"START": 0, "MID": 1, "END": 2, "EARLY": 0, "LATE": 2}
_AS_PART = {"HALF1": "START", "HALF2": "END"}
_WHICH = "|".join(f"(?P<{name}>{words})" for name, words in _PARTS.items())


@rule(
    "date.part-of",
    rf"(?:den )?(?:{_WHICH}) (?:av|på|i|under|utav) (?:(?P<u>veckan|månaden|året|kvartalet)(?!\w)(?! (?:före|innan|efter))|(?=\w))",
    [
        *(f"den {word}" for word in ("första", "andra", "sista", "senare", "tidiga")),
        "början",
        "börja",
        "inledningen",
        "ingången",
        "starten",
        "första",
        "andra",
        "sista",
        "senare",
        "tidiga",
        "mitten",
        "medlet",
        "slutet",
        "avslutningen",
    ],
)
def part_of(match: Match) -> Found | None:
    """Slutet av oktober 2021, början av nästa år, mitten av veckan."""
    name = next(p for p in _PARTS if match[p])
    whole = this_period(match, match["u"]) if match["u"] else match.context.read(match.end)
    if whole is None or whole.grain == "day":
        return None
    span = part_span(whole, name)
    part = _AS_PART.get(name, name)
    if span is None:
        return None
    return replace(
        whole,
        start=match.start,
        first=span[0],
        last=span[1],
        part=part,
        rule="date.part-of-" + whole.grain,
        inner=(),
        approximate=False,
    )


@rule("date.part-of", rf"(?:{_WHICH}) {lx.month()}{lx.year()}?", ["början", "mitten", "medlet", "slutet"])
@rule("date.part-of", rf"(?P<MID>medio) {lx.month()}{lx.year()}?", ["medio"])
def part_of_month(match: Match) -> Found | None:
    """Slutet november, medio april."""
    name, number = next(p for p in _PARTS if match[p]), lx.MONTHS[match["m"]]
    whole = periodic(match, lambda y: month_span(y, number), "month")
    if whole is None:
        return None
    first, last = _part_of_month(whole, _THIRDS.get(name), name)
    return replace(whole, first=first, last=last, part=_AS_PART.get(name, name), rule="date.part-of-month")


@rule("date.edge-of-month", rf"(?P<edge>primo|ultimo) {lx.month()}{lx.year()}?", ["primo", "ultimo"])
def edge_of_month(match: Match) -> Found | None:
    """Ultimo mars: its last day."""
    number, last = lx.MONTHS[match["m"]], match["edge"] == "ultimo"

    def edge(year: int) -> Span:
        day = month_span(year, number)[last]
        return day, day

    return periodic(match, edge, "day")


@rule("date.part-of", r"(?:(?P<EARLY>tidigt)|(?P<LATE>sent)) (?:(?:i|på|under) )?(?=\w)", ["tidigt", "sent"])
@rule(
    "date.part-of",
    rf"(?:(?P<EARLY>tidiga)|(?P<LATE>sena)) (?={lx.either(lx.MONTHS)}(?!\w))",
    [f"{which} {month}" for which in ("tidiga", "sena") for month in lx.MONTHS],
)
def early_or_late(match: Match) -> Found | None:
    """Tidigt i maj, sent i oktober 2022, sena april."""
    whole = match.context.read(match.end)
    name = "EARLY" if match["EARLY"] else "LATE"
    if whole is None or whole.grain in {"day", "week", "season"}:
        return None
    span = part_span(whole, name)
    return (
        replace(
            whole,
            start=match.start,
            first=span[0],
            last=span[1],
            part=name,
            rule="date.part-of-" + whole.grain,
        )
        if span
        else None
    )


@rule(
    "date.part-of",
    r"(?P<u>månadens|årets|veckans|kvartalets) (?:(?P<START>början|inledning)|(?P<MID>mitt)|(?P<END>slut))(?!\w)",
    ["månadens", "årets", "veckans", "kvartalets"],
)
def part_in_genitive(match: Match) -> Found | None:
    """Vid årets slut."""
    whole = this_period(match, match["u"])
    name = next(p for p in ("START", "MID", "END") if match[p])
    span = part_span(whole, name)
    return (
        replace(whole, first=span[0], last=span[1], part=name, rule="date.part-of-" + whole.grain)
        if span
        else None
    )


@rule("date.expiry", r"utgången av (?:(?P<u>veckan|månaden|året|kvartalet)(?!\w)|(?=\w))", ["utgången"])
def expiry(match: Match) -> Found | None:
    """Före utgången av maj: its last day counts."""
    whole = this_period(match, match["u"]) if match["u"] else match.context.read(match.end)
    if whole is None:
        return None
    return replace(
        whole,
        start=match.start,
        first=whole.last,
        grain="day",
        rule=match.name,
        boundary=True,
        approximate=False,
        inner=(),
    )


@rule(
    "date.expiry-of",
    r"(?P<u>månadens|årets|veckans|kvartalets) utgång(?!\w)",
    ["månadens", "årets", "veckans", "kvartalets"],
)
def expiry_in_genitive(match: Match) -> Found | None:
    """Före årets utgång."""
    whole = this_period(match, match["u"])
    return replace(whole, first=whole.last, grain="day", rule=match.name, boundary=True, approximate=False)


def this_period(match: Match, word: str) -> Found:
    """The week, month, quarter or year that the reference lies in, by its word in any form."""
    now = match.reference
    spans: dict[str, tuple[Span, Grain]] = {
        "ve": (week_of(now), "week"),
        "må": (month_span(now.year, now.month), "month"),
        "kv": (month_span(now.year, (now.month - 1) // 3 * 3 + 1, 3), "quarter"),
        "år": (month_span(now.year, 1, 12), "year"),
    }
    span, grain = spans[word[:2]]
    return Found(match.start, match.end, span[0], span[1], grain, match.name, explicit=True)


def part_span(whole: Found, name: str) -> Span | None:
    """The days of a part: thirds of a month or of other months, a half of either, days of a week."""
    index = _THIRDS.get(name)
    if whole.grain == "week":
        low, high = (
            {0: (0, 1), 1: (2, 2), 2: (3, 4)}[index]
            if index is not None
            else ((0, 2) if name == "HALF1" else (3, 6))
        )
        return add_days(whole.first, low), add_days(whole.first, high)
    if whole.grain == "month":
        return _part_of_month(whole, index, name)
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if index is None:
        half = add_months(whole.first, months // 2)
        return (whole.first, add_days(half, -1)) if name == "HALF1" else (half, whole.last)
    return _part_of_months(whole.first, months, index)


def _part_of_month(whole: Found, index: int | None, name: str) -> Span:
    if index is None:
        return (
            (whole.first, whole.first.replace(day=15))
            if name == "HALF1"
            else (whole.first.replace(day=16), whole.last)
        )
    first = whole.first.replace(day=1 + 10 * index)
    return first, whole.last if index == 2 else add_days(first, 9)


def _part_of_months(first: date, months: int, index: int) -> Span:
    """Of a year Jan-Mar, May-Aug, Oct-Dec; of ten years the first three and last three; of anything shorter its first, middle and last third."""
    if months == 120:
        begin, count = ((0, 36), (36, 48), (84, 36))[index]
    elif months == 12:
        begin, count = ((0, 3), (4, 4), (9, 3))[index]
    else:
        count = max(months // 3, 1)
        begin = (0, (months - count) // 2, months - count)[index]
    start = add_months(first, begin)
    return month_span(start.year, start.month, count)
