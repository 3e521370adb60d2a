"""What documents that came with a letter say: read as letters of their own, found under `attachment:N`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crm.authorship import author_of, seen_from_mail
from crm.keys import normalised
from ingest.attached import AttachedDocuments
from ingest.chain import signature_start
from ingest.limits import Limits
from ingest.model import Attachment, ChainMessage
from nlp.letterhead import written_on
from nlp.model import DocumentMentions, FollowUp, Letter, Reading, document_field

if TYPE_CHECKING:
    from nlp.reader import Reader

_SHEETS = (".xlsx", ".xlsm", ".xltx", ".ods", ".csv", ".tsv")


def with_texts(
    raw: bytes, chain: Sequence[ChainMessage], limits: Limits | None
) -> tuple[tuple[ChainMessage, ...], tuple[str, ...]]:
    """The messages of a mail with the texts of their documents, and what could not be read of these.

    Without `limits` no document is read.
    """
    if limits is None or not any(message.attachments for message in chain):
        return tuple(chain), ()
    documents = AttachedDocuments.of(raw, limits)
    messages = tuple(
        replace(message, attachments=documents.texts(message.attachments)) if message.attachments else message
        for message in chain
    )
    return messages, tuple(documents.problems)


@dataclass(slots=True)
class DocumentReader:
    """Reads letters with their documents: of one mail's as many characters as `limits.document_words` allows."""

    reader: "Reader"
    limits: Limits
    left: int
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, reader: "Reader", limits: Limits) -> "DocumentReader":
        return cls(reader, limits, limits.document_words)

    def read(self, letter: Letter, attachments: Sequence[Attachment]) -> Reading:
        """The reading of a letter and of the documents that came with it.

        A sentence that stands in the letter itself, or in a document before, is a follow-up once.
        """
        reading = self.reader.read(letter)
        if not any(item.text for item in attachments):
            return reading
        known = {(item.kind, normalised(item.text)) for item in reading.follow_ups}
        mentions: list[DocumentMentions] = []
        follow_ups: list[FollowUp] = []
        for number, item in enumerate(attachments, 1):
            if not item.text:
                continue
            found = self._document(number, item, letter)
            mentions.append(DocumentMentions(number, found.mentions))
            for one in found.follow_ups:
                if (key := (one.kind, normalised(one.text))) not in known:
                    known.add(key)
                    follow_ups.append(replace(one, field=document_field(number)))
        return replace(reading, follow_ups=(*reading.follow_ups, *follow_ups), documents=tuple(mentions))

    def _document(self, number: int, item: Attachment, letter: Letter) -> Reading:
        """A document read as its author's: again, where its signature says that this is not the mail's sender."""
        text = (item.text or "")[: self.left]
        if len(item.text or "") > self.left:
            self._report(number, item)
        self.left -= len(text)
        document = _letter_in(text, letter, is_sheet=(item.filename or "").lower().endswith(_SHEETS))
        reading = self.reader.read(document)
        author = author_of(reading, document)
        if author is None or not reading.follow_ups:
            return reading
        reading = self.reader.read(replace(document, sender=author, recipients=()))
        return replace(
            reading, follow_ups=tuple(seen_from_mail(one, author, letter) for one in reading.follow_ups)
        )

    def _report(self, number: int, item: Attachment) -> None:
        most = self.limits.document_words
        self.problems.append(
            f"limit-document-words: attachment {number} ({item.filename or item.content_type}), the first {most} "
            "characters of a mail's documents are read for names, dates and follow-ups"
        )


def _letter_in(text: str, letter: Letter, *, is_sheet: bool) -> Letter:
    """A document as a letter of the mail's own parties, of the day in its letterhead or else the mail's.

    A sheet has columns of days, and no letterhead.
    """
    day = None if is_sheet else written_on(text, letter.reference)
    return replace(
        letter,
        body=text,
        subject=None,
        reference=day or letter.reference,
        signature_start=signature_start(text, letter.sender.name if letter.sender else None),
    )
