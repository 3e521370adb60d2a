"""What kind of document some bytes are: by what they begin with, then by name, then by the declared type."""

import re
from pathlib import PurePath

from ingest.documents.model import Kind, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)
_BY_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys(".txt .text .csv .tsv .md .log".split(), "text"),
    **dict.fromkeys(".htm .html .xhtml .shtml".split(), "html"),
}
_BY_TYPE: dict[str, Kind] = {
    **dict.fromkeys(
        "text/plain text/csv text/tab-separated-values text/markdown application/csv".split(), "text"
    ),
    **dict.fromkeys("text/html application/xhtml+xml".split(), "html"),
}
_OFFICE_SUFFIXES = frozenset(
    ".pdf .docx .docm .dotx .dotm .xlsx .xlsm .xltx .xltm .pptx .pptm .ppsx .odt .ott .ods .ots .odp .otp .rtf".split()
)
_OTHER_SUFFIXES = frozenset(".doc .dot .xls .xlt .xlsb .ppt .pps .pages .numbers .wpd .wps".split())
_OFFICE_TYPE = re.compile(
    r"application/(?:pdf|x-pdf|rtf|msword|octet-stream|x-msdownload|force-download|download|binary|unknown|zip|x-zip.*"
    r"|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:word|excel|powerpoint)).*)|text/(?:rtf|richtext)"
)
# Calendars, cards, keys and mails are read elsewhere or not at all.
_NO_DOCUMENT = frozenset(".ics .vcs .vcf .eml .msg .asc .sig .p7s .p7m .p7c .key".split())
_OLE_KINDS = (
    ("WordDocument", "an old Word document (.doc)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("Book", "an old Excel workbook (.xls)"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
)
_FOLDERS: tuple[tuple[bytes, Kind], ...] = ((b"word", "docx"), (b"xl", "xlsx"), (b"ppt", "pptx"))


def may_be_document(content_type: str, name: str | None) -> bool:
    """Whether it is worth looking into: a picture is not, whatever a document that calls itself one is."""
    suffix = suffix_of(name)
    if suffix in _NO_DOCUMENT:
        return False
    if suffix in _BY_SUFFIX or suffix in _OFFICE_SUFFIXES or suffix in _OTHER_SUFFIXES:
        return True
    return content_type in _BY_TYPE or bool(_OFFICE_TYPE.fullmatch(content_type))


def suffix_of(name: str | None) -> str:
    """The end of a file's name, from its last full stop on, in lower case."""
    return PurePath(name or "").suffix.lower()


def kind_of(data: bytes, content_type: str, name: str | None) -> Kind | None:
    """What to read these bytes as; None for what is no document. Raises Unreadable for one that can't be read."""
    suffix = suffix_of(name)
    found = _by_magic(data)
    if found is not None:
        return found
    if b"%PDF-" in data[:1_024] and (suffix == ".pdf" or content_type == "application/pdf"):
        return "pdf"  # behind a few bytes of something else, as readers of PDF allow
    if suffix in _OTHER_SUFFIXES:
        raise Unreadable("document-unread", f"a {suffix} file")
    if suffix in _OFFICE_SUFFIXES or content_type == "application/pdf":
        raise Unreadable(
            "document-broken", "empty" if not data.strip() else f"no {suffix or '.pdf'} file inside"
        )
    if _HTML.match(data[:4_096]):
        return "html"
    return _BY_SUFFIX.get(suffix) or _BY_TYPE.get(content_type)


def _by_magic(data: bytes) -> Kind | None:
    head = data[:1_024]
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return _of_ole(data)
    return _of_zip(data) if head.startswith(b"PK\x03\x04") else None


def _of_ole(data: bytes) -> Kind | None:
    """Office's old binary files, and the new ones with a password: a directory of names in UTF-16 tells which."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("document-encrypted")
    for stream, words in _OLE_KINDS:
        if f"{stream}\0".encode("utf-16-le") in data:
            raise Unreadable("document-unread", words)
    return None


def _of_zip(data: bytes) -> Kind | None:
    """Names of the parts stand in the file as they are."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return "odf"
    directory = data[data.find(b"PK\x01\x02") :] if b"PK\x01\x02" in data else data
    for folder, kind in _FOLDERS:
        if folder + b"/" in directory or folder + b"\\" in directory:
            return kind
    return "odf" if b"content.xml" in directory and b"META-INF/manifest.xml" in directory else None
