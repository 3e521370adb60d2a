"""How mail is judged for the diary: what waits, what was judged, and the e-mail log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crm.rows.messages import MessageRow
from crm.rows.people import MailboxRow

RegisterState = Literal["minor", "ordered", "not_public", "sent", "number"]


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """How a message was judged for the diary; `secret` is the provision of the mark beside the state."""

    state: RegisterState
    number: str | None
    secret: str | None
    at: datetime
    by: str
    secret_at: datetime | None = None
    secret_by: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """What a machine would say of an unjudged message; `state` None where a person has to look.

    `reason` is a word for why, as in crm/register/suggesting.py; `detail` the number or name that it speaks of (foreign
    text). `secret`: the provision under which another message of the thread is marked.
    """

    state: RegisterState | None
    number: str | None
    reason: str
    detail: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A message that nobody has judged: since how many working days, and what is suggested."""

    message: MessageRow
    working_days: int | None
    suggestion: SuggestionRow


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement in a message's history; `undone` where it was taken back. `before` None: it was the first."""

    message: str
    at: datetime
    by: str
    before: RegistrationRow | None
    after: RegistrationRow
    undone: bool


@dataclass(frozen=True, slots=True)
class LogEntryRow:
    """A line of the e-mail log: what of a mail may leave the house."""

    id: str
    date: datetime | None
    sender: MailboxRow | None
    to: tuple[MailboxRow, ...]
    subject: str | None
    number: str | None
    secret: bool = False
