"""A raw mail as read: what reading it needs and what it gives, without the means to read.

Whoever writes to the store or prints loads this alone; the language is loaded where mails are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crm.address_book import PersonCard
from crm.linking import OfficeLink
from ingest.limits import Limits
from ingest.model import ChainMessage, Mailbox, Status
from nlp.model import Reading
from nlp.models import OURS

if TYPE_CHECKING:
    from db.document import Document


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What reading needs beside the bytes: the day that stands for today, the zone, a date for plain text."""

    today: date
    zone: str = "Europe/Stockholm"
    text_date: date | None = None
    codes: frozenset[str] | None = None  # municipalities that have an office; None: the newest plan's
    limits: Limits = field(default_factory=Limits)
    name_model: str = OURS  # the trained pipeline that is asked about names
    documents: bool = True  # False: after the documents of a mail have ended or held up their process


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message of the chain with what was read in it; `reference` is the day its words count from.

    `words` are those by which it is found, where they were made already (`crm.wording`); `announces`: whether a
    sentence says that something comes with it; `deeds`: what its sentences do (`crm.deeds`).
    """

    chain: ChainMessage
    reference: date
    reading: Reading
    links: tuple[OfficeLink, ...]
    announces: bool = False
    words: "Document | None" = None
    deeds: str = ""


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A raw mail as read. `digest` is that of its decoded words and attachments: a part of its identity.

    `status` is that of the mail itself; `problems` name what could not be read in its documents as well.
    """

    sha256: str
    status: Status
    problems: tuple[str, ...]
    messages: tuple[ReadMessage, ...]
    people: tuple[PersonCard, ...] = ()
    offices: tuple[OfficeLink, ...] = field(default=())
    digest: str = ""


def audience(message: ChainMessage, chain: Sequence[ChainMessage]) -> tuple[Mailbox, ...]:
    """To whom a message was written. A quote without recipients ("Den … skrev …") was to the one who quotes it."""
    if message.to or message.cc or message.parent is None:
        return (*message.to, *message.cc)
    outer = chain[message.parent]
    around = (*((outer.sender,) if outer.sender else ()), *outer.to, *outer.cc)
    sender = message.sender.address if message.sender else None
    return tuple(mailbox for mailbox in around if mailbox.address != sender)
