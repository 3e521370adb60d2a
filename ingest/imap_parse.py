"""What an IMAP server's lines mean: folder names, sets of UIDs, responses cut apart. Pure functions, hostile input.

They raise ValueError, LookupError, imapclient's ProtocolError and what its lexer comes to; the caller expects all of it.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from imapclient.datetime_util import parse_to_datetime
from imapclient.imap_utf7 import decode as decode_utf7
from imapclient.imap_utf7 import encode as encode_utf7
from imapclient.response_parser import parse_fetch_response, parse_response

from ingest.sync_types import MAX_UID, Flags, FolderStatus

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


@dataclass(frozen=True, slots=True)
class Answer:
    """One FETCH response of a known UID; None for what it does not tell. `body` is the section that was asked for."""

    uid: int
    flags: Flags | None = None
    internal_date: datetime | None = None
    size: int | None = None
    body: bytes | None = None
    thread: str | None = None


def answer_of(record: list[Record], section: bytes = b"BODY[]") -> Answer | None:
    """One FETCH response, or None if it has no UID: what somebody else's change of flags is told by."""
    items = _plain_items(record)
    if items is None:
        items = _any_items(record)
    uid = items.get(b"UID")
    if not isinstance(uid, int):
        return None
    body = items.get(section)
    return Answer(
        uid=uid_of(b"%d" % uid),
        flags=items.get(b"FLAGS"),
        internal_date=items.get(b"INTERNALDATE"),
        size=items.get(b"RFC822.SIZE"),
        body=body if isinstance(body, bytes) else None,
        thread=_object_id(items.get(b"THREADID")),
    )


_OBJECT_ID = re.compile(rb"[A-Za-z0-9_-]{1,255}")  # RFC 8474, 4


def _object_id(told: Any) -> str | None:
    """THREADID (T64b478a75b7ea9), or NIL."""
    words = told if isinstance(told, bytes) else told[0] if isinstance(told, tuple) and told else b""
    return words.decode("ascii") if isinstance(words, bytes) and _OBJECT_ID.fullmatch(words) else None


# A response as all servers in use write it; imapclient's lexer takes nine times as long for the same.
_BEGIN = re.compile(rb"\d{1,10} \(")
_LITERAL = re.compile(rb"\{\d{1,18}\}\Z")
_ITEM = re.compile(
    rb"""(?P<name>UID|FLAGS|INTERNALDATE|RFC822\.SIZE|MODSEQ|THREADID|BODY\[(?:HEADER)?\])[ ]
    (?: (?P<number>\d{1,18}) | \((?P<words>[^()"{}\r\n]*)\) | "(?P<text>[^"\\{}\r\n]{0,100})" | (?P<nil>NIL) | (?P<literal>\{\}) )
    (?P<end>[ )])""",
    re.VERBOSE | re.IGNORECASE,
)


def _plain_items(record: list[Record]) -> dict[bytes, Any] | None:
    """The items of a response with at most one literal; None where anything in it is out of the ordinary."""
    line, literal, place = _joined(record)
    begin = _BEGIN.match(line)
    if begin is None:
        return None
    items: dict[bytes, Any] = {}
    at, last = begin.end(), b" "
    while last == b" ":
        item = _ITEM.match(line, at)
        if item is None or (item["literal"] is not None and item.start("literal") != place):
            return None
        name, last, at = item["name"].upper(), item["end"], item.end()
        if name in items:
            return None
        items[name] = _value(name, item, literal)
    return items if at == len(line) else None


def _joined(record: list[Record]) -> tuple[bytes, bytes, int]:
    """The response as one line in which `{}` stands for the literal, the literal, and where it stands."""
    head, *tail = record
    if isinstance(head, bytes):
        return (b"" if tail else head), b"", -1
    size = _LITERAL.search(head[0])
    if size is None or len(tail) != 1 or not isinstance(tail[0], bytes):
        return b"", b"", -1
    return head[0][: size.start()] + b"{}" + tail[0], head[1], size.start()


