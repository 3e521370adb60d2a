"""Small PDFs, object by object: lines of text at their places, pictures, fonts without meaning, passwords."""

import hashlib
import zlib
from collections.abc import Sequence

Line = tuple[float, float, str]  # x, y (points from the lower left), text
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_OWNER = b"O" * 32
_ID = b"0123456789abcdef"
_PERMISSIONS = -44
_WHOLE_PICTURE = "q 500 0 0 700 50 50 cm /I Do Q"


def letter(*paragraphs: Sequence[str], top: float = 780, leading: float = 14, gap: float = 14) -> list[Line]:
    """Lines of a page as a word processor sets them, paragraphs further apart."""
    lines: list[Line] = []
    for lines_of in paragraphs:
        for text in lines_of:
            lines.append((72, top, text))
            top -= leading
        top -= gap
    return lines


def pdf(
    *pages: Sequence[Line], password: str | None = None, size: int = 11, compressed: bool = False
) -> bytes:
    """A PDF with these lines on its pages, encrypted (RC4, 40 bits) if there is a password, "" among them."""
    contents = [_text(lines, size) for lines in pages]
    return _document(contents, _FONT, password, compressed=compressed)


def scanned(*pages: Sequence[Line]) -> bytes:
    """Pages of text, then one that is a picture."""
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    picture += b" /Length 1 >>\nstream\n\x80\nendstream"
    return _document([*(_text(lines, 11) for lines in pages), _WHOLE_PICTURE.encode()], _FONT, None, picture)


def shapes_only(text: str) -> bytes:
    """A page whose font says nothing of what its signs mean."""
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Odd /FirstChar 33 /LastChar 126 /Encoding << /Type /Encoding "
        b"/Differences [33 " + b" ".join(b"/uni%04X" % (0xE000 + at) for at in range(94)) + b"] >> >>"
    )
    return _document([_text([(72, 700, text)], 11)], font, None)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _text(lines: Sequence[Line], size: int) -> bytes:
    shown = [b"1 0 0 1 %g %g Tm (%s) Tj" % (x, y, _escaped(text.encode("cp1252"))) for x, y, text in lines]
    return b"BT /F %d Tf " % size + b"\n".join(shown) + b" ET"


def _escaped(text: bytes) -> bytes:
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _document(
    contents: Sequence[bytes],
    font: bytes,
    password: str | None,
    picture: bytes | None = None,
    *,
    compressed: bool = False,
) -> bytes:
    pages = [4 + 2 * at for at in range(len(contents))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % at for at in pages), len(pages)),
        3: font,
    }
    last = 4 + 2 * len(contents)
    resources = b"/Font << /F 3 0 R >>" + (b" /XObject << /I %d 0 R >>" % last if picture else b"")
    for at, content in zip(pages, contents, strict=True):
        objects[at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
            % (resources, at + 1)
        )
        objects[at + 1] = _stream(content, at + 1, password, compressed=compressed)
    if picture:
        objects[last] = picture
    return _file(objects, password)


def _stream(content: bytes, number: int, password: str | None, *, compressed: bool) -> bytes:
    packed = b" /Filter /FlateDecode" if compressed else b""
    content = zlib.compress(content) if compressed else content
    if password is not None:
        key = hashlib.md5(_key(password) + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False)
        content = _rc4(key.digest()[:10], content)
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), packed, content)


def _file(objects: dict[int, bytes], password: str | None) -> bytes:
    made = b"%PDF-1.4\n"
    places = []
    for number in sorted(objects):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d /Root 1 0 R" % (len(objects) + 1)
    if password is not None:
        trailer += b" /ID [<%s> <%s>] /Encrypt %s" % (
            _ID.hex().encode(),
            _ID.hex().encode(),
            _encryption(password),
        )
    return made + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def _encryption(password: str) -> bytes:
    """The standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""
    user = _rc4(_key(password), _PADDING)
    return b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (
        _OWNER.hex().encode(),
        user.hex().encode(),
        _PERMISSIONS,
    )


def _key(password: str) -> bytes:
    padded = (password.encode("latin-1") + _PADDING)[:32]
    permissions = _PERMISSIONS.to_bytes(4, "little", signed=True)
    return hashlib.md5(padded + _OWNER + permissions + _ID, usedforsecurity=False).digest()[:5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
