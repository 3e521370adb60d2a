"""Reports of delivery and of reading (RFC 3464, 8098) in lines of Swedish, for the text of a bounce."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest import headers
from ingest.limits import Budget, Limits

if TYPE_CHECKING:
    from ingest.parts import Part

_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RECEIPT = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_HEADERS = frozenset({"text/rfc822-headers", "message/global-headers"})
_ACTIONS = {
    "failed": "kunde inte levereras till",
    "delayed": "försenat till",
    "delivered": "levererat till",
    "relayed": "vidaresänt till",
    "expanded": "vidaresänt till",
}
_GAP = re.compile(rb"\r?\n[ \t]*\r?\n")
_MAX_RECIPIENTS = 50
_MAX_SIZE = 100_000


def is_report(part: "Part") -> bool:
    return part.content_type in _STATUS or part.content_type in _RECEIPT or part.content_type in _HEADERS


def lines(parts: "list[Part]", budget: Budget) -> list[str]:
    """A line for each recipient that the reports of a mail speak of, at most 50."""
    found: dict[str, None] = {}
    for part in parts:
        if part.children or not is_report(part):
            continue
        data = part.content(budget)[:_MAX_SIZE]
        found |= dict.fromkeys(_said(part.content_type, data))
    return list(found)[:_MAX_RECIPIENTS]


def _said(kind: str, data: bytes) -> Iterator[str]:
    if kind in _STATUS:
        return _status(data)
    return _receipt(data) if kind in _RECEIPT else _returned(data)


def _returned(data: bytes) -> Iterator[str]:
    """The mail that the report is about, where its header alone came back."""
    fields = headers.read_block(data.lstrip(), 0, len(data), Budget(Limits()))[0]
    if subject := fields.text(b"subject"):
        yield f"Leveransrapport: gäller brevet ”{subject[:300]}”"


def _blocks(data: bytes) -> Iterator[headers.Headers]:
    """Groups of fields, parted by empty lines: the first is about the message, each other about a recipient."""
    for block in _GAP.split(data.strip(), _MAX_RECIPIENTS + 1):
        yield headers.read_block(block, 0, len(block), Budget(Limits()))[0]


def _status(data: bytes) -> Iterator[str]:
    for fields in _blocks(data):
        action = _ACTIONS.get((fields.text(b"action") or "").strip().lower())
        recipient = _bare(fields.text(b"final-recipient") or fields.text(b"original-recipient"))
        if action and recipient:
            why = " ".join(filter(None, [fields.text(b"status"), _bare(fields.text(b"diagnostic-code"))]))[
                :300
            ]
            yield f"Leveransrapport: {action} {recipient}" + (f" ({why})" if why else "")


def _receipt(data: bytes) -> Iterator[str]:
    for fields in _blocks(data):
        recipient = _bare(fields.text(b"final-recipient"))
        disposition = (fields.text(b"disposition") or "").lower()
        if recipient and disposition:
            read = "displayed" in disposition
            yield f"Läskvitto: {'läst av' if read else 'inte läst av'} {recipient}"


def _bare(value: str | None) -> str:
    """The value behind its type: "rfc822; bo@y.example"."""
    kind, found, rest = (value or "").partition(";")
    return (rest if found else kind).strip()
