"""What the use cases give to the screen and to `--json`: plain rows, named as in the commands' contract.

No table, no language model and no text for people is needed to import this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, Literal

from crm.office_steps import LateStep, StepState
from crm.plans import office_name

Owes = Literal["us", "them", "others"]
Bucket = Literal["overdue", "due", "soon", "later", "undated"]
RegisterState = Literal["minor", "ordered", "not_public", "sent", "number"]
State = Literal[
    "proposed", "accepted", "done", "kept", "broken", "waived", "dismissed", "cancelled", "lapsed"
]
OPEN_STATES: Final[tuple[State, ...]] = ("proposed", "accepted")
"""Those of which something is still to be done or judged."""


@dataclass(frozen=True, slots=True)
class MailboxRow:
    name: str | None
    address: str | None
    kind: str = "unknown"


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
    numbers: tuple[str, ...] = ()  # under which its messages are registered, the newest first
    unread: int = 0
    unjudged: int = 0


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """Messages of a thread in reading order, from number `start` on, and how many there are in all."""

    messages: tuple[MessageView, ...]
    start: int
    total: int


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
class WithTimeline:
    """A person, an organisation or an office's page, with one page of what happened, newest first."""

    shown: "PersonRow | OrganisationRow | OfficeView"
    timeline: tuple[TimelineRow, ...]


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
    login: str | None = None


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


COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder of a mailbox: mails that stand in it, those that are gone from it, and when it was last in step.

    One more than `COUNTED` stands for more than that.
    """

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
    """A contact's page: a person or an organisation, who works there, and the newest of what has happened."""

    person: PersonRow | None
    organisation: OrganisationRow | None
    people: tuple[PersonRow, ...]
    happened: tuple[TimelineRow, ...]


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


@dataclass(frozen=True, slots=True)
class SavedSearchRow:
    """A search that somebody keeps. `messages`: how many it finds, at most as many as were counted (`more`: and others).

    None where they were not counted, or where it asks for what is no longer there.
    """

    id: str
    name: str
    query: str
    messages: int | None = None
    more: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something by its name, for a list to choose from: what it is, its id, and what tells it from others."""

    kind: Literal["office", "person", "organisation", "thread"]
    id: str
    name: str
    about: str | None
    score: float


@dataclass(frozen=True, slots=True)
class SearchedRow:
    """What a search looked through: the mailboxes, and up to when their mail is there (None: nothing was ever fetched)."""

    mailboxes: tuple[str, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class InsteadRow:
    """A search that finds something where another finds nothing. `without`: what was left out of it, None for å ä ö.

    `messages`: how many, as far as they were counted (`more`: and others).
    """

    query: str
    without: str | None
    messages: int
    more: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """What can stand at the cursor: `text` in place of the characters `start` to `end`.

    `operator` names it in crm.searching.operators; `choice` is one of its choices; `value` a name from the store.
    """

    text: str
    start: int
    end: int
    operator: str
    choice: str | None = None
    value: str | None = None
