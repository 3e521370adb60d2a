"""A second opinion on odd headers from mail-parser: Received hops, defects, anomalies, a date.

It is asked only about headers, few and short ones: on a whole hostile mail it takes 20 seconds and more.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingest import headers as reading
from ingest.limits import Budget, Limits

_MAX_HOPS = 30
_MAX_FIELD = 2_000
_SINGLE = (b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"return-path")


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received header, first hop first; `delay` is seconds since the hop before."""

    by: str | None
    sender: str | None
    protocol: str | None
    date: datetime | None
    delay: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What mail-parser says; `date` is the Date header's, else the first hop's, None if there is neither."""

    date: datetime | None
    received: tuple[Hop, ...]
    defects: tuple[str, ...]
    anomalies: tuple[str, ...]


def second_opinion(raw: bytes, limits: Limits | None = None) -> Opinion:
    """Read the header block of `raw` (at most 30 Received headers, 2 000 bytes each) with mail-parser."""
    import mailparser

    budget = Budget(limits or Limits())
    fields, _ = reading.read_block(raw, 0, len(raw), budget)
    mail = mailparser.parse_from_bytes(_block(fields))
    hops = tuple(_hop(each) for each in mail.received)
    return Opinion(
        _aware(mail.date) or next((hop.date for hop in hops if hop.date), None),
        hops,
        tuple(sorted({code.partition(":")[0] for code in budget.problems} | set(mail.defects_categories))),
        _anomalies(mail, fields),
    )


def _block(fields: reading.Headers) -> bytes:
    """The fields worth an opinion, cut and on one line each."""
    received = [(b"received", value) for value in fields.all(b"received")[-_MAX_HOPS:]]
    single = [(name, value) for name in _SINGLE if (value := fields.first(name))]
    lines = [name + b": " + value[:_MAX_FIELD].replace(b"\0", b"") for name, value in received + single]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _hop(hop: dict[str, Any]) -> Hop:
    moment = hop.get("date_utc")
    parsed = datetime.fromisoformat(moment) if isinstance(moment, str) else None
    return Hop(hop.get("by"), hop.get("from"), hop.get("with"), _aware(parsed), float(hop.get("delay") or 0))


def _aware(moment: datetime | None) -> datetime | None:
    """mail-parser gives UTC without saying so."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _anomalies(mail: Any, fields: reading.Headers) -> tuple[str, ...]:
    """Headers that contradict the rules: twice what may stand once (RFC 5322, 3.6), dates and hops out of form."""
    doubled = [name.decode("ascii") for name in _SINGLE if len(fields.all(name)) > 1]
    found = [f"{name}: more than once" for name in doubled]
    for group in (mail.date_header_defects, mail.received_header_defects, mail.address_header_defects):
        found += [f"{defect.get('header')}: {defect.get('reason')}" for defect in group]
    return tuple(dict.fromkeys(found))[:50]
