"""Verbs that are a step by themselves: an office is opened, moved into; premises are found, chosen, rented."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp.facts import lexicon as lex
from nlp.facts.said import NOT_BEFORE, WISHED, Said
from nlp.facts.steps import date_of, dated, is_past, past_date_of
from nlp.model import Fact, FactSide

_FUTURE = r"\b(?:ska|skall|kommer (?:\w+ )?att|kommer|planeras|planerar (?:\w+ )?att|beräknas|väntas|avser (?:\w+ )?att|räknar|tänkt att|siktar|hoppas)\b[^,;]{0,60}?"
_ADVERBS = r"(?:\w+ ){0,3}?"
_AGAIN = re.compile(r"\b(?:igen|åter|öppettid\w*|varje|dagligen|vardagar|helgfri\w*|klockan|kl)\b")


class _Deed(NamedTuple):
    """What is said of a step: when it is done, and when it is to be."""

    step: str
    side: FactSide
    done: re.Pattern[str]
    planned: re.Pattern[str]
    rule: str


_DEEDS = (
    _Deed(
        "invigning",
        "whole",
        re.compile(rf"\binvigde(?:s)?\b|\bhar {_ADVERBS}invigts?\b|\b(?:är|blev) {_ADVERBS}invig[dt]\b"),
        re.compile(rf"{_FUTURE}\binvig(?:as?|s)\b|\binvigs\b|\binviger\b"),
        "inaugurated",
    ),
    _Deed(
        "i bruk",
        "begin",
        re.compile(
            rf"\böppnade(?:s)?\b|\bhar {_ADVERBS}(?:öppnat|öppnats|öppet sedan)\b|\b(?:är|togs|har tagits) {_ADVERBS}(?:i bruk|i drift)\b"
        ),
        re.compile(
            rf"{_FUTURE}\b(?:öppnas?|slå upp)\b|\böppna[rs]\b|\bslår upp\b|\b(?:tas|tas det|kommer) {_ADVERBS}i bruk\b|{_FUTURE}\btas i bruk\b"
        ),
        "opened",
    ),
    _Deed(
        "i bruk",
        "begin",
        re.compile(rf"\bflyttade {_ADVERBS}in\b|\bhar {_ADVERBS}flyttat in\b"),
        re.compile(rf"{_FUTURE}\bflytta in\b|\bflyttar {_ADVERBS}in\b"),
        "moved_in",
    ),
)
_FOUND = re.compile(
    rf"\b(?:har|hade) {_ADVERBS}(?:hittat|funnit|fått tag i|fått fram) {_ADVERBS}lokal(?:er|en)?\b"
)
_CHOSEN = re.compile(
    rf"\bhar {_ADVERBS}(?:valt|bestämt oss för|beslutat om|enats om) {_ADVERBS}lokal(?:en|er)?\b|\blokalen är {_ADVERBS}(?:vald|bestämd|klar)\b"
    rf"|\bhyresavtal(?:et)? (?:är|har|blev) {_ADVERBS}(?:tecknat|tecknats|undertecknat|undertecknats|påskrivet|klart|skrivits)\b|\bhyresavtalet (?:tecknades|undertecknades)\b"
    rf"|\bhar {_ADVERBS}(?:tecknat|skrivit|undertecknat) {_ADVERBS}hyresavtal(?:et)?\b"
)


def openings(said: Said) -> Iterator[Fact]:
    """What a clause says by a verb alone. The office has to be named in its sentence, or by its letter for an inauguration."""
    if WISHED.search(said.low) or said.is_of_several():
        return
    for deed in _DEEDS:
        fact = _of_deed(said, deed)
        if fact is not None:
            yield fact
    yield from _premises(said)


def _of_deed(said: Said, deed: _Deed) -> Fact | None:
    done, planned = deed.done.search(said.low), deed.planned.search(said.low)
    if not (done or planned) or not _is_office(said):
        return None
    chosen = date_of(said)
    if (
        chosen is not None
        and chosen.start_time is not None
        and deed.rule == "opened"
        and "den" not in said.low
    ):
        return None
    if said.negated and not (planned and NOT_BEFORE.search(said.low)):
        return None
    if done:
        chosen = past_date_of(said)
        return (
            None
            if said.doubted
            else dated(said, deed.step, "done", deed.side, chosen, f"step.{deed.rule}", 0.9)
        )
    if (
        chosen is None
        or is_past(chosen, said.reference)
        or (deed.rule == "opened" and _AGAIN.search(said.low))
    ):
        return None
    return dated(said, deed.step, "planned", "whole", chosen, f"step.{deed.rule}", 0.85)


def _is_office(said: Said) -> bool:
    if lex.OTHER.search(said.low) or lex.SEVERAL.search(said.whole):
        return False
    return lex.OFFICE.search(said.whole) is not None or (said.office_letter and "vi" in said.low.split())


def _premises(said: Said) -> Iterator[Fact]:
    """Premises that were found or chosen."""
    if said.negated or said.doubted or lex.NOT_QUITE.search(said.low):
        return
    for pattern, step, rule in ((_FOUND, "lokalsökning", "found"), (_CHOSEN, "lokalval", "chosen")):
        if pattern.search(said.low):
            fact = dated(said, step, "done", "end", past_date_of(said), f"step.{rule}", 0.8)
            if fact is not None:
                yield fact
