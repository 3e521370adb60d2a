"""The numbers that the registrar gave, taken back from a sheet; it may be taken in again and again."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from sqlalchemy.orm import Session

from crm import ids
from crm.errors import Ambiguous, CrmError, NotInDiary, NotReceived, SheetRefused, WasErased
from crm.register.judged import registrations
from crm.register.judging import Judgement, judge_each
from crm.register.naming import each
from nlp.case_forms import key

_LARGEST = 50_000_000  # bytes
_COLUMNS = {
    "id": ("id", "meddelande"),
    "message_id": ("message_id", "message-id", "meddelande-id"),
    "sha256": ("sha256", "hash"),
    "number": ("number", "nummer", "diarienummer", "dnr"),
}
_NAMES = ("sha256", "message_id", "id")  # the surest first
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet, by its number in the file: what names the mail, the surest first, and its number."""

    line: int
    names: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line that does not fit. `reason`: unnamed, not_found, not_received, ambiguous, erased, disagree, twice,
    not_a_number, other_number; `detail` is foreign text.
    """

    line: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a sheet: mails whose judgement changed, how many had their number already, how many have none yet."""

    changed: tuple[int, ...]
    same: int
    waiting: int
    misfits: tuple[Misfit, ...]


def read_sheet(path: Path) -> list[Line]:
    """The lines of a CSV: semicolon, comma or tab; UTF-8, UTF-16 or what an older Excel writes.

    Raises OSErrors and SheetRefused.
    """
    if path.stat().st_size > _LARGEST:
        raise SheetRefused(str(path), "large")
    text = _decoded(path.read_bytes())
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        return list(_lines(path, text, delimiter))
    except csv.Error:
        raise SheetRefused(str(path), "text") from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(path: Path, text: str, delimiter: str) -> Iterator[Line]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    heads = [head.strip().casefold() for head in next(rows, [])]
    places = {
        name: next((heads.index(word) for word in words if word in heads), None)
        for name, words in _COLUMNS.items()
    }
    if places["number"] is None or all(places[name] is None for name in _NAMES):
        raise SheetRefused(str(path), "columns")
    begins = rows.line_num + 1
    for row in rows:
        cells = {name: _cell(row, place) for name, place in places.items()}
        if any(row):
            yield Line(begins, tuple(cells[name] for name in _NAMES if cells[name]), cells["number"])
        begins = rows.line_num + 1


def _cell(row: Sequence[str], place: int | None) -> str:
    """A cell without the apostrophe by which a sheet program knows that it is text."""
    text = row[place].strip() if place is not None and place < len(row) else ""
    return text[1:] if text.startswith("'") and text[1:2] in _FORMULA else text


def take_numbers(session: Session, lines: Sequence[Line], *, by: str, now: datetime) -> Taken:
    """Registers the mails under the numbers of a sheet: those that fit, as one step of undo.

    A mail with another number keeps it: a person decides which holds.
    """
    given = [line for line in lines if line.number]
    found = each(session, {name for line in given for name in line.names})
    misfits: list[Misfit] = []
    said: dict[int, tuple[Line, Judgement]] = {}
    for line in given:
        mail = _mail(line, found)
        if isinstance(mail, Misfit):
            misfits.append(mail)
        elif (judgement := _judgement(line)) is None:
            misfits.append(Misfit(line.line, "not_a_number", line.number))
        elif mail in said and key(said[mail][1].number or "") != key(judgement.number or ""):
            misfits.append(Misfit(line.line, "twice", said[mail][1].number or ""))
        else:
            said.setdefault(mail, (line, judgement))
    fitting = _fitting(session, said, misfits)
    changed = judge_each(session, fitting, by=by, now=now)
    misfits.sort(key=lambda misfit: misfit.line)
    same = len(said) - len(changed) - sum(one.reason == "other_number" for one in misfits)
    return Taken(tuple(changed), same, len(lines) - len(given), tuple(misfits))


def _judgement(line: Line) -> Judgement | None:
    try:
        return Judgement("number", line.number).checked()
    except NotInDiary:
        return None


def _mail(line: Line, found: dict[str, int | CrmError]) -> int | Misfit:
    """The one mail that all names of a line mean."""
    if not line.names:
        return Misfit(line.line, "unnamed")
    results = [found[name] for name in line.names]
    mails = {result for result in results if isinstance(result, int)}
    if len(mails) > 1:
        return Misfit(
            line.line, "disagree", ", ".join(sorted(ids.printed("message", mail) for mail in mails))
        )
    wrong = next(
        (one for one in results if isinstance(one, CrmError) and not isinstance(one, Ambiguous)), None
    )
    if wrong is None and mails:  # an id makes out which of several one Message-ID means
        return mails.pop()
    return _misfit(line, wrong or next(one for one in results if isinstance(one, CrmError)))


def _misfit(line: Line, error: CrmError) -> Misfit:
    match error:
        case NotReceived():
            return Misfit(line.line, "not_received", ", ".join(error.choices))
        case Ambiguous():
            return Misfit(line.line, "ambiguous", ", ".join(error.choices))
        case WasErased():
            return Misfit(line.line, "erased", error.name)
        case _:
            return Misfit(line.line, "not_found", str(getattr(error, "name", line.names[0])))


def _fitting(
    session: Session, said: dict[int, tuple[Line, Judgement]], misfits: list[Misfit]
) -> dict[int, Judgement]:
    """Without those that are registered already; where the number differs, that is reported."""
    fitting: dict[int, Judgement] = {}
    standing = registrations(session, said)
    for mail, (line, judgement) in said.items():
        number = standing[mail].number if mail in standing else None
        if number is None:
            fitting[mail] = judgement
        elif key(number) != key(judgement.number or ""):
            misfits.append(Misfit(line.line, "other_number", number))
    return fitting
