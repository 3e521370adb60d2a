"""The steps of an office's way, from needs analysis to being in use: which is current, what is late, what that blocks. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

STEPS = (
    "behovsanalys",
    "kravspecifikation",
    "lokalsökning",
    "lokalval",
    "ombyggnation",
    "installation",
    "invigning",
    "i bruk",
)
OPTIONAL = frozenset({"ombyggnation"})
OPEN = "i bruk"

Because = Literal["order", "blocked_by"]


@dataclass(frozen=True, slots=True)
class Window:
    """A closed run of days; a side that is None is not known."""

    start: date | None = None
    end: date | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as it stands. `needed` is False for a rebuilding that the premises do without."""

    kind: str
    planned: Window = Window()
    actual: Window = Window()
    responsible: str | None = None
    blocked_by: str | None = None
    needed: bool = True

    @property
    def is_known(self) -> bool:
        """Somebody has said something about when."""
        return bool(self.planned) or bool(self.actual)

    @property
    def is_finished(self) -> bool:
        """It has ended; being in use has no end, so a beginning is enough."""
        return self.actual.end is not None or (self.kind == OPEN and self.actual.start is not None)

    @property
    def is_begun(self) -> bool:
        return bool(self.actual)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A step that waits for a late one: because it comes after it, or because somebody said so."""

    office: str
    step: str
    planned_start: date | None
    planned_end: date | None
    because: Because


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step whose planned end passed `days` ago without an actual one, and what waits for it."""

    step: str
    planned_end: date
    days: int
    responsible: str | None
    blocked_by: str | None
    blocks: tuple[Blocked, ...] = ()


def current_step(steps: Sequence[StepState]) -> str | None:
    """The furthest step that is under way, else the one after the furthest that is finished, else the first planned.

    None where nothing is known. An optional step counts only if somebody has given it days.
    """
    last = max((at for at, step in enumerate(steps) if step.is_begun), default=None)
    if last is None:
        return next((step.kind for step in steps if step.needed and step.planned), None)
    if not steps[last].is_finished:
        return steps[last].kind
    return next((step.kind for step in steps[last + 1 :] if _comes(step)), steps[last].kind)


def _comes(step: StepState) -> bool:
    return step.needed and (step.kind not in OPTIONAL or step.is_known)


def is_open(steps: Sequence[StepState]) -> bool:
    """The office is in use."""
    return any(step.kind == OPEN and step.is_begun for step in steps)


def late_steps(steps: Sequence[StepState], day: date) -> list[StepState]:
    """What should have ended before `day` and has not."""
    return [
        step
        for step in steps
        if step.needed and not step.is_finished and step.planned.end is not None and step.planned.end < day
    ]


def late(
    offices: Mapping[str, Sequence[StepState]], names: Mapping[str, str], day: date
) -> dict[str, tuple[LateStep, ...]]:
    """For each office what is late, with what waits for it there and elsewhere.

    `offices` and `names` go by the same key; what blocks is said by a step's name, or an office's and a step's.
    """
    waiting = _said_to_wait(offices, names)
    found: dict[str, tuple[LateStep, ...]] = {}
    for key, steps in offices.items():
        behind = late_steps(steps, day)
        if behind:
            found[key] = tuple(_late(key, step, steps, names, waiting, day) for step in behind)
    return found


def _late(
    key: str,
    step: StepState,
    steps: Sequence[StepState],
    names: Mapping[str, str],
    waiting: Mapping[tuple[str, str], list[Blocked]],
    day: date,
) -> LateStep:
    end = step.planned.end or day
    said = waiting.get((key, step.kind), [])
    told = {(one.office, one.step) for one in said}
    after = [one for one in _after(names[key], step, steps) if (one.office, one.step) not in told]
    return LateStep(
        step.kind, end, (day - end) // timedelta(days=1), step.responsible, step.blocked_by, (*said, *after)
    )


def _after(name: str, late_one: StepState, steps: Sequence[StepState]) -> list[Blocked]:
    """What comes after it in the same office and is not finished: what is planned, else the next."""
    at = next(at for at, step in enumerate(steps) if step.kind == late_one.kind)
    rest = [step for step in steps[at + 1 :] if _comes(step) and not step.is_begun]
    chosen = [step for step in rest if step.planned] or rest[:1]
    return [_blocked(name, step, "order") for step in chosen]


def _blocked(name: str, step: StepState, because: Because) -> Blocked:
    return Blocked(name, step.kind, step.planned.start, step.planned.end, because)


def _said_to_wait(
    offices: Mapping[str, Sequence[StepState]], names: Mapping[str, str]
) -> dict[tuple[str, str], list[Blocked]]:
    """(office, step) → what is said to be blocked by it."""
    by_name = {name.casefold(): key for key, name in names.items()}
    waiting: dict[tuple[str, str], list[Blocked]] = {}
    for key, steps in offices.items():
        for step in steps:
            target = None if step.is_finished else _target(step.blocked_by, key, by_name)
            if target is not None:
                waiting.setdefault(target, []).append(_blocked(names[key], step, "blocked_by"))
    return waiting


def _target(text: str | None, own: str, by_name: Mapping[str, str]) -> tuple[str, str] | None:
    """The office and step that "lokalval" or "Boden lokalval" names; None for any other reason to wait."""
    said = " ".join((text or "").casefold().replace(",", " ").split())
    step = next((kind for kind in STEPS if said == kind or said.endswith(f" {kind}")), None)
    if step is None:
        return None
    office = said.removesuffix(step).strip()
    key = by_name.get(office) if office else own
    return (key, step) if key is not None else None
