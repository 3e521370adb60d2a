"""What is parsed of a raw mail: bytes in the form that mail has, whatever file they came from."""

import re

from ingest import charset, headers
from ingest.containers import opened_file
from ingest.limits import Budget

_SAMPLE = 8_192
_COUNT = re.compile(rb"(\d{1,9})[ \t]*\n")


def opened(raw: bytes, budget: Budget) -> tuple[bytes, int]:
    """The bytes to read, at most `limits.size`, and where the first header field begins."""
    if len(raw) > budget.limits.size:
        budget.report("limit-size", f"{len(raw)} bytes, {budget.limits.size} read")
    bounded = raw[: budget.limits.size]
    made = opened_file(bounded, budget)
    if made is not None:
        return made, 0
    data = _as_utf8(_without_count(bounded))
    return data, _first_field(data)


def _without_count(raw: bytes) -> bytes:
    """Apple Mail's .emlx: the number of bytes on a line of its own, the mail, a property list."""
    counted = _COUNT.match(raw)
    if counted is None or not raw.startswith(b"<?xml", counted.end() + int(counted[1])):
        return raw
    return raw[counted.end() : counted.end() + int(counted[1])]


def _as_utf8(raw: bytes) -> bytes:
    """A file saved with a byte order mark, as UTF-16 or with bare CR line ends, in the form that mail has."""
    marked = charset.bom(raw[:4])
    if marked:
        codec = marked[0]
        text = charset.decode(raw, codec)[0]
        raw = text.encode("utf-8", "replace")
    elif unmarked := charset.utf16_without_mark(raw[:_SAMPLE]):
        raw = raw.decode(unmarked, "replace").encode("utf-8", "replace")
    if b"\r" in raw[:_SAMPLE] and b"\n" not in raw[:_SAMPLE]:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _first_field(data: bytes) -> int:
    """Past empty lines and an mbox's separator before the first field."""
    at = len(data) - len(data[:_SAMPLE].lstrip(b"\r\n") + data[_SAMPLE:])
    if headers.SEPARATOR.match(data, at):
        newline = data.find(b"\n", at, at + 1_000)
        at = newline + 1 if newline >= 0 else at
    return at
