"""Points and rows that owe by where they stand: below "Från er behövs:", or beside a name in a table."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from nlp.followups.actors import Voices, noun_role
from nlp.followups.context import Scene
from nlp.followups.tokens import tokens
from nlp.followups.windows import NO_WINDOW, Window, joined
from nlp.model import FollowUp, FollowUpKind, Obligor

_POINT = re.compile(r"[ \t]{0,8}(?:[-–—*•·▪]|\(?\d{1,2}[.)]|o(?=[ \t]))[ \t]{1,4}(?=\S)")
_LONGEST_HEADING, _LONGEST_POINT, _MOST_CELLS = 90, 240, 8
_TO_THEM = "er|dig|eder"
_TO_US = "oss|mig"
# The side that a heading names by a preposition outranks its subject: "Vi behöver från er:".
_BY = re.compile(rf"\b(?:från|av|hos|för)\s+(?:(?P<them>{_TO_THEM})|(?P<us>{_TO_US}))\b")
_OWN = re.compile(
    r"\b(?:på|från|för|av)\s+(?:(?P<them>ert?|era|din|ditt|dina)|(?P<us>vår|vårt|våra|min|mitt|mina))\s+(?:sida|del|lista|håll)\b"
)
_ONLY = re.compile(rf"(?:(?:hos|från|av)\s+)?(?:(?P<them>{_TO_THEM}|ni|du)|(?P<us>{_TO_US}|vi|jag))\s*:")
_FROM = re.compile(rf"\bfrån\s+(?:(?P<them>{_TO_THEM})|(?P<us>{_TO_US}))\b")
_LOOKS_SO = re.compile(r":[ \t]*\n|[|\t]|\n[ \t]*\W[ \t][^\n]{0,200}\bfrån\b")
_SUBJECT = re.compile(r"\b(?:(?P<them>ni|du)|(?P<us>vi|jag))\b")
_LACKS = re.compile(
    r"\b(?:behöv\w*|saknar|önskar|vill\s+ha|skulle\s+(?:behöva|vilja\s+ha)|väntar\s+på|inväntar|efterfrågar|efterlyser|begär)\b"
)
_OWES = re.compile(
    r"\b(?:behöv(?:s|er)|behöva|sakna[rs]|önska[rs]|(?:in)?väntar|efterfråga[rs]|kommer|ska|skall|gör|göra|görs|återstår|kvar|levererar?|"
    r"levereras|skicka[rs]|ordnar|fixar|lämnar|tar|åtar|åtaganden|uppgifter|att-göra|att\s+göra|svarar|ansvarar|bidrar|emotses|krävs)\b"
)
_IS_OR_WAS = re.compile(
    r"\b(?:inte|ej|ingår|ingick|fick|fått|har|hade|var|gick|deltog|deltar|innehåller|omfattar|gäller|gällde|består|finns|kan)\b"
)
_DONE = re.compile(
    r"(?:\b(?:klart?|färdigt?|skicka[dt]e?s?|levererat|mottaget|ok|godkänt|struken|struket)\b[ \t]*[.!)]*\s*\Z)|[✓✔]",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:ansvarig|ansvar|ansvarar|vem|ägare|utförare)\b")
_WHEN = re.compile(r"\b(?:klart?|när|datum|senast|deadline|tidpunkt|tid|leverans(?:dag|datum)?)\b")
_CELLS = re.compile(r"[ \t]*(?:\||\t)[ \t]*")
_RULE = re.compile(r"[\s|:+-]*\Z")
_BY_POINT, _BY_ROW = "followup.list.point", "followup.list.row"
_CONFIDENCE = 0.6


class _Line(NamedTuple):
    start: int
    end: int
    text: str


class _Owed(NamedTuple):
    """What one side owes by its place: `start` and `end` are those of its words, `above` those of its heading."""

    start: int
    end: int
    side: Obligor
    rule: str
    above: tuple[int, int] = (0, 0)


def by_place(scene: Scene, found: Sequence[FollowUp]) -> list[FollowUp]:
    """The follow-ups of a letter with those of its lists and tables: where both speak of a point, its place tells who."""
    if not _LOOKS_SO.search(scene.body):
        return list(found)
    lines = _lines(scene.body)
    headings = _headings(lines)
    owed = [*_listed(scene, lines, headings), *_rows(scene, lines)]
    starts = [one.start for one in found]
    taken = {number for at in headings for number in _within(starts, lines[at].start, lines[at].end)}
    placed: list[FollowUp] = []
    for item in owed:
        inside = [number for number in _within(starts, item.start, item.end) if number not in taken]
        taken.update(inside)
        placed += _settled(scene, item, [found[number] for number in inside])
    rest = [one for number, one in enumerate(found) if number not in taken]
    return sorted([*rest, *placed], key=lambda one: (one.start, one.end))


def _within(starts: Sequence[int], start: int, end: int) -> range:
    """The follow-ups that begin there: a heading is none of its own beside its points."""
    return range(bisect_left(starts, start), bisect_left(starts, end))


def _lines(body: str) -> list[_Line]:
    found, start = [], 0
    for text in body.split("\n"):
        found.append(_Line(start, start + len(text), text))
        start += len(text) + 1
    return found


def _headings(lines: Sequence[_Line]) -> dict[int, Obligor]:
    """Lines that name a side above a list → that side. "Hos oss:" does so beside one of the other side alone."""
    sides: dict[int, Obligor] = {}
    bare: set[int] = set()
    for at, line in enumerate(lines[:-1]):
        low = line.text.strip().lower()
        is_heading = low.endswith(":") and len(low) <= _LONGEST_HEADING and not _POINT.match(line.text)
        if not is_heading or not any(_points(lines, at + 1)):
            continue
        only = _ONLY.fullmatch(low)
        side = _turned(only) if only is not None else _side(low)
        if side is not None:
            sides[at] = side
            bare |= {at} if only is not None else set()
    both = len(set(sides.values())) > 1
    return {at: side for at, side in sides.items() if both or at not in bare}


def _listed(scene: Scene, lines: Sequence[_Line], headings: Mapping[int, Obligor]) -> Iterator[_Owed]:
    """The points below those headings, and any point with a day to come that says from whom: "Avtal från oss – v. 45"."""
    below: set[int] = set()
    for at, side in headings.items():
        for start, end in _points(lines, at + 1):
            below.add(start)
            if not _is_done(scene, start, end):
                yield _Owed(start, end, side, _BY_POINT, (lines[at].start, lines[at].end))
    for line in lines:
        mark = _POINT.match(line.text)
        if mark is None or line.start + mark.end() in below:
            continue
        owed = _Owed(line.start + mark.end(), line.start + len(line.text.rstrip()), "sender", _BY_POINT)
        window = _window(scene, owed)
        if window.end is None or window.end < scene.reference or owed.end - owed.start > _LONGEST_POINT:
            continue
        named = _FROM.search(scene.body[owed.start : owed.end].lower())
        if named is not None:
            yield owed._replace(side=_turned(named))


def _turned(named: re.Match[str]) -> Obligor:
    return "recipient" if named["them"] else "sender"


def _side(heading: str) -> Obligor | None:
    """Who owes what stands below a heading in lower case, if it says that somebody does."""
    if not _OWES.search(heading) or _IS_OR_WAS.search(heading):
        return None
    named = _BY.search(heading) or _OWN.search(heading)
    if named is not None:
        return _turned(named)
    subject = _SUBJECT.search(heading)
    if subject is None:
        return None
    return "recipient" if subject["them"] or _LACKS.search(heading) else "sender"


def _points(lines: Sequence[_Line], at: int) -> Iterator[tuple[int, int]]:
    """The points of a list that begins here, without their signs; one empty line may stand between."""
    empty = 0
    for number in range(at, len(lines)):
        line = lines[number]
        mark = _POINT.match(line.text)
        if mark is not None:
            empty = 0
            yield line.start + mark.end(), line.start + len(line.text.rstrip())
        elif not line.text.strip() and not empty:
            empty = 1
        else:
            return


def _is_done(scene: Scene, start: int, end: int) -> bool:
    return end - start > _LONGEST_POINT or _DONE.search(scene.body, start, end) is not None


def _rows(scene: Scene, lines: Sequence[_Line]) -> list[_Owed]:
    """The rows of tables that have a column of who and one of when."""
    owed: list[_Owed] = []
    column: int | None = None
    for line in lines:
        cells = _CELLS.split(line.text.strip(" |")) if "|" in line.text or "\t" in line.text.strip() else []
        if not 1 < len(cells) <= _MOST_CELLS:
            column = column if cells or (_RULE.match(line.text) and line.text.strip()) else None
        elif (who := _who_column(cells)) is not None:
            column = who
        elif column is not None and column < len(cells) and not _RULE.match(line.text):
            side = _named(cells[column], scene.who)
            if side is not None and not _is_done(scene, line.start, line.end):
                start = line.start + len(line.text) - len(line.text.lstrip(" |"))
                owed.append(_Owed(start, line.start + len(line.text.rstrip(" |")), side, _BY_ROW))
    return owed


def _who_column(cells: Sequence[str]) -> int | None:
    low = [cell.lower() for cell in cells]
    if not any(_WHEN.search(cell) for cell in low):
        return None
    return next((at for at, cell in enumerate(low) if _WHO.search(cell)), None)


def _named(cell: str, who: Voices) -> Obligor | None:
    """Whether a cell names the sender or the recipient."""
    subject = _SUBJECT.fullmatch(cell.strip().lower())
    if subject is not None:
        return _turned(subject)
    role = noun_role(tokens(cell, 0, len(cell), ()), who, opening=True)
    return role if role in {"sender", "recipient"} else None


def _settled(scene: Scene, item: _Owed, inside: Sequence[FollowUp]) -> list[FollowUp]:
    """What rules found in a point, owed by its side; else the point itself."""
    if any(one.kind == "meeting" for one in inside):
        return list(inside)
    kind: FollowUpKind = "commitment" if item.side == "sender" else "request"
    window = _window(scene, item)
    if inside:
        owed = [replace(one, obligor=item.side, kind=kind, who=None) for one in inside]
        return [
            one if _is_dated(one) else replace(one, due_start=window.start, due_end=window.end)
            for one in owed
        ]
    if not (scene.who.known or window.dated):
        return []
    text = scene.body[item.start : item.end]
    return [
        FollowUp(
            kind=kind,
            obligor=item.side,
            due_start=window.start,
            due_end=window.end,
            text=text,
            start=item.start,
            end=item.end,
            rule=item.rule,
            confidence=_CONFIDENCE,
            approximate=window.approximate,
            part=window.part,
        )
    ]


def _is_dated(one: FollowUp) -> bool:
    return one.due_start is not None or one.due_end is not None


def _window(scene: Scene, item: _Owed) -> Window:
    """The days of a point, else those of its heading, which are a last day for whoever is asked."""
    inside = scene.dates_in(item.start, item.end)
    if inside:
        return joined(inside, scene.body, scene.reference)
    above = scene.dates_in(*item.above)
    window = joined(above, scene.body, scene.reference) if above else NO_WINDOW
    if window.end is None or window.end < scene.reference:
        return NO_WINDOW
    return window.by() if item.side == "recipient" else window
