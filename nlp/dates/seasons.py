"""Rules for seasons: i höst, våren 2023, vintern 2022/2023, nästa höst, sensommaren, höstterminen."""

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_months, month_span
from nlp.dates.days import century, written_year
from nlp.dates.engine import Found, Match, replace, rule
from nlp.dates.periods import periodic

_SEASON = lx.either(lx.SEASON_FORMS)


def season_span(name: str, year_: int) -> Span:
    """Three months; the winter of a year begins in its December."""
    return month_span(year_, lx.SEASONS[name], 3)


def _season(match: Match, name: str, **more: object) -> Found | None:
    found = periodic(
        match, lambda y: season_span(name, y), "season", approximate=written_year(match) is None, **more
    )
    if found and name == "vinter" and match["y"]:
        return replace(found, confidence=0.5)
    return found


@rule(
    "date.season",
    rf"(?P<s>våren|sommaren|hösten|vintern)(?!\w){lx.year()}?",
    ["våren", "sommaren", "hösten", "vintern"],
)
@rule(
    "date.season",
    rf"(?P<s>vår|sommar|höst|vinter)(?: |[-'])(?=20\d\d|\d\d){lx.year()}",
    ["vår", "sommar", "höst", "vinter"],
)
@rule("date.season", rf"i (?P<s>vår|sommar|höst|vinter)(?!\w){lx.year()}?", [f"i {s}" for s in lx.SEASONS])
@rule("date.season", r"i(?P<s>vår|sommar|höst|vinter)(?!\w)", ["ivår", "isommar", "ihöst", "ivinter"])
def season(match: Match) -> Found | None:
    """I höst, hösten 2022."""
    return _season(match, lx.SEASON_FORMS[match["s"]])


@rule(
    "date.seasons",
    rf"(?:i )?(?P<s>{_SEASON}) ?[/-] ?(?P<t>{_SEASON})(?!\w){lx.year()}?",
    [*(f"i {s}" for s in lx.SEASON_FORMS), *lx.SEASON_FORMS],
)
def seasons(match: Match) -> Found | None:
    """Vår/sommar 2022, hösten/vintern: from the first day of the one to the last of the other."""
    first, second = lx.SEASON_FORMS[match["s"]], lx.SEASON_FORMS[match["t"]]
    months = (lx.SEASONS[second] - lx.SEASONS[first]) % 12 + 3
    if months > 9 or first == second:
        return None
    return periodic(
        match,
        lambda y: month_span(y, lx.SEASONS[first], months),
        "range",
        approximate=written_year(match) is None,
    )


@rule("date.season-turn", r"vintern (?P<y>(?:19|20)\d\d) ?[/-] ?(?P<z>(?:19|20)?\d\d)(?!\w)", ["vintern"])
@rule("date.season-turn", r"vintern (?P<y2>\d\d) ?[/-] ?(?P<z>\d\d)(?!\w)", ["vintern"])
def winter_of_two_years(match: Match) -> Found | None:
    """Vintern 2022/2023."""
    first = int(match["y"]) if match["y"] else century(int(match["y2"]), match.reference.year)
    if (first + 1) % 100 != int(match["z"]) % 100:
        return None
    return match.found(season_span("vinter", first), "season", explicit=True)


@rule(
    "date.season-of",
    rf"(?P<which>nästa|kommande|inkommande|nästkommande|denna|innevarande|förra) (?P<s>{_SEASON})(?!\w)",
    ["nästa", "kommande", "inkommande", "nästkommande", "denna", "innevarande", "förra"],
)
@rule(
    "date.season-of",
    r"(?P<which>i) (?P<s>våra|somra|hösta|vintra)s(?!\w)",
    ["i våras", "i somras", "i höstas", "i vintras"],
)
def named_season(match: Match) -> Found | None:
    """Nästa höst is the one after the coming one; i våras the last that has begun."""
    name = (
        lx.SEASON_FORMS.get(match["s"])
        or {"våra": "vår", "somra": "sommar", "hösta": "höst", "vintra": "vinter"}[match["s"]]
    )
    now = match.reference
    spans = [season_span(name, y) for y in range(now.year - 2, now.year + 3)]
    if match["which"] in {"förra", "i"}:
        span = next(s for s in reversed(spans) if s[1] < now)
    else:
        coming = [s for s in spans if s[1] >= now]
        span = coming[1 if match["which"] == "nästa" else 0]
    sure = 0.6 if match["which"] == "nästa" else 0.9
    return match.found(span, "season", explicit=True, approximate=True, confidence=sure)


@rule(
    "date.season-part",
    rf"(?P<part>tidig|tidiga|sen|sena) (?P<s>{_SEASON})(?!\w){lx.year()}?",
    ["tidig", "tidiga", "sen", "sena"],
)
@rule(
    "date.season-part",
    rf"(?P<part>tidigt|sent) (?:i |på |under |till )(?P<s>{_SEASON})(?!\w){lx.year()}?",
    ["tidigt", "sent"],
)
@rule(
    "date.season-part",
    rf"(?P<part>för|sen|hög)(?P<s>våren|sommaren|hösten|vintern|vår|sommar|höst|vinter)(?!\w){lx.year()}?",
    [a + b for a in ("för", "sen", "hög") for b in lx.SEASON_FORMS],
)
def part_of_season(match: Match) -> Found | None:
    """Tidig höst, sensommaren: the first or last month."""
    found = _season(match, lx.SEASON_FORMS[match["s"]])
    if found is None:
        return None
    which = {"för": 0, "ti": 0, "hö": 1}.get(
        match["part"][:3] if match["part"] == "för" else match["part"][:2], 2
    )
    first = add_months(found.first, which)
    span = month_span(first.year, first.month)
    return replace(found, first=span[0], last=span[1], part=("EARLY", "MID", "LATE")[which], approximate=True)


@rule(
    "date.term",
    rf"(?P<s>vår|höst)(?:terminen|termin)(?!\w){lx.year()}?",
    ["vårterminen", "höstterminen", "vårtermin", "hösttermin"],
)
@rule("date.term", rf"(?P<s>v|h)t(?:{lx.year()}| ?(?P<yy9>\d\d)(?!\d))", ["vt", "ht", "vt#", "ht#"])
def term(match: Match) -> Found | None:
    """Vårterminen, HT 2022: January to June and August to December, about."""
    begin, months = (1, 6) if match["s"].startswith("v") else (8, 5)
    if match["yy9"]:
        year = century(int(match["yy9"]), match.reference.year)
        return match.found(month_span(year, begin, months), "range", explicit=True, approximate=True)
    return periodic(match, lambda y: month_span(y, begin, months), "range", approximate=True, confidence=0.6)
