"""Rules for weekdays without a day of the month: på torsdag, nästa fredag, i måndags."""

from nlp.dates import lexicon as lx
from nlp.dates.calendar import Span, add_days, coming_weekday, last_weekday, week_of
from nlp.dates.days import ON_WEEKDAY, one_day, weekday_number
from nlp.dates.engine import Found, Match, rule
from nlp.dates.tense import Tense


@rule(
    "date.weekday",
    rf"(?:nu (?!{lx.weekday('2')},? (?:den )?\d))?(?:på )?(?P<w>{lx.either(lx.WEEKDAYS)})(?!\w)",
    ["nu", *ON_WEEKDAY],
)
@rule("date.weekday", rf"(?:nu )?på (?P<w>{lx.either(lx.SHORT_WEEKDAYS)})(?!\w)", ["nu", *ON_WEEKDAY])
def bare_weekday(match: Match) -> Found | None:
    """På torsdag: the coming one; after "nästa vecka, troligen" the one of that week."""
    weekday = weekday_number(match)
    if weekday is None or match.context.text.endswith(" en ", 0, match.start):
        return None  # "infaller på en tisdag"
    named = _named_in_brackets(match, weekday)
    if named is not None:
        return named
    anchor = _anchor_week(match)
    if anchor:
        day = add_days(anchor[0], weekday)
        return match.found((day, day), "day", explicit=True, confidence=0.8)
    # "På torsdag" is to come whatever the verb; "på torsdagen" may be told afterwards.
    may_be_over = match["w"].endswith("en") or not match.groups.group().startswith(("på", "nu"))
    if may_be_over and match.tense is Tense.PAST:
        return match.found(one_day(last_weekday(match.reference, weekday)), "day", confidence=0.6)
    return match.found(one_day(coming_weekday(match.reference, weekday)), "day")


def _named_in_brackets(match: Match, weekday: int) -> Found | None:
    """Den 1/4 (fredag): that day."""
    before = match.context.found[-1] if match.context.found else None
    if before is None or before.grain != "day" or before.first.weekday() != weekday:
        return None
    if match.context.text[before.end : match.start].strip() != "(":
        return None
    return match.found((before.first, before.last), "day", explicit=True)


def _anchor_week(match: Match) -> Span | None:
    """The week that was named before in the same sentence."""
    if not match.context.found:
        return None
    before = match.context.found[-1]
    between = match.context.text[before.end : match.start]
    joined = (
        len(between) < 60
        and not any(c in between for c in ".!?\x1e")
        and not match.groups.group().startswith("nu")
    )
    return (
        (before.first, before.last)
        if before.grain == "week" and joined and week_of(before.first)[1] == before.last
        else None
    )


@rule("date.weekday", rf"(?P<w>{lx.either(lx.SHORT_WEEKDAYS)})", lx.SHORT_WEEKDAYS)
def short_weekday(match: Match) -> Found | None:
    """Tors, where nothing else is said, or where a time is typed ("fre kl 14")."""
    return bare_weekday(match) if match.alone or match.context.typed else None


_LAST = frozenset({"förra", "föregående", "senaste", "gångna"})


@rule(
    "date.weekday-relative",
    rf"(?P<which>nästa|nästkommande|kommande|inkommande|förra|föregående|denna|den här|senaste|gångna|nu) (?P<w>{lx.either(lx.WEEKDAYS)})(?!\w)",
    ["nästa", "nästkommande", "kommande", "inkommande", "denna", "den här", *_LAST],
)
def weekday_relative(match: Match) -> Found | None:
    """Nästa torsdag is the one of next ISO week, kommande torsdag the first to come."""
    weekday = lx.WEEKDAYS[match["w"]]
    if match["which"] == "nästa":
        day = add_days(week_of(match.reference)[0], 7 + weekday)
        return match.found((day, day), "day", confidence=0.5)
    if match["which"] in _LAST:
        return match.found(one_day(last_weekday(match.reference, weekday)), "day")
    return match.found(one_day(coming_weekday(match.reference, weekday)), "day")


@rule(
    "date.weekday-relative",
    rf"(?P<w>{lx.either(lx.LONG_WEEKDAYS)}) efter nästa(?!\w)",
    [f"{day} efter" for day in lx.LONG_WEEKDAYS],
)
def weekday_after_next(match: Match) -> Found | None:
    """Fredagen efter nästa: a week after that of next week."""
    day = add_days(week_of(match.reference)[0], 14 + lx.WEEKDAYS[match["w"]])
    return match.found((day, day), "day", confidence=0.6)


_PLURALS = {f"{day}ar": number for day, number in lx.WEEKDAYS.items() if day.endswith("g")}
_COUNT = rf"(?P<n>\d{{1,2}}|{lx.either(lx.CARDINALS)})"


@rule(
    "date.weekday-relative",
    rf"(?P<side>för) {_COUNT} (?P<w>{lx.either(_PLURALS)}) (?:sedan|sen)(?!\w)",
    [f"för {n}" for n in (*lx.CARDINALS, "#")],
)
@rule(
    "date.weekday-relative",
    rf"(?P<side>om) {_COUNT} (?P<w>{lx.either(_PLURALS)})(?!\w)",
    [f"om {n}" for n in (*lx.CARDINALS, "#")],
)
def counted_weekday(match: Match) -> Found | None:
    """För tre fredagar sedan."""
    count, weekday = (
        int(match["n"]) if match["n"].isdigit() else lx.CARDINALS[match["n"]],
        _PLURALS[match["w"]],
    )
    if match["side"] == "för":
        day = add_days(last_weekday(match.reference, weekday), -7 * (count - 1))
    else:
        day = add_days(coming_weekday(match.reference, weekday), 7 * (count - 1))
    return match.found((day, day), "day", explicit=True, confidence=0.7)


@rule(
    "date.weekday-past",
    r"i (?P<w>månda|tisda|onsda|torsda|freda|lörda|sönda)gs(?!\w)",
    [f"i {day}s" for day in lx.WEEKDAYS if day.endswith("g")],
)
def weekday_past(match: Match) -> Found | None:
    return match.found(one_day(last_weekday(match.reference, lx.WEEKDAYS[match["w"] + "g"])), "day")
