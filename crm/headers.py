"""The headers of a mail as they came, with its way through servers and what is odd about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm.messages import raw_bytes
from ingest.limits import Limits
from ingest.opinion import headers_view


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One header field, its value decoded and on one line; foreign text, to be cleaned before it is shown."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HopRow:
    """A server that passed the mail on, `delay` seconds after the one before; None where nobody can tell."""

    sender: str | None
    by: str | None
    protocol: str | None
    date: datetime | None
    delay: float | None


@dataclass(frozen=True, slots=True)
class HeadersRow:
    """The headers of the mail in which a message came; hops oldest first.

    `defects` are "code: detail" as in a message's problems, `anomalies` "header: what contradicts the rules".
    """

    id: str
    fields: tuple[HeaderField, ...]
    hops: tuple[HopRow, ...]
    defects: tuple[str, ...]
    anomalies: tuple[str, ...]


def headers(session: Session, name: str, limits: Limits | None = None) -> HeadersRow:
    """Of a message by its id or Message-ID, or of a raw by its SHA-256. Raises NotFound and WasErased."""
    view = headers_view(raw_bytes(session, name), limits)
    return HeadersRow(
        name,
        tuple(HeaderField(*field) for field in view.fields),
        tuple(HopRow(hop.sender, hop.by, hop.protocol, hop.date, hop.delay) for hop in view.hops),
        view.defects,
        view.anomalies,
    )
