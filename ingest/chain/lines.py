"""A text as lines with their quote depth and their place: what the finders of header blocks look at."""

import re
from typing import NamedTuple

from ingest.directions import without_directions

MAX_QUOTES = 100
_QUOTES = re.compile(r"(?:[ \t\xa0]{0,3}>)+")
_ARROWS = re.compile(r">>>\s[^>\s].*>>>\s*\Z")
_MARKS = frozenset("> \t\xa0")
_LONE = re.compile(r"> ?[\d=F\u00b2\u00b3\u00b9]")
_LONE_HEADS = frozenset({"=", "F"})
_new = tuple.__new__
_ITEM = re.compile(r"\d{1,3}[.)]\s")
MAX_HEADER_LINE = 2_000


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
        if raw == ">":
            line, quoted = _new(Line, (start, start + 1, 1, "")), True
        elif ">" in raw[:4]:
            if raw[:2] == ">:" and len(raw) < 4 and lines and _is_cut_address(lines[-1][3]):
                line = _new(Line, (start, start + len(raw), lines[-1][2], raw))
            else:
                line = _line(raw, start)
                quoted = quoted or line[2] > 0
        else:
            line = _new(Line, (start, start + len(raw), 0, raw))
        lines.append(line)
        start += len(raw) + 1
    return _without_lone_marks(lines, text) if quoted and _LONE.search(text) else lines


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
    if raw[:2] == "> " and raw[2:3] not in _MARKS:
        return _new(Line, (start, end, 1, raw[2:]))
    marks = _QUOTES.match(raw)
    if marks is None or (raw[:3] == ">>>" and len(raw) < 400 and _ARROWS.match(raw)):
        return Line(start, end, 0, raw)
    words = raw[marks.end() :]
    return Line(start, end, min(marks[0].count(">"), MAX_QUOTES), words.removeprefix(" "))


def _without_lone_marks(lines: list[Line], text: str) -> list[Line]:
    """A single `> 50 000 kr` or mbox's `>From ` between lines of less depth is prose, also within a quote."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        head = line[3][:1]
        if not head or not line[2] or not (head.isdigit() or head in _LONE_HEADS):
            continue
        if _ITEM.match(line.words):
            continue
        around = max(
            lines[number - 1].depth if number else 0, lines[number + 1].depth if number < last else 0
        )
        if around < line.depth and _is_lone(lines, number, text):
            mark = text.rfind(">", line.start, line.end - len(line.words))
            lines[number] = line._replace(depth=line.depth - 1, words=text[mark : line.end])
    return lines


def _is_lone(lines: list[Line], number: int, text: str) -> bool:
    """Whether nothing above says with a colon that this depth is a quote."""
    line = lines[number]
    if line.words[:1] == "F" and not text.startswith(">From ", line.start):
        return False
    before = previous_filled(lines, number - 1, 0)
    introduced = before is not None and lines[before].words.rstrip().endswith(":")
    return not introduced or line.depth > lines[before or 0].depth + 1
