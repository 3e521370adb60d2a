"""Files that stand uuencoded in a mail's text (POSIX uuencode), as programs sent them before MIME."""

import hashlib
import re

_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200}?)[ \t]*\r?\n(?=[ -`]{1,90}\r?\n)", re.MULTILINE)
_END = re.compile(rb"\nend[ \t]*(?:\r?\n|\Z)")
_MAX_FILES = 50


def suspected(data: bytes, start: int, end: int) -> bool:
    """A cheap question, asked of each text: whether a line begins as a file does."""
    return data.startswith(b"begin ", start) or data.find(b"\nbegin ", start, end) >= 0


def as_parts(data: bytes, content_type: bytes) -> bytes | None:
    """The text as a multipart of its words and its files; None if there is no file in it."""
    pieces: list[bytes] = []
    mark = b"=_uu_" + hashlib.sha256(data).hexdigest()[:40].encode()
    head = b"\r\n--" + mark + b"\r\n"
    words = head + b"Content-Type: " + content_type + b"\r\n\r\n"
    at = 0
    for found in _BEGIN.finditer(data):
        if found.start() < at:
            continue
        closed = _END.search(data, found.end() - 1)
        if closed is None or len(pieces) >= 2 * _MAX_FILES:
            break
        name = found[1].replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        document = head + b'Content-Type: application/octet-stream; name="' + name + b'"\r\n'
        document += b"Content-Transfer-Encoding: x-uuencode\r\n\r\n" + data[found.start() : closed.end()]
        pieces += (
            [words + data[at : found.start()], document] if data[at : found.start()].strip() else [document]
        )
        at = closed.end()
    if not pieces:
        return None
    if data[at:].strip():
        pieces.append(words + data[at:])
    kind = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n'
    return b"".join([kind, *pieces, b"\r\n--", mark, b"--\r\n"])
