"""What reading a document gives, and how it says what it could not read."""

import time
from dataclasses import dataclass
from typing import Literal

from ingest.limits import Limits

Kind = Literal["pdf", "docx", "xlsx", "pptx", "odf", "rtf", "html", "text"]


Problem = tuple[str, str]  # code, detail


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document (None: none could be read) and its problems."""

    text: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader of one format gives: paragraphs and rows in order, and what it could not read."""

    blocks: list[str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a document is read, and until when: the documents of one mail share its time."""

    limits: Limits
    until: float

    @classmethod
    def of(cls, limits: Limits) -> "Bounds":
        """The time begins now."""
        return cls(limits, time.monotonic() + limits.document_seconds)

    def check(self) -> None:
        """Raises Enough when the time is over: one document must not keep its mail from being read."""
        if time.monotonic() > self.until:
            raise Enough("limit-document-seconds", f"not read to its end in {self.limits.document_seconds} s")


class Unreadable(Exception):
    """Nothing of this document can be read, or nothing more of it: `code` and `detail` are a problem's."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Enough(Exception):
    """A limit was reached: what was read until then is the text."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
