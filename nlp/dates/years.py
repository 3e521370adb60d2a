"""Rules for years and decades: 2021, år 1985, 2021–2023, nästa år, förra årets, 90-talet."""

from datetime import date

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, month_span
from nlp.dates.engine import FIRST_YEAR, YEARS_AHEAD, Found, Match, replace, rule
from nlp.dates.pattern import Pattern

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
    "date.years",
    rf"(?:åren )?(?P<y>(?:19|20)\d\d) ?[-/] ?(?P<z>(?:19|20)?\d\d)(?![\w:/-])(?! ?{lx.either(lx.MONTHS)})",
    ["####", "åren"],
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
@rule(
    "date.year-of",
    r"(?:det )?(?P<r>kommande|nästkommande|gångna|förra|föregående) (?:år|året)(?!\w)",
    [
        f"{a}{b} {c}"
        for a in ("", "det ")
        for b in ("kommande", "nästkommande", "gångna", "förra", "föregående")
        for c in ("år", "året")
    ],
)
@rule("date.year-of", r"året som (?P<r>gick|var|kommer)(?!\w)", ["året som"])
def named_year(match: Match) -> Found | None:
    step = lx.STEPS[match["r"]] if match["r"] in lx.STEPS else lx.relative_year(match["r"])
    return match.found(_whole_year(match.reference.year + step), "year", explicit=True)


def _whole_year(number: int) -> Span:
    return month_span(number, 1, 12)


@rule(
    "date.year-of",
    r"(?P<r>nästa|nästkommande|kommande|förra|föregående) (?:års|årets)(?P<more> (?=\w))?",
    [
        f"{a} {b}"
        for a in ("nästa", "nästkommande", "kommande", "förra", "föregående")
        for b in ("års", "årets")
    ],
)
def year_in_genitive(match: Match) -> Found | None:
    """Nästa års budget; nästa års januari."""
    number = match.reference.year + lx.STEPS[match["r"]]
    inner = match.context.read(match.end, number) if match["more"] else None
    if inner is not None:
        return replace(inner, start=match.start, explicit=True)
    found = match.found(_whole_year(number), "year", explicit=True)
    return replace(found, end=found.end - len(match["more"])) if found else None


@rule(
    "date.year-of",
    r"(?:(?<=hela )|(?<=under )|(?<=inom ))året(?!\w)(?! (?:före|innan|efter|därpå|som|ut))",
    ["året"],
)
def whole_year(match: Match) -> Found | None:
    return match.found(_whole_year(match.reference.year), "year", explicit=True, confidence=0.8)


_DECADES = {
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
}  # fmt: skip


@rule(
    "date.decade",
    r"(?:(?P<y>(?:19|20)\d0)|(?P<yy>[2-9]0))-?talets?(?!\w)",
    ["####", "# -", "#talet", "#talets"],
)
@rule(
    "date.decade",
    rf"(?P<w>{lx.either(_DECADES)})talets?(?!\w)",
    [f"{word}talet{s}" for word in _DECADES for s in ("", "s")],
)
def decade(match: Match) -> Found | None:
    """90-talet, 1980-talet, åttiotalet: the ten years that began last; "2000-talet" is no decade."""
    short = _DECADES[match["w"]] if match["w"] else int(match["yy"] or 0)
    number = int(match["y"] or 0) or max(y for y in (1900 + short, 2000 + short) if y <= match.reference.year)
    if number % 100 == 0:
        return None
    return match.found(month_span(number, 1, 120), "range", explicit=True, confidence=0.8)


@rule("date.century", r"(?P<y>1[6-9]00)-?talets?(?!\w)", ["####"])
def century(match: Match) -> Found | None:
    """1900-talet: a hundred years; "2000-talet" may be ten."""
    return match.found(month_span(int(match["y"]), 1, 1200), "range", explicit=True, confidence=0.8)


@rule(
    "date.century",
    r"(?P<which>förra|detta|nästa) (?:århundradet|seklet|århundrade|sekel)(?!\w)",
    [
        f"{a} {b}"
        for a in ("förra", "detta", "nästa")
        for b in ("århundradet", "seklet", "århundrade", "sekel")
    ],
)
def named_century(match: Match) -> Found | None:
    """Förra seklet."""
    step = {"förra": -100, "nästa": 100}.get(match["which"], 0)
    first = match.reference.year // 100 * 100 + step
    return match.found(month_span(first, 1, 1200), "range", explicit=True)


@rule(
    "date.decade",
    r"(?P<which>förra|detta|det här|innevarande|nästa) (?:årtiondet|årtionde|decenniet|decennium)(?!\w)",
    [
        f"{a} {b}"
        for a in ("förra", "detta", "innevarande", "nästa")
        for b in ("årtionde", "årtiondet", "decenniet", "decennium")
    ]
    + ["det här"],
)
def named_decade(match: Match) -> Found | None:
    """Förra årtiondet."""
    step = {"förra": -10, "nästa": 10}.get(match["which"], 0)
    return match.found(month_span(match.reference.year // 10 * 10 + step, 1, 120), "range", explicit=True)
