"""Where in a text messages begin and end: header blocks, attributions, bare markers, in order and without overlap."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.chain.attribution import Attribution, is_dear, may_end_at, read_attribution
from ingest.chain.blocks import (
    Block,
    Header,
    announcement,
    dated_marker,
    header_of,
    read_block,
    read_unlabelled,
)
from ingest.chain.columns import is_row, read_columns
from ingest.chain.labels import is_rule, is_ruled_marker, marker_of, may_mark, roles_of
from ingest.chain.lines import MAX_QUOTES, Line, next_filled
from ingest.chain.notes import read_notes

MAX_EFFORT = 15_000
MAX_ABOVE = 5_000
_LABEL_EFFORT, _ATTRIBUTION_EFFORT, _ADDRESS_EFFORT, _COLUMNS_EFFORT = 10, 40, 8, 200
_LONG_RULE = 20
_KMAIL = re.compile(r"-{5,20}[ \xa0]{2}[^\s-](?:.{0,60}[^\s-])?[ \xa0]{2}-{5,20}\s*")
_KMAIL_END = "-" * 41
_RULES = ("--", "__", "==", "**", "——", "──")
_FIRSTS = frozenset("-_=*—─ \t\xa0")


def _may_open(words: str) -> bool:
    """Whether a line above a quote or a blank line can announce a message although it has no colon: a marker, a date, a column."""
    return words[0].isdigit() or words[0].isspace() or "@" in words or "\t" in words or may_mark(words)


@dataclass(frozen=True, slots=True)
class Opening:
    """Lines `first` up to before `end` announce a message whose words stand at `depth`; no header at an end."""

    first: int
    end: int
    base: int
    depth: int
    header: Header | None
    marker: str | None = None


class Finder:
    """Finds the openings of one text; what looked like one in vain is counted, so that no text costs too much."""

    def __init__(self, lines: list[Line], zone: str) -> None:
        self.lines = lines
        self.zone = zone
        self.quoted = any(line.depth for line in lines)
        self.blocks: dict[tuple[int, bool], Block | None] = {}
        self.awaited: list[int] = []
        self.effort = 0

    def openings(self) -> Iterator[Opening]:
        floor = 0
        for number in self._worth_it():
            if self.effort >= MAX_EFFORT:
                return
            found = self._opening(number, floor) if number >= floor else None
            if found is not None:
                yield found
                floor = max(found.end, number + 1)

    def _worth_it(self) -> list[int]:
        """The cheap look that spares most lines the dear one: no colon, no end of an address, no rule, and above a quote no marker."""
        lines = self.lines
        found = [
            number
            for number, (_, _, _, words) in enumerate(lines)
            if words
            and (
                ":" in words
                or ">" in words[-4:]
                or (words[0] in _FIRSTS and words.lstrip()[:2] in _RULES)
                or "\uff1a" in words
            )
        ]
        if not self.quoted:
            return found
        above = [
            number
            for number, ((_, _, depth, words), (_, _, below, after)) in enumerate(pairwise(lines))
            if words and (below > depth or not after or after.isspace())
        ]
        return sorted({*found, *filter(lambda number: _may_open(lines[number][3]), above[:MAX_ABOVE])})

    def _opening(self, number: int, floor: int) -> Opening | None:
        words = self.lines[number].words
        if words.isspace() or (not self.awaited and ":" not in words and is_rule(words)):
            return None
        if roles_of(words) is not None:
            return self._headed(number, floor)
        if self.awaited and self._ends_awaited(number):
            return Opening(number, number + 1, self.lines[number].depth, self.lines[number].depth, None)
        if is_rule(words):
            return None
        if "@" in words and (number > floor or not number):
            unlabelled = self._unlabelled(number, floor)
            if unlabelled is not None:
                return unlabelled
        if may_end_at(self.lines, number):
            attribution = read_attribution(self.lines, number, floor, self.zone)
            if attribution is not None:
                return self._attributed(attribution, floor)
            self.effort += self._cost(number, floor)
        return self._bare_marker(number, floor) or self._noted(number, floor)

    def _cost(self, number: int, floor: int) -> int:
        if is_dear(self.lines, number, floor):
            return _ATTRIBUTION_EFFORT
        return _ADDRESS_EFFORT if self.lines[number].words[-4:].rstrip().endswith(">") else 4

    def _noted(self, number: int, floor: int) -> Opening | None:
        found = read_notes(self.lines, number, floor) if number > floor else None
        if found is None and is_row(self.lines[number].words):
            found = read_columns(self.lines, number, floor)
            self.effort += 0 if found else _COLUMNS_EFFORT
        if found is None:
            return None
        values, above, end = found
        first, marker = announcement(self.lines, above, floor)
        depth = self.lines[number].depth
        return Opening(
            first, end, min(depth, self.lines[first].depth), depth, header_of(values, self.zone), marker
        )

    def _headed(self, number: int, floor: int) -> Opening | None:
        first, marker = announcement(self.lines, number, floor)
        block = self._block(number, marked=marker is not None or first < number)
        if block is None:
            self.effort += _LABEL_EFFORT
            return None
        header = block.header
        if (
            header.date_text is None
            and first == number
            and (dated := dated_marker(self.lines, number, floor, self.zone))
        ):
            first, header, marker = dated[0], replace(header, date=dated[1], date_text=dated[2]), "original"
        base = min(above.depth for above in self.lines[first : number + 1] if not above.blank)
        self._note_end(first)
        return Opening(first, block.end, base, self.lines[number].depth, header, marker)

    def _note_end(self, first: int) -> None:
        """KMail sets its marker with two spaces, and ends what it forwards with a rule of its own length."""
        if _KMAIL.fullmatch(self.lines[first].words):
            self.awaited.append(self.lines[first].depth)

    def _ends_awaited(self, number: int) -> bool:
        line = self.lines[number]
        if not self.awaited or line.depth != self.awaited[-1] or line.words.rstrip() != _KMAIL_END:
            return False
        self.awaited.pop()
        return True

    def _unlabelled(self, number: int, floor: int) -> Opening | None:
        first, marker = announcement(self.lines, number, floor)
        announced = marker is not None or len(self.lines[first].words.strip()) >= _LONG_RULE
        if first == number or not announced:
            if number and not self.lines[number - 1].blank:
                return None
            first, marker, announced = number, None, False
        block = read_unlabelled(self.lines, number, self.zone, announced=announced)
        if block is None:
            return None
        depth = self.lines[number].depth
        return Opening(first, block.end, min(depth, self.lines[first].depth), depth, block.header, marker)

    def _block(self, number: int, *, marked: bool) -> Block | None:
        """A header block, read once although the marker above it asks for it as well."""
        key = number, marked
        if key not in self.blocks:
            self.blocks[key] = read_block(self.lines, number, marked=marked, zone=self.zone)
        return self.blocks[key]

    def _attributed(self, found: Attribution, floor: int) -> Opening:
        first, marker = announcement(self.lines, found.first, floor)
        base = self.lines[found.first].depth
        depth = base if found.quoted is None else min(base + 1, MAX_QUOTES)
        return Opening(first, found.end, base, depth, found.header, marker)

    def _bare_marker(self, number: int, floor: int) -> Opening | None:
        """A marker without a header block or attribution below it: its message has words alone."""
        line = self.lines[number]
        kind = marker_of(line.words)
        if kind is None:
            return None
        if kind == "ended":
            return Opening(number, number + 1, line.depth, line.depth, None)
        below = next_filled(self.lines, number + 1)
        if below is None or self._announces(below):
            return None
        depth = self.lines[below].depth
        if depth <= line.depth and not is_ruled_marker(line.words):
            return None
        first, marker = announcement(self.lines, number, floor)
        return Opening(first, number + 1, line.depth, max(depth, line.depth), Header(), marker or kind)

    def _announces(self, below: int) -> bool:
        """Whether the lines after a marker have a header of their own, which will take the marker with it."""
        if marker_of(self.lines[below].words) or self._block(below, marked=True) is not None:
            return True
        if read_unlabelled(self.lines, below, self.zone) is not None:
            return True
        ends = range(below, min(below + 4, len(self.lines)))
        return any(read_attribution(self.lines, last, below) for last in ends)
