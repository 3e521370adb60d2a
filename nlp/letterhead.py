"""The day that a letter says it was written, in its letterhead: "Datum 2021-06-07", "Ånge den 7 juni 2021"."""

import re
from datetime import date, timedelta

from nlp.dates import find_dates

_HEAD = 1_500  # characters that may be the letterhead
_LINES = 15
_LABEL = re.compile(
    r"(?:vårt |brev|dokument|upprättat |besluts)?datum|daterat|daterad|upprättad|upprättat|skrivet|date",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:[A-ZÅÄÖ][\w-]{1,30} ?){1,3},?(?: ?den| ?d\.)?|den|")
_NO_PLACE = re.compile(
    r"(?:inkom|ankom|mottag|version|giltig|gäller|period|sida|bilaga|protokoll|sammanträd|möte|kallelse|senast|svar|ert?\b)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"datum|date|dat\b|senast|sista|inkom|ankom|giltig", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\d{6}|\d\d[-/.]\d\d[-/.]\d\d")
_EARLIEST = timedelta(days=5 * 366)  # a letter that is sent on later than that is sent as an old one


def written_on(text: str, sent: date) -> date | None:
    """The day in a document's letterhead, if there is one; `sent` is that of the mail it came with.

    It stands in a line or table cell of its own, after a label or a place name, with its year, and is not after
    the mail. "Ert datum" is another letter's.
    """
    above: list[str] = []
    for line in text[:_HEAD].split("\n")[:_LINES]:
        cells = [cell.strip(" :\xa0") for cell in line.split("\t")]
        for column, cell in enumerate(cells):
            day = _day(cell, sent) if _YEAR.search(cell) else None
            if day is not None and _is_own(
                _label(cells, above, column), bare=cell[:1].isdigit(), alone=len(cells) == 1
            ):
                return day
        above = cells if line.strip() else above
    return None


def _day(cell: str, sent: date) -> date | None:
    """The day that a cell holds, alone or after a label or a place."""
    for found in find_dates(cell, sent):
        before, after = cell[: found.start].strip(" :,\xa0"), cell[found.end :].strip(" .\xa0")
        certain = found.value_start == found.value_end and found.mod is None and _YEAR.search(found.text)
        named = _LABEL.fullmatch(before) or (_PLACE.fullmatch(before) and not _NO_PLACE.match(before))
        if (
            certain
            and named
            and not after
            and sent - _EARLIEST <= found.value_start <= sent + timedelta(days=1)
        ):
            return found.value_start
    return None


def _label(cells: list[str], above: list[str], column: int) -> str:
    """What says whose day it is: the cell to the left, else the one above in a row of several or named so."""
    if column and cells[column - 1] and not (column < len(above) and _LABELLED.search(above[column])):
        return cells[column - 1]
    return above[column] if column < len(above) and _LABELLED.search(above[column]) else ""


def _is_own(label: str, *, bare: bool, alone: bool) -> bool:
    """A day without a word in a row of a table needs a label there; one that has another label is another day."""
    if _LABEL.fullmatch(label):
        return True
    return not _LABELLED.search(label) and (alone or not bare)
