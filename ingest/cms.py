"""What an S/MIME message says without any key: the mail inside a signed or compressed one (RFC 5652, 3274, 8551).

A walk over the few tags on the way to the content, in BER as programs really write it (indefinite lengths, content
in pieces). Signatures are not verified here: nothing is decided by them.
"""

import zlib
from collections.abc import Iterator

_SEQUENCE, _OID, _CONTEXT_0, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0x06, 0xA0, 0x04, 0x24
_SIGNED = bytes.fromhex("2a864886f70d010702")
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_ENCRYPTED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d010910010417"))
_MAX_DEPTH = 20
_MAX_PIECES = 100_000


class CmsBrokenError(ValueError):
    """These bytes are no signed or compressed message, or end too early."""


def content(data: bytes, limit: int) -> bytes:
    """The MIME entity that was signed or compressed, at most `limit` bytes.

    Raises CmsBrokenError for anything else; what is encrypted stays so.
    """
    kind, inside, end = _content_info(data)
    if kind == _SIGNED:
        return _encapsulated(data, inside, end)[:limit]
    if kind == _COMPRESSED:
        return _inflated(_encapsulated(data, inside, end), limit)
    raise CmsBrokenError


def _content_info(data: bytes) -> tuple[bytes, int, int]:
    """(type, start, end) of what ContentInfo holds."""
    _, start, end = _expect(data, 0, len(data), _SEQUENCE)
    _, oid, after = _expect(data, start, end, _OID)
    _, inside, last = _expect(data, after, end, _CONTEXT_0)
    _, inside, last = _expect(data, inside, last, _SEQUENCE)
    return data[oid:after], inside, last


def _encapsulated(data: bytes, start: int, end: int) -> bytes:
    """The content out of SignedData or CompressedData: behind version and algorithms, the only sequence with one."""
    at = start
    for _ in range(4):
        tag, inside, after = _element(data, at, end)
        if tag == _SEQUENCE and data[inside : inside + 1] == bytes([_OID]):
            _, _, behind = _expect(data, inside, after, _OID)
            if behind < after and data[behind] == _CONTEXT_0:
                _, octets, last = _expect(data, behind, after, _CONTEXT_0)
                return b"".join(_octets(data, octets, last))
        at = _behind(data, at, end)
    raise CmsBrokenError


def _octets(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """An octet string, or the pieces that it comes in."""
    waiting = [(start, end)]
    for _ in range(_MAX_PIECES):
        if not waiting:
            return
        at, last = waiting.pop()
        if at >= last or data[at : at + 2] == b"\0\0":
            continue
        tag, inside, after = _element(data, at, last)
        if tag == _OCTETS:
            waiting.append((after, last))
            yield data[inside:after]
        elif tag == _OCTETS_IN_PIECES and len(waiting) < _MAX_DEPTH:
            waiting.append((inside, after))
        else:
            return


def _expect(data: bytes, at: int, end: int, tag: int) -> tuple[int, int, int]:
    found = _element(data, at, end)
    if found[0] != tag:
        raise CmsBrokenError
    return found


def _element(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """(tag, start, end of the value) of the element at `at`; one of indefinite length goes to the end around it."""
    if at + 2 > end:
        raise CmsBrokenError
    tag, length = data[at], data[at + 1]
    at += 2
    if length == 0x80:
        return tag, at, end
    if length > 0x80:
        size = length & 0x7F
        if size > 8 or at + size > end:
            raise CmsBrokenError
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    return tag, at, min(end, at + length)


def _behind(data: bytes, at: int, end: int) -> int:
    """Where the next element begins; one of indefinite length is none of those that stand before the content."""
    if data[at + 1 : at + 2] == b"\x80":
        raise CmsBrokenError
    return _element(data, at, end)[2]


def _inflated(data: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error as error:
        raise CmsBrokenError from error
