"""A folder whose UIDs mean something else than before: which of its mails are those that the sink has.

A UIDVALIDITY may change upwards (an index was lost, a mailbox was moved) or downwards (a backup came back), and a
folder may be renamed. The header of every mail is fetched, its body is not. A mail is one that stood there if

1. header block (in CRLF) and size are the same, and no other bytes in the sink have both; a mail with neither
   Message-ID nor Date has to have the same INTERNALDATE as well;
2. else its Message-ID is the same, nothing else on either side bears it, and size or INTERNALDATE agree
   (Exchange Online's RFC822.SIZE is an estimate, and a server may add headers).

More mails with one mark than there were before are in doubt: one of them may be another mail. What is in doubt, and
what is not found, is downloaded; the hash of the bytes decides then.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ingest.sync_types import Fingerprint, Listed, Standing

HEAD = 1024 * 1024  # of a header block this much is compared
_END = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(
    rb"^message-id[ \t]{0,20}:\s{0,50}(<[^<>\r\n]{1,900}>)", re.IGNORECASE | re.MULTILINE
)
_DATE = re.compile(rb"^date[ \t]{0,20}:\s{0,50}\S", re.IGNORECASE | re.MULTILINE)


def fingerprint(head: bytes, size: int) -> Fingerprint:
    """Of a mail's bytes, or of its header block alone; the rest of `head` does not matter."""
    head = head[:HEAD]
    end = 0 if head[:1] == b"\n" or head[:2] == b"\r\n" else len(head)
    found = _END.search(head) if end else None
    lines = head[: found.start() if found else end].rstrip(b"\r\n").replace(b"\r\n", b"\n")
    message_id = _MESSAGE_ID.search(lines)
    own = message_id is not None or _DATE.search(lines) is not None
    digest = hashlib.blake2b(lines, digest_size=16).digest()
    return Fingerprint(digest, size, message_id[1] if message_id else None, own)


Mark = tuple[bytes, int, datetime | None]


def _mark(mail: Standing | Listed) -> Mark:
    mark = mail.mark
    return mark.header, mark.size, None if mark.own else mail.internal_date


def match(before: Iterable[Iterable[Standing]], listed: Sequence[Listed]) -> dict[int, str]:
    """UID → SHA-256 of the listed mails that stood in one of the epochs of `before`, as the module says."""
    stood = [list(epoch) for epoch in before]
    matched = dict(_by_content(stood, listed))
    matched.update(_by_message_id(stood, [mail for mail in listed if mail.uid not in matched], listed))
    return matched


def _by_content(stood: Sequence[Sequence[Standing]], listed: Sequence[Listed]) -> Iterator[tuple[int, str]]:
    hashes: dict[Mark, str | None] = {}
    places: Counter[Mark] = Counter()
    for epoch in stood:
        for mail in epoch:
            mark = _mark(mail)
            hashes[mark] = mail.sha256 if hashes.get(mark, mail.sha256) == mail.sha256 else None
        places |= Counter(map(_mark, epoch))  # the same mail may stand in two epochs
    now = Counter(map(_mark, listed))
    for found in listed:
        mark = _mark(found)
        digest = hashes.get(mark)
        if digest is not None and now[mark] <= places[mark]:
            yield found.uid, digest


def _by_message_id(
    stood: Sequence[Sequence[Standing]], left: Sequence[Listed], listed: Sequence[Listed]
) -> Iterator[tuple[int, str]]:
    bearers = Counter(mail.mark.message_id for mail in listed)
    known = _alone({mail.mark.message_id for mail in left}, stood)
    for found in left:
        message_id = found.mark.message_id
        mail = known.get(message_id) if message_id else None
        if mail is not None and bearers[message_id] == 1 and _agree(mail, found):
            yield found.uid, mail.sha256


def _alone(
    wanted: set[bytes | None], stood: Sequence[Sequence[Standing]]
) -> Mapping[bytes | None, Standing | None]:
    """Message-ID → the one mail that bears it, None where several different ones do."""
    known: dict[bytes | None, Standing | None] = {}
    for epoch in stood:
        for mail in epoch:
            message_id = mail.mark.message_id
            if message_id in wanted:
                first = known.setdefault(message_id, mail)
                if first is not None and first.sha256 != mail.sha256:
                    known[message_id] = None
    return known


def _agree(mail: Standing, found: Listed) -> bool:
    same_date = mail.internal_date is not None and mail.internal_date == found.internal_date
    return same_date or mail.mark.size == found.mark.size
