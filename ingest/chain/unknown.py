"""Labels that no table has: what their values hold says what they mean.

Asked between labels that are known, below a rule or marker, where programs put nothing else, and of four or more lines
that stand alone: sender, date, recipients and subject, in a language of which no label is known.
"""

import re
from collections.abc import Iterable

from ingest.chain.dates import find_header_date
from ingest.chain.labels import MAX_LABEL, Role, fold, roles_of, table
from ingest.chain.lines import Line

MAX_LINES = 8
_NEEDED = frozenset({"sender", "date", "to"})
_LABELLED = re.compile(
    r"[*_\s]{0,4}([^\W\d_][^:：<>@\"\[;,]{0,28}?)[*_\s]{0,4}[:：][*_]{0,2}\s*(\S.{0,2000})\Z"
)
_DATED = re.compile(r"(?<!\d)\d{4}(?!\d).{0,30}\d[:.]\d{2}(?!\d)")
_ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]{1,255}\.[^\s<>@]")


def value_of(words: str) -> str | None:
    """What stands after the colon of a line that could be a label with its value."""
    match = _LABELLED.match(words) if len(words) <= 2_000 else None
    return match[2].strip(" *_") if match and not match[1][0].islower() else None


def label_of(words: str) -> str:
    match = _LABELLED.match(words) if len(words) <= 2_000 else None
    return fold(match[1].strip()) if match else ""


def role_of(value: str, values: dict[Role, str]) -> Role | None:
    """The role that a value can only have, if it is still free: a date has a clock, parties have addresses."""
    found = find_header_date(value)
    if "date" not in values and (found.has_time if found else _DATED.search(value[:80]) and "@" not in value):
        return "date"
    if _ADDRESS.search(value):
        return next((role for role in ("sender", "to", "cc") if role not in values), None)
    return None


def read_unknown(
    lines: list[Line], first: int, *, announced: bool = True
) -> tuple[dict[Role, str], int] | None:
    """Values by role of a block whose first label is unknown, and its end: sender first, a date, a party, all filled."""
    if not announced and (value_of(lines[first].words) is None or not _is_foreign(lines, first)):
        return None
    values: dict[Role, str] = {}
    number, known = first, 0
    while number < min(first + MAX_LINES, len(lines)) and lines[number].depth == lines[first].depth:
        roles, value = _read(lines[number].words)
        role = _known_role(roles, values) if roles else role_of(value or "", values)
        if value is None or (role is None and "subject" in values):
            break
        values[role or "subject"] = value
        known += bool(roles)
        number += 1
    whole = values.keys() >= _NEEDED and next(iter(values)) == "sender"
    ended = known == number - first or number == len(lines) or lines[number].blank
    return (values, number) if whole and ended and number - first > len(_NEEDED) else None


def _is_foreign(lines: list[Line], first: int) -> bool:
    """Whether labels may be those of a language that no table has: none is a form's, no two are of one language."""
    spoken: set[str] = set()
    for line in lines[first : first + MAX_LINES]:
        if line.blank:
            break
        known = roles_of(line.words)
        if known is None:
            if label_of(line.words) in table().forms:
                return False
            continue
        languages = {code for codes in known[0].values() for code in codes}
        if "other" in known[0] or (spoken & languages and "cc" not in known[0]):
            return False
        spoken |= languages if "cc" not in known[0] else set()
    return True


def _read(words: str) -> tuple[Iterable[Role], str | None]:
    """A line's label, if it is a known one, and its value; eM Client writes known labels without a colon."""
    known = roles_of(words)
    if known is not None:
        return known
    label = label_of(words)
    prefix = label.rpartition(" ")[2]
    if (
        label
        and not any(map(str.isdigit, label))
        and not (prefix in table().reply or prefix in table().forward)
    ):
        return (), value_of(words)
    tokens = words[:MAX_LABEL].split()
    for size in range(1, min(len(tokens), 3)):
        roles = table().roles.get(fold(" ".join(tokens[:size])))
        if roles and words[0].isupper():
            return roles, words.split(None, size)[size]
    return (), value_of(words)


def _known_role(roles: Iterable[Role], values: dict[Role, str]) -> Role | None:
    found = next((role for role in roles if role not in values), None)
    return "date" if found == "sent" else found
