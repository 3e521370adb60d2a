"""Rows of the home view and the palette, plain as those of `crm.rows`: no table is needed to import them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crm.rows.follow_ups import FollowUpRow


Section = Literal["overdue", "due", "soon", "proposed", "later", "undated", "snoozed", "closed"]
Whose = Literal["all", "mine", "unassigned"]
Side = Literal["all", "us", "them", "others"]


@dataclass(frozen=True, slots=True)
class AgendaQuery:
    """Whose follow-ups, and which side's. `settled`: those that are asleep or closed instead of those to see to."""

    whose: Whose = "all"
    side: Side = "all"
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """Printed ids by section, each in its order; sections without any are left out. `coming`: the next one with a
    date that is neither overdue nor due, for a day on which nothing is.
    """

    sections: tuple[tuple[Section, tuple[str, ...]], ...]
    coming: "FollowUpRow | None" = None

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them, in the order of the list."""
        return tuple(name for _, names in self.sections for name in names)


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody has seen: the newest message and follow-up that were there. Numbers are never given twice."""

    message: int = 0
    follow_up: int = 0


@dataclass(frozen=True, slots=True)
class NewsRow:
    """What is new at an office; `office` and `office_name` are None for what belongs to none.

    `at_least`: it may be more, as not all that is new was looked at.
    """

    office: str | None
    office_name: str | None
    messages: int
    proposals: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What is new, most first, and how far that reaches. A letter that concerns two offices counts at both.

    One more than `crm.rows.COUNTED` letters or proposals stands for more than that.
    """

    rows: tuple[NewsRow, ...]
    messages: int
    proposals: int
    now: Seen


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a name or a number led to: `kind` office, person or organisation; `about` tells it apart."""

    kind: Literal["office", "person", "organisation"]
    id: str
    name: str
    about: str
