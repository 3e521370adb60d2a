"""Rules for the feasts of the year: midsommar, påsk, jul, trettonhelgen, klämdag, lucia, första maj."""

from calendar import isleap
from collections.abc import Callable
from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import (
    Span,
    add_days,
    all_saints,
    easter,
    iso_week,
    midsummer_eve,
    month_span,
    nth_weekday,
    squeeze_day,
    week_of,
)
from nlp.dates.engine import Found, Match, rule
from nlp.dates.periods import periodic
from nlp.model import Grain


def _around_easter(first: int, last: int) -> Callable[[int], Span]:
    return lambda year: (add_days(easter(year), first), add_days(easter(year), last))


def _fixed(month: int, day: int, days: int = 1) -> Callable[[int], Span]:
    return lambda year: (date(year, month, day), add_days(date(year, month, day), days - 1))


def _midsummer(first: int, last: int) -> Callable[[int], Span]:
    return lambda year: (add_days(midsummer_eve(year), first), add_days(midsummer_eve(year), last))


def _advent(number: int) -> Callable[[int], Span]:
    """The fourth Sunday of Advent is the last before Christmas Day."""
    return lambda year: (_advent_day(year, number), _advent_day(year, number))


def _advent_day(year: int, number: int) -> date:
    christmas = date(year, 12, 25)
    return add_days(christmas, -(christmas.weekday() + 1) - 7 * (4 - number))


def _nth_day(month: int, weekday: int, number: int, later: int = 0) -> Callable[[int], Span | None]:
    def span_in(year: int) -> Span | None:
        day = nth_weekday(month_span(year, month), weekday, number)
        return (add_days(day, later), add_days(day, later)) if day else None

    return span_in


def _all_saints(first: int, last: int) -> Callable[[int], Span]:
    return lambda year: (add_days(all_saints(year), first), add_days(all_saints(year), last))


