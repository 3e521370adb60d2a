"""Header blocks that a program put on one line: `----- Forwarded Message ----- From: Anna <a@x>To: Bo <b@x>Sent: …`.

Yahoo's plain text has them so. Such a line becomes lines of its own, each with its place, before anybody looks for labels.
"""

import re
from functools import cache

from ingest.chain.labels import MAX_LABEL, ROLES, Role, fold, marker_of, roles_of, table
from ingest.chain.lines import MAX_HEADER_LINE, Line

_MARKED = re.compile(r"[ \t]*-{3,}[^\n:-]{3,60}-{3,}(?=[ \t]*[^\s:-][^\n:]{0,40}[:：])")


def unglued(lines: list[Line], text: str) -> list[Line]:
    """The lines of `text`, those that hold a marker and a whole header block parted at the labels."""
    if "--- " not in text and "---\t" not in text:
        return lines
    return [part for line in lines for part in _parts(line)]


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
