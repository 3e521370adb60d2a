"""A text as lines with their quote depth and their place: what the finders of header blocks look at."""

import re
from typing import NamedTuple

from ingest.directions import without_directions

MAX_QUOTES = 100
MAX_LONE = 5_000
_DOUBLED = 2  # empty lines within a quote by which it may be seen that all are doubled
_QUOTES = re.compile(r"(?:[ \t\xa0]{0,3}>)+")
_ARROWS = re.compile(r">>>\s[^>\s].*>>>\s*\Z")
_QUOTED_ARROWS = re.compile(r"((?:>\s?){1,20}?)(>>>\s[^>\s].*>>>\s*)\Z")
_MARKS = frozenset("> \t\xa0")
_LONE = re.compile(r"> ?[\d=F\u00b2\u00b3\u00b9]")
_LONE_HEADS = frozenset({"=", "F"})
_new = tuple.__new__
_ITEM = re.compile(r"\d{1,3}[.)]\s")
MAX_HEADER_LINE = 2_000
_LONGEST_ARROWS = 400


class Line(NamedTuple):
    """One line: text[start:end] without its line break, `words` without its quote marks."""

    start: int
    end: int
    depth: int
    words: str

    @property
    def blank(self) -> bool:
        return not self[3] or self[3].isspace()


def split_lines(text: str) -> list[Line]:
    """The lines of a text whose lines end with LF; a line's depth is the number of `>` before its words, at most 100."""
    lines: list[Line] = []
    start, quoted = 0, False
    for raw in text.split("\n"):
        end = start + len(raw)
        if ">" not in raw[:4]:
            lines.append(_new(Line, (start, end, 0, raw)))
        elif raw == ">" or (raw[:2] == "> " and raw[2:3] not in _MARKS):
            lines.append(_new(Line, (start, end, 1, raw[2:])))
            quoted = True
        elif raw[:2] == ">:" and len(raw) < 4 and lines and _is_cut_address(lines[-1][3]):
            lines.append(_new(Line, (start, end, lines[-1][2], raw)))
        else:
            line = _line(raw, start)
            if line[3][:1] == ":" and lines and line[2] == lines[-1][2] + 1 and _is_cut_address(lines[-1][3]):
                line = _new(Line, (start, end, line[2] - 1, f">{line[3]}"))
            lines.append(line)
            quoted = quoted or line[2] > 0
        start = end + 1
    if quoted and ("\n\n>" in text or "\n>\n>>" in text):
        _take_blanks_in(lines)
    return _without_lone_marks(lines, text) if quoted and _LONE.search(text) else lines


def _take_blanks_in(lines: list[Line]) -> None:
    """Where most quoted lines stand below an empty one of less depth, a program doubled every line end: these are quoted as well."""
    depths = [depth for _, _, depth, _ in lines]
    parted = [
        number
        for number in range(1, len(lines) - 1)
        if depths[number - 1] > depths[number] < depths[number + 1] and lines[number].blank
    ]
    base = min((depths[number] for number in parted), default=0)
    if len(parted) < _DOUBLED or len(parted) * 2 <= sum(depth > base for depth in depths):
        return
    for number in parted:
        start, end, _, words = lines[number]
        lines[number] = _new(Line, (start, end, min(depths[number - 1], depths[number + 1]), words))


def place_of_line(text: str, number: int) -> int:
    """Where the line with this number ends, or the text, if it has no such line."""
    if text.count("\n") < number:
        return len(text)
    return len(text) - len(text.split("\n", number)[-1]) - 1


def join_words(lines: list[Line], first: int, last: int) -> str:
    """The words of a few lines as one."""
    return without_directions(" ".join(lines[number].words.strip() for number in range(first, last + 1)))


def next_filled(lines: list[Line], number: int, within: int = 4) -> int | None:
    """The first line from `number` on that is not blank, looking at a few lines alone."""
    for here in range(number, min(number + within, len(lines))):
        if not lines[here].blank:
            return here
    return None


def previous_filled(lines: list[Line], number: int, floor: int, within: int = 4) -> int | None:
    """The last line up to `number` that is not blank, never below `floor`."""
    for here in range(number, max(number - within, floor - 1), -1):
        if not lines[here].blank:
            return here
    return None


def _is_cut_address(words: str) -> bool:
    """Whether a line breaks off in an address, so that a `>:` below closes that and quotes nothing."""
    return "@" in words[words.rfind("<") + 1 :] and words.rfind("<") > words.rfind(">")


def _line(raw: str, start: int) -> Line:
    end = start + len(raw)
    marks = _QUOTES.match(raw)
    arrows = raw[-6:].rstrip()[-3:] == ">>>" and len(raw) < _LONGEST_ARROWS
    if marks is None or (arrows and _ARROWS.match(raw)):
        return Line(start, end, 0, raw)
    if arrows and (quoted := _QUOTED_ARROWS.match(raw)):
        return Line(start, end, quoted[1].count(">"), quoted[2])
    words = raw[marks.end() :]
    return Line(start, end, min(marks[0].count(">"), MAX_QUOTES), words.removeprefix(" "))


def _without_lone_marks(lines: list[Line], text: str) -> list[Line]:
    """A single `> 50 000 kr` or mbox's `>From ` between lines of less depth is prose, also within a quote."""
    last = len(lines) - 1
    headed = [
        number
        for number, (_, _, depth, words) in enumerate(lines)
        if depth and words and ((head := words[0]).isdigit() or head in _LONE_HEADS)
    ]
    for number in headed[:MAX_LONE]:
        line = lines[number]
        around = max(lines[number - 1][2] if number else 0, lines[number + 1][2] if number < last else 0)
        if around < line[2] and not _ITEM.match(line[3]) and _is_lone(lines, number, text):
            mark = text.rfind(">", line[0], line[1] - len(line[3]))
            lines[number] = _new(Line, (line[0], line[1], line[2] - 1, text[mark : line[1]]))
    return lines


def _is_lone(lines: list[Line], number: int, text: str) -> bool:
    """Whether nothing above says with a colon that this depth is a quote."""
    line = lines[number]
    if line.words[:1] == "F" and not text.startswith(">From ", line.start):
        return False
    before = previous_filled(lines, number - 1, 0)
    introduced = before is not None and lines[before].words.rstrip().endswith(":")
    return not introduced or line.depth > lines[before or 0].depth + 1
