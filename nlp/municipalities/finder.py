"""Where a text names a municipality.

The list alone finds too much: names are words, surnames and parts of other names. So every candidate is
judged by what stands right before and after it (`context`), then by its company: an enumeration shares
its head ("Kalmar och Uppsala län" are counties, "Sala, Heby och Avesta" places). Linear in the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.model import MunicipalityMention
from nlp.municipalities import context
from nlp.municipalities.context import Verdict
from nlp.municipalities.gazetteer import Spelling, spellings
from nlp.spans import Composed, Taken, compose, places_of, web_spans, words_in

# Longer enumerations are about a programme, not about each of their places.
LIST_LENGTH = 4

# Names judged in one text: there are 290; beyond this it is a table or an attack.
MOST = 5000

# Counties that are called by the name of a municipality: only these can share the head län.
COUNTY_NAMES = frozenset({"Stockholm", "Uppsala", "Jönköping", "Kalmar", "Gotland", "Örebro"})

# Homonyms that hardly ever mean anything else beside another name of a place.
_RARELY_ELSE = frozenset({"Sala", "Älvdalen", "Köping", "Sandviken"})

_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"[ \t\xa0]{1,3}|[-\u2010\u2011]|[ \t\xa0]*\r?\n[ \t\xa0]*")


@dataclass(slots=True)
class _Candidate:
    start: int
    end: int
    spelling: Spelling
    verdict: Verdict


def find_municipalities(text: str) -> list[MunicipalityMention]:
    """All mentions of municipalities in text order. Spans hold the genitive -s, never kommun or stad.

    `role` is metropolitan before or after storstadsområde, list in a long enumeration, else place; the town of
    a postal address is none. Confidence is 0.9 with clear evidence, down to 0.6 without.
    """
    return list(_found(text))


@lru_cache(maxsize=2)
def _found(text: str) -> tuple[MunicipalityMention, ...]:
    """Kept for the last text, since organisations and people ask for its places again."""
    composed = compose(text)
    candidates = _candidates(composed.text)
    chains = _chains(composed.text, candidates)
    for chain in chains:
        _share(composed.text, chain)
    return tuple(_mention(text, composed, one) for one in candidates if one.verdict.accepted)


def _candidates(text: str) -> list[_Candidate]:
    table = spellings()
    low, words = words_in(text)
    present = table.keys() & words
    if not present:
        return []
    taken = Taken(web_spans(text))
    found: list[_Candidate] = []
    for start, first in places_of(low, present):
        if len(found) >= MOST:
            break
        choices, end = table[first], start + len(first)
        if (found and start < found[-1].end) or taken.hits(start, end):
            continue
        match = _longest(text, end, choices)
        if match is not None:
            spelling, end = match
            verdict = context.judge(text, start, end, spelling)
            if verdict is not None:
                found.append(_Candidate(start, end, spelling, verdict))
    return found


def _longest(text: str, first_end: int, choices: Sequence[Spelling]) -> tuple[Spelling, int] | None:
    for spelling in choices:
        end: int | None = first_end
        for part in spelling.parts[1:]:
            end = _part(text, end, part) if end is not None else None
        if end is not None:
            return spelling, end
    return None


def _part(text: str, end: int, part: str) -> int | None:
    joint = _JOINT.match(text, end)
    if joint is None:
        return None
    word = _WORD.match(text, joint.end())
    return word.end() if word and word.group().lower() == part else None


def _chains(text: str, candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Candidates that stand in one enumeration, in running text or one a line."""
    chains: list[list[_Candidate]] = []
    for one in candidates:
        if chains and context.joined(text, chains[-1][-1].end, one.start):
            chains[-1].append(one)
        else:
            chains.append([one])
    return chains


def _share(text: str, chain: list[_Candidate]) -> None:
    """What one member of an enumeration shows, holds for its neighbours."""
    head = context.head_of(text, chain[0].start, chain[-1].end)
    if head is not None:
        for one in chain:
            one.verdict = _headed(one.verdict, head, names_county=one.spelling.place.name in COUNTY_NAMES)
        return
    if len(chain) == 1:
        return
    sure = any(
        (one.verdict.accepted and not one.verdict.weak) or one.spelling.place.name in _RARELY_ELSE
        for one in chain
    )
    for one in chain:
        if one.verdict.undecided and sure:
            one.verdict = Verdict("accept", "municipality.neighbour", 0.8)
    accepted = [one for one in chain if one.verdict.accepted and one.verdict.role == "place"]
    if len({one.spelling.place.code for one in accepted}) >= LIST_LENGTH:
        for one in accepted:
            one.verdict = replace(one.verdict, role="list", rule="municipality.list")


def _headed(verdict: Verdict, head: str, *, names_county: bool) -> Verdict:
    if verdict.rule == context.POSTAL:
        return verdict
    if head == "metropolitan":
        return Verdict("accept", "municipality.metropolitan", 0.9, "metropolitan")
    if head == "municipality":
        return verdict if verdict.accepted else Verdict("accept", "municipality.shared-head", 0.9)
    is_other = verdict.rule != "municipality.kommun" and (names_county or head == "body")
    return Verdict("reject", "municipality.other-head") if is_other else verdict


def _mention(text: str, composed: Composed, one: _Candidate) -> MunicipalityMention:
    start, end = composed.span(one.start, one.end)
    place = one.spelling.place
    return MunicipalityMention(
        text=text[start:end],
        start=start,
        end=end,
        name=place.name,
        code=place.code,
        role=one.verdict.role,
        rule=one.verdict.rule,
        confidence=one.verdict.confidence,
    )
