"""Letters that come as attachments, on every store: found, listed with their source, promised once, saved."""

from datetime import date, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from crm import followups, letters, messages
from crm.errors import NotFound
from crm.followups import FollowUpQuery
from crm.messages import MessageQuery
from crm.rows.follow_ups import FollowUpRow
from crm.search import search
from db.schema import AttachmentRow, MentionRow
from db.store import Store
from tests.documents.office import docx, paragraph
from tests.documents.pdf import letter, pdf
from tests.intake import Take
from tests.mails import ANNA, BO

PROMISE = "Vi återkommer i slutet av oktober 2021 om fastighetsägarens lokal."
LETTER = docx(paragraph("Ånge kommun") + paragraph(PROMISE))
NOW = datetime(2021, 6, 9, 9, tzinfo=ZoneInfo("Europe/Stockholm"))


def mail(
    text: str,
    *documents: tuple[str, bytes],
    number: int = 1,
    sender: str = BO,
    subject: str = "Brev",
    at: int = 8,
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ANNA, subject
    made["Date"] = f"Tue, {at:02} Jun 2021 09:00:00 +0200"
    made["Message-ID"] = f"<{number}@x.example>"
    made.set_content(text)
    for name, data in documents:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def due(store: Store) -> list[FollowUpRow]:
    with store.read() as session:
        rows = followups.list_follow_ups(session, FollowUpQuery(limit=0))
    return [row for row in rows if row.message]


def test_a_promise_in_a_document_is_listed_with_its_source(filled: Store, take: Take) -> None:
    take(mail("Se bilagan.", ("karta.png", b"x"), ("svar.docx", LETTER)))
    (row,) = due(filled)
    assert (row.field, row.source, row.text, row.owes) == ("attachment:2", "svar.docx", PROMISE, "them")


def test_a_message_is_found_by_a_word_of_its_document(filled: Store, take: Take) -> None:
    take(mail("Se bilagan.", ("svar.docx", LETTER)), mail("Hej!", number=2))
    with filled.read() as session:
        (row,) = search(session, "fastighetsägare")
    assert row.snippet is not None
    assert "fastighetsägarens lokal" in row.snippet
    assert [(item.number, item.filename) for item in row.attachments] == [(1, "svar.docx")]


def test_the_snippet_is_the_letters_own_where_the_word_stands_there_too(filled: Store, take: Take) -> None:
    take(mail("Hej, en lokal!", ("svar.docx", LETTER)))
    with filled.read() as session:
        (row,) = search(session, "lokal")
    assert row.snippet == "Hej, en lokal!"


@pytest.mark.parametrize("together", [True, False])
def test_one_document_in_many_mails_promises_once(filled: Store, take: Take, *, together: bool) -> None:
    raws = [mail(f"Nummer {at}.", ("svar.docx", LETTER), number=at, at=at) for at in range(1, 6)]
    for batch in [raws] if together else [[raw] for raw in raws]:
        take(*batch)
    (row,) = due(filled)
    assert row.message == "m1"
    take(*reversed(raws))
    assert [again.id for again in due(filled)] == [row.id]


def test_a_document_of_an_automatic_mail_holds_nothing_back(filled: Store, take: Take) -> None:
    automatic = mail("Jag är inte här.", ("svar.docx", LETTER), subject="Autosvar: Brev")
    take(automatic.replace(b"Subject:", b"Auto-Submitted: auto-replied\nSubject:"))
    take(mail("Se bilagan.", ("svar.docx", LETTER), number=2, at=9))
    assert [row.source for row in due(filled)] == ["svar.docx"]


def test_what_was_decided_stays_when_it_is_read_again(filled: Store, take: Take) -> None:
    raw = mail("Se bilagan. Vi återkommer i maj 2022.", ("svar.docx", LETTER))
    take(raw)
    before = {row.text: row.id for row in due(filled)}
    assert len(before) == 2
    with filled.write() as session:
        followups.decide(session, list(before.values()), "accept", by="anna", now=NOW)
    take(raw)
    assert {row.text: (row.id, row.state) for row in due(filled)} == {
        text: (id_, "accepted") for text, id_ in before.items()
    }


def test_overlap_counts_within_one_field_alone(filled: Store, take: Take) -> None:
    """A sentence that changed in the body never takes over the follow-up of one in a document."""
    take(mail("Vi återkommer i maj 2022.", ("svar.docx", docx(paragraph("Vi återkommer i juni 2022.")))))
    fields = {row.field: (row.due_start, row.due_end) for row in due(filled)}
    assert fields == {
        "body": (date(2022, 5, 1), date(2022, 5, 31)),
        "attachment:1": (date(2022, 6, 1), date(2022, 6, 30)),
    }


def test_an_opened_letter_has_its_documents_text_and_mentions(filled: Store, take: Take) -> None:
    take(mail("Se bilagan.", ("svar.pdf", pdf(letter(["Ett svar om Ånge.", PROMISE])))))
    with filled.read() as session:
        (view,) = letters.chain(session, "m1")
    (document,) = view.attachments
    assert document.text is not None
    assert PROMISE in document.text
    inside = [mention for mention in view.mentions if mention.field == document.field]
    assert {mention.label for mention in inside} >= {"MUNICIPALITY", "DATE"}
    assert all(document.text[mention.start : mention.end] == mention.text for mention in inside)


def test_reading_again_replaces_what_documents_said(filled: Store, take: Take) -> None:
    raw = mail("Se bilagan.", ("svar.docx", LETTER))
    take(raw)
    take(raw)
    with filled.read() as session:
        assert len(list(session.scalars(select(AttachmentRow.text)))) == 1
        marks = list(session.execute(select(MentionRow.field, MentionRow.start, MentionRow.label)))
    assert len(marks) == len(set(marks))


def test_a_document_is_given_back_as_it_came(filled: Store, take: Take) -> None:
    take(mail("Se bilagan.", ("../../svar.docx", LETTER)))
    with filled.read() as session:
        saved = messages.document(session, "m1", 1)
        assert (saved.name, saved.content) == ("svar.docx", LETTER)
        for number in (2, 99_999):
            with pytest.raises(NotFound):
                messages.document(session, "m1", number)


def test_a_document_without_a_name_gets_one(filled: Store, take: Take) -> None:
    nameless = mail("Se bilagan.", ("x.docx", LETTER)).replace(b'; filename="x.docx"', b"")
    take(nameless)
    with filled.read() as session:
        assert messages.document(session, "m1", 1).name == "m1-1.bin"
        (row,) = messages.list_messages(session, MessageQuery())
    assert row.attachments[0].filename is None