_FEASTS: dict[str, tuple[Callable[[int], Span | None], Grain]] = {
    "midsommar": (_midsummer(0, 1), "range"),
    "midsommarafton": (_midsummer(0, 0), "day"),
    "midsommaraftonen": (_midsummer(0, 0), "day"),
    "midsommardagen": (_midsummer(1, 1), "day"),
    "midsommarhelgen": (_midsummer(0, 2), "range"),
    "midsommarveckan": (lambda y: week_of(midsummer_eve(y)), "week"),
    "påsk": (_around_easter(-2, 1), "range"),
    "påsken": (_around_easter(-2, 1), "range"),
    "påskhelgen": (_around_easter(-2, 1), "range"),
    "påskveckan": (lambda y: week_of(add_days(easter(y), -1)), "week"),
    "skärtorsdag": (_around_easter(-3, -3), "day"),
    "skärtorsdagen": (_around_easter(-3, -3), "day"),
    "långfredag": (_around_easter(-2, -2), "day"),
    "långfredagen": (_around_easter(-2, -2), "day"),
    "påskafton": (_around_easter(-1, -1), "day"),
    "påskdagen": (_around_easter(0, 0), "day"),
    "påskdag": (_around_easter(0, 0), "day"),
    "påskaftonen": (_around_easter(-1, -1), "day"),
    "annandagen påsk": (_around_easter(1, 1), "day"),
    "annandag påsk": (_around_easter(1, 1), "day"),
    **{
        f"kristi {word}{end}": (
            _around_easter(39, 42 if end == "shelgen" else 39),
            "range" if end == "shelgen" else "day",
        )
        for word in ("himmelsfärd", "himmelfärd")
        for end in ("", "sdag", "sdagen", "shelgen")
    },
    "pingst": (_around_easter(48, 49), "range"),
    "pingsten": (_around_easter(48, 49), "range"),
    "pingsthelgen": (_around_easter(48, 49), "range"),
    "annandag pingst": (_around_easter(50, 50), "day"),
    "pingstdag": (_around_easter(49, 49), "day"),
    "pingstdagen": (_around_easter(49, 49), "day"),
    "pingstafton": (_around_easter(48, 48), "day"),
    "valborg": (_fixed(4, 30), "day"),
    "valborgsmässoafton": (_fixed(4, 30), "day"),
    "valborgsmässoaftonen": (_fixed(4, 30), "day"),
    "sveriges nationaldag": (_fixed(6, 6), "day"),
    "svenska flaggans dag": (_fixed(6, 6), "day"),
    "nationaldagen": (_fixed(6, 6), "day"),
    "lucia": (_fixed(12, 13), "day"),
    "luciadagen": (_fixed(12, 13), "day"),
    "alla helgons dag": (_all_saints(0, 0), "day"),
    "allhelgonadagen": (_all_saints(0, 0), "day"),
    "allahelgonadagen": (_all_saints(0, 0), "day"),
    "alla själars dag": (_all_saints(1, 1), "day"),
    "allhelgona": (_all_saints(-1, 1), "range"),
    "allhelgonahelgen": (_all_saints(-1, 1), "range"),
    "alla helgons helg": (_all_saints(-1, 1), "range"),
    "jul": (_fixed(12, 24, 3), "range"),
    "julen": (_fixed(12, 24, 3), "range"),
    "julhelgen": (_fixed(12, 24, 3), "range"),
    "lilla julafton": (_fixed(12, 23), "day"),
    "dan före dan": (_fixed(12, 23), "day"),
    "dopparedagen": (_fixed(12, 24), "day"),
    "dopparedan": (_fixed(12, 24), "day"),
    "julaftonen": (_fixed(12, 24), "day"),
    "juldag": (_fixed(12, 25), "day"),
    "julafton": (_fixed(12, 24), "day"),
    "juldagen": (_fixed(12, 25), "day"),
    "annandag jul": (_fixed(12, 26), "day"),
    "annandagen": (_fixed(12, 26), "day"),
    "mellandagarna": (_fixed(12, 27, 4), "range"),
    "mellan jul och nyår": (_fixed(12, 27, 4), "range"),
    "jul och nyår": (_fixed(12, 24, 9), "range"),
    "jul- och nyårshelgen": (_fixed(12, 24, 9), "range"),
    "jul- och nyårshelgerna": (_fixed(12, 24, 9), "range"),
    "jul-och nyårshelgen": (_fixed(12, 24, 9), "range"),
    "julhelgerna": (_fixed(12, 24, 14), "range"),
    "julledigheten": (_fixed(12, 24, 14), "range"),
    "nyår": (_fixed(12, 31, 2), "range"),
    "nyåret": (_fixed(12, 31, 2), "range"),
    "nyårshelgen": (_fixed(12, 31, 2), "range"),
    "nyårsafton": (_fixed(12, 31), "day"),
    "nyårsaftonen": (_fixed(12, 31), "day"),
    "nyårsdag": (_fixed(1, 1), "day"),
    "nyårsdagen": (_fixed(1, 1), "day"),
    "trettonhelgen": (_fixed(1, 5, 2), "range"),
    "trettondagshelgen": (_fixed(1, 5, 2), "range"),
    "trettondagsafton": (_fixed(1, 5), "day"),
    "trettondedagen": (_fixed(1, 6), "day"),
    "trettonde dag jul": (_fixed(1, 6), "day"),
    "trettondagen": (_fixed(1, 6), "day"),
    "trettondedag jul": (_fixed(1, 6), "day"),
    "trettondag jul": (_fixed(1, 6), "day"),
    "tjugondag jul": (_fixed(1, 13), "day"),
    "tjugondedag jul": (_fixed(1, 13), "day"),
    "tjugondedag knut": (_fixed(1, 13), "day"),
    "tjugondag knut": (_fixed(1, 13), "day"),
    "höstlovet": (lambda y: iso_week(y, 44), "week"),
    "mors dag": (_nth_day(5, 6, -1), "day"),
    "fars dag": (_nth_day(11, 6, 2), "day"),
    "thanksgiving": (_nth_day(11, 3, 4), "day"),
    "black friday": (_nth_day(11, 3, 4, later=1), "day"),
    "alla hjärtans dag": (_fixed(2, 14), "day"),
    "skottdagen": (lambda y: (date(y, 2, 29), date(y, 2, 29)) if isleap(y) else None, "day"),
    "internationella kvinnodagen": (_fixed(3, 8), "day"),
    "kvinnodagen": (_fixed(3, 8), "day"),
    "våffeldagen": (_fixed(3, 25), "day"),
    "fn-dagen": (_fixed(10, 24), "day"),
    "kanelbullens dag": (_fixed(10, 4), "day"),
    "gustav adolfsdagen": (_fixed(11, 6), "day"),
    "mårtensafton": (_fixed(11, 10), "day"),
    "mårten gås": (_fixed(11, 10), "day"),
    "nobeldagen": (_fixed(12, 10), "day"),
    "halloweenkvällen": (_fixed(10, 31), "day"),
    "halloween": (_fixed(10, 31), "day"),
    "fettisdagen": (_around_easter(-47, -47), "day"),
    "askonsdagen": (_around_easter(-46, -46), "day"),
    "palmsöndagen": (_around_easter(-7, -7), "day"),
    **{
        f"{word} {end}": (_advent(number), "day")
        for number, word in enumerate(("första", "andra", "tredje", "fjärde"), start=1)
        for end in ("advent", "söndagen i advent", "adventssöndagen")
    },
}
_ROUGH = frozenset({"julhelgerna", "julledigheten", "höstlovet", "allhelgona"})
_FIRST = [name if "-" not in name else name.split("-")[0] for name in _FEASTS]


