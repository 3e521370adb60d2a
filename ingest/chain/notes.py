"""The header of Lotus Notes: who, below that when, then labels without colons beside or above their values; or a box of them.

Rune Falk/KS/Kommun
2021-10-20 08:44

        To      Petra Hall/SSC@SSC
        cc
        Subject
        Cleaning
"""

import re

from ingest.chain.dates import find_header_date
from ingest.chain.labels import MARKUP, MAX_LABEL, Role, fold, roles_of, table
from ingest.chain.lines import MAX_QUOTES, Line, next_filled, previous_filled

MAX_LINES = 40
MIN_BARRED = 3
_BLANKS = frozenset(" \xa0")
_new = tuple.__new__
_LABELS = frozenset({"to", "cc", "bcc", "subject", "date", "other"})
_LONGEST_DATE = 60
_WIDEST = 200
_HALVES = frozenset({"AM", "PM"})
_BROKEN = re.compile(r"<[^<>@]{0,100}@[^<>@]{0,100}>")
_EDGE = re.compile(r"\s{0,4}[|>]-{5,}[-+]*[|>]\s*")
_INSIDE = re.compile(r"\s{0,4}\|(?:\s{1,40}\|)?([^|]*)\|\s*")


def unboxed(lines: list[Line], text: str) -> list[Line]:
    """The lines of a text without the frames that old Notes draws around its header: `|---->`, `>----|`, `| Till: |`."""
    if "|--" not in text or ">--" not in text:
        return lines
    found: list[Line] = []
    for line in lines:
        raw = text[line.start : line.end] if line.end - line.start <= _WIDEST else ""
        if _EDGE.fullmatch(raw):
            continue
        inside = _INSIDE.fullmatch(raw)
        found.append(line._replace(depth=0, words=inside[1].strip()) if inside else line)
    return found


def unbarred(lines: list[Line], text: str) -> list[Line]:
    """Bars for quote marks, as Outlook writes them where it is told to: three lines or more in a row, no table."""
    if "| " not in text and "|\xa0" not in text:
        return lines
    barred = [
        number for number, (_, _, _, words) in enumerate(lines) if words[:1] == "|" and _is_barred(words)
    ]
    found, first = list(lines), 0
    while first < len(barred):
        after = first + 1
        while after < len(barred) and barred[after] == barred[after - 1] + 1:
            after += 1
        if after - first >= MIN_BARRED:
            begin, end = barred[first], barred[after - 1] + 1
            found[begin:end] = [
                _new(Line, (at, to, min(depth + 1, MAX_QUOTES), words[2 if words[1:2] in _BLANKS else 1 :]))
                for at, to, depth, words in lines[begin:end]
            ]
        first = after
    return found


def _is_barred(words: str) -> bool:
    return "|" not in words[2:] if words[1:2] in _BLANKS else words.rstrip() == "|"


def read_notes(lines: list[Line], dated: int, floor: int) -> tuple[dict[Role, str], int, int] | None:
    """Values by role, the first line and the end of the block whose line `dated` is its date; None if it is prose."""
    words = lines[dated].words.strip(MARKUP)
    if not words[:1].isdigit() or len(words) > _LONGEST_DATE:
        return None
    below = next_filled(lines, dated + 1)
    if below is not None and (half := lines[below].words.strip()) in _HALVES:
        words, below = f"{words} {half}", next_filled(lines, below + 1)
    if below is None or "to" not in _label(lines[below].words)[0]:
        return None
    above = previous_filled(lines, dated - 1, floor)
    if above is None or not _is_date(words) or len(lines[above].words) > MAX_LABEL * 4:
        return None
    last = above
    while (
        lines[last].words.rstrip().endswith(">")
        and above > max(floor, last - 2)
        and not lines[above - 1].blank
    ):
        above -= 1
    sender = " ".join(line.words.strip(MARKUP) for line in lines[above : last + 1])
    values: dict[Role, str] = {"sender": _BROKEN.sub(_mended, sender), "date": words}
    end = _take_labels(lines, below, values)
    return (values, above, end) if "subject" in values else None


def _is_date(words: str) -> bool:
    """Whether a day with its clock time is all that a line says."""
    found = find_header_date(words)
    return (
        found is not None and found.has_time and len(words) - (found.end - found.start) < _LONGEST_DATE // 3
    )


def _mended(match: re.Match[str]) -> str:
    """An address that a narrow cell broke."""
    return match[0].replace(" ", "")


def _take_labels(lines: list[Line], first: int, values: dict[Role, str]) -> int:
    """Enter labels with what stands beside and below them; the end of the block is the line after the subject's."""
    number, end, last = first, first, None
    while number < min(first + MAX_LINES, len(lines)) and lines[number].depth == lines[first].depth:
        roles, value = _label(lines[number].words)
        role = next((role for role in roles if role not in values), None)
        if role is not None:
            last, values[role] = role, value
        elif last is None or roles:
            break
        elif not lines[number].blank:
            values[last] = f"{values[last]}\n{lines[number].words.strip()}".strip()
        number += 1
        end = number
        if last == "subject" and values["subject"]:
            break
    return end


def _label(words: str) -> tuple[list[Role], str]:
    """The roles of a label, with a colon or as a line's first cell, and what stands beside it."""
    if ":" in words[:MAX_LABEL] and (labelled := roles_of(words.strip(MARKUP))) is not None:
        return [role for role in labelled[0] if role in _LABELS], labelled[1]
    head, _, value = words.strip(MARKUP).partition("\t")
    if not head or len(head) > MAX_LABEL:
        return [], ""
    roles = table().roles.get(fold(head.rstrip(": ")), {})
    return [role for role in roles if role in _LABELS], value.strip()
