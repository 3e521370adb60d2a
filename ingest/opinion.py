"""A second opinion on odd headers from mail-parser: Received hops, defects, anomalies, a date.

It is asked only about headers, few and short ones: on a whole hostile mail it takes 20 seconds and more.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ingest import headers as reading
from ingest import opening, parts
from ingest.limits import Budget, Limits

_MAX_HOPS = 30
_MAX_FIELD = 2_000
_MAX_FIELDS = 1_000
_SINGLE = (b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"return-path")
_SPELLED = {
    "id": "ID",
    "mime": "MIME",
    "dkim": "DKIM",
    "arc": "ARC",
    "spf": "SPF",
    "scl": "SCL",
    "tnef": "TNEF",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received header, first hop first; `delay` is seconds since the last hop with a time, None without two."""

    by: str | None
    sender: str | None
    protocol: str | None
    date: datetime | None
    delay: float | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What mail-parser says; `date` is the Date header's, else the first hop's, None if there is neither."""

    date: datetime | None
    received: tuple[Hop, ...]
    defects: tuple[str, ...]
    anomalies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadersView:
    """A mail's header block for people to look at.

    `fields` are (name, value) in the mail's order, values decoded, on one line and bounded, not yet cleaned for
    a terminal. `hops` stand oldest first. `defects` are "code: detail" as `ParsedMail.problems`, those of its
    structure with them, and mail-parser's categories; `anomalies` are "header: what contradicts the rules".
    """

    fields: tuple[tuple[str, str], ...]
    hops: tuple[Hop, ...]
    defects: tuple[str, ...]
    anomalies: tuple[str, ...]


def headers_view(raw: bytes, limits: Limits | None = None) -> HeadersView:
    """The header block of any raw mail, with what is odd about it and its structure; never raises."""
    budget = Budget(limits or Limits())
    data, start = opening.opened(raw, budget)
    tree = parts.split(data, start, len(data), 0, "", budget)
    found = budget.drain()
    opinion = _opinion(tree[0].headers, ())
    return HeadersView(
        tuple((_spelled(name), _shown(value)) for name, value in tree[0].headers.order[:_MAX_FIELDS]),
        opinion.received,
        found + opinion.defects,
        opinion.anomalies,
    )


def _spelled(name: bytes) -> str:
    """A field's name as people know it: "message-id" is Message-ID."""
    words = name.decode("ascii", "replace").split("-")
    return "-".join(_SPELLED.get(word, word.capitalize()) for word in words)


def _shown(value: bytes) -> str:
    text = reading.decode(value[: 4 * _MAX_FIELD])
    return text if len(text) <= _MAX_FIELD else text[: _MAX_FIELD - 1] + "…"


def second_opinion(raw: bytes, limits: Limits | None = None) -> Opinion:
    """Read the header block of `raw` (at most 30 Received headers, 2 000 bytes each) with mail-parser."""
    budget = Budget(limits or Limits())
    fields, _ = reading.read_block(raw, 0, len(raw), budget)
    return _opinion(fields, {code.partition(":")[0] for code in budget.problems})


def _opinion(fields: reading.Headers, known: Collection[str]) -> Opinion:
    import mailparser

    # It logs what it cannot read, in a mail's own words, to a terminal that nothing cleans.
    logging.getLogger("mailparser").setLevel(logging.CRITICAL + 1)
    mail = mailparser.parse_from_bytes(_block(fields))
    hops = _hops(mail.received)
    return Opinion(
        _aware(mail.date) or next((hop.date for hop in hops if hop.date), None),
        hops,
        tuple(sorted({*known, *mail.defects_categories})),
        _anomalies(mail, fields),
    )


def _block(fields: reading.Headers) -> bytes:
    """The fields worth an opinion, cut and on one line each."""
    received = [(b"received", value) for value in fields.all(b"received")[-_MAX_HOPS:]]
    single = [(name, value) for name in _SINGLE if (value := fields.first(name))]
    lines = [name + b": " + value[:_MAX_FIELD].replace(b"\0", b"") for name, value in received + single]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _hops(received: list[dict[str, Any]]) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    before: datetime | None = None
    for each in received:
        moment = each.get("date_utc")
        date = _aware(datetime.fromisoformat(moment)) if isinstance(moment, str) else None
        delay = (date - before).total_seconds() if date and before else None
        hops.append(Hop(each.get("by"), each.get("from"), each.get("with"), date, delay))
        before = date or before
    return tuple(hops)


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
