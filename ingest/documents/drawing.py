"""The text of drawings (DrawingML): what stands on a slide, or in a text box on a sheet."""

from collections.abc import Mapping

from ingest.documents.package import Target
from ingest.documents.writer import Writer

_SKIPPED = frozenset({"Fallback"})


class Drawing(Target):
    """Takes paragraphs and tables."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._texts = 0
        self._skipped = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 (the parser gives both)
        if self._skipped or tag in _SKIPPED:
            self._skipped += 1
        elif tag == "t":
            self._texts += 1
        elif tag == "br":
            self._writer.write("\n")
        elif tag == "tr":
            self._writer.begin_row()
        elif tag == "tc":
            self._writer.begin_flow()

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._texts -= 1
        elif tag == "p":
            self._writer.end_paragraph()
        elif tag == "tr":
            self._writer.end_row()
        elif tag == "tc":
            self._writer.end_cell()

    def data(self, text: str) -> None:
        if self._texts and not self._skipped:
            self._writer.write(text)
