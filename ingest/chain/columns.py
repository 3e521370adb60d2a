"""The plain header of Notes in two columns: who and when to the left, labels to the far right above their values."""

# Rune Falk/KS/Kommun
# 2021-10-20 08:44                                       To
#                           Petra Hall/SSC@SSC
#                                                   Subject
#                           Cleaning

import re
from dataclasses import dataclass, field

from ingest.chain.dates import find_header_date
from ingest.chain.labels import MARKUP, Role, fold, table
from ingest.chain.lines import Line

MAX_LINES = 60
_LEAST_INDENT, _LABELS_FROM, _VALUES_FROM, _WIDEST = 8, 44, 30, 200
_ROLES = frozenset({"to", "cc", "bcc", "subject"})
_CELL = re.compile(r"\S+(?:[ \xa0]\S+)*")
_BROKEN = re.compile(r"<[^<>]{0,120}>")


@dataclass(slots=True)
class _Columns:
    """What the left column says, and the right one's values by role."""

    left: list[str] = field(default_factory=list)
    values: dict[Role, str] = field(default_factory=dict)
    last: Role | None = None
    end: int = 0


def read_columns(lines: list[Line], number: int, floor: int) -> tuple[dict[Role, str], int, int] | None:
    """Values by role, the first line and the end of the block in which line `number` stands; None if it is none."""
    if not any(map(str.isdigit, lines[number].words)):
        return None
    first = number
    while first > max(floor, number - 4) and is_row(lines[first - 1].words):
        first -= 1
    columns = _Columns()
    for at in range(first, min(first + MAX_LINES, len(lines))):
        words, done = lines[at].words, bool(columns.values.get("subject"))
        if (words.strip() and not is_row(words)) or (done and not words.strip()):
            break
        _take(columns, words, at)
    values = _values(columns)
    return (values, first, columns.end) if values.keys() >= {"sender", "date", "to", "subject"} else None


def is_row(words: str) -> bool:
    """Whether a line is set in as the columns are."""
    return words[:_LEAST_INDENT].isspace() and _LEAST_INDENT < len(words) <= _WIDEST


def _take(columns: _Columns, words: str, at: int) -> None:
    """Enter a line's cells: a label is the last one, far to the right."""
    cells = list(_CELL.finditer(words))
    for cell in cells:
        role = _role(cell[0], columns) if cell is cells[-1] and cell.start() >= _LABELS_FROM else None
        if role is not None:
            columns.last, columns.values[role] = role, ""
        elif cell.start() < _VALUES_FROM:
            columns.left.append(cell[0])
        elif columns.last is not None:
            columns.values[columns.last] = f"{columns.values[columns.last]}\n{cell[0]}".strip()
    columns.end = at + 1


def _role(label: str, columns: _Columns) -> Role | None:
    roles = table().roles.get(fold(label.strip(MARKUP + ":")), {})
    return next((role for role in roles if role in _ROLES and role not in columns.values), None)


def _values(columns: _Columns) -> dict[Role, str]:
    """Of the left column the day with its clock is the date; what stands above it is the sender."""
    text = " ".join(columns.left)
    found = find_header_date(text)
    if found is None or not found.has_time or not text[: found.start].strip() or "to" not in columns.values:
        return {}
    sender = _BROKEN.sub(lambda match: match[0].replace(" ", ""), text[: found.start].strip())
    return {"sender": sender, "date": text[found.start :], **columns.values}
