"""Header blocks and header values, bounded: finding, unfolding, encoded words, parameters, ids, dates.

Rules: RFC 5322 (fields, folding, dates), RFC 2047 (encoded words), RFC 2231 (parameters); beyond them,
what programs really send: raw 8-bit, words split within a character, words inside quotes, junk lines.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache
from urllib.parse import unquote_to_bytes
from zoneinfo import ZoneInfo

from ingest import charset
from ingest.limits import Budget

SWEDEN = ZoneInfo("Europe/Stockholm")

# Fields that only a mail has; a text whose first lines have other words before a colon is no mail.
MAIL_FIELDS = frozenset(
    b"from to cc bcc subject date sender reply-to message-id in-reply-to references received return-path "
    b"mime-version content-type content-transfer-encoding content-disposition delivered-to delivery-date "
    b"envelope-to dkim-signature arc-seal authentication-results resent-from resent-to resent-date "
    b"list-id list-unsubscribe thread-topic thread-index importance precedence user-agent auto-submitted "
    b"accept-language content-language status errors-to".split()
)
_TRANSPORTED = frozenset({b"received", b"message-id", b"mime-version"})
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
# An mbox's line before a mail, as against the field "From :" as some programs space it.
SEPARATOR = re.compile(rb">*From (?![ \t]*:)")
# A field with the lines that are folded under it; and where a block ends.
_FOLDED_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*+)\n")
_END_OF_BLOCK = re.compile(rb"\n\r*\n")
_BLANK_LINE = re.compile(rb"\n[ \t\r\f\v]*+\n")
_WORD = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?(?:([^?]*+)|(.{0,1000}?))\?=", re.DOTALL)
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)
_SPACES = re.compile(r"[\r\n\t]+ *| *[\r\n\t]+ *")
_PARAMETER = re.compile(r""";\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^;]*+))""", re.DOTALL)
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?")
_REMEMBERED = 200  # bytes: a longer value is seldom seen twice
_COMMENT = re.compile(r"\([^()]*\)")
_ID = re.compile(r"<[^<>\s]{1,998}>")
_MONTHS = {
    "januari": "Jan", "februari": "Feb", "mars": "Mar", "april": "Apr", "maj": "May", "juni": "Jun",
    "juli": "Jul", "augusti": "Aug", "september": "Sep", "oktober": "Oct", "november": "Nov", "december": "Dec",
    "okt": "Oct", "mar": "Mar", "jan": "Jan", "feb": "Feb", "apr": "Apr", "jun": "Jun", "jul": "Jul",
    "aug": "Aug", "sep": "Sep", "sept": "Sep", "nov": "Nov", "dec": "Dec",
}  # fmt: skip
_WEEKDAY = re.compile(r"^\s*[^\W\d_]{2,9}\.?,?\s+(?:den\s+)?(?=\d)", re.IGNORECASE)
# The zones of Swedish neighbours, which parsedate_tz does not know by name.
_ZONES = {
    "CET": 1,
    "MET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "WET": 0,
    "BST": 1,
}

_ZERO_ZONE = re.compile(r"[+-]0000|\b(?:UTC?|GMT|Z)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z]{3,4}\b")


@dataclass(slots=True)
class Headers:
    """The fields of one block: names in lower case, values of each in their order, unfolded but not decoded.

    `order` holds (name, value) as they stand.
    """

    fields: dict[bytes, list[bytes]] = field(default_factory=dict)
    order: list[tuple[bytes, bytes]] = field(default_factory=list)

    def add(self, name: bytes, value: bytes) -> None:
        self.fields.setdefault(name, []).append(value)
        self.order.append((name, value))

    def all(self, name: bytes) -> list[bytes]:
        return self.fields.get(name, [])

    def first(self, name: bytes) -> bytes | None:
        values = self.fields.get(name)
        return values[0] if values else None

    def text(self, name: bytes) -> str | None:
        """The first field of this name, decoded; None if there is none."""
        value = self.first(name)
        return None if value is None else decode(value)


def looks_like_mail(raw: bytes) -> bool:
    """True if the first line is a header field and one field of its block is a mail's.

    The first line may be junk where the block holds what only a program writes.
    """
    block = _opening(raw[:65_536])
    names = [match[1].lower() for line in block if (match := _FIELD.match(line))]
    first_is_field = bool(block) and (_FIELD.match(block[0]) is not None or block[0][:1] in b" \t")
    return (first_is_field or not _TRANSPORTED.isdisjoint(names)) and any(
        name in MAIL_FIELDS or name.startswith(b"x-") for name in names
    )


def _opening(raw: bytes) -> list[bytes]:
    """Lines up to the first blank one, without an mbox's separator line."""
    blank = _BLANK_LINE.search(raw)
    lines = raw[: blank.end() if blank else None].split(b"\n", 2_000)
    while lines and SEPARATOR.match(lines[0]):
        lines.pop(0)
    return lines[: next((at for at, line in enumerate(lines) if not line.strip()), len(lines))]


