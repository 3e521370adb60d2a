"""What the reading gives away: spans over the text that was read, values, and the rule that said so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Field = Literal["body", "subject"]
FollowUpKind = Literal["commitment", "request", "deadline", "meeting"]
Obligor = Literal["sender", "recipient", "third_party", "both", "unknown"]
Grain = Literal["day", "week", "month", "quarter", "half", "third", "season", "year", "range"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A temporal expression. `value_*` is what the bare phrase denotes, `window_*` what it is after its
    modifier (None: open side); closed days. `mod` is START, MID, END, EARLY, LATE (part of a period),
    BEFORE, ON_OR_BEFORE, AFTER, ON_OR_AFTER, NEGATED or CANCELLED.
    """

    text: str
    start: int
    end: int
    value_start: date
    value_end: date
    window_start: date | None
    window_end: date | None
    grain: Grain
    mod: str | None = None
    approximate: bool = False
    start_time: time | None = None
    end_time: time | None = None
    rule: str = ""
    confidence: float = 0.9


PlaceRole = Literal["place", "list", "metropolitan"]


@dataclass(frozen=True, slots=True)
class MunicipalityMention:
    """A municipality by name: the span is the name as written with its genitive -s, without kommun or stad.

    `role` tells what kind of mention it is: "place", "list" (one of many in an enumeration),
    "metropolitan" (Stockholms storstadsområde). A locality ("Järpen") stands for its municipality.
    """

    text: str
    start: int
    end: int
    name: str
    code: str
    role: PlaceRole = "place"
    rule: str = ""
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person in a text: `name` given name first; what stands beside the name is kept with it."""

    text: str
    start: int
    end: int
    name: str
    title: str | None = None
    organisation: str | None = None
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 0.9
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TextMention:
    """An organisation, phone (value in E.164), address (postal or e-mail) or case number."""

    label: Literal["ORGANISATION", "PHONE", "ADDRESS", "CASE"]
    text: str
    start: int
    end: int
    value: str
    rule: str = ""
    confidence: float = 0.9


Mention = DateMention | MunicipalityMention | PersonMention | TextMention


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Who has to do something, in which window, and the sentence (`text` = body[start:end]) that says so.

    `field` is where `start` and `end` count: body, or attachment:N for the text of document N.
    """

    kind: FollowUpKind
    obligor: Obligor
    due_start: date | None
    due_end: date | None
    text: str
    start: int
    end: int
    rule: str
    confidence: float
    start_time: time | None = None
    end_time: time | None = None
    approximate: bool = False
    part: str | None = None
    who: str | None = None
    field: str = "body"


FactKind = Literal["phase", "step", "place", "area", "responsible"]
FactStatus = Literal["done", "begun", "planned"]
FactSide = Literal["begin", "end", "whole"]
FactRole = Literal["lead", "contact", "municipality_contact"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a letter says of an office, and the sentence (`text` = body[start:end]) that says so.

    `value` is the number of a phase, the name of a place or person, or of an area whether a socially vulnerable one is
    "chosen", "required" or "none". A step has `status`, and the days on which it begins, ends, or is done (`side`);
    `window_*` are closed days, None an open side. `role` is what a person is there. `municipality` is a code, None
    where the sentence names none.
    """

    kind: FactKind
    text: str
    start: int
    end: int
    rule: str
    confidence: float
    status: FactStatus = "done"
    value: str | None = None
    step: str | None = None
    municipality: str | None = None
    window_start: date | None = None
    window_end: date | None = None
    side: FactSide = "whole"
    approximate: bool = False
    role: FactRole | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient as the reading needs it: `organisation` is a name such as "Ånge kommun"."""

    name: str | None
    address: str | None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One message's own words, to be read at `reference`, the day on which it was written (Stockholm)."""

    body: str
    reference: date
    subject: str | None = None
    signature_start: int | None = None
    sender: Party | None = None
    recipients: tuple[Party, ...] = ()
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class DocumentMentions:
    """What is named in the text of document `number` (1 for the first) that came with a letter."""

    number: int
    mentions: tuple[Mention, ...]

    @property
    def field(self) -> str:
        """Where `start` and `end` of its mentions count."""
        return document_field(self.number)


def document_field(number: int) -> str:
    """The field of what stands in the text of document `number` of a letter."""
    return f"attachment:{number}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a letter: mentions of its body and of its subject, in text order, follow-ups, and facts on offices.

    Follow-ups of its documents stand after its own, each with its `field`.
    """

    mentions: tuple[Mention, ...] = ()
    subject_mentions: tuple[Mention, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    documents: tuple[DocumentMentions, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def everywhere(self) -> Iterator[Mention]:
        """The mentions of body, subject and documents."""
        yield from self.mentions
        yield from self.subject_mentions
        for document in self.documents:
            yield from document.mentions


def label_of(mention: Mention) -> str:
    """The contract's label of a mention, which is that of its span in spaCy as well."""
    if isinstance(mention, DateMention):
        return "DATE"
    if isinstance(mention, MunicipalityMention):
        return "MUNICIPALITY"
    return "PERSON" if isinstance(mention, PersonMention) else mention.label
