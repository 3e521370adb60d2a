"""The text of an Excel workbook (ECMA-376): each sheet's name, then a row a line, as the cells show it.

Dates, times and percentages are told by their number format; hidden sheets, formulas and comments are left out.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from ingest.documents.drawing import Drawing
from ingest.documents.model import Enough, Read, Unreadable
from ingest.documents.package import Package, Target, parsed
from ingest.documents.writer import Writer
from ingest.limits import Limits

# Built-in formats (ECMA-376-1, 18.8.30): days, days with a time, times; 27–36 and 50–58 are East Asian days.
_DAYS = {*range(14, 18), *range(27, 37), *range(50, 59)}
_MOMENTS = {22}
_TIMES = {*range(18, 22), 45, 46, 47}
_PERCENT = {9, 10}
_QUOTED = re.compile(r'"[^"]{0,200}"|\\.|\[[^\]]{0,100}\]|_.|\*.')
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a cell's day has no zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 (a cell's day has no zone)
_LAST_DAY = 2_958_465  # 9999-12-31
_DEFAULT_NAME = re.compile(r"(?:Blad|Sheet|Tabelle|Ark|Taul)\s?\d*", re.IGNORECASE)


class _Workbook(Target):
    """Takes workbook.xml: names and relation ids of the sheets that are shown, and from when days count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = _EPOCH

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = _EPOCH_1904


class _Strings(Target):
    """Takes sharedStrings.xml: the texts that cells refer to by number, without their reading aids."""

    def __init__(self, limit: int) -> None:
        self.texts: list[str] = []
        self._limit = limit
        self._length = 0
        self._pieces: list[str] = []
        self._skipped = 0
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 (the parser gives both)
        if self._skipped or tag in {"rPh", "phoneticPr"}:
            self._skipped += 1
        elif tag == "t":
            self._in_text = True

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "si":
            self.texts.append("".join(self._pieces))
            self._pieces = []

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._length += len(text)
            if self._length > self._limit:
                raise Enough("limit-document-text", f"more than {self._limit} characters")
            self._pieces.append(text)


class _Styles(Target):
    """Takes styles.xml: what kind of number the cells of each style hold."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._formats: dict[str, str] = {}
        self._in_cells = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        number = attributes.get("numFmtId", "0")
        if tag == "numFmt":
            self._formats[number] = attributes.get("formatCode", "")[:1_000]
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            self.kinds.append(_kind(number, self._formats.get(number)))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False


def _kind(number: str, code: str | None) -> str:
    """What a format shows, by its number or its own code: "day", "moment", "time", "percent", or "" for else."""
    if code is not None:
        return _kind_of_code(code)
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    for kind, numbers in (("day", _DAYS), ("moment", _MOMENTS), ("time", _TIMES), ("percent", _PERCENT)):
        if known in numbers:
            return kind
    return ""


def _kind_of_code(code: str) -> str:
    bare = _QUOTED.sub("", code).split(";")[0].lower()
    days = any(sign in bare for sign in ("y", "d", "å")) or bare.count("m") > 2
    times = "h" in bare or "s" in bare or "t" in bare
    if "general" in bare or "standard" in bare:
        return ""
    if days:
        return "moment" if times else "day"
    if times:
        return "time"
    return "percent" if "%" in bare else ""


class _Sheet(Target):
    """Takes a sheet: its rows go to the writer."""

    def __init__(
        self, writer: Writer, texts: list[str], kinds: list[str], epoch: datetime, rows: int
    ) -> None:
        self._writer = writer
        self._texts = texts
        self._kinds = kinds
        self._epoch = epoch
        self._rows = self._most_rows = rows
        self._cells: list[str] = []
        self._type = ""
        self._style = ""
        self._pieces: list[str] | None = None
        self._skipped = 0
        self._text = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or tag in {"f", "rPh"}:
            self._skipped += 1
        elif tag == "c":
            self._type, self._style, self._text = attributes.get("t", "n"), attributes.get("s", "0"), ""
        elif tag in {"v", "t"}:
            self._pieces = []
        elif tag == "row":
            self._rows -= 1
            if self._rows < 0:
                raise Enough("limit-document-rows", f"more than {self._most_rows} rows")

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag in {"v", "t"} and self._pieces is not None:
            self._text += "".join(self._pieces)
            self._pieces = None
        elif tag == "c" and self._text:
            self._cells.append(" ".join(self._shown().split()))
        elif tag == "row":
            self._writer.write("\t".join(cell for cell in self._cells if cell))
            self._writer.end_paragraph()
            self._cells = []

    def data(self, text: str) -> None:
        if self._pieces is not None and not self._skipped:
            self._pieces.append(text)

    def end_of_sheet(self) -> None:
        """What a sheet that was cut off left open is not the next one's."""
        self._cells, self._pieces, self._skipped = [], None, 0

    def _shown(self) -> str:
        """The cell as a reader of the sheet sees it."""
        if self._type == "s":
            return _at(self._texts, self._text)
        if self._type == "b":
            return "SANT" if self._text.strip() == "1" else "FALSKT"
        if self._type == "e":
            return ""
        if self._type == "n" and _NUMBER.fullmatch(self._text.strip()):
            return number(float(self._text), _at(self._kinds, self._style), self._epoch)
        return self._text


