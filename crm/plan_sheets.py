"""A plan as a sheet: one row for each office, under a heading that names the columns in Swedish or English."""

import csv
import io
from typing import Any

from crm.errors import PlanRefused

_COLUMNS = {
    "municipality": ("kommun", "municipality", "kommunkod", "code"),
    "place": ("plats", "ort", "place", "kontor", "office"),
    "phase": ("fas", "omgång", "phase"),
    "vulnerable_area": ("socialt utsatt område", "utsatt område", "vulnerable_area", "vulnerable area"),
    "opens": ("öppnar", "i bruk", "opens", "datum"),
    "was": ("var", "hette", "was", "tidigare"),
}
_BY_HEADING = {heading: column for column, headings in _COLUMNS.items() for heading in headings}
_MOST_ROWS = 5_000


def sheet_rows(name: str, text: str) -> list[dict[str, Any]]:
    """The rows as the entries of a plan, each with its `line`. Raises PlanRefused."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[dict[str, Any]] = []
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _headings(name, reader.line_num, cells)
            else:
                rows.append(_row(name, reader.line_num, columns, cells))
            if len(rows) > _MOST_ROWS:
                raise PlanRefused(name, "too-large")
    except csv.Error:
        raise PlanRefused(f"{name}:{reader.line_num}", "syntax") from None
    return rows


def _delimiter(text: str) -> str:
    """Whichever stands most in the first line: a Swedish sheet program writes semicolons."""
    head = text.lstrip().partition("\n")[0]
    return max(";", ",", "\t", key=head.count)


def _headings(name: str, line: int, cells: list[str]) -> list[str]:
    columns: list[str] = []
    for cell in cells:
        heading = " ".join(cell.split()).casefold()
        if heading not in _BY_HEADING:
            raise PlanRefused(
                f"{name}:{line}", "column", cell, tuple(names[0] for names in _COLUMNS.values())
            )
        columns.append(_BY_HEADING[heading])
    if "municipality" not in columns:
        raise PlanRefused(f"{name}:{line}", "missing", "kommun")
    if len(set(columns)) < len(columns):
        double = next(column for column in columns if columns.count(column) > 1)
        raise PlanRefused(f"{name}:{line}", "twice", _COLUMNS[double][0])
    return columns


def _row(name: str, line: int, columns: list[str], cells: list[str]) -> dict[str, Any]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise PlanRefused(f"{name}:{line}", "columns", ";".join(cells))
    row: dict[str, Any] = {"line": line}
    for column, cell in zip(columns, cells, strict=False):
        if cell.strip():
            row[column] = cell.strip()
    phase = row.get("phase", "")
    digits = phase.casefold().removeprefix("fas").removeprefix("omgång").strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 3:
        row["phase"] = int(digits)
    return row
