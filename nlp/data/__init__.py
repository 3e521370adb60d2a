"""Facts that the reading stands on, each file with its source and date in its first lines."""

import csv
from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def lines(name: str) -> Iterator[str]:
    """The lines of a data file that are neither empty nor a comment (#)."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    return list(csv.DictReader(lines(name)))


def words(name: str) -> frozenset[str]:
    """All words of a data file, separated by white space."""
    return frozenset(word for line in lines(name) for word in line.split())
