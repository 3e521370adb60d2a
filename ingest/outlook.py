"""An item of Outlook written as the MIME mail that it was or would have been.

So there is one way to read a mail, its attachments and their paths, whatever file it came in. Documents stand in it
as they are (binary), parted by boundaries of a hash over them all, which none of them can hold.
"""

import hashlib
import re
from dataclasses import dataclass, field

from ingest import headers, outlook_calendar, rtf
from ingest.limits import Budget, Limits
from ingest.mapi import BINARY, Enclosed, Item, Properties, codepage
from ingest.outlook_fields import header, message_class

_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,100}")
_STUB = 600  # a plain text of at most so many characters may be a stub: the rich one is written as well
_PLAIN = b"text/plain; charset=utf-8"


def as_mail(item: Item, source: bytes, budget: Budget) -> bytes:
    """The item as a mail of its own; `source` is the file that it was read from."""
    writer = _Writer(hashlib.sha256(source).hexdigest()[:40].encode(), budget)
    writer.mail(item)
    return b"".join(writer.pieces)


def as_part(item: Item, source: bytes, budget: Budget) -> bytes:
    """The item as a part of the mail that brought it (TNEF): without the header of a mail."""
    writer = _Writer(hashlib.sha256(source).hexdigest()[:40].encode(), budget)
    writer.entity(item)
    return b"".join(writer.pieces)


@dataclass(slots=True)
class _Writer:
    seed: bytes
    budget: Budget
    pieces: list[bytes] = field(default_factory=list)
    boundaries: int = 0

    def mail(self, item: Item) -> None:
        self.pieces += header(item, self.budget)
        self.entity(item)

    def entity(self, item: Item) -> None:
        """Body and attachments; a mail that was signed is one attachment that holds the whole of it."""
        signed = _signed(item)
        if signed is not None:
            self.pieces.append(signed)
            return
        outer = self._open(b"mixed")
        self._next(outer)
        inner = self._open(b"alternative")
        for kind, data in self._bodies(item):
            self._next(inner)
            self._document(kind, data)
        self._close(inner)
        for enclosed in item.attachments:
            self._next(outer)
            self._enclosed(enclosed)
        self._close(outer)

    def _open(self, kind: bytes) -> bytes:
        """The header of a multipart; its boundary."""
        self.boundaries += 1
        boundary = b"=_%s_%06d" % (self.seed, self.boundaries)
        self.pieces.append(b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n')
        return boundary

    def _next(self, boundary: bytes) -> None:
        self.pieces.append(b"\r\n--" + boundary + b"\r\n")

    def _close(self, boundary: bytes) -> None:
        self.pieces.append(b"\r\n--" + boundary + b"--\r\n")

    def _document(self, kind: bytes, data: bytes) -> None:
        self.pieces += [b"Content-Type: ", kind, b"\r\nContent-Transfer-Encoding: binary\r\n\r\n", data]

    def _bodies(self, item: Item) -> list[tuple[bytes, bytes]]:
        plain = "\n\n".join(filter(None, [item.properties.text(0x1000), outlook_calendar.described(item)]))
        found = [(_PLAIN, plain.encode("utf-8", "replace"))]
        rich = _html(item.properties)
        if rich is None and len(plain.strip()) <= _STUB:
            rich = self._rich(item.properties)
        if rich is not None:
            found.append(rich)
        if calendar := outlook_calendar.calendar(item):
            found.append((b"text/calendar; charset=utf-8", calendar.encode("utf-8", "replace")))
        return found

    def _rich(self, own: Properties) -> tuple[bytes, bytes] | None:
        """The body that Outlook keeps as compressed RTF: HTML packed into it, or text."""
        packed = own.data(0x1009)
        if not packed:
            return None
        data, whole = rtf.decompress(packed, self.budget.limits.html)
        if not whole:
            self.budget.report("rtf-broken", "some of the rich text could not be read")
        text, is_html = rtf.to_text(data)
        return (b"text/html; charset=utf-8" if is_html else _PLAIN), text.encode("utf-8", "replace")

    def _enclosed(self, enclosed: Enclosed) -> None:
        if enclosed.item is not None:
            self.pieces.append(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: binary\r\n\r\n")
            self.mail(enclosed.item)
            return
        own = enclosed.properties
        name = " ".join((own.text(0x3707, 0x3704, 0x3001) or "").split())
        data = enclosed.content()
        if data is None:
            self.budget.report("attachment-elsewhere", ascii(name[:60]))
        self.pieces += [b"Content-Disposition: attachment", _file_name(name), b"\r\n"]
        if identity := " ".join((own.text(0x3712) or "").split()):
            self.pieces.append(b"Content-ID: <" + identity[:200].encode("utf-8", "replace") + b">\r\n")
        declared = own.text(0x370E) or ""
        kind = declared if _TYPE.fullmatch(declared) else "application/octet-stream"
        # A document named as a whole mail or a container is one to `parts` by its name and bytes.
        safe = "application/octet-stream" if kind.lower().startswith(("multipart/", "message/")) else kind
        self._document(safe.encode("ascii"), data or b"")


def _file_name(name: str) -> bytes:
    """The parameter of a name in any script (RFC 2231), percent-encoded."""
    from urllib.parse import quote

    return (
        b"; filename*=utf-8''" + quote(name[:1_000].encode("utf-8", "replace")).encode("ascii")
        if name
        else b""
    )


def _html(own: Properties) -> tuple[bytes, bytes] | None:
    """The HTML body: bytes in the code page that the item names, else as its own <meta> says; or a string."""
    if own.kind(0x1013) != BINARY:
        text = own.text(0x1013)
        return (b"text/html; charset=utf-8", text.encode("utf-8", "replace")) if text else None
    data = own.data(0x1013)
    if not data or not data.strip(b" \r\n\t\0"):
        return None
    declared = codepage(own.number(0x3FDE))
    return b"text/html" + (b"; charset=" + declared.encode("ascii") if declared else b""), data


def _signed(item: Item) -> bytes | None:
    """The mail as it was before Outlook packed it into its one attachment; None for any other item."""
    if not message_class(item).endswith("smime.multipartsigned") or len(item.attachments) != 1:
        return None
    data = item.attachments[0].content() or b""
    fields, _ = headers.read_block(data[:20_000], 0, min(len(data), 20_000), Budget(Limits()))
    return data if fields.first(b"content-type") else None
