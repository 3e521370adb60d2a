"""The MIME tree of a mail as byte ranges: iterative and linear, whatever the nesting.

The stdlib parser recurses (it dies at some 970 levels, its walk at 243), asks every enclosing boundary
about every line, and takes seconds over the semicolons of one Content-Type; a mail must not choose that.
Nothing is copied here but header blocks; paths are IMAP's section numbers (RFC 3501, 6.4.5).
"""

import binascii
import re
from dataclasses import dataclass, field
from itertools import islice

from ingest import headers as reading
from ingest import uuencoding
from ingest.containers import Kind, container, unpacked
from ingest.headers import Headers
from ingest.limits import Budget

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_BEHIND_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
_FIRST_BOUNDARY = re.compile(
    rb"^--([^\s][^\r\n]{0,200}?)[ \t]*\r?\n(?=\r?\n|content-[a-z-]{1,40}:)", re.MULTILINE | re.IGNORECASE
)
_BROKEN_QP = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,80}\r?\n|[ \t]{0,80}\Z)")
_SOFT_BREAK = re.compile(rb"=[ \t]{1,80}(?=\r?\n)")
# Whole lines of base64, padded at the end, and behind them what a list has put there in plain words.
_FOOTER = re.compile(
    rb"((?:[A-Za-z0-9+/]{4,998}\r?\n)*+[A-Za-z0-9+/]{2,998}={1,2}[ \t]*\r?\n)(?=[^\r\n]*[^A-Za-z0-9+/=\s])"
)
_MAX_FOOTER = 4_000
_MAX_LINES = 2_000_000  # of 45 letters: more than a mail of the largest size has
_UU_BEGIN = re.compile(rb"^begin [^\r\n]*", re.MULTILINE)
_LINE = re.compile(rb"[^\r\n]+")
_ONE_BOUNDARY = 10
_MAX_BOUNDARY = 500
HTML = frozenset({"text/html", "application/xhtml+xml"})
# Text that is read as it stands or by `leaves`; RFC 2046 (4.1.4) wants what nobody knows read as plain.
_TEXTS = HTML | frozenset(
    "text/plain text/enriched text/richtext text/markdown text/x-markdown text/rtf "
    "text/text text/x-plain text/unknown".split()
)
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(slots=True)
class Part:
    """One node: `path` is its section number, its content `raw[start:end]`; `children` only if it was split.

    `encoding` is how `raw[start:end]` is encoded, in lower case; `substitute` is True for a body that is read only
    where the mail has no better one.
    """

    path: str
    headers: Headers
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str | None
    raw: bytes
    start: int
    end: int
    depth: int
    children: list["Part"] = field(default_factory=list)
    encoding: bytes = b""
    substitute: bool = False

    @property
    def is_message(self) -> bool:
        return self.content_type in _MESSAGES

    @property
    def is_text(self) -> bool:
        """True for a text to read, as against a document that happens to be one."""
        return self.content_type in _TEXTS and self.disposition != "attachment"

    def content(self, budget: Budget) -> bytes:
        """The decoded bytes; what is broken is decoded as far as it goes, with a problem."""
        data = self.raw[self.start : self.end]
        if self.encoding == b"base64":
            return _base64(data, self, budget)
        if self.encoding == b"quoted-printable":
            return _quoted_printable(data, self.path, budget)
        if self.encoding in {b"x-uuencode", b"uuencode", b"uue", b"x-uue"}:
            return _uuencoded(data, self.path, budget)
        return data


def split(raw: bytes, start: int, end: int, depth: int, prefix: str, budget: Budget) -> list[Part]:
    """Every part of the mail in `raw[start:end]`, parents before children; the first is the mail itself.

    `prefix` is the path of the part that holds this mail, "" for the mail as it came.
    """
    root = _part(raw, start, end, prefix, depth, "text/plain", budget)
    if not _is_multipart(root):
        root.path = _join(prefix, 1)
    found = [root]
    waiting = [root]
    while waiting:
        part = waiting.pop()
        while (kind := _container(part)) and part.depth < budget.limits.depth:
            if not _unpack(part, kind, budget):
                break
        if _is_multipart(part):
            part.children = _children(part, budget)
            found.extend(part.children)
            waiting.extend(reversed(part.children))
    return found


