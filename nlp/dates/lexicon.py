"""The Swedish words of time, and the pieces that the rules' patterns are made of."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from nlp.dates.pattern import Pattern

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "febr": 2, "feb": 2, "mars": 3, "mar": 3, "april": 4, "apr": 4,
    "maj": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augusti": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAY_STEMS = ("månda", "tisda", "onsda", "torsda", "freda", "lörda", "sönda")
WEEKDAYS = {stem + end: n for n, stem in enumerate(_WEEKDAY_STEMS) for end in ("g", "gen")}
LONG_WEEKDAYS = [stem + "gen" for stem in _WEEKDAY_STEMS]
SHORT_WEEKDAYS = {
    "mån": 0, "tis": 1, "ons": 2, "tor": 3, "tors": 3, "fre": 4, "lör": 5, "sön": 6,
    "månd": 0, "tisd": 1, "onsd": 2, "torsd": 3, "fred": 4, "lörd": 5, "sönd": 6,
}  # fmt: skip
SEASONS = {"vår": 3, "sommar": 6, "höst": 9, "vinter": 12}
SEASON_FORMS = {
    "vår": "vår", "våren": "vår", "sommar": "sommar", "sommaren": "sommar", "höst": "höst", "hösten": "höst",
    "vinter": "vinter", "vintern": "vinter",
}  # fmt: skip
CARDINALS = {
    word: n
    for n, words in enumerate(
        "noll|en ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|"
        "nitton|tjugo".split("|")
    )
    for word in words.split()
} | {"par": 2, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "nittio": 90, "hundra": 100}
_TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50}
COUNTS = {word: n for word, n in CARDINALS.items() if n <= 53 and word != "par"} | {
    f"{ten}{gap}{word}": tens + n
    for ten, tens in _TENS.items()
    for word, n in CARDINALS.items()
    for gap in ("", " ")
    if 1 <= n <= 9 and word != "par" and tens + n <= 53
}
"""Numbers in words as weeks have them: "tjugosex", "tjugo sex"."""
ORDINALS = {
    word: n
    for n, word in enumerate(
        "första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|trettonde|fjortonde|"
        "femtonde|sextonde|sjuttonde|artonde|nittonde|tjugonde|tjugoförsta|tjugoandra|tjugotredje|tjugofjärde|"
        "tjugofemte|tjugosjätte|tjugosjunde|tjugoåttonde|tjugonionde|trettionde|trettioförsta".split("|"),
        start=1,
    )
} | {"förste": 1, "andre": 2}
ORDINALS |= {f"tjugo {word}": 20 + n for word, n in list(ORDINALS.items()) if n < 10}
ORDER = ORDINALS | {"1:a": 1, "2:a": 2, "3:e": 3, "4:e": 4, "1a": 1, "2a": 2, "3e": 3, "4e": 4, "sista": -1}

STEPS = {
    "nästa": 1, "kommande": 1, "nästkommande": 1, "kommer": 1,
    "gångna": -1, "förra": -1, "föregående": -1, "gick": -1, "var": -1,
}  # fmt: skip
"""How many of its kind on a word leads: "förra året" is one back."""


def either(words: Iterable[str]) -> str:
    """An alternation of literal words, the longest first, by their first letters: most fail at the first sign."""
    listed = sorted(set(words), key=lambda word: (word[0], -len(word), word))
    by_letter = groupby(listed, key=lambda word: word[0])
    return "(?:" + "|".join(_of_letter(letter, list(group)) for letter, group in by_letter) + ")"


def _of_letter(letter: str, words: list[str]) -> str:
    rests = [re.escape(word[1:]) for word in words]
    return re.escape(letter) + (rests[0] if len(rests) == 1 else "(?:" + "|".join(rests) + ")")


_LOOK_BEHIND = re.compile(r"(\(\?<[=!][^()]*\))")


def spaced(source: str) -> Pattern:
    """A pattern in which " ?" is any gap within a line wrap and " " a gap that must be there.

    A look-behind is left alone: its width is fixed.
    """
    pieces = _LOOK_BEHIND.split(source)
    pieces[::2] = [p.replace(" ?", "\0").replace(" ", " {1,9}").replace("\0", " {0,9}") for p in pieces[::2]]
    return Pattern("".join(pieces))


@cache
def month(n: str = "") -> str:
    """A month's name, or an abbreviation with its stop (that of "maj." is the sentence's), group `m`+n."""
    return rf"(?P<m{n}>{either(MONTHS)})(?![^\W\d])(?:(?<!maj|ars|uni|uli)(?<![a-zåäö]{{5}})\.)?(?: månad(?!\w))?"


def day(n: str = "") -> str:
    """A day of the month in digits, with its ordinal ending if any, group `d`+n."""
    return rf"(?P<d{n}>3[01]|[12]\d|0?[1-9])(?!\d)(?: ?:? ?[ae](?!\w))?\.?"


@cache
def weekday(n: str = "") -> str:
    """A weekday by name or abbreviation, group `w`+n."""
    return rf"(?P<w{n}>{either(WEEKDAYS | SHORT_WEEKDAYS)})(?!\w)(?:(?<!dag)(?<!agen)\.)?"


_RELATIVE_YEARS = {
    "i år": 0, "detta år": 0, "det här året": 0, "innevarande år": 0, "nästa år": 1, "nästkommande år": 1,
    "kommande år": 1, "förra året": -1, "föregående år": -1, "i fjol": -1, "ifjol": -1, "iår": 0,
}  # fmt: skip


def relative_year(words: str) -> int:
    """How many years from the reference's own: "nästa år" is 1."""
    return _RELATIVE_YEARS[" ".join(words.split())]


@cache
def year(n: str = "", *, short: bool = True) -> str:
    """A year after another word: groups `y`+n (four digits), `yy`+n ("-22", "'22"), `ry`+n ("nästa år") and `sy`+n ("samma år")."""
    later = either(MONTHS)
    return (
        rf"(?:,? ?(?:år |i )?(?P<y{n}>(?:19|20)\d\d)(?![\d:]|[-/](?!\d\d?(?:/| ?{later}))\d)"
        + (rf"| ?['-](?P<yy{n}>\d\d)(?!\d|[.:/]\d|-\d| ?{later})" if short else "")
        + rf"|,? (?:(?P<ry{n}>{either(_RELATIVE_YEARS)})(?!\w)|(?P<sy{n}>samma år)(?!\w)(?! som)))"
    )
