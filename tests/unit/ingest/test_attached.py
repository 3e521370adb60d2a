"""The documents of one mail: numbered from 1, each read once, problems named."""

from email.message import EmailMessage

from ingest.attached import AttachedDocuments
from ingest.limits import Limits
from ingest.mime import parse
from ingest.model import Attachment
from tests.documents.office import docx, paragraph
from tests.documents.pdf import letter, pdf, scanned

PROMISE = "Vi återkommer i slutet av oktober 2021."


def mail(*documents: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"] = "Bo Ekdahl <bo.ekdahl@ange.se>"
    made.set_content("Se bilagan.")
    for name, data in documents:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def read(raw: bytes, limits: Limits | None = None) -> tuple[tuple[Attachment, ...], list[str]]:
    documents = AttachedDocuments.of(raw, limits)
    found = documents.texts(parse(raw).attachments)
    return found, list(documents.problems)


def test_each_document_has_its_text() -> None:
    raw = mail(("a.docx", docx(paragraph(PROMISE))), ("b.png", b"\x89PNG"), ("c.pdf", pdf(letter(["Hej"]))))
    found, problems = read(raw)
    assert [item.text for item in found] == [PROMISE, None, "Hej"]
    assert not problems


def test_a_problem_names_the_document_and_its_number() -> None:
    found, problems = read(mail(("a.txt", b"Hej"), ("avtal.pdf", scanned())))
    assert [item.text for item in found] == ["Hej", None]
    assert problems == ["document-no-text: attachment 2 (avtal.pdf), its pages are pictures"]


def test_the_same_document_is_read_once() -> None:
    same = docx(paragraph(PROMISE))
    found, problems = read(mail(("a.docx", same), ("b.docx", same)), Limits(documents=1))
    assert [item.text for item in found] == [PROMISE, PROMISE]
    assert not problems


def test_documents_beyond_the_limit_are_said() -> None:
    found, problems = read(mail(("a.txt", b"ett"), ("b.txt", b"tv\xe5")), Limits(documents=1))
    assert [item.text for item in found] == ["ett", None]
    assert problems == ["limit-documents: attachment 2 (b.txt), 1 of a mail are read"]


def test_documents_of_an_attached_mail_are_found() -> None:
    outer = EmailMessage()
    outer["From"] = "Anna Lindgren <anna.lindgren@statenssc.se>"
    outer.set_content("Se nedan.")
    inner = EmailMessage()
    inner["From"] = "Bo Ekdahl <bo.ekdahl@ange.se>"
    inner.set_content("Se bilagan.")
    inner.add_attachment(
        docx(paragraph(PROMISE)), maintype="application", subtype="msword", filename="a.docx"
    )
    outer.add_attachment(inner)
    raw = outer.as_bytes()
    (attached,) = parse(raw).attached
    assert [item.text for item in AttachedDocuments.of(raw).texts(attached.attachments)] == [PROMISE]