def _container(part: Part) -> Kind | None:
    if part.content_type == "text/plain":
        plain = part.encoding in {b"", b"7bit", b"8bit", b"binary"}
        return "uu" if plain and uuencoding.suspected(part.raw, part.start, part.end) else None
    return container(part.content_type, part.filename)


def _unpack(part: Part, kind: Kind, budget: Budget) -> bool:
    """Put what a container holds in its place; False if it holds nothing and stays a document."""
    inner = unpacked(part, kind, budget)
    if inner is None:
        return False
    part.depth += 1
    part.substitute = part.substitute or inner.substitute
    if inner.mail:
        part.content_type, part.raw, part.start, part.end = "message/rfc822", inner.data, 0, len(inner.data)
        part.encoding = b"binary"
        return True
    within = _part(inner.data, 0, len(inner.data), part.path, part.depth, "text/plain", budget)
    part.raw, part.start, part.end = within.raw, within.start, within.end
    part.content_type, part.parameters, part.encoding = (
        within.content_type,
        within.parameters,
        within.encoding,
    )
    part.disposition, part.filename = within.disposition, within.filename
    return True


def _join(path: str, number: int) -> str:
    return f"{path}.{number}" if path else str(number)


def _is_multipart(part: Part) -> bool:
    return part.content_type.startswith("multipart/")


def _part(raw: bytes, start: int, end: int, path: str, depth: int, default: str, budget: Budget) -> Part:
    fields, body = reading.read_block(raw, start, end, budget)
    kind, parameters = reading.parameters(fields.first(b"content-type"), budget)
    if not _TYPE.fullmatch(kind):
        # RFC 2045, 5.2: what cannot be read as a type is text, unless it was encoded like a document.
        kind = default if not kind or kind == "text" else "application/octet-stream"
    disposition, more = reading.parameters(fields.first(b"content-disposition"), budget)
    name = more.get("filename") or parameters.get("name")
    encoding = _encoding(fields.first(b"content-transfer-encoding") or b"")
    return Part(
        path, fields, kind, parameters, disposition, name or None, raw, body, end, depth, encoding=encoding
    )


def _encoding(value: bytes) -> bytes:
    """The first word of a Content-Transfer-Encoding: programs put comments and parameters behind it."""
    return re.split(rb"[\s;(]", value.strip(b" \t\"'").lower(), maxsplit=1)[0].strip(b"\"'")


def _children(part: Part, budget: Budget) -> list[Part]:
    """The parts between the boundaries, as far as depth and number of parts allow; else none."""
    limits = budget.limits
    if part.depth >= limits.depth:
        budget.report("limit-depth", f"more than {limits.depth} levels, {limits.depth} read")
        return []
    ranges = _ranges(part, budget)
    if not ranges:
        budget.report("boundary-missing", f"part {part.path or '0'} of type {part.content_type}")
        part.content_type = "text/plain"
        part.path = part.path or "1"
        return []
    left = max(0, limits.parts - budget.parts)
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    children: list[Part] = []
    for number, (start, end) in enumerate(ranges[:left], 1):
        child = _part(part.raw, start, end, _join(part.path, number), part.depth + 1, default, budget)
        child.substitute = part.substitute
        children.append(child)
        same = _is_multipart(child) and child.parameters.get("boundary") == part.parameters.get("boundary")
        if same and part.depth < _ONE_BOUNDARY:
            # Two levels with one boundary: what follows belongs to the inner one. So many levels no program makes.
            child.end = part.end
            break
    else:
        if len(ranges) > left:
            budget.report("limit-parts", f"more than {limits.parts} parts, {limits.parts} read")
    budget.parts += len(children)
    return children


