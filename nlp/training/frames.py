"""Labelled sentences out of frames: what stands in `frames.txt`, filled in a seeded order."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "frames.txt"
SENTENCES = "sentences"
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_FORMS = ("infinitive", "present", "past", "supine", "passive")
_EACH = 5  # sentences of a frame

Slots = dict[str, list[str]]


def labelled(each: int = _EACH) -> Iterator[str]:
    """Lines "label|sentence" as in `turns.txt`, `each` of every frame; the same ones whenever it is asked."""
    slots = _slots(FILE.read_text(encoding="utf-8"))
    chance = random.Random(7)
    for frame in slots.pop(SENTENCES):
        label, _, sentence = frame.partition("|")
        made = Counter(_filled(sentence, slots, chance) for _ in range(each))
        yield from (f"{label}|{one}" for one in made)


def _slots(text: str) -> Slots:
    """The rows of each slot; a line of several words parted by semicolons is as many rows."""
    slots: Slots = {}
    rows: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            rows = slots.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.extend(part.strip() for part in line.split(";") if part.strip())
    return slots


def _filled(frame: str, slots: Slots, chance: random.Random) -> str:
    """The frame with a row of its slot in each place, and a capital letter unless it is a hurried note."""

    def row(match: re.Match[str]) -> str:
        chosen = chance.choice(slots[match[1]])
        return chosen.split()[_FORMS.index(match[2])].replace("@", " ") if match[2] else chosen

    text = _SLOT.sub(row, frame)
    return text[:1].upper() + text[1:] if text[-1:] in {".", "?", "!"} else text