def read_block(raw: bytes, start: int, end: int, budget: Budget) -> tuple[Headers, int]:
    """The header block at `start` and where the body begins. Bounded by `headers` and `header` of the limits.

    A line that is no field ends the block, except where a field of a mail follows directly: then it is junk.
    """
    limits = budget.limits
    plain = _plain_block(raw, start, end, min(limits.header, limits.headers))
    if plain is not None:
        return plain
    collected: list[_Folded] = []
    at = start
    kept = 0
    while at < end and kept <= limits.headers:
        line, after = _line(raw, at, end)
        if not line:
            return _unfold(collected, budget), after
        if line[:1] in b" \t":
            kept += _continue(collected, line, limits.header)
        elif match := _FIELD.match(line):
            value = line[match.end() : match.end() + limits.header + 1]
            collected.append(_Folded(match[1].lower(), [value], len(line) - match.end()))
            kept += match.end() + len(value)
        elif not _is_separator_or_junk(raw, line, after, end, budget):
            budget.report("header-separator", "no empty line between header and text")
            return _unfold(collected, budget), at
        at = after
    if at < end:
        at = _skip_block(raw, at, end)
        budget.report("limit-headers", f"{at - start} bytes, {limits.headers} read")
    return _unfold(collected, budget), at


def _plain_block(raw: bytes, start: int, end: int, limit: int) -> tuple[Headers, int] | None:
    """The same for a block of fields alone that is within every limit, as nearly all are; None for any other."""
    stop = _END_OF_BLOCK.search(raw, start, min(end, start + limit))
    if stop is None:
        return None
    headers = Headers()
    at, behind = start, stop.start() + 1
    while at < behind:
        found = _FOLDED_FIELD.match(raw, at, behind)
        if found is None:
            return None
        value = found[2]
        if b"\n" in value:
            value = b"".join([line.rstrip(b"\r") for line in value.split(b"\n")])
        headers.add(found[1].lower(), value.strip(b" \t\r"))
        at = found.end()
    return headers, stop.end()


@dataclass(slots=True)
class _Folded:
    """A field as it is collected: its lines, and their length so far."""

    name: bytes
    lines: list[bytes]
    size: int


def _continue(collected: list[_Folded], line: bytes, limit: int) -> int:
    """Add a folded line to the field above it while that is within the limit; what it cost."""
    if not collected:
        return 1
    above = collected[-1]
    room = limit - above.size
    above.size += len(line)
    if room <= 0:
        return 1
    above.lines.append(line[: room + 1])
    return min(len(line), room + 1)


def _line(raw: bytes, at: int, end: int) -> tuple[bytes, int]:
    """The line at `at` without its end, and where the next begins."""
    newline = raw.find(b"\n", at, end)
    if newline < 0:
        return raw[at:end].rstrip(b"\r"), end
    return raw[at:newline].rstrip(b"\r"), newline + 1


