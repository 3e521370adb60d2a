"""Messages and threads in lists, and where a message stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crm.rows.people import MailboxRow

if TYPE_CHECKING:
    from crm.rows.register import RegistrationRow


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Why a message is linked to an office, or (not `linked`) why not; `taught_by`: message, by and at of a decision."""

    message: str
    message_id: str | None
    office: str
    office_name: str
    reason: str
    confidence: float
    decided_by: str | None
    linked: bool = True
    taught_by: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    raw: str
    kind: str
    parent_id: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class LocationRow:
    account: str
    folder: str
    uidvalidity: int
    uid: int
    gone: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that came with a message; `number` counts from 1, as in the field attachment:N."""

    number: int
    filename: str | None
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message in a list. `date` is in the sender's own offset; `from` stands as `sender`."""

    id: str
    kind: str
    message_id: str | None
    raws: tuple[str, ...]
    parent_id: str | None
    thread_id: str | None
    occurrences: tuple[OccurrenceRow, ...]
    locations: tuple[LocationRow, ...]
    direction: str
    sender: MailboxRow | None
    to: tuple[MailboxRow, ...]
    cc: tuple[MailboxRow, ...]
    subject: str | None
    date: datetime | None
    status: str
    problems: tuple[str, ...]
    offices: tuple[str, ...]
    snippet: str | None = None
    attachments: tuple[DocumentRow, ...] = ()
    registration: "RegistrationRow | None" = None
    proposed_number: str | None = None  # that of its thread, where nobody has judged the mail itself


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in a list: newest first. `unread`: mails that nobody has opened in their mailbox, `unjudged`: that
    nobody has judged for the diary.
    """

    id: str
    subject: str | None
    messages: int
    last_date: datetime | None
    last_sender: str | None
    offices: tuple[str, ...]
    waiting: str | None
    proposed: int = 0
    numbers: tuple[str, ...] = ()  # under which its messages are registered, the newest first
    unread: int = 0
    unjudged: int = 0
