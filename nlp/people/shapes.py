"""Names that are told by how they are written, not by a word of theirs: with initials, turned round, in capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.municipalities.gazetteer import spellings
from nlp.people.titles import is_post, title_after
from nlp.people.words import is_function, is_given, is_noun

_S = r"[ \t\xa0]"
_CAPITAL = r"[A-ZÅÄÖÉÜØÆ]"
_REST = r"[^\W\d_]{1,30}(?:[’'-][^\W\d_]{1,30})?"
_SURE = r"(?:sson|d[oó]ttir|stjärna|stjerna|hjelm|sten|strand|löv|berg|ström|gren|qvist|kvist|quist|felt|feldt|lund|dahl|holm|stedt|blad|lind|mark|bäck|vall|borg|löf|gård|man|sén|ić|wski|yan|ova)"
# Each begins with its capital, and looks back from there: a search for a set of signs is many times faster.
# Two initials or three, or a pair with a hyphen, and a surname; one initial, if the surname is sure to be one.
_INITIALS = re.compile(
    rf"{_CAPITAL}(?<![\w.&/§-].)(?!(?<=U)\.{_S}?[SKN]\.|(?<=S)\.{_S}?S\.)"
    rf"(?:\.{_S}?(?:{_CAPITAL}\.{_S}?){{1,2}}|\.?-{_CAPITAL}\.?{_S})(?P<last>{_CAPITAL}{_REST})",
    re.DOTALL,
)
_INITIAL = re.compile(
    rf"{_CAPITAL}(?<![\w.&/§-].)\.{_S}(?P<last>{_CAPITAL}[^\W\d_]{{1,20}}{_SURE}s?)(?!\w)", re.DOTALL
)
# The given name before an initial, within a sentence or a list: , Cissi Ö. Lundmark
_BEFORE_INITIAL = re.compile(rf"(?<=[,;a-zåäö]{_S}){_CAPITAL}[a-zåäöéü]{{2,20}}{_S}\Z")
_COUNTED = re.compile(
    rf"(?:bilaga|alternativ|plan|punkt|del|hus|grupp|version|klass|port|etapp|byggnad){_S}\Z", re.IGNORECASE
)
# Ryberg, Sanna; Flink, Roger
_TURNED = re.compile(
    rf"(?P<last>{_CAPITAL}(?:(?<=[:;]{_S}.)|(?<=[:;].)|(?<=\n.)|(?<=\A.)){_REST}),{_S}(?P<first>{_CAPITAL}{_REST})(?={_S}?(?:[;<(\r\n]|\Z))"
)
_CAPITALS = re.compile(
    rf"^{_S}{{0,3}}(?P<name>(?P<first>[^\W\d_a-zß-öø-ÿ]{{2,20}}(?:-[^\W\d_a-zß-öø-ÿ]{{2,20}})?){_S}(?P<last>[^\W\d_a-zß-öø-ÿ]{{3,30}}(?:-[^\W\d_a-zß-öø-ÿ]{{2,30}})?))"
    rf"(?={_S}{{0,3}}(?:,|\r?$))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A name at [start, end), given name first in `name`, and the rule that saw it."""

    start: int
    end: int
    name: str
    rule: str
    confidence: float


def shaped(text: str) -> Iterator[Shape]:
    """The names that are so written, by kind."""
    yield from _with_initials(text)
    yield from _turned(text)
    yield from _in_capitals(text)


def _with_initials(text: str) -> Iterator[Shape]:
    for pattern in (_INITIALS, _INITIAL):
        for found in pattern.finditer(text):
            counted = _COUNTED.search(text, max(0, found.start() - 14), found.start())
            if not counted and _is_surname(found["last"]):
                start = _given_before(text, found.start()) if pattern is _INITIAL else found.start()
                yield Shape(start, found.end(), text[start : found.end()], "person.initials", 0.75)


def _given_before(text: str, start: int) -> int:
    """Where the name begins whose initial stands at `start`."""
    low = max(0, start - 24)
    before = _BEFORE_INITIAL.search(text[low:start])
    word = before.group().strip() if before else ""
    return low + before.start() if before and not (is_noun(word) or is_post(word)) else start


def _is_surname(word: str) -> bool:
    return not (is_noun(word) or is_post(word) or is_given(word) or word.lower() in spellings())


def _turned(text: str) -> Iterator[Shape]:
    for found in _TURNED.finditer(text):
        last, first = found["last"], found["first"]
        if is_given(first) and not (is_noun(last) or is_post(last)):
            yield Shape(*found.span(), f"{first} {last}", "person.turned", 0.8)


def _in_capitals(text: str) -> Iterator[Shape]:
    """A line of its own, or one that a title goes on: ANNA BERG, ENHETSCHEF."""
    for found in _CAPITALS.finditer(text):
        first, last = found["first"], found["last"]
        if not first.isupper() or not last.isupper() or not is_given(first):
            continue
        alone = text[found.end("name") : found.end("name") + 1] != ","
        if (alone or title_after(text, found.end("name"))) and not (is_noun(last) or is_function(last)):
            yield Shape(*found.span("name"), found["name"].title(), "person.capitals", 0.8)
