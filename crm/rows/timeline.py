"""What happened with a person, an organisation or an office, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm.rows.offices import OfficeView
    from crm.rows.people import OrganisationRow, PersonRow


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something that happened with a person, an organisation or an office.

    `kind`: message, note, call, letter, follow-up (one that was made), decision (on one) or kept (by a letter). `id` names
    the entry for the next page; `message`, `note` and `follow_up` are what it is about. `by` is who wrote or decided.
    `at` is a moment; for what is known by its day alone the end of that day; None where a letter has no date.
    """

    id: str
    kind: str
    at: datetime | None
    by: str | None
    text: str | None
    direction: str | None = None
    message: str | None = None
    note: str | None = None
    follow_up: str | None = None
    action: str | None = None
    owes: str | None = None
    due_start: date | None = None
    due_end: date | None = None
    from_start: date | None = None
    from_end: date | None = None
    because: str | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class WithTimeline:
    """A person, an organisation or an office's page, with one page of what happened, newest first."""

    shown: "PersonRow | OrganisationRow | OfficeView"
    timeline: tuple[TimelineRow, ...]
