"""What is read as which kind of document, and texts that are documents by themselves."""

import pytest

from ingest.documents import Bounds, Document, extract, may_be_document
from ingest.limits import Limits
from tests.documents.office import docx, odf, package, paragraph, row, xlsx
from tests.documents.pdf import letter, pdf

PROMISE = "Vi återkommer i slutet av oktober 2021."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def read(
    data: bytes, content_type: str = "application/octet-stream", name: str | None = None
) -> Document | None:
    return extract(data, content_type, name, Bounds.of(Limits()))


@pytest.mark.parametrize("name", ["brev.pdf", "brev", None, "brev.docx", "bild.png", "brev.doc"])
@pytest.mark.parametrize(
    "data",
    [
        pdf(letter([PROMISE])),
        b"\r\n" + pdf(letter([PROMISE])),
        docx(paragraph(PROMISE)),
        odf(f"<text:p>{PROMISE}</text:p>"),
        xlsx({"Blad1": row(PROMISE)}),
        b"{\\rtf1\\ansi\\ansicpg1252 Vi \\'e5terkommer i slutet av oktober 2021.\\par}",
    ],
)
def test_content_tells_whatever_the_name_says(data: bytes, name: str | None) -> None:
    assert read(data, name=name) == Document(PROMISE)


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (PROMISE.encode(), "brev.txt", "application/octet-stream"),
        (PROMISE.encode("latin-1"), None, "text/plain"),
        (PROMISE.encode("utf-16"), "brev.csv", "text/csv"),
        (b"\xef\xbb\xbf" + PROMISE.encode(), "brev.md", "application/octet-stream"),
        (f"<html><p>{PROMISE}</p></html>".encode(), "sida", "application/octet-stream"),
        (f"<meta charset=latin1><p>{PROMISE}".encode("latin-1"), "sida.htm", "text/plain"),
    ],
)
def test_texts_in_their_charset(data: bytes, name: str | None, content_type: str) -> None:
    assert read(data, content_type, name) == Document(PROMISE)


def test_a_pdf_may_begin_behind_something_and_a_text_may_speak_of_one() -> None:
    behind = b"X-Odd: 1\n\n" + pdf(letter([PROMISE]))
    assert read(behind, name="brev.pdf") == Document(PROMISE)
    assert read(b"En fil som b\xf6rjar med %PDF-1.4.", name="om.txt") == Document(
        "En fil som börjar med %PDF-1.4."
    )


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (OLE + "WordDocument\0".encode("utf-16-le"), "brev.doc", "document-unread"),
        (OLE + "Workbook\0".encode("utf-16-le"), None, "document-unread"),
        (OLE + "PowerPoint Document\0".encode("utf-16-le"), None, "document-unread"),
        (b"what ever", "brev.doc", "document-unread"),
        (b"", "brev.pdf", "document-broken"),
        (b"what ever", "brev.docx", "document-broken"),
        (package({"a": "b"}), "brev.xlsx", "document-broken"),
        (bytes(100), "brev.txt", "document-broken"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, name: str | None, code: str) -> None:
    found = read(data, name=name)
    assert found is not None
    assert (found.text, found.problems[0][0]) == (None, code)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", package({"a.txt": "b"}), b"", OLE, b"what ever"])
def test_what_is_no_document_is_no_problem(data: bytes) -> None:
    assert read(data, name="bild.dat") is None


def test_an_empty_text_is_no_problem() -> None:
    assert read(b" \r\n", "text/plain", "ATT00001.txt") == Document(None)


@pytest.mark.parametrize(
    ("content_type", "name", "worth"),
    [
        ("application/pdf", None, True),
        ("application/octet-stream", None, True),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a", True),
        ("image/png", "karta.png", False),
        ("image/png", "karta.PDF", True),
        ("text/plain", "brev.txt", True),
        ("text/calendar", "invite.ics", False),
        ("application/octet-stream", "brev.msg", False),
        ("application/pkcs7-signature", "smime.p7s", False),
        ("application/pgp-signature", None, False),
        ("audio/wav", "samtal.wav", False),
    ],
)
def test_pictures_and_keys_are_not_even_looked_into(
    content_type: str, name: str | None, *, worth: bool
) -> None:
    assert may_be_document(content_type, name) is worth
