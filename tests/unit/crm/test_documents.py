"""What attached documents say, read with their mail."""

from datetime import date
from email.message import EmailMessage

import pytest

from crm.inspecting import as_dict
from crm.reading import read_mail
from crm.readings import ReadingContext, ReadMail
from ingest.limits import Limits
from ingest.model import Source
from nlp.model import FollowUp
from nlp.reader import Reader
from tests.documents.office import docx, paragraph, row, xlsx
from tests.documents.pdf import letter, pdf, scanned

PROMISE = "Vi återkommer i slutet av oktober om lokalen i Ånge."
CONTEXT = ReadingContext(today=date(2021, 6, 10))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def mail(text: str, *documents: tuple[str, bytes], sender: str = "Bo Ekdahl <bo.ekdahl@ange.se>") -> bytes:
    made = EmailMessage()
    made["From"] = sender
    made["To"] = "Anna Lindgren <anna.lindgren@statenssc.se>"
    made["Date"] = "Thu, 10 Jun 2021 09:00:00 +0200"
    made["Message-ID"] = "<1@x.example>"
    made.set_content(text)
    for name, data in documents:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def written(*paragraphs: str) -> bytes:
    return docx("".join(map(paragraph, paragraphs)))


def follow_ups(read: ReadMail) -> list[FollowUp]:
    return [item for message in read.messages for item in message.reading.follow_ups]


def test_a_promise_in_a_document_says_where_it_stands(reader: Reader) -> None:
    read = read_mail(
        mail("Se bilagan.", ("a.png", b"x"), ("b.docx", written("Hej!", PROMISE))), reader, CONTEXT
    )
    (found,) = follow_ups(read)
    assert (found.field, found.due_start, found.due_end) == (
        "attachment:2",
        date(2021, 10, 21),
        date(2021, 10, 31),
    )
    text = read.messages[0].chain.attachments[1].text or ""
    assert text[found.start : found.end] == found.text == PROMISE


def test_every_span_of_inspect_is_in_the_text_of_its_field(reader: Reader) -> None:
    raw = mail("Hej Anna!", ("b.docx", written("Datum 2021-06-07", PROMISE, "Karin Ek", "Filipstads kommun")))
    (message,) = as_dict(Source("x", raw), read_mail(raw, reader, CONTEXT))["messages"]
    texts = {"body": message["body"], "subject": message["subject"]}
    texts |= {f"attachment:{at}": item["text"] for at, item in enumerate(message["attachments"], 1)}
    spans = [*message["entities"], *message["follow_ups"]]
    assert {"attachment:1", "body"} <= {span["field"] for span in spans}
    assert all(texts[span["field"]][span["start"] : span["end"]] == span["text"] for span in spans)


def test_words_count_from_the_day_in_the_letterhead(reader: Reader) -> None:
    late = "Vi återkommer på torsdag."
    read = read_mail(mail("Se bilagan.", ("b.docx", written("Datum 2021-05-31", late))), reader, CONTEXT)
    assert [item.due_end for item in follow_ups(read)] == [date(2021, 6, 3)]


def test_a_document_that_repeats_the_letter_promises_nothing_new(reader: Reader) -> None:
    again = "\n".join(PROMISE.split(" i ", 1))
    raw = mail(PROMISE, ("b.docx", written(PROMISE)), ("b.pdf", pdf(letter([again.replace("\n", " i ")]))))
    assert [item.field for item in follow_ups(read_mail(raw, reader, CONTEXT))] == ["body"]


def test_an_office_and_a_person_that_only_the_document_names(reader: Reader) -> None:
    body = ("Vi har en lokal i Filipstad.", "Med vänlig hälsning", "Karin Ek", "Lokalchef")
    raw = mail("Se bilagan.", ("b.docx", written(*body)), sender="Kim <kim@x.example>")
    read = read_mail(raw, reader, CONTEXT)
    assert [(link.code, link.reason) for link in read.offices] == [("1782", "document")]
    assert "Karin Ek" in {card.name for card in read.people}


def test_a_list_of_many_places_concerns_none_of_them(reader: Reader) -> None:
    places = ("Ånge", "Filipstad", "Arjeplog", "Dorotea", "Torsby")
    rows = "".join(row(f"Lokal i {name}") for name in places)
    raw = mail("Se bilagan.", ("b.xlsx", xlsx({"Kontor": rows})), sender="Kim <kim@x.example>")
    assert read_mail(raw, reader, CONTEXT).offices == ()


SIGNED = ("Med vänlig hälsning", "Karin Ek", "Förvaltningschef", "Filipstads kommun")


@pytest.mark.parametrize(
    ("signature", "sentence", "obligor", "who"),
    [
        (SIGNED, "Vi återkommer i oktober 2021.", "third_party", "Filipstads kommun"),
        (SIGNED, "Kan ni skicka ritningarna senast den 15 juni 2021?", "sender", None),
        ((*SIGNED[:3], "Statens servicecenter"), "Vi återkommer i oktober 2021.", "recipient", None),
        ((*SIGNED[:3], "Ånge kommun"), "Vi återkommer i oktober 2021.", "sender", None),
        (("Med vänlig hälsning", "Bo Ekdahl"), "Vi återkommer i oktober 2021.", "sender", None),
        ((), "Vi återkommer i oktober 2021.", "sender", None),
    ],
)
def test_we_and_you_are_those_of_who_signed(
    reader: Reader, signature: tuple[str, ...], sentence: str, obligor: str, who: str | None
) -> None:
    text = "\n".join(signature)
    made = (
        docx(paragraph(sentence) + paragraph(signature[0]) + "".join(map(paragraph, signature[1:])))
        if text
        else written(sentence)
    )
    read = read_mail(mail("Se bilagan.", ("b.docx", made)), reader, CONTEXT)
    assert [(item.obligor, item.who) for item in follow_ups(read)] == [(obligor, who)]


def test_a_document_that_cannot_be_read_is_said_and_the_mail_is_read(reader: Reader) -> None:
    read = read_mail(mail(PROMISE, ("avtal.pdf", scanned())), reader, CONTEXT)
    assert read.status == "ok"  # the mail itself
    assert read.problems == ("document-no-text: attachment 1 (avtal.pdf), its pages are pictures",)
    assert len(follow_ups(read)) == 1


def test_what_lies_beyond_the_words_that_are_read_is_searched_alone(reader: Reader) -> None:
    context = ReadingContext(today=date(2021, 6, 10), limits=Limits(document_words=20))
    read = read_mail(mail("Se bilagan.", ("a.docx", written("Hej! " * 10, PROMISE))), reader, context)
    assert follow_ups(read) == []
    assert read.problems[0].startswith("limit-document-words: attachment 1 (a.docx)")
    assert PROMISE in (read.messages[0].chain.attachments[0].text or "")


def test_documents_may_be_left_unread(reader: Reader) -> None:
    context = ReadingContext(today=date(2021, 6, 10), documents=False)
    read = read_mail(mail("Se bilagan.", ("a.docx", written(PROMISE))), reader, context)
    assert (read.status, read.messages[0].chain.attachments[0].text) == ("ok", None)