def _is_separator_or_junk(raw: bytes, line: bytes, after: int, end: int, budget: Budget) -> bool:
    """True for a line within a block that can be passed over: mbox's "From ", or junk before a known field."""
    if SEPARATOR.match(line):
        return True
    following = _FIELD.match(raw[after : min(end, after + 210)])
    if following is None or following[1].lower() not in MAIL_FIELDS:
        return False
    budget.report("header-junk", ascii(charset.guess(line[:60])))
    return True


def _skip_block(raw: bytes, at: int, end: int) -> int:
    """Where the body begins behind a block that is too large to read."""
    found = [
        position + len(mark)
        for mark in (b"\n\n", b"\n\r\n")
        if (position := raw.find(mark, at - 1, end)) >= 0
    ]
    return min(found, default=end)


def _unfold(collected: list[_Folded], budget: Budget) -> Headers:
    """Join folded lines; a header over the limit is cut and named."""
    limit = budget.limits.header
    headers = Headers()
    for each in collected:
        value = b"".join(each.lines).strip(b" \t\r")
        if each.size > limit:
            name = each.name[:60].decode("ascii")
            budget.report("limit-header", f"{name}: {each.size} bytes, {limit} read")
        headers.add(each.name, value[:limit])
    return headers


def decode(value: bytes) -> str:
    """A header's text: raw 8-bit guessed, encoded words decoded, on one line, without NUL."""
    return decode_words(value.decode("ascii") if value.isascii() else charset.guess(value))


def decode_words(text: str) -> str:
    """Decode RFC 2047 words, adjacent ones joined before decoding since programs split within a character."""
    if "=?" in text:
        text = "".join(_pieces(text))
        if _WORD.fullmatch(text):
            text = "".join(_pieces(text))  # a program has encoded the words of another
    text, _ = charset.clean(text)
    return _SPACES.sub(" ", text).strip(" ")


def _pieces(text: str) -> Iterator[str]:
    """Plain text and decoded words in their order; white space between two words is none (RFC 2047, 6.2)."""
    at = 0
    pending: list[bytes] = []
    name = ""
    for match in _WORD.finditer(text):
        gap = text[at : match.start()]
        joined = bool(pending) and not gap.strip()
        if pending and not (joined and match[1].lower() == name):
            yield _word_text(pending, name)
            pending = []
        if not joined:
            yield gap
        name = match[1].lower()
        pending.append(_word_bytes(match))
        at = match.end()
    if pending:
        yield _word_text(pending, name)
    yield text[at:]


def _word_bytes(match: re.Match[str]) -> bytes:
    content = (match[3] if match[3] is not None else match[4]).encode("utf-8", "replace")
    if match[2] in "qQ":
        return binascii.a2b_qp(content.replace(b" ", b"_"), header=True)
    return lenient_base64(content)


def _word_text(pieces: list[bytes], name: str) -> str:
    return charset.decode(b"".join(pieces), name)[0]


def lenient_base64(data: bytes) -> bytes:
    """Decode what can be: junk skipped, padding supplied, parts that were padded one by one joined."""
    if b"=" not in data.rstrip(b"=\r\n \t"):
        return _unpadded(data)
    return b"".join(_unpadded(run) for run in re.split(rb"=+", data, maxsplit=10_000))


def _unpadded(data: bytes) -> bytes:
    """One run: without what is no letter of the alphabet, and without a last letter that says nothing alone."""
    letters = data.translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parameters(value: bytes | None, budget: Budget) -> tuple[str, dict[str, str]]:
    """A structured header's main value in lower case and its parameters, RFC 2231 sections put together."""
    if not value:
        return "", {}
    limit = budget.limits.parameters
    if len(value) > limit:
        budget.report("limit-parameters", f"{len(value)} bytes, {limit} read")
    main, found = _parameters(value[:limit]) if len(value) > _REMEMBERED else _short_parameters(value)
    return main, dict(found)


