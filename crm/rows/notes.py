"""What people write down: notes and absences."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note by hand: `kind` is note, call or letter; `at` when it happened, `written_at` when it was noted.

    `office` is a municipality's code, `person` our id; `changed_at` and `changed_by` are of its last correction.
    """

    id: str
    kind: str
    at: datetime
    author: str
    office: str | None
    office_name: str | None
    person: str | None
    person_name: str | None
    text: str
    written_at: datetime | None
    changed_at: datetime | None = None
    changed_by: str | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Who is away from `first` to `last`, both days with them, and who stands in; `removed`: it was taken back."""

    id: str
    who: str
    first: date
    last: date
    deputy: str
    by: str
    removed: bool = False