def _ranges(part: Part, budget: Budget) -> list[tuple[int, int]]:
    """Where each part begins and ends. Parts after a closing boundary count: broken programs use one twice."""
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    declared = 0 < len(boundary) <= _MAX_BOUNDARY
    if ranges := _between(part, boundary, budget) if declared else []:
        return ranges
    # The header names none, or one that the mail does not have: the first line that looks like one before a field.
    guess = _FIRST_BOUNDARY.search(part.raw[part.start : min(part.end, part.start + 4_000)])
    if guess is None:
        return []
    budget.report("boundary-missing", f"part {part.path or '0'}, guessed")
    return _between(part, guess[1], budget)


def _between(part: Part, boundary: bytes, budget: Budget) -> list[tuple[int, int]]:
    """What stands between the lines with this boundary."""
    ranges: list[tuple[int, int]] = []
    opened = -1
    for line, after, closes in _delimiters(part, boundary, budget):
        if opened >= 0:
            ranges.append((opened, max(opened, line)))
        opened = -1 if closes else after
        if len(ranges) > budget.limits.parts:
            return ranges
    if opened >= 0:
        ranges.append((opened, part.end))
        budget.report("boundary-unclosed", f"part {part.path or '0'} may be cut off")
    return ranges


def _delimiters(part: Part, boundary: bytes, budget: Budget) -> list[tuple[int, int, bool]]:
    """(end of the content before, start of the content behind, whether it closes) for each boundary line."""
    raw = part.raw
    mark = b"--" + boundary
    found: list[tuple[int, int, bool]] = []
    at = part.start if raw.startswith(mark, part.start) else _next(raw, mark, part.start, part.end)
    while at >= 0 and budget.scans > 0 and len(found) <= budget.limits.parts + 1:
        budget.scans -= 1
        behind = _BEHIND_BOUNDARY.match(raw, at + len(mark), part.end)
        if behind:
            newline = 2 if raw[max(part.start, at - 2) : at] == b"\r\n" else 1
            found.append((max(part.start, at - newline), behind.end(), behind[1] is not None))
        at = _next(raw, mark, at + len(mark) - 1, part.end)
    if budget.scans <= 0:
        budget.report("limit-boundaries", "too many lines that look like a boundary")
    return found


def _next(raw: bytes, mark: bytes, at: int, end: int) -> int:
    position = raw.find(b"\n" + mark, at, end)
    return position if position < 0 else position + 1


def _base64(data: bytes, part: Part, budget: Budget) -> bytes:
    compact = data.translate(None, b" \t\r\n\0")
    try:
        return binascii.a2b_base64(compact, strict_mode=True)
    except binascii.Error:
        budget.report("base64-broken", f"part {part.path}")
    found = _FOOTER.match(data)
    if found is None or len(data) - found.end(1) > _MAX_FOOTER:
        return reading.lenient_base64(data)
    footer = b"\n" + data[found.end(1) :] if part.content_type == "text/plain" else b""
    return reading.lenient_base64(found[1]) + footer


def _quoted_printable(data: bytes, path: str, budget: Budget) -> bytes:
    if _BROKEN_QP.search(data):
        budget.report("quoted-printable-broken", f"part {path}")
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", data))


def _uuencoded(data: bytes, path: str, budget: Budget) -> bytes:
    """The lines between `begin` and `end`; a broken line is left out with a problem."""
    decoded = bytearray()
    begun = _UU_BEGIN.search(data)
    for match in islice(_LINE.finditer(data, begun.end() if begun else 0), _MAX_LINES):
        line = match[0]
        if line.strip() in {b"", b"end", b"`"}:
            continue
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            budget.report("uuencode-broken", f"part {path}")
    return bytes(decoded)
