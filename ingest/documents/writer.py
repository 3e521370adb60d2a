"""The lines of a document: paragraphs parted by a blank line, a table's row a line, its cells parted by tabs."""

from dataclasses import dataclass, field

from ingest.documents.model import Enough

_ROW = 200  # characters: a longer row whose cells hold several paragraphs is a page's layout, not a table


@dataclass(slots=True)
class _Flow:
    """A run of paragraphs of its own: the body, a cell, a text box. `line` has begun and not ended."""

    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class Writer:
    """Takes what a document says in its own order; `blocks` are its paragraphs and rows.

    Raises Enough once more than `limit` characters were written.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._written = 0
        self._flows = [_Flow()]
        self._rows: list[list[list[str]]] = []

    def write(self, text: str) -> None:
        """Words of the paragraph that has begun."""
        room = self._limit - self._written
        self._written += len(text)
        self._flows[-1].line.append(text[:room])
        if self._written > self._limit:
            raise Enough("limit-document-text", f"more than {self._limit} characters")

    def end_paragraph(self, mark: str = "") -> None:
        """Ends the line; `mark` goes before it, if there are words. What stood in its text boxes follows."""
        flow = self._flows[-1]
        text = "".join(flow.line).strip()
        if text:
            flow.blocks.append(mark + text)
        flow.blocks += flow.boxes
        flow.line, flow.boxes = [], []

    def begin_flow(self) -> None:
        """A cell or text box within a paragraph: it has paragraphs of its own."""
        self._flows.append(_Flow())

    def end_box(self) -> None:
        """A text box's words stand after the paragraph that it is anchored in."""
        blocks = self._end_flow()
        self._flows[-1].boxes += blocks

    def end_note(self) -> list[str]:
        """A note's paragraphs: whoever reads the document puts them where notes go."""
        return self._end_flow()

    def begin_row(self) -> None:
        self.end_paragraph()
        self._rows.append([])

    def end_cell(self) -> None:
        blocks = self._end_flow()
        if self._rows:
            self._rows[-1].append(blocks)
        else:
            self._flows[-1].blocks += blocks

    def end_row(self) -> None:
        """One line of cells, or the cells' own paragraphs where the table is a page's layout."""
        if not self._rows:
            return
        cells = [cell for cell in self._rows.pop() if cell]
        several = any(len(cell) > 1 for cell in cells)
        long = sum(len(block) for cell in cells for block in cell) > _ROW
        if len(cells) == 1 or (several and long):
            self._flows[-1].blocks += [block for cell in cells for block in cell]
        elif cells:
            row = "\t".join(" ".join(" ".join(cell).split()) for cell in cells)
            self._flows[-1].blocks.append(row)

    def blocks(self) -> list[str]:
        """Everything that was written, what was begun and not ended included."""
        while len(self._flows) > 1:
            self.end_paragraph()
            rest = self._end_flow()
            self._flows[-1].blocks += rest
        self.end_paragraph()
        while self._rows:
            self.end_row()
        return self._flows[0].blocks

    def _end_flow(self) -> list[str]:
        if len(self._flows) == 1:
            return []
        self.end_paragraph()
        return self._flows.pop().blocks


def joined(blocks: list[str]) -> str:
    """Paragraphs parted by a blank line; the rows of a table and the items of a list stand line by line."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        kind = "row" if "\t" in block else "item" if block.startswith("- ") else ""
        if lines and not (kind and kind == before):
            lines.append("")
        lines.append(block)
        before = kind
    return "\n".join(lines)
