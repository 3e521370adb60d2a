"""A plan from a TOML or CSV file that somebody wrote by hand: checked throughout, so that an error names file and line.

Reasons of `PlanRefused`: unreadable, encoding, too-large, syntax, missing, unknown-key, type, municipality, phase, area, date,
bounds, twice, no-offices, column, kind, empty.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from crm.errors import NotUnderstood, PlanRefused
from crm.office_history import AREAS
from crm.plan_sheets import sheet_rows
from crm.plans import Plan, parse_plan
from crm.when import window
from nlp.municipalities.gazetteer import by_name, municipalities

LARGEST = 1_000_000
AREA_WORDS = {"krävs": "required", "valt": "chosen", "nej": "none", "okänt": "unknown", "": "unknown"}
_TABLES = {"office", "phase", "metropolitan", "report"}
_KEYS = {
    "plan": {"key", "day", "title", "source", "offices", *_TABLES},
    "office": {"municipality", "place", "phase", "vulnerable_area", "opens", "was"},
    "phase": {"number", "offices", "start", "end"},
    "metropolitan": {"offices", "areas", "vulnerable_min_per_area"},
    "report": {"key", "kind", "due_start", "due_end", "recipient"},
}
_NEEDED = {
    "plan": ("day", "source"),
    "office": ("municipality",),
    "phase": ("number",),
    "metropolitan": ("offices", "areas"),
    "report": ("key", "kind", "due_end", "recipient"),
}


class Given(NamedTuple):
    """What the command line says of a plan whose file does not."""

    key: str | None = None
    day: date | None = None
    title: str | None = None
    source: str | None = None


NOTHING = Given()


def read_plan(path: Path, today: date, given: Given = NOTHING) -> Plan:
    """The plan in a file; `given` comes before what the file says. Raises PlanRefused, OSError."""
    text = _text(path)
    is_sheet = path.suffix.lower() in {".csv", ".tsv", ".txt"}
    reader = _Reader(path.name, today)
    data = _sheet(path.name, text) if is_sheet else reader.toml(text)
    data |= {name: value for name, value in given._asdict().items() if value is not None}
    return reader.plan(data)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise PlanRefused(path.name, "too-large")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise PlanRefused(path.name, "encoding")


def _sheet(name: str, text: str) -> dict[str, Any]:
    """A sheet counts its own offices: as many as it has, in each phase as many as it says."""
    rows = sheet_rows(name, text)
    phases = sorted({row["phase"] for row in rows if isinstance(row.get("phase"), int)})
    counts = {number: sum(row.get("phase") == number for row in rows) for number in phases}
    return {
        "offices": {"min": len(rows), "max": len(rows)},
        "phase": [{"number": n, "offices": {"min": c, "max": c}} for n, c in counts.items()],
        "office": rows,
    }


class _Reader:
    """Checks what a file says, and knows where each of its tables stands."""

    def __init__(self, name: str, today: date) -> None:
        self.name = name
        self.today = today
        self.lines: dict[str, list[int]] = {}

    def toml(self, text: str) -> dict[str, Any]:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            raise PlanRefused(_place(self.name, int(found[1]) if found else None), "syntax") from None
        for number, line in enumerate(text.splitlines(), 1):
            table = re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line)
            if table:
                self.lines.setdefault(table[1], []).append(number)
        return data

    def plan(self, data: dict[str, Any]) -> Plan:
        self._known("plan", data, None)
        self._needed("plan", data, None)
        plan = dict(data)
        plan["day"] = self._day(data["day"], None)
        plan["key"] = self._word(data.get("key", plan["day"].isoformat()), None)[:80]
        plan["source"] = self._word(data["source"], None)
        plan["title"] = self._word(data.get("title", plan["source"]), None)
        plan["offices"] = self._bounds(data.get("offices", {}), None)
        for table in sorted(_TABLES):
            plan[table] = [self._entry(table, at, entry) for at, entry in enumerate(self._list(data, table))]
        self._no_doubles(plan["office"])
        self._no_strange_phases(plan)
        made = parse_plan(plan)
        if not made.offices and not made.metropolitan:
            raise PlanRefused(self.name, "no-offices")
        return made

    def _list(self, data: Mapping[str, Any], table: str) -> Sequence[Any]:
        found = data.get(table, [])
        if not isinstance(found, list):
            raise PlanRefused(self.name, "type", table)
        return found

    def _entry(self, table: str, at: int, entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise PlanRefused(self.name, "type", table)
        line = entry.pop("line", None) or self._line(table, at)
        self._known(table, entry, line)
        self._needed(table, entry, line)
        checked = {
            "office": self._office,
            "phase": self._phase,
            "metropolitan": self._metropolitan,
            "report": self._report,
        }[table](entry, line)
        if table == "office":
            self.lines.setdefault("read", []).append(line or 0)
        return checked

    def _line(self, table: str, at: int) -> int | None:
        lines = self.lines.get(table, [])
        return lines[at] if at < len(lines) else None

    def _office(self, entry: dict[str, Any], line: int | None) -> dict[str, Any]:
        start, end = self._window(entry.get("opens"), line)
        return {
            "municipality": self._municipality(entry["municipality"], line),
            "place": " ".join(self._word(entry.get("place", ""), line, empty=True).split()),
            "phase": self._phase_number(entry.get("phase"), line),
            "vulnerable_area": self._area(entry.get("vulnerable_area", "unknown"), line),
            "opens_start": start,
            "opens_end": end,
            "was": self._word(entry["was"], line) if entry.get("was") else None,
        }

    def _phase(self, entry: dict[str, Any], line: int | None) -> dict[str, Any]:
        number = self._phase_number(entry["number"], line)
        if number is None:
            raise self._wrong("phase", "", line)
        return {
            "number": number,
            "offices": self._bounds(entry.get("offices", {}), line),
            "start": self._day(entry["start"], line) if "start" in entry else None,
            "end": self._day(entry["end"], line) if "end" in entry else None,
        }

    def _metropolitan(self, entry: dict[str, Any], line: int | None) -> dict[str, Any]:
        areas = entry["areas"]
        if not isinstance(areas, list):
            raise PlanRefused(_place(self.name, line), "type", "areas")
        least = entry.get("vulnerable_min_per_area", 0)
        return {
            "offices": self._bounds(entry["offices"], line),
            "areas": [self._municipality(area, line) for area in areas],
            "vulnerable_min_per_area": self._count(least, line),
        }

    def _report(self, entry: dict[str, Any], line: int | None) -> dict[str, Any]:
        if entry["kind"] not in {"interim", "final"}:
            raise self._wrong("kind", entry["kind"], line, ("interim", "final"))
        start = self._day(entry["due_start"], line) if "due_start" in entry else None
        return {
            "key": self._word(entry["key"], line)[:60],
            "kind": entry["kind"],
            "due_start": start,
            "due_end": self._day(entry["due_end"], line),
            "recipient": self._word(entry["recipient"], line),
        }

    def _no_doubles(self, offices: Sequence[Mapping[str, Any]]) -> None:
        seen: set[tuple[str, str]] = set()
        for at, office in enumerate(offices):
            place = (office["municipality"], office["place"].casefold())
            if place in seen:
                name = f"{office['municipality']} {office['place']}".strip()
                raise PlanRefused(_place(self.name, self._line("read", at)), "twice", name)
            seen.add(place)

    def _no_strange_phases(self, plan: Mapping[str, Any]) -> None:
        numbers = [phase["number"] for phase in plan["phase"]]
        for at, office in enumerate(plan["office"]):
            if numbers and office["phase"] is not None and office["phase"] not in numbers:
                raise self._wrong("phase", office["phase"], self._line("read", at), map(str, numbers))

    def _known(self, table: str, entry: Mapping[str, Any], line: int | None) -> None:
        for name in entry:
            if name not in _KEYS[table]:
                near = get_close_matches(name, _KEYS[table], 1) or sorted(_KEYS[table])
                raise PlanRefused(_place(self.name, line), "unknown-key", name, tuple(near))

    def _needed(self, table: str, entry: Mapping[str, Any], line: int | None) -> None:
        for name in _NEEDED[table]:
            if name not in entry:
                reason = "missing-option" if table == "plan" else "missing"
                raise PlanRefused(_place(self.name, line), reason, name)

    def _wrong(
        self, reason: str, value: object, line: int | None, choices: Iterable[str] = ()
    ) -> PlanRefused:
        return PlanRefused(_place(self.name, line), reason, str(value), tuple(choices))

    def _municipality(self, value: Any, line: int | None) -> str:
        name = " ".join(self._word(value, line).split())
        found = _municipality(name)
        if found is None:
            near = get_close_matches(name.casefold().capitalize(), by_name(), 3, 0.6)
            raise self._wrong("municipality", name, line, near)
        return found

    def _phase_number(self, value: Any, line: int | None) -> int | None:
        if value is None or value == "":
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 99:
            raise self._wrong("phase", value, line)
        return value

    def _area(self, value: Any, line: int | None) -> str:
        word = AREA_WORDS.get(str(value).strip().casefold(), value)
        if word not in AREAS:
            raise self._wrong("area", value, line, AREAS)
        return str(word)

    def _word(self, value: Any, line: int | None, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            raise self._wrong("type", value, line)
        if not value.strip() and not empty:
            raise self._wrong("empty", value, line)
        return value.strip()

    def _count(self, value: Any, line: int | None) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
            raise self._wrong("bounds", value, line)
        return value

    def _bounds(self, value: Any, line: int | None) -> dict[str, int | None]:
        """`{ min = 13, max = 13 }`, or one number for both."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = {"min": value, "max": value}
        if not isinstance(value, dict) or not set(value) <= {"min", "max"}:
            raise self._wrong("bounds", value, line)
        bounds = {
            name: self._count(value[name], line) if value.get(name) is not None else None
            for name in ("min", "max")
        }
        if None not in bounds.values() and (bounds["min"] or 0) > (bounds["max"] or 0):
            raise self._wrong("bounds", f"{bounds['min']}–{bounds['max']}", line)
        return bounds

    def _day(self, value: Any, line: int | None) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise self._wrong("date", value, line) from None

    def _window(self, value: Any, line: int | None) -> tuple[date | None, date | None]:
        if value is None or value == "":
            return None, None
        if isinstance(value, date):
            day = self._day(value, line)
            return day, day
        try:
            return window(str(value), self.today)
        except NotUnderstood:
            raise self._wrong("date", value, line) from None


def _municipality(name: str) -> str | None:
    """By name, whatever its capitals, or by code."""
    for place in municipalities():
        if name == place.code or name.casefold() in {
            place.name.casefold(),
            f"{place.genitive} kommun".casefold(),
        }:
            return place.name
    return None


def _place(name: str, line: int | None) -> str:
    return f"{name}:{line}" if line else name
