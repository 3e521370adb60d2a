"""Letters by many hands, labelled line by line: `hands_*.txt`, from which the second opinion learns what stands beside what.

Blocks parted by a blank line. The first line of one is `# DATE | name | address | organisation`, `-` for none; then a line of
it for each sentence, `LABEL|words`: `-` none, `cs` the writer's side owes it, `ct` somebody else, `rr` the reader, `dr` the
same as a last day, `mb` both meet. Words that open with `¶ ` open a paragraph.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KINDS = {"c": "commitment", "r": "request", "d": "deadline", "m": "meeting"}
OBLIGORS = {"s": "sender", "r": "recipient", "t": "third_party", "b": "both"}
_PARAGRAPH = "¶ "
_MARK = re.compile(r"(?:[•*–-]|\d{1,2}[.)])\s+")
_OWN_LINE = re.compile(_MARK.pattern + r"|.*(?: \| |\t)")
_FULL = re.compile(r".*[.?!…][\"”)]?\Z")
_SHORT = 30
_GREETED = re.compile(r"(?:hej|hejsan|hallå|tja|tjena|god|bästa|kära?|till)\b", re.IGNORECASE)

Lines = list[tuple[str, str]]


def letters(path: Path) -> Iterator[dict[str, Any]]:
    """The letters of a file as rows of the labelled sets, without days."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        head, *rest = [line for line in block.splitlines() if line.strip()] or [""]
        lines = [(label, words) for label, _, words in (line.partition("|") for line in rest)]
        if head.startswith("# ") and head.count("|") == 3:
            yield _letter(head, lines)


def _letter(head: str, lines: Lines) -> dict[str, Any]:
    day, name, address, house = (part.strip() for part in head.removeprefix("# ").split("|"))
    text, follow_ups = "", []
    for label, words in lines:
        plain = words.removeprefix(_PARAGRAPH).strip()
        text += _joint(text, words) + plain
        if label != "-":
            follow_ups.append(
                {"sentence": " ".join(re.sub(rf"\A{_MARK.pattern}", "", plain).split()), **_meaning(label)}
            )
    return {
        "text": text,
        "reference": day,
        "sender": {"name": name, "address": address, "organisation": None if house == "-" else house},
        "recipients": [],
        "automatic": False,
        "follow_ups": follow_ups,
    }


def _meaning(label: str) -> dict[str, str]:
    return {"kind": KINDS[label[0]], "obligor": OBLIGORS[label[1]]}


def _joint(before: str, words: str) -> str:
    """What stands between what is written and the next words: nothing at first, a blank within a paragraph."""
    if not before:
        return ""
    last = before.rpartition("\n")[2]
    if words.startswith(_PARAGRAPH):
        return "\n\n"
    if "\n" not in before and (len(last) < _SHORT and _GREETED.match(last)):
        return "\n\n"
    if _OWN_LINE.match(words) or _OWN_LINE.match(last) or not _FULL.match(last) or last.endswith(":"):
        return "\n"
    return " "
