"""The reading pane: a message's words, spans and documents, and a part of a thread."""

from dataclasses import dataclass
from datetime import datetime

from crm.rows.follow_ups import FollowUpRow
from crm.rows.messages import LinkRow
from crm.rows.people import MailboxRow


@dataclass(frozen=True, slots=True)
class MentionView:
    """A span of a message's body, subject or document (`field`) for the reading pane."""

    label: str
    field: str
    start: int
    end: int
    text: str
    name: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A document of a message: `number` counts from 1, as in the field attachment:N; `text` is what it says."""

    number: int
    part: str
    filename: str | None
    content_type: str
    size: int
    sha256: str
    text: str | None

    @property
    def field(self) -> str:
        """The field of what stands in its text."""
        return f"attachment:{self.number}"


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message for the reading pane: own words, spans, follow-ups and links; `depth` in its chain."""

    id: str
    parent_id: str | None
    depth: int
    kind: str
    sender: MailboxRow | None
    to: tuple[MailboxRow, ...]
    cc: tuple[MailboxRow, ...]
    subject: str | None
    date: datetime | None
    date_text: str | None
    body: str
    signature_start: int | None
    automatic: bool
    direction: str
    status: str
    problems: tuple[str, ...]
    mentions: tuple[MentionView, ...]
    follow_ups: tuple[FollowUpRow, ...]
    links: tuple[LinkRow, ...]
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Messages of a thread in reading order, from number `start` on, and how many there are in all."""

    messages: tuple[MessageView, ...]
    start: int
    total: int
