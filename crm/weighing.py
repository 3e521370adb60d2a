"""How likely a letter of the debtor in the thread keeps a promise: a linear model over signs and words. Pure.

Most people answer, report and excuse themselves in words that no rule knows. What the rules find (`crm.speaking`,
`crm.replies`) are signs among others here; the weights are learnt from the stories of `benchmarks/kept_*.toml`
(`python -m benchmarks.kept_weights`), and stand in whole hundredths in `nlp/data/replies_model.tsv`.
"""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from crm.asked import fits
from crm.promised import Letter, Promise
from crm.replies import is_reply, reply_signs, reports
from crm.speaking import announced, asks_back, asks_for_it, denies_it, gives, of_subject, puts_it_off
from crm.things import kinds, particular
from crm.told import (
    Told,
    alike,
    are_twice_alike,
    denies,
    is_answer,
    is_done,
    is_past,
    only_thanks,
    told,
)
from nlp import data
from nlp.spans import small

FILE: Final = "replies_model.tsv"
BIAS: Final = "*"
LEAST: Final = 0.7
"""What is less likely kept than this is not: the least of which one in twenty is wrong where one lot in turn is left out."""
LEAST_OF_RULE: Final = 0.6
_SCALE: Final = 100
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[?!]")
_STEM, _HALF = 7, 6
_SHORT: Final = 60  # signs of a letter of a few words


@cache
def weights() -> dict[str, int]:
    """Read when they are first asked for."""
    found = (line.split("\t") for line in data.lines(FILE))
    return {sign: int(weight) for sign, weight in found}


def likelihood(promise: Promise, letter: Letter, reason: str | None) -> float:
    """How likely the letter keeps the promise; `reason` is what the rules say."""
    known = weights()
    score = known.get(BIAS, 0) + sum(known.get(sign, 0) for sign in signs(promise, letter, reason))
    return 1 / (1 + math.exp(-max(-20.0, min(20.0, score / _SCALE))))


def signs(promise: Promise, letter: Letter, reason: str | None) -> frozenset[str]:
    """What of a letter speaks for or against its being what was promised: signs of the two, and the letter's words."""
    said = [one for one in told(letter.words) if one.deed != "small"]
    found = {f"rule {reason}"} | _of_promise(promise, letter) | _of_letter(promise, letter, said)
    found |= _of_sentences(promise, [one for one in said if one.deed in {"tells", "gives"}])
    return frozenset(found | words_of(letter.words))


def _of_promise(promise: Promise, letter: Letter) -> set[str]:
    wanted, asked = promise.wanted, promise.text.rstrip().endswith("?")
    return _true(
        ("request", promise.kind == "request"),
        ("by words", wanted.by_words),
        ("contact", wanted.contact),
        ("question", asked),
        ("undated", promise.due_start is None and promise.due_end is None),
        ("early", promise.due_start is not None and letter.day < promise.due_start),
        ("late", promise.due_end is not None and letter.day > promise.due_end),
        ("is reply", is_reply(promise, letter)),
        ("reports", reports(promise, letter)),
        ("gives", gives(wanted, letter)),
    )


def _of_letter(promise: Promise, letter: Letter, said: list[Told]) -> set[str]:
    wanted, deeds = promise.wanted, letter.deeds
    found = announced(wanted, letter)
    named = any(alike(wanted.about, one.about) for one in found)
    unnamed = any(not particular(one.about) for one in found)
    likely = alike(wanted.about, deeds.files)
    other = deeds.attached and not likely and bool(kinds(deeds.files)) and bool(kinds(wanted.about))
    tells = sum(one.deed in {"tells", "gives"} for one in said)
    return reply_signs([small(one.text) for one in said]) | _true(
        (f"tells {min(tells, 3)}", True),
        ("tells first", bool(said) and said[0].deed in {"tells", "gives"}),
        ("open", any(one.deed in {"later", "refuses"} for one in said)),
        ("open of it", puts_it_off(wanted, letter)),
        ("owes", letter.owes),
        ("asks", asks_back(letter)),
        ("asks for it", asks_for_it(wanted, letter)),
        ("asks alone", deeds.asks and not tells),
        ("denied", denies_it(wanted, letter)),
        ("announces it", named),
        ("announces", unnamed),
        ("announces another", bool(found) and not named and not unnamed),
        ("attached", deeds.attached),
        ("attached it", likely),
        ("attached another", other),
        ("attached where a thing was wanted", deeds.attached and not wanted.by_words),
        ("received", alike(wanted.about, deeds.received)),
        ("thanks", only_thanks(letter.words)),
        ("short", len(letter.words) < _SHORT),
    )


def _of_sentences(promise: Promise, tells: list[Told]) -> set[str]:
    about = promise.wanted.about
    named = [one for one in tells if alike(about, one.about)]
    fit = any(fits(promise.text, one.text) for one in tells)
    return _true(
        ("named", bool(named)),
        ("named twice", any(are_twice_alike(about, one.about) for one in tells)),
        ("subject named", any(alike(of_subject(promise.subject), one.about) for one in tells)),
        ("fits", fit),
        ("fits a question", fit and promise.text.rstrip().endswith("?")),
        ("answer", any(is_answer(one.text) for one in tells)),
        ("past", any(is_past(one.text) for one in tells)),
        ("past of it", any(is_past(one.text) for one in named)),
        ("done", any(is_done(one.text) for one in tells)),
        ("done of it", any(is_done(one.text) for one in named)),
        ("not", any(denies(one.text) for one in tells)),
        ("not of it", any(denies(one.text) for one in named)),
    )


def _true(*given: tuple[str, bool]) -> set[str]:
    return {name for name, holds in given if holds}


@lru_cache(2048)
def words_of(words: str) -> frozenset[str]:
    """The words of a letter's sentences by their beginnings, and two that stand together; no names."""
    said = (one.text for one in told(words) if one.deed != "small")
    return frozenset(sign for sentence in said for sign in _signs_of(_tokens(sentence)))


def _signs_of(words: list[str]) -> Iterator[str]:
    for before, word in zip(["^", *words], words, strict=False):
        yield f"w {word[:_STEM]}"
        yield f"b {before[:_HALF]} {word[:_HALF]}"


def _tokens(sentence: str) -> list[str]:
    return [_folded(word, first=not place) for place, word in enumerate(_TOKEN.findall(sentence))]


def _folded(word: str, *, first: bool) -> str:
    if word[0].isdigit():
        return "#"
    return "@" if word[0].isupper() and not first else word.casefold()


def learnt(lines: Iterable[tuple[str, float]]) -> str:
    """The weights as their file has them, without those that round to nothing."""
    kept = sorted((sign, round(weight * _SCALE)) for sign, weight in lines)
    return "".join(f"{sign}\t{weight}\n" for sign, weight in kept if weight)
