"""A letter with documents as the reading pane shows it."""

from dataclasses import replace

from crm.rows.reading_pane import AttachmentView, MentionView
from tests.tui.fakes import follow_up, message_view
from tui.widgets.letter import letter

WORDS = "Svar om lokal\n\nVi återkommer i maj 2022 till Ånge.\n\nKarin Ek"
SENTENCE = "Vi återkommer i maj 2022 till Ånge."
DOCUMENT = AttachmentView(2, "3", "svar [b].docx", "application/octet-stream", 9_000, "1" * 64, WORDS)


def with_document() -> tuple[str, int | None]:
    view = message_view()
    start = WORDS.index("Ånge")
    view = replace(
        view,
        attachments=(*view.attachments, DOCUMENT),
        mentions=(
            *view.mentions,
            MentionView("MUNICIPALITY", "attachment:2", start, start + 4, "Ånge", "2260", "r", 0.9),
        ),
        follow_ups=(
            *view.follow_ups,
            follow_up(id="f9", text=SENTENCE, field="attachment:2", source="svar.docx"),
        ),
    )
    shown = letter(view, SENTENCE)
    return shown.content.plain, shown.target


def test_the_documents_words_stand_under_its_name() -> None:
    text, _ = with_document()
    assert text.index("── svar [b].docx ──") < text.index("Svar om lokal")


def test_its_sentence_is_what_is_shown_first() -> None:
    text, target = with_document()
    assert target == text.index(SENTENCE)


def test_what_a_sentence_means_stands_after_it_and_not_in_the_letter() -> None:
    text, _ = with_document()
    body, _, document = text.partition("── svar [b].docx ──")
    assert document.index(SENTENCE) < document.index("▸") < document.index("Karin Ek")
    assert body.count("▸") == 1


def test_a_sentence_of_a_document_without_text_stands_in_the_letter() -> None:
    view = message_view(follow_ups=(follow_up(id="f9", text=SENTENCE, field="attachment:7"),))
    assert "▸" in letter(view).content.plain


def test_marks_of_a_document_are_its_own() -> None:
    view = message_view()
    start = WORDS.index("Ånge")
    mention = MentionView("MUNICIPALITY", "attachment:2", start, start + 4, "Ånge", "2260", "r", 0.9)
    shown = letter(replace(view, mentions=(mention,), follow_ups=(), attachments=(DOCUMENT,))).content
    marked = [shown.plain[span.start : span.end] for span in shown.spans if "underline" in str(span.style)]
    assert marked == ["Ånge"]
