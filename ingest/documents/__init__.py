"""The words of documents that come as attachments: PDF, Word, Excel, PowerPoint, OpenDocument, RTF, HTML, text.

Reading is bounded by `Limits` and never leaves the bytes at hand: no entity, no link, no macro is followed.
Each format's library is loaded when the first document of that kind comes.
"""

from collections.abc import Callable
from importlib import import_module

from ingest.documents.kinds import kind_of, may_be_document
from ingest.documents.model import Bounds, Document, Enough, Kind, Read, Unreadable
from ingest.documents.tidy import tidy
from ingest.documents.writer import joined
from ingest.limits import Limits

__all__ = ["Bounds", "Document", "extract", "may_be_document"]

_PACKAGED: dict[Kind, str] = {"docx": "docx", "xlsx": "xlsx", "pptx": "pptx", "odf": "odf"}
_MAY_BE_EMPTY = frozenset({"text", "html"})  # programs attach empty ones


def extract(data: bytes, content_type: str, name: str | None, bounds: Bounds) -> Document | None:
    """What the bytes of an attachment say; None for what is no document. Never raises on any bytes."""
    try:
        kind = kind_of(data, content_type, name)
        if kind is None:
            return None
        found = _read(data, kind, bounds)
    except (Unreadable, Enough) as reason:
        return Document(None, ((reason.code, reason.detail),))
    except Exception as error:  # noqa: BLE001 (a library's own fault on a damaged file: the attachment says so)
        return Document(None, (("document-broken", type(error).__name__),))
    text = tidy(joined(found.blocks))
    if not text and kind not in _MAY_BE_EMPTY:
        return Document(None, found.problems or (("document-no-text", "there are no words in it"),))
    return Document(text or None, found.problems)


def _read(data: bytes, kind: Kind, bounds: Bounds) -> Read:
    limit = bounds.limits.document_size
    if len(data) > limit:
        raise Unreadable("limit-document-size", f"{len(data)} bytes, {limit} read")
    return _reader(kind)(data, bounds)


def _reader(kind: Kind) -> Callable[[bytes, Bounds], Read]:
    if kind == "pdf":
        from ingest.documents import pdf

        return pdf.read
    if kind in _PACKAGED:
        return _packaged(_PACKAGED[kind])
    from ingest.documents import plain

    read = {"rtf": plain.read_rtf, "html": plain.read_html, "text": plain.read_text}[kind]
    return lambda data, bounds: read(data, bounds.limits)


def _packaged(module: str) -> Callable[[bytes, Bounds], Read]:
    from ingest.documents.package import Package

    read: Callable[[Package, Limits], Read] = import_module(f"ingest.documents.{module}").read
    return lambda data, bounds: read(Package(data, bounds), bounds.limits)
