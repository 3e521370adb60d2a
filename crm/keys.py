"""The identity of a message and of a finding, as hashes. Pure."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from crm.folding import fold, name_key
from ingest.model import ChainMessage, Mailbox, ParsedMail
from nlp.people.mailboxes import given_first, name_of_address

_PREFIX = re.compile(
    r"^\s*(?:(?:sv|vb|re|fw|fwd|ang|angående|vl|vs|aw|wg|antw|tr)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*)+",
    re.IGNORECASE,
)
WIDEST_ZONES = timedelta(hours=14)

_RUN = re.compile(r"[^\W_]+")


def bare_subject(subject: str | None) -> str:
    """A subject without its SV:, VB:, Re:, Fwd: … and with single spaces."""
    if not subject:
        return ""
    return _kept_subject(subject) if len(subject) <= _LONGEST_SUBJECT else _bare(subject)


def _bare(subject: str) -> str:
    return " ".join(_PREFIX.sub("", subject, count=1).split())


_LONGEST_SUBJECT = 400
_kept_subject = lru_cache(8_192)(_bare)  # all letters of a thread bear it, and what was promised in them


def normalised(text: str) -> str:
    """Letters and digits alone, in lower case: what wrapping, quoting and markup leave alone."""
    return " ".join(_RUN.findall(unicodedata.normalize("NFC", text).lower()))


_LONGEST_KEPT = 8_000
_kept_words = lru_cache(2_048)(normalised)  # a letter comes again as a quote


def _hash(*parts: str | None) -> str:
    return hashlib.sha256(
        "\0".join(part or "" for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()


def content_digest(text: str, attachments: list[str]) -> str:
    """SHA-256 over words (white space folded: servers re-wrap) and the hashes of attachments."""
    words = " ".join(text.split())
    return hashlib.sha256("\0".join([words, *attachments]).encode("utf-8", "surrogatepass")).hexdigest()


def message_key(message: ChainMessage | ParsedMail, digest: str) -> str:
    """Message-ID (or none), sender, date, subject and the digest of decoded words and attachments.

    A mail has the same key before it is unfolded and after.
    """
    return _hash(
        "message",
        message.message_id,
        _sender(message),
        _instant(message.date),
        message.subject,
        digest,
    )


def embedded_key(raw_sha256: str, message: ChainMessage) -> str:
    """For an embedded message that says too little to be known elsewhere: the place where it stands."""
    return _hash("embedded", raw_sha256, message.part, str(message.start), str(message.index))


def words_key(message: ChainMessage, subject: str | None) -> str | None:
    """What survives quoting: bare subject, words, and the minute of the hour; None where too little is left.

    `subject` is the message's own, or for a quote that shows none ("Den … skrev …") that of the mail around
    it. The hour is left out: a quoted header has no zone, and programs write their own (`same_moment`). So is
    the sender: many quotes have a name alone (`same_sender`).
    """
    body, bare = message.body, fold(bare_subject(subject))
    words = _kept_words(body) if len(body) <= _LONGEST_KEPT else normalised(body)
    if not _sender(message) or message.date is None or not (words or bare):
        return None
    return _hash("words", str(message.date.minute), bare, words)


def head_key(message: ChainMessage | ParsedMail, subject: str | None) -> str | None:
    """What is left of the words key where a quote is cut or edited: minute, bare subject, and the sender's name.

    Mail from programs has none: a newsletter comes every day in the same minute under the same subject.
    """
    bare, sender = fold(bare_subject(subject)), _name_of(message.sender)
    if message.date is None or message.automatic or not sender or not bare:
        return None
    return _hash("head", str(message.date.minute), bare, sender)


def _name_of(box: Mailbox | None) -> str:
    """The words of a sender's name in one order, from the address where there is no name."""
    if box is None:
        return ""
    name = given_first(box.name or "", box.address) or name_of_address(box.address or "") or box.name
    return " ".join(sorted(name_key(name or box.address or "").split()))


def quoted_key(message: ChainMessage, words: str) -> str:
    """For an embedded message: its words key, and the sender and moment that its header shows."""
    return _hash("quoted", words, _sender(message), _instant(message.date))


def same_moment(one: datetime | None, other: datetime | None) -> bool:
    """Whether two times may be one that was written in two zones."""
    return one is not None and other is not None and abs(one - other) <= WIDEST_ZONES


def _sender(message: ChainMessage | ParsedMail) -> str | None:
    return (message.sender.address or fold(message.sender.name or "")) if message.sender else None


def same_sender(one: Mailbox | None, other: Mailbox | None) -> bool:
    """Whether two ways to write a sender are one: by address where both have one, else by name."""
    if one is None or other is None:
        return False
    if one.address and other.address:
        return one.address == other.address
    names = [given_first(box.name or "", box.address) or box.name or "" for box in (one, other)]
    return bool(names[0]) and name_key(names[0]) == name_key(names[1])


def _instant(date: datetime | None) -> str | None:
    return date.astimezone(UTC).isoformat(timespec="seconds") if date else None


def finding_key(message: str, kind: str, sentence: str, ordinal: int) -> str:
    """Message key, kind, normalised sentence and its ordinal among equal ones of the message."""
    return _hash("finding", message, kind, normalised(sentence), str(ordinal))
