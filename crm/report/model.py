"""The figures of a report: what they are of, and what they are compared with. Days are those of our zone."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["ours", "theirs"]
Stands = Literal["open", "broken", "kept"]


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """The plan that held on the day."""

    key: str
    day: date
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The report that was issued before: changes are those since its day."""

    id: str
    as_of: date
    number: str | None


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """Promises of one side: `open`, `broken` (their window is over), `kept`; `unjudged` of the open and broken are a machine's alone."""

    open: int = 0
    broken: int = 0
    kept: int = 0
    unjudged: int = 0

    def __add__(self, other: "PromiseCount") -> "PromiseCount":
        return PromiseCount(
            self.open + other.open,
            self.broken + other.broken,
            self.kept + other.kept,
            self.unjudged + other.unjudged,
        )


@dataclass(frozen=True, slots=True)
class StepFigure:
    """A step of an office; `days_late`: since its planned end, where it has not ended."""

    step: str
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    needed: bool
    days_late: int | None


@dataclass(frozen=True, slots=True)
class OfficeFigure:
    """An office of the plan: how it stands, and its correspondence.

    `letters_others` went between others or among us; `last_contact` is the day of the last letter from or to us.
    """

    id: str
    municipality: str
    code: str
    place: str | None
    phase: int | None
    vulnerable_area: str
    step: str | None
    in_use: bool
    assessment: str | None
    deviation: str | None
    reason: str | None
    measure: str | None
    steps: tuple[StepFigure, ...]
    letters_in: int
    letters_out: int
    letters_others: int
    last_in: date | None
    last_out: date | None
    last_contact: date | None
    ours: PromiseCount
    theirs: PromiseCount

    @property
    def name(self) -> str:
        """`Åre`, or `Åre Järpen` where the place is named."""
        place = self.place
        return f"{self.municipality} {place}" if place and place != self.municipality else self.municipality


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """What the offices of a phase come to; `phase` is None for those of which the plan does not say it, and in the total."""

    phase: int | None
    offices: int
    in_use: int
    on_plan: int
    risk: int
    late: int
    done: int
    unassessed: int
    with_late_steps: int
    letters_in: int
    letters_out: int
    ours: PromiseCount
    theirs: PromiseCount


@dataclass(frozen=True, slots=True)
class PromiseFigure:
    """An open or broken promise: `type` is commitment, request or deadline; `office` is None where it concerns none or several."""

    id: str
    office: str | None
    office_name: str | None
    side: Side
    type: str
    said_on: date
    due_start: date | None
    due_end: date | None
    approximate: bool
    stands: Stands
    judged: bool
    text: str | None


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """How long they waited for our answers, in working days; `unanswered` wait still, the longest for `longest_waiting`."""

    office: str | None
    office_name: str | None
    answered: int
    median: float | None
    longest: int | None
    unanswered: int
    longest_waiting: int | None


@dataclass(frozen=True, slots=True)
class ChangeFigure:
    """What of an office is otherwise than in the report before; `field` as in `crm.office_history`, or joined, left."""

    office: str
    office_name: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class TakenOut:
    """That `many` sentences were taken out of an issued report, when, and by which disposal decision, if any."""

    on: date
    decision: str | None
    many: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report says. `mail_since`: the day on which mail was first taken in, if that was by then. `unplaced`: promises that concern no single office of the plan, ours and theirs; `marked`: those of
    letters that are marked confidential, which are counted and not listed; `taken_out`: what an issued report has lost since.
    """

    as_of: date
    mail_since: date | None
    plan: PlanFigure | None
    compared: Compared | None
    total: PhaseFigure
    phases: tuple[PhaseFigure, ...]
    offices: tuple[OfficeFigure, ...]
    promises: tuple[PromiseFigure, ...]
    unplaced_ours: PromiseCount
    unplaced_theirs: PromiseCount
    marked: int
    changes: tuple[ChangeFigure, ...]
    answers: tuple[AnswerFigure, ...]
    taken_out: tuple[TakenOut, ...] = ()