def _at(texts: list[str], index: str) -> str:
    """What an index in a cell refers to; "" for one that refers to nothing."""
    index = index.strip()
    known = index.isascii() and index.isdigit() and len(index) < 9 and int(index) < len(texts)
    return texts[int(index)] if known else ""


def number(value: float, kind: str, epoch: datetime = _EPOCH) -> str:
    """A number as its format shows it: an ISO day, a day with HH:MM, HH:MM, "25 %", or the number itself."""
    if kind == "percent":
        return f"{value * 100:.10g} %"
    if kind == "" or not 0 <= value <= _LAST_DAY:
        return f"{value:.15g}"
    # Excel holds 1900 to be a leap year: days before March of it are one further on.
    days = value + 1 if epoch == _EPOCH and 1 <= value < 60 else value
    moment = epoch + timedelta(days=int(days), seconds=round((days % 1) * 86_400))
    if kind == "time":
        return moment.strftime("%H:%M")
    midnight = moment.hour == moment.minute == 0
    return moment.date().isoformat() if kind == "day" or midnight else moment.strftime("%Y-%m-%d %H:%M")


def read(package: Package, limits: Limits) -> Read:
    """The rows of every sheet that is shown. Raises Unreadable where there are none to read."""
    name = package.main_part("xl/workbook.xml")
    if name not in package:
        raise Unreadable("document-broken", "no workbook in it")
    if name.lower().endswith(".bin"):
        raise Unreadable("document-unread", "a binary Excel workbook (.xlsb)")
    book, styles, strings = _Workbook(), _Styles(), _Strings(4 * limits.document_text)
    related = package.relations(name)
    parts = dict(related.values())
    problems = [*parsed(package, name, book), *parsed(package, parts.get("sharedStrings", ""), strings)]
    problems += parsed(package, parts.get("styles", ""), styles)
    writer = Writer(limits.document_text)
    sheet = _Sheet(writer, strings.texts, styles.kinds, book.epoch, limits.document_rows)
    for title, id_ in book.sheets[: limits.document_sheets]:
        if len(book.sheets) > 1 or not _DEFAULT_NAME.fullmatch(title):
            with suppress(Enough):  # the sheet's own words say it
                writer.write(title[:100])
            writer.end_paragraph()
        part = related.get(id_, ("", ""))[1]
        problems += parsed(package, part, sheet)
        sheet.end_of_sheet()
        for kind, drawing in package.relations(part).values():
            problems += parsed(package, drawing, Drawing(writer)) if kind == "drawing" else ()
        if problems:
            break
    if len(book.sheets) > limits.document_sheets:
        problems.append(
            ("limit-document-sheets", f"{len(book.sheets)} sheets, {limits.document_sheets} read")
        )
    return Read(writer.blocks(), tuple(dict.fromkeys(problems)))
