"""What the sentences of a letter do, found once where it is read and kept with it as a line of text. Pure.

A letter stands in the windows of many promises, and is weighed for each of them. What is kept here follows from the
rules of `crm.told`: mail is read again (`crm.waiting.READER_VERSION`) where they change.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from crm.told import (
    LONGEST_KEPT,
    SENTENCES_KEPT,
    Told,
    as_promised,
    denies,
    is_answer,
    is_done,
    matter,
    of_what,
    received,
    told,
)
from nlp.spans import small

_GIVES: Final = 1
_TELLS: Final = 2
_OPEN: Final = 4
_ASKS: Final = 8
_GOES: Final = 16
_DONE: Final = 32
_COMES: Final = 64
_DENIES: Final = 128
_PROMISED: Final = 256
_FILES: Final = 512
_RECEIVED: Final = 1024
_ANSWERS: Final = 2048
_MAY_KEEP: Final = _GIVES | _GOES | _DONE | _COMES | _RECEIVED | _ANSWERS
_NONE: Final[frozenset[str]] = frozenset()
_SIGNS: Final = {
    "gives": _GIVES,
    "tells": _TELLS,
    "later": _OPEN,
    "refuses": _OPEN,
    "asks": _ASKS,
    "small": 0,
}

# A promise to come back is kept by coming back; any other needs the thing.
_CONTACT = re.compile(
    r"\b(?:återkom\w*|återk\b|återkoppl\w*|åter till (?:er|dig)|hör\w* av|hörs|kontakta\w*|ring(?:er|a)|ses|träffa\w*|"
    r"get back|contact\w*)\b"
)

# What was done, without what it was done to: "Det är fixat".
_DOING = re.compile(r"\w+(?:at|ade?|jort|löst|klart|digt)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence is about, what the thing that it names is `of`, and whether it refers to a promise by itself."""

    about: frozenset[str]
    of: frozenset[str]
    as_promised: bool


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a letter gives, what goes to its reader now, and the topics of the sentences that do something.

    `tells`: of all that tell; `done`: of those that say that it is finished; `comes_back`: of those that speak of
    coming back; `denied`: of those that deny something; `named`: of all that give or tell; `shown`: of all that tell
    and of the names of what is attached, `files`: of these names alone; `received`: of those that say that something
    has come; `answered`: of those that have a number, a yes or no, a decision; `asked`: of those that ask. `finished`: one says so of what it does not name. `put_off`:
    those of each sentence that puts off or refuses. `open`: there is such a sentence; `asks`: something is asked back.
    """

    gives: tuple[Said, ...]
    goes: tuple[Said, ...]
    tells: frozenset[str]
    done: frozenset[str]
    comes_back: frozenset[str]
    denied: frozenset[str]
    named: frozenset[str]
    shown: frozenset[str]
    files: frozenset[str]
    received: frozenset[str]
    answered: frozenset[str]
    asked: frozenset[str]
    finished: bool
    put_off: tuple[frozenset[str], ...]
    attached: bool
    open: bool
    asks: bool


def speaks_of_coming_back(sentence: str) -> bool:
    return bool(_CONTACT.search(small(sentence)))


def file_topics(files: Iterable[str]) -> frozenset[str]:
    """What attachments are about by their names."""
    return matter(" ".join(re.sub(r"[\W\d_]+", " ", name) for name in files).casefold())


@lru_cache(2048)
def deeds_of(words: str, files: tuple[str, ...] = ()) -> str:
    """A letter's deeds as they are kept: a line a sentence that does something, what it does and is about.

    One for the names of its `files` as well, though they say nothing.
    """
    lines = [line for one in told(words) if (line := _line(one))]
    if files:
        lines.append(_written(_FILES, file_topics(files)))
    return "\n".join(dict.fromkeys(lines))


def _line(one: Told) -> str:
    return _kept(one) if len(one.text) <= LONGEST_KEPT else _of_sentence(one)


def _of_sentence(one: Told) -> str:
    """Its line; none for one that does nothing."""
    sign = _sign(one)
    if not sign:
        return ""
    of: frozenset[str] = of_what(one.text) if sign & (_GIVES | _GOES) else frozenset()
    return _written(sign, one.about, of)


_kept = lru_cache(SENTENCES_KEPT)(_of_sentence)


def _written(sign: int, about: Iterable[str], of: Iterable[str] = ()) -> str:
    return f"{sign:03x} {' '.join(sorted(about))}|{' '.join(sorted(of))}"


def _sign(one: Told) -> int:
    sign = _SIGNS[one.deed] | (_DENIES if denies(one.text) and one.deed != "gives" else 0)
    if one.deed in {"tells", "small"} and received(one.text):
        sign |= _RECEIVED
    if one.deed not in {"gives", "tells"}:
        return sign
    sign |= _COMES if speaks_of_coming_back(one.text) else 0
    if one.deed == "tells":
        sign |= (_GOES if one.goes else 0) | (_DONE if is_done(one.text) else 0)
        sign |= _ANSWERS if len(one.about) > 1 and is_answer(one.text) else 0
    return sign | (_PROMISED if sign & (_GIVES | _GOES) and as_promised(one.text) else 0)


def read_deeds(kept: str) -> Deeds:
    """What `deeds_of` has kept."""
    lines = [_read(line) for line in kept.split("\n") if line]
    signs = 0
    for sign, _ in lines:
        signs |= sign

    def topics(sign: int) -> frozenset[str]:
        """Most letters do little of all this: what no line has is not looked for."""
        return _topics(lines, sign) if signs & sign else _NONE

    tells, gives = topics(_TELLS), _those(lines, _GIVES) if signs & _GIVES else ()
    return Deeds(
        gives=gives,
        goes=_those(lines, _GOES) if signs & _GOES else (),
        tells=tells,
        done=topics(_DONE),
        comes_back=topics(_COMES),
        denied=topics(_DENIES),
        named=tells.union(*(one.about for one in gives)) if gives else tells,
        shown=tells | topics(_FILES) if signs & _FILES else tells,
        files=topics(_FILES),
        received=topics(_RECEIVED),
        answered=topics(_ANSWERS),
        asked=topics(_ASKS),
        finished=any(sign & _DONE and all(map(_DOING.fullmatch, said.about)) for sign, said in lines),
        put_off=tuple(said.about for sign, said in lines if sign & _OPEN),
        attached=bool(signs & _FILES),
        open=bool(signs & _OPEN),
        asks=bool(signs & _ASKS),
    )


_Line = tuple[int, Said]


@lru_cache(8192)
def _read(line: str) -> _Line:
    """A sentence stands in many letters, and a letter is looked at more than once."""
    sign = int(line[:3], 16)
    about, _, of = line[4:].partition("|")
    return sign, Said(frozenset(about.split()), frozenset(of.split()), bool(sign & _PROMISED))


def _those(lines: Iterable[_Line], sign: int) -> tuple[Said, ...]:
    return tuple(one for had, one in lines if had & sign)


def _topics(lines: Iterable[_Line], sign: int) -> frozenset[str]:
    return frozenset().union(*(one.about for had, one in lines if had & sign))


def may_announce(kept: str) -> bool:
    """Whether a letter may keep what was said in another thread, whatever its subject: by what its sentences do."""
    return any(int(line[:3], 16) & _MAY_KEEP for line in kept.split("\n") if line)


@lru_cache(8192)
def says_received(kept: str) -> bool:
    """Whether a sentence says that something has come: by what its sentences do."""
    return any(int(line[:3], 16) & _RECEIVED for line in kept.split("\n") if line)


@lru_cache(8192)
def topics_of(kept: str) -> frozenset[str]:
    """What all the sentences of a letter that do something are about."""
    return frozenset().union(*(_read(line)[1].about for line in kept.split("\n") if line))
