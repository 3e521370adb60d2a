"""Every bound on the reading of one mail as a setting; a problem `limit-x-y` is moved by the setting `limit_x_y`."""

from dataclasses import fields
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from ingest.limits import Limits

if TYPE_CHECKING:
    from crm.workers import WorkerLimits

PREFIX = "limit_"
_DEFAULT = Limits()
_MEGABYTES = 1_000_000_000


def _limit(default: int, description: str, least: int, most: int) -> int:
    bound: int = Field(default, ge=least, le=most, description=description)
    return bound


class LimitSettings(BaseModel):
    """What one mail may cost. What lies beyond is kept in the raw mail, and a problem names the setting."""

    limit_time: float = Field(5.0, ge=0.1, le=600, description="Seconds that one mail may take to read")
    limit_memory: int = _limit(1_500, "MB of memory that a reading process may use", 300, 1_000_000)
    limit_size: int = _limit(_DEFAULT.size, "Bytes of a mail that are read", 10_000, _MEGABYTES)
    limit_header: int = _limit(_DEFAULT.header, "Bytes of one header that are read", 1_000, 10_000_000)
    limit_headers: int = _limit(
        _DEFAULT.headers, "Bytes of all headers of a mail that are read", 10_000, 100_000_000
    )
    limit_parameters: int = _limit(
        _DEFAULT.parameters,
        "Bytes of a header's parameters (charset, name …) that are read",
        1_000,
        1_000_000,
    )
    limit_depth: int = _limit(_DEFAULT.depth, "Levels of parts and mails within each other", 2, 200)
    limit_parts: int = _limit(_DEFAULT.parts, "Parts of a mail and all mails in it", 10, 100_000)
    limit_recipients: int = _limit(_DEFAULT.recipients, "Recipients of a message", 10, 100_000)
    limit_references: int = _limit(_DEFAULT.references, "Message-IDs that a mail may refer to", 10, 100_000)
    limit_text: int = _limit(_DEFAULT.text, "Characters of a mail's text", 10_000, 100_000_000)
    limit_lines: int = _limit(
        _DEFAULT.lines, "Lines of text of a mail and all mails in it", 1_000, 10_000_000
    )
    limit_html: int = _limit(
        _DEFAULT.html, "Characters of HTML of a mail and all mails in it", 10_000, 100_000_000
    )
    limit_documents: int = _limit(_DEFAULT.documents, "Attached documents of a mail that are read", 0, 10_000)
    limit_document_size: int = _limit(
        _DEFAULT.document_size, "Bytes of a document that is read", 0, _MEGABYTES
    )
    limit_document_unpacked: int = _limit(
        _DEFAULT.document_unpacked, "Bytes of a document when it is unpacked", 10_000, _MEGABYTES
    )
    limit_document_seconds: int = _limit(
        _DEFAULT.document_seconds, "Seconds that all documents of a mail may take", 1, 600
    )
    limit_document_text: int = _limit(
        _DEFAULT.document_text, "Characters of a document's text", 1_000, 100_000_000
    )
    limit_document_words: int = _limit(
        _DEFAULT.document_words,
        "Characters of all documents of a mail that are read for dates, people and promises",
        0,
        10_000_000,
    )
    limit_document_entries: int = _limit(
        _DEFAULT.document_entries, "Files within a document (a .docx is a ZIP)", 10, 1_000_000
    )
    limit_document_elements: int = _limit(
        _DEFAULT.document_elements, "XML elements of a document", 1_000, 100_000_000
    )
    limit_document_pages: int = _limit(_DEFAULT.document_pages, "Pages or slides of a document", 1, 100_000)
    limit_document_sheets: int = _limit(_DEFAULT.document_sheets, "Sheets of a workbook", 1, 10_000)
    limit_document_rows: int = _limit(_DEFAULT.document_rows, "Rows of a sheet", 1, 1_100_000)

    def limits(self) -> Limits:
        """What ingest reads of a mail."""
        return Limits(**{field.name: getattr(self, f"{PREFIX}{field.name}") for field in fields(Limits)})

    def worker_limits(self) -> "WorkerLimits":
        """What a mail may cost its process."""
        from crm.workers import WorkerLimits

        return WorkerLimits(seconds=self.limit_time, memory=self.limit_memory)
