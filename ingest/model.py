"""What ingest gives away: plain data, no bytes of the parser, no tables."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["received", "attached", "forwarded", "quoted"]
Status = Literal["ok", "partial", "quarantined"]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One party of a header: `name` as written (decoded), `address` in lower case; either may be missing."""

    name: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a mail. `part` is its MIME path ("2.1"), `filename` is safe to show and to save.

    `text` is what it says, where somebody asked for it (`ingest.attached`) and it could be read.
    """

    part: str
    filename: str | None
    content_type: str
    size: int
    sha256: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that a mail is about (RFC 5546); `method`: REQUEST, PUBLISH, CANCEL, REPLY, COUNTER …

    `start` and `end` are in Europe/Stockholm; of whole days (`all_day`) the midnights with which the first and the
    last begin. `recurrence` is in Swedish words, `answer` the PARTSTAT of a REPLY; `line` stands so in the text.
    """

    method: str
    summary: str
    start: datetime
    end: datetime
    all_day: bool = False
    location: str | None = None
    description: str = ""
    organizer: Mailbox | None = None
    attendees: tuple[Mailbox, ...] = ()
    uid: str | None = None
    sequence: int = 0
    recurrence: str | None = None
    answer: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One mail as it came, decoded and bounded; `text` is all its readable text, lines ended by LF.

    `part` is the MIME path of the part that `text` came from, "" for a text without MIME;
    `attached` are message/rfc822 parts. `date` has an offset, always. `date_zone_known` is False where
    the zone was assumed (Europe/Stockholm). `conversations` are Message-IDs that `ingest.conversations` makes,
    `lists` the addresses of mailing lists (`ingest.lists`).
    """

    status: Status
    problems: tuple[str, ...] = ()
    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    subject: str | None = None
    date: datetime | None = None
    date_text: str | None = None
    date_zone_known: bool = True
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    automatic: bool = False
    text: str = ""
    part: str = ""
    attachments: tuple[Attachment, ...] = ()
    attached: tuple["ParsedMail", ...] = ()
    meetings: tuple[Meeting, ...] = ()
    conversations: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainMessage:
    """One message of a chain. `body` is its own words alone; `body[signature_start:]` its signature.

    `part`, `start` and `end` say where it stands: characters of the text of that MIME part, header block
    and quotes included. `index` and `parent` are positions in the tuple that `unfold` gives.
    `date_contradicts`: it is stamped before a message that it carries, so that only nesting says which came first.
    """

    index: int
    parent: int | None
    kind: Kind
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    subject: str | None
    date: datetime | None
    date_text: str | None
    date_zone_known: bool
    message_id: str | None
    body: str
    signature_start: int | None
    automatic: bool
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    part: str = ""
    start: int = 0
    end: int = 0
    meetings: tuple[Meeting, ...] = ()
    date_contradicts: bool = False
    conversations: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A raw mail and where it came from: `name` is the path as given, in a box `path#N`."""

    name: str
    raw: bytes
    locator: dict[str, str] = field(default_factory=dict)
