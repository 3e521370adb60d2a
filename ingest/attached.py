"""The texts of the documents that are attached to a mail and to the mails within it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.documents import Bounds, Document, extract, may_be_document
from ingest.limits import Limits
from ingest.mime import content
from ingest.model import Attachment

_MAX_PROBLEMS = 50
_LONGEST = 200


@dataclass(slots=True)
class AttachedDocuments:
    """Reads the documents of one raw mail: each once, all within the same limits of number and time.

    `problems` are those met so far, as "code: attachment N (name), detail".
    """

    raw: bytes
    bounds: Bounds
    problems: dict[str, None] = field(default_factory=dict)
    _known: dict[str, Document | None] = field(default_factory=dict)
    _read: int = 0

    @classmethod
    def of(cls, raw: bytes, limits: Limits | None = None) -> "AttachedDocuments":
        """The time to read them begins now."""
        return cls(raw, Bounds.of(limits or Limits()))

    def texts(self, attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
        """The attachments of one message, those with words with their text. Never raises on any bytes."""
        return tuple(self._with_text(number, item) for number, item in enumerate(attachments, 1))

    def _with_text(self, number: int, item: Attachment) -> Attachment:
        if not may_be_document(item.content_type, item.filename):
            return item
        found = self._document(item)
        for code, detail in found.problems if found else ():
            self._report(code, number, item, detail)
        return replace(item, text=found.text) if found and found.text else item

    def _document(self, item: Attachment) -> Document | None:
        if item.sha256 not in self._known:
            self._known[item.sha256] = self._extracted(item)
        return self._known[item.sha256]

    def _extracted(self, item: Attachment) -> Document | None:
        limits = self.bounds.limits
        self._read += 1
        if self._read > limits.documents:
            return Document(None, (("limit-documents", f"{limits.documents} of a mail are read"),))
        data = content(self.raw, item.part, limits)
        return None if data is None else extract(data, item.content_type, item.filename, self.bounds)

    def _report(self, code: str, number: int, item: Attachment, detail: str) -> None:
        told = f"{code}: attachment {number} ({item.filename or item.content_type}){', ' if detail else ''}{detail}"
        if len(self.problems) < _MAX_PROBLEMS:
            self.problems[told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"] = None