@rule(
    "date.feast",
    rf"(?:i )?(?P<f>{lx.either(_FEASTS)})(?![\w-]){lx.year()}?",
    [*_FIRST, *(f"i {name}" for name in _FIRST)],
)
def feast(match: Match) -> Found | None:
    """Påsk, julafton 2022; "i jul" keeps its word, "på julafton" does not."""
    name = " ".join(match["f"].split())
    span_in, grain = _FEASTS[name]
    found = periodic(match, span_in, grain, approximate=name in _ROUGH)
    if found and match.groups.group().startswith("i ") and name not in {"jul", "påsk", "midsommar"}:
        found.start = match.groups.start("f")
    return found


@rule(
    "date.feast-past",
    r"i (?P<f>julas|påskas|midsomras|nyåras)(?!\w)",
    ["i julas", "i påskas", "i midsomras", "i nyåras"],
)
def feast_past(match: Match) -> Found | None:
    """I julas: the last Christmas that is over."""
    span_in = _FEASTS[{"j": "jul", "p": "påsk", "m": "midsommar", "n": "nyår"}[match["f"][0]]][0]
    spans = [span for y in range(match.reference.year - 2, match.reference.year + 1) if (span := span_in(y))]
    past = [span for span in spans if span[1] < match.reference]
    return match.found(past[-1], "range", explicit=True) if past else None


@rule("date.holidays", r"helgerna(?!\w)", ["helgerna"])
def holidays_of_christmas(match: Match) -> Found | None:
    """Efter helgerna, said from November to Epiphany: Christmas Eve to Epiphany."""
    now = match.reference
    if now.month not in {11, 12} and (now.month, now.day) > (1, 6):
        return None
    year = now.year - (now.month == 1)
    return match.found(
        (date(year, 12, 24), date(year + 1, 1, 6)), "range", explicit=True, approximate=True, confidence=0.6
    )


@rule("date.squeeze-day", r"klämdag(?:en)?(?!\w)(?! den \d)", ["klämdag", "klämdagen"])
def squeeze(match: Match) -> Found | None:
    """The working day between two free ones."""
    day = squeeze_day(match.reference)
    return match.found((day, day), "day", confidence=0.7)
