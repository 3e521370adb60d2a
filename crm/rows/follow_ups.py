"""Follow-ups: in lists, with their history, in their bucket of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal

Owes = Literal["us", "them", "others"]
Bucket = Literal["overdue", "due", "soon", "later", "undated"]
State = Literal[
    "proposed", "accepted", "done", "kept", "broken", "waived", "dismissed", "cancelled", "lapsed"
]
OPEN_STATES: Final[tuple[State, ...]] = ("proposed", "accepted")
"""Those of which something is still to be done or judged."""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as it stands now. `office` is a municipality's code; `message` our id of the message.

    `field` is where its sentence stands: body, or attachment:N; `source` is that document's name. `moved` is the window
    that was first promised, and why it was last moved (due_start, due_end, because). `secret`: its mail is marked
    confidential, and a list shows its dates and `number` (in the diary) alone.
    `change`: a later letter's new window (moved) or calling off (cancelled), that message, its day, sentence, the old window.
    """

    id: str
    message: str | None
    message_id: str | None
    kind: str
    obligor: str
    owes: Owes
    who: str | None
    due_start: date | None
    due_end: date | None
    start_time: time | None
    end_time: time | None
    approximate: bool
    part: str | None
    state: State
    assignee: str | None
    snoozed_until: date | None
    office: str | None
    office_name: str | None
    text: str
    confidence: float
    rule: str | None
    decided_by: str | None
    evidence: dict[str, str] | None
    since: date
    found: bool = True
    sender: str | None = None
    field: str = "body"
    source: str | None = None
    moved: dict[str, str | None] | None = None
    secret: bool = False
    number: str | None = None
    change: dict[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a person decided on a follow-up. A move has the window that it left (`from_…`) and the one that it gave.

    `until` is of a snooze, `who` of an assignment, `note` the evidence; `undone_by` and `undone_at` where it was taken back.
    """

    id: str
    at: datetime
    by: str
    action: str
    from_start: date | None = None
    from_end: date | None = None
    due_start: date | None = None
    due_end: date | None = None
    because: str | None = None
    until: date | None = None
    who: str | None = None
    note: str | None = None
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up and what was decided on it, oldest first."""

    follow_up: FollowUpRow
    history: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A follow-up that a day's list names, in its bucket; `again`: when one without dates comes up again.

    `on_behalf_of` is who is away, where the list is their deputy's.
    """

    bucket: Bucket
    follow_up: FollowUpRow
    again: date | None = None
    on_behalf_of: str | None = None
