"""Offices: in lists, on their page, what became different and what mails propose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.office_names import office_name
from crm.office_steps import LateStep, StepState
from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import MessageRow
from crm.rows.people import PersonRow


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of the programme; `code` is its municipality's, `last_message` a day.

    `silent_weeks` are whole weeks without letter or note, `late` the steps that should have ended; both seen from a day.
    `last_contact` is the day of the last letter, or of a phone call or paper letter that was noted later.
    """

    id: str
    municipality: str
    code: str
    place: str | None
    phase: int | None
    vulnerable_area: str
    step: str | None
    assessment: str | None
    owner: str | None
    plan: str | None
    messages: int
    follow_ups_open: int
    last_message: date | None
    silent_weeks: int | None = None
    late: tuple[LateStep, ...] = ()
    last_contact: date | None = None

    @property
    def name(self) -> str:
        """`Åre`, or `Åre Järpen`."""
        return office_name(self.municipality, self.place)


@dataclass(frozen=True, slots=True)
class OfficeChangeRow:
    """One thing that became different about an office; `field` and values as in `crm.office_history`."""

    on: date
    by: str
    field: str
    before: Any
    after: Any
    because: str | None
    message: str | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A change of an office that a mail proposes: `field` and values as in `crm.office_history`, a contact person by name.

    `text` is the sentence, `sender` who wrote it, `date` when. `state`: proposed, known, superseded, accepted, dismissed.
    """

    id: str
    office: str | None
    office_id: str | None
    office_name: str | None
    kind: str
    field: str
    before: Any
    value: Any
    approximate: bool
    text: str
    message: str
    message_id: str | None
    sender: str | None
    date: date
    rule: str
    confidence: float
    state: str
    decided_by: str | None

    @property
    def name(self) -> str:
        """Its office and its sentence."""
        return f"{self.office_name or ''}: {self.text}"


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office's page: begins with last contact, what we owe and what they owe.

    `silent`: it has been without contact for longer than settings allow, in a phase that is running. `contacts` are the
    municipality's people, `decisions` what names the decisions on it, `history` the newest changes first. Of each side the
    most pressing stand here, and below them what was kept; `open` says how many of a side are open.
    """

    office: OfficeRow
    we_owe: tuple[FollowUpRow, ...]
    they_owe: tuple[FollowUpRow, ...]
    others: tuple[FollowUpRow, ...]
    messages: tuple[MessageRow, ...]
    silent: bool = False
    deviation: str | None = None
    reason: str | None = None
    measure: str | None = None
    contacts: tuple[PersonRow, ...] = ()
    decisions: tuple[str, ...] = ()
    steps: tuple[StepState, ...] = ()
    history: tuple[OfficeChangeRow, ...] = ()
    proposals: tuple[ProposalRow, ...] = ()
    open: Mapping[str, int] = field(default_factory=dict)
