"""Header blocks that a program put on one line: `----- Forwarded Message ----- From: Anna <a@x>To: Bo <b@x>Sent: …`.

Yahoo's plain text has them so. Such a line becomes lines of its own, each with its place, before anybody looks for labels.
"""

import re
from functools import cache

from ingest.chain.labels import MAX_LABEL, ROLES, Role, fold, marker_of, roles_of, table
from ingest.chain.lines import MAX_HEADER_LINE, Line

_MARKED = re.compile(r"[ \t\xa0]*-{3,}[^\n:-]{3,60}-{3,}(?=[ \t\xa0]*[^\s:-][^\n:]{0,40}[:：])")
_ARRIVED = re.compile(
    r">>>\s[^>\s].{0,200}\s\d{1,4}[-./]\d{1,2}[-./]\d{1,4},?\s{1,2}\d{1,2}[:.]\d{2}(?:\s?[AP]M)?\s{1,2}>>>\Z"
)
_ENDS = frozenset({"---", ">>>"})
_LONGEST_BROKEN = 300


def unglued(lines: list[Line], text: str) -> list[Line]:
    """The lines of `text`, those that hold a marker and a whole header block parted at the labels."""
    lines = _mended(lines, text)
    if not any(mark in text for mark in ("--- ", "---\t", "---\xa0")):
        return lines
    return [part for line in lines for part in _parts(line)]


def _mended(lines: list[Line], text: str) -> list[Line]:
    """The lines of `text` with the markers and GroupWise's arrows on one line that a program broke."""
    if "---\n" not in text and ">>>\n" not in text:
        return lines
    found: list[Line] = []
    for line in lines:
        ends = text[max(line[0], line[1] - 4) : line[1]].rstrip()[-3:] in _ENDS
        whole = _whole(found[-1], line, text) if ends and found and not _is_quoted(found, line) else None
        if whole is None:
            found.append(line)
        else:
            found[-1] = whole
    return found


def _is_quoted(found: list[Line], line: Line) -> bool:
    """Whether three marks alone are an empty line of a quote, which goes on above, rather than the end of arrows."""
    return line.blank and len(found) > 1 and found[-2].depth >= found[-1].depth


def _whole(above: Line, line: Line, text: str) -> Line | None:
    """The line that two were."""
    if len(above.words) + len(line.words) > _LONGEST_BROKEN:
        return None
    words = f"{above.words.rstrip()} {line.words.strip()}"
    if above.depth == line.depth and above.words[:3] == "---" and above.words.rstrip()[-1:] != "-":
        return Line(above.start, line.end, line.depth, words) if marker_of(words) else None
    head, _, begun = text[above.start : above.end].rpartition(">>> ")
    arrows = " ".join([">>>", *begun.split(), *text[line.start : line.end].strip("> ").split(), ">>>"])
    if begun == above.words and head.count(">") == above.depth - 3 and _ARRIVED.match(arrows):
        return Line(above.start, line.end, above.depth - 3, arrows)
    return None


def _parts(line: Line) -> list[Line]:
    marked = _MARKED.match(line.words) if len(line.words) <= MAX_HEADER_LINE else None
    if marked is None or marker_of(marked[0]) is None:
        return [line]
    first = len(line.words) - len(line.words[marked.end() :].lstrip())
    labelled = roles_of(line.words[first:])
    if labelled is None or "sender" not in labelled[0]:
        return [line]
    starts = [0, first, *_labels(line.words, first + 1, labelled[0]["sender"])]
    ends = [*starts[1:], len(line.words)]
    offset = line.end - len(line.words)
    return [
        Line(offset + start, offset + end, line.depth, line.words[start:end].rstrip())
        for start, end in zip(starts, ends, strict=True)
    ]


def _labels(words: str, start: int, languages: frozenset[str]) -> list[int]:
    """Where further labels of these languages begin; after a subject anything is its words."""
    found: list[int] = []
    seen: set[Role] = {"sender"}
    for match in _pattern(languages).finditer(words, start):
        roles = table().roles.get(fold(match[1]), {})
        role = next((role for role in roles if role not in seen), None)
        if role is None:
            continue
        seen.add(role)
        found.append(match.start(1))
        if role == "subject":
            break
    return found


@cache
def _pattern(languages: frozenset[str]) -> re.Pattern[str]:
    """The labels of some languages as programs write them, each with a capital and a colon."""
    labels = {
        label[0].upper() + label[1:]
        for label, roles in table().roles.items()
        if any(role in roles and roles[role] & languages for role in ROLES) and len(label) < MAX_LABEL
    }
    longest_first = sorted(labels | {"Cc", "CC"}, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})\s?[:：]")
