"""The text as the scanner sees it: the same length, plain blanks and dashes, lower case, and no false dates.

What looks like a date and is none is blanked out first (`masks`), and "i vår ledningsgrupp", which is no spring.
"""

import re

from nlp.dates.lexicon import CARDINALS
from nlp.dates.masks import (
    MANY_FIGURES,
    NAMED_MONTHS,
    NUMBERS,
    PEOPLE,
    REGISTERED,
    ROUND,
    TOLD,
    WEB,
    WEB_SIGNS,
)
from nlp.dates.pattern import Pattern

FILLER = "\x1f"
"""Stands for every character that was blanked out; no rule matches it."""
BREAK = "\x1e"
"""Stands for a blank line or a bullet, which no expression crosses."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−\u00ad"), "-")
_BLANKS = dict.fromkeys(map(ord, "\xa0\u202f\u2007\u2009\u2002\u2003\u200a\u3000\t\r\v\f"), " ")
_QUOTES = dict.fromkeys(map(ord, "’‘´`"), "'")
_TABLE = {chr(code): plain for code, plain in (_DASHES | _BLANKS | _QUOTES).items()}
_BLANK_LINES = Pattern(r"\n[ ]*+\n[\n ]*+")

# A dash at the head of a line begins the next proposal; it runs from nothing to nothing.
_BULLETS = Pattern(r"\n {0,20}(?:[-*•·o]|\d{1,2}\)) ")

_DIGIT = Pattern(r"\d")
_SPRING = Pattern(r"\bi vår (?:och er )?(\w{1,40})( \w{1,40})?")
# After these "i vår" is the season; before any other word it is "in our".
_AFTER_SPRING = frozenset(
    "är ska skall kommer kan blir bli vi ni jag de det den och eller men att för på i med om när innan efter till "
    "samt har så redan inte också som hos vid från under utan där då ser hoppas planerar öppnar återkommer fram får "
    "går hade var flyttar startar börjar sker göra igen istället eftersom tidigast senast dock kommunen inför hålla "
    "genomföra ha få återkomma öppna starta besöka träffas ses höras kring via mot av ge ta".split()
)


def normalise(text: str) -> str:
    """Lower case, one kind of blank and dash, blank lines as BREAK; every character keeps its place."""
    flat = _one_for_one(text)
    if any(name in flat for name in NAMED_MONTHS):
        flat = PEOPLE.sub(_fill, flat)
    if _DIGIT.search(flat) and MANY_FIGURES.search(flat):
        flat = REGISTERED.sub(_fill, flat)
    return _lower(flat)


def _one_for_one(text: str) -> str:
    flat = text
    for sign, plain in _TABLE.items():
        # Looking first is many times cheaper than `str.translate`: hardly any text holds them.
        if sign in flat:
            flat = flat.replace(sign, plain)
    flat = _BLANK_LINES.sub(_break, flat)
    flat = _BULLETS.sub(_break, flat)
    return flat.replace("\n", " ")


def _break(found: re.Match[str]) -> str:
    return BREAK * len(found.group())


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _fill(found: re.Match[str]) -> str:
    return FILLER * len(found.group())


def _fill_pronoun(found: re.Match[str]) -> str:
    """Blank "i vår ledningsgrupp" but keep the season of "i vår öppnar vi"."""
    noun, then = found.group(1), (found.group(2) or "").strip()
    verb_first = noun.endswith(("r", "s")) and then in {
        "vi",
        "ni",
        "jag",
        "kontoret",
        "kontoren",
        "det",
        "de",
    }
    if noun in _AFTER_SPRING or verb_first or noun in CARDINALS:
        return found.group()
    return FILLER * 5 + found.group()[5:]


def masked(text: str) -> str:
    """The normalised text with everything blanked out that is no date."""
    low = normalise(text)
    if any(sign in low for sign in WEB_SIGNS):
        low = WEB.sub(_fill, low)
    if _DIGIT.search(low):
        low = NUMBERS.sub(_fill, TOLD.sub(_fill, low))
    low = ROUND.sub(_fill, low)
    return _SPRING.sub(_fill_pronoun, low) if "i vår " in low else low
