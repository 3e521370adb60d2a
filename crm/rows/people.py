"""Parties of a message, people and organisations."""

from dataclasses import dataclass
from datetime import date

from crm.rows.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class MailboxRow:
    name: str | None
    address: str | None
    kind: str = "unknown"


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
class ContactView:
    """A contact's page: a person or an organisation, who works there, and the newest of what has happened."""

    person: PersonRow | None
    organisation: OrganisationRow | None
    people: tuple[PersonRow, ...]
    happened: tuple[TimelineRow, ...]
