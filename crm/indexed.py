"""One raw mail as it is indexed: its headers, its whole text, and the words by which it is found."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from crm.direction import Own
from ingest.limits import Limits

if TYPE_CHECKING:
    from db.document import Document


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What indexing needs beside the bytes: who we are, the day that stands for today, the zone of days."""

    own: Own
    today: date
    zone: str = "Europe/Stockholm"
    limits: Limits = field(default_factory=Limits)


class IndexedMail(NamedTuple):
    """A mail as the store takes it in before it is read. `columns` are those of its message's row.

    `own` and `references` are Message-IDs as the store writes them. A quarantined mail has nothing but problems.
    """

    status: str
    problems: tuple[str, ...]
    key: str = ""
    columns: dict[str, Any] = {}  # noqa: RUF012 (nobody writes in it)
    sender: tuple[str | None, str | None] | None = None
    recipients: tuple[tuple[str, int, str | None, str | None], ...] = ()  # field, position, name, address
    attachments: tuple[dict[str, Any], ...] = ()
    own: str | None = None
    references: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    part: str = ""
    length: int = 0
    document: "Document | None" = None
