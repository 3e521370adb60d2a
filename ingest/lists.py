"""Which addresses a mail's own headers say to be a mailing list's: List-Post, List-Id (RFC 2369, 2919), Precedence: list.

A newsletter has a List-Id as well, and is sent to people: nobody is a list because a list's mail was sent to them.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.headers import Headers
from ingest.model import Mailbox

_POST = re.compile(r"<mailto:([^<>?\s@]{1,80}@[^<>?\s]{1,200})", re.IGNORECASE)
_ID = re.compile(r"<([^<>\s@]{1,250})>|^\s*([^<>\s@]{1,250})\s*$")
_MOST = 2_000  # signs of a header


def list_addresses(fields: Headers, sender: Mailbox | None, recipients: Sequence[Mailbox]) -> tuple[str, ...]:
    """The addresses of lists, in lower case; asked only of mail that has one of these headers."""
    post, identity = fields.text(b"list-post"), fields.text(b"list-id")
    if not post and not identity:
        return _only_recipient(fields, recipients)
    found = dict.fromkeys(match.lower() for match in _POST.findall((post or "")[:_MOST]))
    parties = [*((sender,) if sender else ()), *recipients]
    found.update(dict.fromkeys(_identified((identity or "")[:_MOST].lower(), parties)))
    return tuple(found)


def _identified(identity: str, parties: Sequence[Mailbox]) -> Iterator[str]:
    """`<ks-nytt.listor.ange.se>` is ks-nytt@listor.ange.se, or ks-nytt at the list's house."""
    match = _ID.search(identity)
    label, _, house = (match[1] or match[2] if match else "").partition(".")
    for party in parties:
        local, _, domain = (party.address or "").partition("@")
        if label and local == label and house and f".{house}".endswith(f".{domain}"):
            yield party.address or ""


def _only_recipient(fields: Headers, recipients: Sequence[Mailbox]) -> tuple[str, ...]:
    """Where Precedence alone speaks of a list it is the one to whom the mail was sent."""
    told = (fields.text(b"precedence") or "").strip().lower()
    addresses = {box.address for box in recipients if box.address}
    return tuple(addresses) if told == "list" and len(addresses) == 1 else ()