def _value(name: bytes, item: re.Match[bytes], literal: bytes) -> Any:
    """None for a value that is not of the item's kind: a date of NIL, a body in words."""
    if name in {b"UID", b"RFC822.SIZE"}:
        return int(item["number"]) if item["number"] is not None else None
    if name == b"FLAGS":
        return flags_of(item["words"]) if item["words"] is not None else None
    if name == b"INTERNALDATE":
        return moment_of(item["text"]) if item["text"] is not None else None
    if name == b"THREADID":
        return item["words"]
    return literal if item["literal"] is not None else item["text"]


def _any_items(record: list[Record]) -> dict[bytes, Any]:
    """By imapclient's lexer, which knows every form; raises whatever it raises."""
    parsed = parse_fetch_response(record, normalise_times=False, uid_is_key=False)
    items: dict[bytes, Any] = {}
    for told in parsed.values():
        items |= told
    words, size = items.get(b"FLAGS"), items.get(b"RFC822.SIZE")
    atoms = [word for word in words if isinstance(word, bytes)] if isinstance(words, tuple) else []
    items[b"FLAGS"] = flags_of(b" ".join(atoms)) if isinstance(words, tuple) else None
    items[b"INTERNALDATE"] = _in_utc(items.get(b"INTERNALDATE"))
    items[b"RFC822.SIZE"] = size if isinstance(size, int) else None
    return items


_FLAG = re.compile(rb"[!-~]{1,100}")
_FLAGS_LENGTH = 4000


def flags_of(words: bytes) -> Flags:
    r"""Sorted, each once, without \Recent; what is no flag, and what is beyond any server's limit, is left out."""
    return _flags_of(words[:_FLAGS_LENGTH])


@lru_cache(maxsize=256)
def _flags_of(words: bytes) -> Flags:
    flags = {word.decode("ascii") for word in words.split() if _FLAG.fullmatch(word)}
    return tuple(sorted(flags - {"\\Recent"}))


_MOMENT = re.compile(rb"([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = {
    name: number for number, name in enumerate(b"JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)
}


def moment_of(text: bytes) -> datetime | None:
    """An INTERNALDATE (RFC 9051, date-time) in UTC; other forms as mails have them; None for what is no moment."""
    told = _MOMENT.fullmatch(text)
    month = _MONTHS.get(told[2].upper()) if told else None
    try:
        if told is None or month is None:
            return _in_utc(parse_to_datetime(text, normalise=False))
        offset = timedelta(hours=int(told[8]), minutes=int(told[9]))
        zone = timezone(-offset if told[7] == b"-" else offset)
        hour, minute, second = int(told[4]), int(told[5]), int(told[6])
        return datetime(int(told[3]), month, int(told[1]), hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _in_utc(value: Any) -> datetime | None:
    """None for what is no moment, such as an offset of a hundred hours."""
    if not isinstance(value, datetime):
        return None
    try:
        return value.astimezone(UTC) if value.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def status_of(record: list[Record]) -> tuple[bytes, FolderStatus | None]:
    """A STATUS response: the folder as the server spells it, and what it says, None if that is not enough."""
    name, told, *_ = parse_response(record)
    raw = str(name).encode() if isinstance(name, int) else bytes(name)
    numbers = dict(zip(told[::2], told[1::2], strict=True))
    values = {word.upper(): value for word, value in numbers.items() if _is_count(value)}
    if not {b"UIDVALIDITY", b"MESSAGES"} <= values.keys():
        return raw, None
    return raw, FolderStatus(
        uidvalidity=values[b"UIDVALIDITY"],
        uidnext=values.get(b"UIDNEXT"),
        exists=values[b"MESSAGES"],
        unseen=values.get(b"UNSEEN"),
        modseq=values.get(b"HIGHESTMODSEQ") or None,
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 2**63


def ranges_of(line: bytes) -> Iterator[tuple[int, int]]:
    """The UIDs of a VANISHED response, `(EARLIER) 41,43:116`, as ranges; raises ValueError."""
    words = line.split()
    for word in words[-1].split(b",") if words and not words[-1].startswith(b"(") else ():
        first, _, last = word.partition(b":")
        ends = uid_of(first), uid_of(last or first)
        yield min(ends), max(ends)


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
