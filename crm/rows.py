"""What the use cases give to the screen and to `--json`: plain rows, named as in the commands' contract.

No table, no language model and no text for people is needed to import this module.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

Owes = Literal["us", "them", "others"]
Bucket = Literal["overdue", "due", "soon", "later", "undated"]
State = Literal[
    "proposed", "accepted", "done", "kept", "broken", "waived", "dismissed", "cancelled", "lapsed"
]


@dataclass(frozen=True, slots=True)
class MailboxRow:
    name: str | None
    address: str | None
    kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as it stands now. `office` is a municipality's code; `message` our id of the message.

    `field` is where its sentence stands: body, or attachment:N; `source` is that document's name.
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


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A follow-up that a day's list names, in its bucket; `again`: when one without dates comes up again."""

    bucket: Bucket
    follow_up: FollowUpRow
    again: date | None = None


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
class LinkRow:
    message: str
    message_id: str | None
    office: str
    office_name: str
    reason: str
    confidence: float
    decided_by: str | None


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
    unread: int = 0
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Messages of a thread in reading order, from number `start` on, and how many there are in all."""

    messages: tuple[MessageView, ...]
    start: int
    total: int


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of the programme; `code` is its municipality's, `last_message` a day."""

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


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office's page: begins with last contact, what we owe and what they owe."""

    office: OfficeRow
    we_owe: tuple[FollowUpRow, ...]
    they_owe: tuple[FollowUpRow, ...]
    others: tuple[FollowUpRow, ...]
    messages: tuple[MessageRow, ...]


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """What somebody was, and where; `seen_first` and `seen_last` are the days of the mails that say so."""

    title: str | None
    organisation: str | None
    unit: str | None
    seen_first: date | None
    seen_last: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody: `names` are all that were ever seen, the one that holds first; `affiliations` newest first."""

    id: str
    name: str
    addresses: tuple[MailboxRow, ...]
    title: str | None
    organisation: str | None
    phones: tuple[str, ...]
    messages: int
    last_message: date | None
    names: tuple[str, ...] = ()
    affiliations: tuple[AffiliationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Two people who may be one: how surely, and why (`same`, `order`, `fuller`, `initial`, `spelling`, `surname`,
    with `phone`, `house`, `local` for what else they share).
    """

    person: str
    name: str
    other: str
    other_name: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: str
    name: str
    addresses: tuple[MailboxRow, ...]
    domain: str | None
    phones: tuple[str, ...]
    messages: int
    last_message: date | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A mailbox and how its last sync went; never its secret. `token`: how its tokens are got, None without."""

    name: str
    host: str | None
    port: int | None
    user: str | None
    security: str | None
    folders: tuple[str, ...]
    sent_folder: str | None
    last_sync: datetime | None
    state: str
    problem: dict[str, str] | None
    auth: str = "password"
    token: str | None = None
    personal: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder of a mailbox: mails that stand in it, those that are gone from it, and when it was last in step."""

    name: str
    messages: int
    gone: int
    last_sync: datetime | None


@dataclass(frozen=True, slots=True)
class MailboxView:
    """A mailbox's page: its settings and state, its folders by name."""

    account: AccountRow
    folders: tuple[FolderRow, ...]


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact's page: a person or an organisation, who works there, and the newest messages."""

    person: PersonRow | None
    organisation: OrganisationRow | None
    people: tuple[PersonRow, ...]
    messages: tuple[MessageRow, ...]


@dataclass(frozen=True, slots=True)
class RemovedAccount:
    """An account whose settings are gone; `messages`: the mails that stay, `token_removed`: it had a token file."""

    name: str
    messages: int
    token_removed: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in for an account (foreign text, None where the service does not say) and until when that lasts."""

    name: str
    user: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class SyncRow:
    """What a sync or an import did in one folder."""

    account: str
    folder: str
    new: int
    known: int
    gone: int
    quarantined: int
    seconds: float
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """What every view shows: how much there is, when it was last fetched, and what kept that from going well.

    `problem` names the account and the error as the account has it noted.
    """

    accounts: int
    messages: int
    proposed: int
    quarantined: int
    last_sync: datetime | None
    problem: dict[str, str] | None = None
