"""From text to mentions: scan, join ranges, put the windows on, cut the spans as the convention wants them."""

from datetime import date

from nlp.dates import (
    counted,
    days,
    holidays,
    nth,
    parts,
    periods,
    relative,
    runs,
    seasons,
    weekdays,
    weeks,
    years,
)
from nlp.dates.engine import Context, Found, scan
from nlp.dates.join import joined
from nlp.dates.text import masked
from nlp.dates.windows import carried, modified
from nlp.model import DateMention

RULE_MODULES = (counted, days, holidays, nth, parts, periods, relative, runs, seasons, weekdays, weeks, years)
"""Importing them files their rules."""


def find_dates(text: str, reference: date, *, typed: bool = False) -> list[DateMention]:
    """Every temporal expression that denotes days, in text order, read at the day on which the text was written.

    `typed`: a person plans ahead with it, so that what may be past or to come is to come, as in `parse_when`. Spans do not overlap, but for a date inside an offset ("tre månader efter öppningen den 4 september").
    Durations, repetitions and vague words denote no days and are not given.
    """
    low = masked(text)
    return _mentions(text, Context(low, reference, typed=typed))


def _mentions(text: str, context: Context) -> list[DateMention]:
    found = joined(context, scan(context))
    mentions: list[DateMention] = []
    for i, one in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        shared = carried(context.text, mentions[-1] if mentions else None, one)
        mentions.append(_mention(text, context.text, one, following, shared=shared))
        mentions.extend(_mention(text, context.text, inner, None, plain=True) for inner in one.inner)
    return mentions


def _mention(
    text: str,
    low: str,
    found: Found,
    following: Found | None,
    *,
    plain: bool = False,
    shared: str | None = None,
) -> DateMention:
    first, last = (found.first, found.last) if plain else modified(low, found, following, shared)
    start, end = _trimmed(low, found)
    begins, ends = found.start_time, found.end_time
    if found.mod in {"ON_OR_BEFORE", "BEFORE"} and begins and not ends:
        begins, ends = None, begins
    return DateMention(
        text=text[start:end],
        start=start,
        end=end,
        value_start=found.first,
        value_end=found.last,
        window_start=first,
        window_end=last,
        grain=found.grain,
        mod=found.mod,
        approximate=found.approximate,
        start_time=begins,
        end_time=ends,
        rule=found.rule,
        confidence=found.confidence,
    )


def _trimmed(low: str, found: Found) -> tuple[int, int]:
    """Without blanks, commas and a closing full stop."""
    start, end = found.start, found.end
    while end > start and low[end - 1] in " .,:;(":
        end -= 1
    while start < end and low[start] in " ,(":
        start += 1
    return start, end


def parse_when(text: str, reference: date) -> DateMention | None:
    """What a person means who types when to be reminded ("på måndag", "v. 46", "25/10"); None if it is no date.

    Always today or later where the words leave a choice; the whole text has to be one expression.
    """
    context = Context(masked(text[:200]), reference, typed=True)
    found = _mentions(text, context)
    outer = max(found, key=lambda m: m.end - m.start, default=None)
    if outer is None:
        return None
    rest = (context.text[: outer.start] + context.text[outer.end :]).split()
    return outer if all(word.strip(".,:!") in _SMALL for word in rest) else None


_SMALL = frozenset(
    "i på de den det här till om kl senast före efter innan från och med fr.o.m t.o.m under påminn mig oss nu tidigast tidigare "
    "senare vid mellan hela redan just först inte förrän sedan fram lite strax helst gärna igen".split()
) | {""}
