"""The agency's plans as data files: which offices, in which phase, and what the government is owed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

from crm.office_names import office_name

ReportKind = Literal["interim", "final"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many offices: "minst 28" has no upper bound."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class PhasePlan:
    number: int
    offices: Bounds
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """An office that the plan names; `phase` is None where the plan does not say which.

    It opens between `opens_start` and `opens_end`; `was` is what an earlier plan called it.
    """

    municipality: str
    place: str = ""
    phase: int | None = None
    vulnerable_area: str = "unknown"
    opens_start: date | None = None
    opens_end: date | None = None
    was: str | None = None

    @property
    def name(self) -> str:
        """`Åre`, or `Åre Järpen` where the place is named."""
        return office_name(self.municipality, self.place)


@dataclass(frozen=True, slots=True)
class MetropolitanPlan:
    """Offices that are counted but not placed: each lies in one of `areas`."""

    offices: Bounds
    areas: tuple[str, ...]
    vulnerable_min_per_area: int = 0


@dataclass(frozen=True, slots=True)
class ReportPlan:
    key: str
    kind: ReportKind
    due_end: date
    recipient: str
    due_start: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One revision, with its source and day."""

    key: str
    day: date
    title: str
    source: str
    offices_in_all: Bounds
    phases: tuple[PhasePlan, ...] = ()
    offices: tuple[OfficePlan, ...] = ()
    metropolitan: tuple[MetropolitanPlan, ...] = ()
    reports: tuple[ReportPlan, ...] = field(default=())


def parse_plan(data: Mapping[str, Any]) -> Plan:
    """A plan from the mapping that a TOML file gives."""
    return Plan(
        key=data["key"],
        day=data["day"],
        title=data["title"],
        source=data["source"],
        offices_in_all=Bounds(**data.get("offices", {})),
        phases=tuple(
            PhasePlan(**{**phase, "offices": Bounds(**phase["offices"])}) for phase in data.get("phase", [])
        ),
        offices=tuple(OfficePlan(**office) for office in data.get("office", [])),
        metropolitan=tuple(
            MetropolitanPlan(
                offices=Bounds(**slot["offices"]),
                areas=tuple(slot["areas"]),
                vulnerable_min_per_area=slot.get("vulnerable_min_per_area", 0),
            )
            for slot in data.get("metropolitan", [])
        ),
        reports=tuple(ReportPlan(**report) for report in data.get("report", [])),
    )


@cache
def shipped_plans() -> tuple[Plan, ...]:
    """The plans that come with the program, oldest first."""
    folder = _shipped()
    texts = ((folder / f"{key}.toml").read_text("utf-8") for key in shipped_keys())
    return tuple(parse_plan(tomllib.loads(text)) for text in texts)


@cache
def shipped_keys() -> tuple[str, ...]:
    """Their keys, which are the names of their files."""
    names = (file.name for file in _shipped().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _shipped() -> Traversable:
    return resources.files("crm") / "data" / "plans"
