"""What an IMAP server's lines mean: folder names, sets of UIDs, responses cut apart. Pure functions, hostile input.

They raise ValueError, LookupError, imapclient's ProtocolError and what its lexer comes to; the caller expects all of it.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from imapclient.imap_utf7 import decode as decode_utf7
from imapclient.imap_utf7 import encode as encode_utf7
from imapclient.response_parser import parse_fetch_response

from ingest.sync import FetchedMail

MAX_UID = 2**32 - 1

Record = bytes | tuple[bytes, bytes]


def decode_name(raw: bytes) -> str:
    """A folder's name: modified UTF-7 if it is that to the letter, else UTF-8 (RFC 6855), else Latin-1."""
    with contextlib.suppress(ValueError):
        text = str(decode_utf7(raw))
        if raw.isascii() and encode_utf7(text) == raw:
            return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def sets_of(uids: Sequence[int], length: int = 7000) -> Iterator[str]:
    """Ascending UIDs as IMAP sets ("1:4,7"), each at most `length` characters long."""
    words: list[str] = []
    used = 0
    for word in _runs(uids):
        if words and used + len(word) >= length:
            yield ",".join(words)
            words, used = [], 0
        words.append(word)
        used += len(word) + 1
    if words:
        yield ",".join(words)


def _runs(uids: Sequence[int]) -> Iterator[str]:
    first = last = 0
    for uid in uids:
        if last and uid == last + 1:
            last = uid
            continue
        if last:
            yield f"{first}:{last}" if last > first else str(first)
        first = last = uid
    if last:
        yield f"{first}:{last}" if last > first else str(first)


def records(data: Sequence[Any]) -> Iterator[list[Record]]:
    """The flat list of imaplib cut into responses: each is any number of (text, literal), then one text."""
    record: list[Record] = []
    for part in data:
        if part is None:
            continue
        record.append(part)
        if isinstance(part, bytes):
            yield record
            record = []


def mail_of(record: list[Record]) -> FetchedMail | None:
    """One FETCH response, or None: without a UID or a body it is a change of flags, or a mail that didn't come."""
    parsed = parse_fetch_response(record, normalise_times=False, uid_is_key=False)
    for items in parsed.values():
        uid, raw = items.get(b"UID"), items.get(b"BODY[]")
        if isinstance(uid, int) and isinstance(raw, bytes):
            return FetchedMail(
                uid=uid_of(str(uid).encode()),
                raw=raw,
                internal_date=_moment(items.get(b"INTERNALDATE")),
                size=_size(items.get(b"RFC822.SIZE"), raw),
                flags=_flags(items.get(b"FLAGS")),
            )
    return None


def _moment(value: Any) -> datetime | None:
    """In UTC; None for what is no moment, such as an offset of a hundred hours."""
    if not isinstance(value, datetime):
        return None
    try:
        return value.astimezone(UTC) if value.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def _size(value: Any, raw: bytes) -> int:
    return value if isinstance(value, int) else len(raw)


def _flags(value: Any) -> tuple[str, ...]:
    words = value if isinstance(value, tuple) else ()
    return tuple(word.decode("ascii", "replace") for word in words if isinstance(word, bytes))


def uid_of(word: bytes) -> int:
    """A UID, 1 to 2³² − 1; raises ValueError."""
    uid = int(word) if len(word) <= 10 else 0
    if not 1 <= uid <= MAX_UID:
        raise ValueError("not a UID")
    return uid


def number_of(told: Mapping[str, Sequence[Any]], name: str) -> int:
    """The last value that was told; raises LookupError or ValueError."""
    value = int(told[name][-1])
    if not 0 <= value < 2**63:
        raise ValueError(name)
    return value
