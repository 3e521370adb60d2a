"""Steps that are done, begun or planned: the noun with what is said of it, and the verbs that are a step by themselves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nlp.facts import lexicon as lex
from nlp.facts.said import NOT_BEFORE, WISHED, Said
from nlp.model import DateMention, Fact, FactSide, FactStatus
from nlp.spans import small

_ROUTE = re.compile(r"\b(?:från|ursprungligen|tidigare|istället för|i stället för)\b[^,]{0,25}$")
_BESIDE = re.compile(
    r"^(?: av (?:det )?(?:nya )?(?:service)?kontoret)?(?: (?:i|på) [^\W\d_]+)?(?: (?:blir|är|sker|planeras(?: till)?|hålls))?[ ,:–-]*"
    r"(?:(?:preliminärt|planerad|planerat|ca|cirka|den|i|till|under|kl|datum|senast|torsdag|fredag) ?)*$"
)
_LABEL = re.compile(rf"^\W*(?:{lex.ANY_NOUN})(?: (?:i|för) [^\W\d_]+)?\s*[:–—-]")  # asked in lower case
_GOES_ON = re.compile(
    r"(?:och|men|samt) (?:planeras|beräknas|väntas|förväntas|ska|skall|kommer|blir|blev|är|har|avslutas|slutförs|färdigställs|avslutades)\b"
)
# Of something else than the step: "mötet om behovsanalysen", but "arbetet med behovsanalysen" is the step.
_ABOUT = re.compile(
    r"(?<!arbetet )(?<!klar )(?<!klara )(?<!färdig )(?<!färdiga )(?<!igång )(?<!börjat )(?<!val )(?<!valet )"
    r"\b(?:om|kring|med|angående|rörande|gällande|på|inför|för|till|av) (?:en |den |er |vår |kommunens )?[^\W\d_]+$"
)
# What is done to the paper of a step, not the step.
_HANDLED = re.compile(
    r"\b(?:skicka|lämna|sänd|översänd|överlämna|redovisa|presentera|diskutera|behandla|gå igenom|gås igenom|tas upp|dela[sr]?\b|komplettera"
    r"|uppdatera|justera|återkom|svara|besvara|skriv)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d|\d{6}")
_SPEAKER = re.compile(r"(?:vi|ni|jag|du|de|han|hon|kommunen)\b")
_THANKS = re.compile(r"\b(?:tack|tackar|efter|bilder från|sedan|från|innan|före|inför)\b[^,]{0,20}$")


def is_label(flat: str) -> bool:
    """Whether a line is one of a list of steps: "Behovsanalys: klar 2 maj"."""
    return _LABEL.match(small(flat)) is not None


def steps(said: Said) -> Iterator[Fact]:
    """What a clause says of a step that it names by its noun."""
    named = _named(said)
    if not named or WISHED.search(said.low) or said.is_of_several():
        return
    for step, end in named.items():
        if _is_of_an_office(said, step):
            fact = _told(said, step, end)
            if fact is not None:
                yield fact


def _named(said: Said) -> dict[str, int]:
    """The steps of the clause with where their nouns end; that of the clause before it in "… startar i maj och blir klar i juni"."""
    found = _nouns(said.low)
    if not found and _GOES_ON.match(said.low):
        carried = _nouns(said.before)
        return dict.fromkeys(carried, 0) if len(carried) == 1 else {}
    return found


def _nouns(low: str) -> dict[str, int]:
    """Steps whose nouns stand in a text in lower case, with where each ends."""
    likely = (step for step, stems in lex.STEMS.items() if any(stem in low for stem in stems))
    return {step: match.end() for step in likely if (match := lex.NOUNS[step].search(low))}


def _is_of_an_office(said: Said, step: str) -> bool:
    if lex.OFFICE.search(said.whole):
        return True
    return not lex.OTHER.search(said.low) and (step not in lex.SHARED or said.office_letter)


def _told(said: Said, step: str, noun_end: int) -> Fact | None:
    if said.negated:
        if NOT_BEFORE.search(said.low) and said.dates:
            return _planned(said, step, "not_before", 0.85)
        return None
    if _ABOUT.search(said.low[:noun_end]):
        return _beside(said, step, noun_end, 0.7) if step == "invigning" else None
    bare = " ".join(lex.NOUNS[step].sub("", said.low, count=1).split())  # "Nu är behovsanalysen klar"
    done, begun = lex.DONE.search(bare), lex.BEGUN.search(bare)
    if done and (_told_of(done) or not is_ahead(said)):
        return None if said.doubted or lex.NOT_QUITE.search(said.low) else _done(said, step, "done", 0.9)
    if begun and (_told_of(begun) or not is_ahead(said)):
        return None if said.doubted else _begun(said, step)
    if lex.PLANNED.search(said.low):
        return _planned(said, step, "planned", 0.85)
    if said.verbless and not _SPEAKER.match(said.low):
        return _piece(said, step, noun_end)
    return _beside(said, step, noun_end, 0.7) if step == "invigning" else None


def _told_of(verb: re.Match[str]) -> bool:
    """Whether a verb tells of the past whatever day stands beside it, as "är klar" does not."""
    return not verb[0].startswith(("är ", "pågår"))


def is_ahead(said: Said) -> bool:
    """Whether its day lies ahead: "är klar den 2 juni" is a plan in May."""
    chosen = date_of(said)
    return chosen is not None and _is_to_come(chosen, said.reference)


def _is_to_come(mention: DateMention, reference: date) -> bool:
    start = mention.window_start or mention.window_end
    return start is not None and start > reference


def date_of(said: Said) -> DateMention | None:
    """The day that the clause is about: where something is moved, the one to which."""
    usable = [one for one in said.dates if one.mod not in {"NEGATED", "CANCELLED"}]
    if len(usable) > 1 and lex.MOVED.search(said.low):
        usable = [one for one in usable if not _ROUTE.search(said.low[: said.at(one.start)])]
    return usable[-1 if lex.MOVED.search(said.low) else 0] if usable else None


def past_date_of(said: Said) -> DateMention | None:
    """The same for what has happened: a day without a year that was read as one to come is that of the year before."""
    chosen = date_of(said)
    if chosen is None or not _is_to_come(chosen, said.reference) or _YEAR.search(chosen.text):
        return chosen
    return receded(chosen)


def receded(mention: DateMention) -> DateMention:
    """The days of a mention a year earlier."""
    return replace(
        mention,
        value_start=_year_before(mention.value_start),
        value_end=_year_before(mention.value_end),
        window_start=mention.window_start and _year_before(mention.window_start),
        window_end=mention.window_end and _year_before(mention.window_end),
    )


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _piece(said: Said, step: str, noun_end: int) -> Fact | None:
    """Words without a verb: "Behovsanalys: klar den 2 maj", "Invigning den 25 april"."""
    if lex.READY.search(said.low) and not lex.NOT_QUITE.search(said.low):
        if is_ahead(said):
            return _planned(said, step, "listed", 0.75)
        return None if said.doubted else _done(said, step, "listed", 0.8)
    return _beside(said, step, noun_end, 0.75)


def _beside(said: Said, step: str, noun_end: int, confidence: float) -> Fact | None:
    """A day right beside the noun."""
    chosen = date_of(said)
    if chosen is None or said.at(chosen.start) < noun_end or _THANKS.search(said.low[:noun_end]):
        return None
    if _BESIDE.match(said.low[noun_end : said.at(chosen.start)]) is None:
        return None
    return _planned(said, step, "beside", confidence)


def _done(said: Said, step: str, rule: str, confidence: float) -> Fact | None:
    chosen = past_date_of(said)
    side: FactSide = "whole" if step == "invigning" else "begin" if step == "i bruk" else "end"
    return dated(said, step, "done", side, chosen, f"step.{rule}", confidence)


def _begun(said: Said, step: str) -> Fact | None:
    return dated(said, step, "begun", "begin", past_date_of(said), "step.begun", 0.8)


def _planned(said: Said, step: str, rule: str, confidence: float) -> Fact | None:
    chosen = date_of(said)
    if chosen is None or is_past(chosen, said.reference) or _HANDLED.search(said.low):
        return None
    side: FactSide = "whole"
    if lex.ENDS.search(said.low):
        side = "end"
    elif lex.BEGINS.search(said.low):
        side = "begin"
    rule = "moved" if lex.MOVED.search(said.low) else rule
    return dated(said, step, "planned", side, chosen, f"step.{rule}", confidence)


def is_past(mention: DateMention, reference: date) -> bool:
    """Whether the days have gone by when the letter is written."""
    return mention.window_end is not None and mention.window_end < reference


def dated(
    said: Said,
    step: str,
    status: FactStatus,
    side: FactSide,
    chosen: DateMention | None,
    rule: str,
    confidence: float,
) -> Fact | None:
    """The fact with its days; what is done on a day that nobody names was done by the day of the letter."""
    if chosen is None:
        window = (None, said.reference)
        return said.fact(
            "step",
            rule,
            confidence - 0.05,
            status=status,
            step=step,
            window=window,
            side=side,
            approximate=True,
        )
    if status != "planned" and _is_to_come(chosen, said.reference):
        return None
    days = (chosen.window_start, chosen.window_end)
    if status != "planned" or lex.MOVED.search(
        said.low
    ):  # "sedan den 1 mars", "till september": that day itself
        days = (chosen.value_start, chosen.value_end)
    return said.fact(
        "step",
        rule,
        confidence,
        status=status,
        step=step,
        window=days,
        side=side,
        approximate=chosen.approximate,
    )