def _parameters(value: bytes) -> tuple[str, dict[str, str]]:
    text = value.decode("ascii") if value.isascii() else charset.guess(value)
    main, text = _main(text)
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(text):
        quoted = match[2]
        content = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else match[3].strip()
        name = match[1].lower()
        if section := _SECTION.fullmatch(name):
            key, number = section[1], int(section[2] or 0)
            encoded = section[2] is None or section[3] is not None
            sections.setdefault(key, {}).setdefault(number, (content, encoded))
        else:
            plain.setdefault(name, decode_words(content))
    return main, plain | {key: _joined(parts) for key, parts in sections.items()}


_short_parameters = lru_cache(maxsize=2_000)(_parameters)  # most mails say the same


def _main(text: str) -> tuple[str, str]:
    """The value before the parameters, without comments, and the rest; a forgotten semicolon is put in."""
    first, semicolon, rest = text.partition(";")
    words = _COMMENT.sub(" ", first).split(None, 1)
    if len(words) < 2:
        return "".join(words).lower(), semicolon + rest
    return words[0].lower(), f";{words[1]}{semicolon}{rest}"


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231, 3 and 4: sections in order, charset and language before the first one's second apostrophe."""
    name: str | None = None
    data: list[bytes] = []
    for at, number in enumerate(sorted(parts)):
        content, encoded = parts[number]
        if encoded and at == 0 and content.count("'") >= 2:
            name, _, content = content.split("'", 2)
        data.append(unquote_to_bytes(content) if encoded else content.encode("utf-8", "replace"))
    text, _ = charset.clean(charset.decode(b"".join(data), name or None)[0])
    return decode_words(text)


def message_ids(values: list[bytes], limit: int | None = None) -> tuple[str, ...]:
    """Every plausible `<…>` of these headers once, in order; beyond `limit` the first and the last are kept."""
    found: dict[str, None] = {}
    for value in values:
        text = value.decode("ascii", "replace") if value.isascii() else charset.guess(value)
        found |= dict.fromkeys(match[0] for match in _ID.finditer(text.replace("\0", "")))
    ids = tuple(found)
    if limit is None or len(ids) <= limit:
        return ids
    return ids[: limit // 2] + ids[len(ids) - (limit - limit // 2) :]


def date(text: str) -> tuple[datetime | None, bool]:
    """A Date header's time with its offset, and whether the zone was known (else Europe/Stockholm is assumed)."""
    text = " ".join(text[:200].split())
    for candidate in (text, _in_english(text)):
        found = _rfc_date(candidate)
        if found:
            return found
    try:
        iso = datetime.fromisoformat(text)
    except ValueError:
        return None, True
    return _placed(iso)


def _in_english(text: str) -> str:
    """A Swedish program's localised date in the words that RFC 5322 knows: "mån, 7 juni 2021" → "7 Jun 2021"."""
    words = [
        word for word in _WEEKDAY.sub("", text).split(" ") if word.lower() not in {"den", "kl", "kl.", "at"}
    ]
    return " ".join(_MONTHS.get(word.lower().rstrip("."), word) for word in words)


def _rfc_date(text: str) -> tuple[datetime | None, bool] | None:
    """RFC 5322 dates and their obsolete forms; None if it is none or no day of the calendar."""
    try:
        fields = parsedate_tz(text)
        if fields is None:
            return None
        naive = datetime(*fields[:5], min(fields[5], 59))  # noqa: DTZ001 - its zone is put in below
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    offset = fields[9]
    if not offset and not _ZERO_ZONE.search(text):
        # parsedate_tz takes a missing zone, and one that it does not know by name, for UTC.
        named = next((_ZONES[word] for word in _NAME.findall(text.upper()) if word in _ZONES), None)
        offset = None if named is None else named * 3600
    if offset is None:
        return _placed(naive)
    if abs(offset) >= 86_400:
        return None
    zone = UTC if offset == 0 else timezone(timedelta(seconds=offset))
    return _placed(naive.replace(tzinfo=zone))


def _placed(moment: datetime) -> tuple[datetime | None, bool]:
    """A year that a mail can have, and a zone."""
    if not 1970 <= moment.year <= 2200:
        return None, True
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SWEDEN), False
    return moment, True
