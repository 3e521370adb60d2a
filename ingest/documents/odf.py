"""The text of an OpenDocument (ODF 1.3): letters, sheets and slides; headers and footers from its styles.

Deleted text (`text:tracked-changes`), comments and hidden text are left out; footnotes follow the body.
"""

import re
from collections.abc import Mapping

from ingest.documents.model import Enough, Read, Unreadable
from ingest.documents.package import Package, Target, parsed
from ingest.documents.writer import Writer
from ingest.limits import Limits

_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end note-citation hidden-text hidden-paragraph ruby-text forms scripts"
    " automatic-styles font-face-decls title desc script".split()
)
_BOXES = frozenset("text-box custom-shape".split())
_REGIONS = {
    "header": 0,
    "header-first": 0,
    "header-left": 0,
    "footer": 1,
    "footer-first": 1,
    "footer-left": 1,
}
_MOST_SPACES = 100
_BLANKS = re.compile(r"[ \t\r\n]+")


class Content(Target):
    """Takes the tags of content.xml."""

    def __init__(self, limits: Limits) -> None:
        self.writer = Writer(limits.document_text)
        self.notes: list[str] = []
        self._limits = limits
        self._skipped = 0
        self._paragraphs = 0
        self._marks: list[str] = []
        self._mark = ""
        self._rows = 0
        self._sheets = 0
        self._is_sheet = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or tag in _SKIPPED or attributes.get("display") == "none":
            self._skipped += 1
            return
        begin = _BEGIN.get(tag)
        if begin is not None:
            begin(self, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        finish = _FINISH.get(tag)
        if finish is not None:
            finish(self)

    def data(self, text: str) -> None:
        """White space is one blank; several are written as `text:s` (ODF 1.3, part 3, 6.1.2)."""
        if self._paragraphs and not self._skipped:
            self.writer.write(_BLANKS.sub(" ", text))

    def begin_paragraph(self, _attributes: Mapping[str, str]) -> None:
        self._paragraphs += 1
        self._marks.append(self._mark)
        self._mark = ""

    def end_paragraph(self) -> None:
        self._paragraphs -= 1
        self.writer.end_paragraph(self._marks.pop())

    def begin_item(self, _attributes: Mapping[str, str]) -> None:
        self._mark = "- "

    def end_item(self) -> None:
        self._mark = ""

    def spaces(self, attributes: Mapping[str, str]) -> None:
        count = attributes.get("c", "1")
        wanted = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 1
        self.writer.write(" " * min(wanted, _MOST_SPACES))

    def tab(self, _attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self.writer.write("\t")

    def line_break(self, _attributes: Mapping[str, str]) -> None:
        self.writer.write("\n")

    def begin_flow(self, _attributes: Mapping[str, str]) -> None:
        self.writer.begin_flow()

    def end_box(self) -> None:
        self.writer.end_box()

    def end_note(self) -> None:
        self.notes += self.writer.end_note()

    def begin_spreadsheet(self, _attributes: Mapping[str, str]) -> None:
        self._is_sheet = True

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        if not self._is_sheet:
            return
        self._sheets += 1
        limit = self._limits.document_sheets
        if self._sheets > limit:
            raise Enough("limit-document-sheets", f"more than {limit} sheets")
        self.writer.write(attributes.get("name", ""))
        self.writer.end_paragraph()

    def begin_row(self, _attributes: Mapping[str, str]) -> None:
        self._rows += 1
        limit = self._limits.document_rows
        if self._rows > limit:
            raise Enough("limit-document-rows", f"more than {limit} rows")
        self.writer.begin_row()

    def end_row(self) -> None:
        self.writer.end_row()

    def end_cell(self) -> None:
        self.writer.end_cell()


_BEGIN = {
    "p": Content.begin_paragraph,
    "h": Content.begin_paragraph,
    "list-item": Content.begin_item,
    "s": Content.spaces,
    "tab": Content.tab,
    "line-break": Content.line_break,
    "note-body": Content.begin_flow,
    "spreadsheet": Content.begin_spreadsheet,
    "table": Content.begin_table,
    "table-row": Content.begin_row,
    "table-cell": Content.begin_flow,
    "covered-table-cell": Content.begin_flow,
    **dict.fromkeys(_BOXES, Content.begin_flow),
}
_FINISH = {
    "p": Content.end_paragraph,
    "h": Content.end_paragraph,
    "list-item": Content.end_item,
    "note-body": Content.end_note,
    "table-row": Content.end_row,
    "table-cell": Content.end_cell,
    "covered-table-cell": Content.end_cell,
    **dict.fromkeys(_BOXES, Content.end_box),
}


class _Regions(Target):
    """Takes the tags of styles.xml: what stands in the headers and footers of the page styles."""

    def __init__(self, limits: Limits) -> None:
        self.found: tuple[list[str], list[str]] = ([], [])
        self._limits = limits
        self._content: Content | None = None
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._content is not None:
            self._depth += 1
            self._content.start(tag, attributes)
        elif tag in _REGIONS:
            self._content = Content(self._limits)

    def end(self, tag: str) -> None:
        if self._content is None:
            return
        if self._depth:
            self._depth -= 1
            self._content.end(tag)
            return
        region = self.found[_REGIONS.get(tag, 0)]
        region += [block for block in self._content.writer.blocks() if block not in region[:_MOST_SPACES]]
        self._content = None

    def data(self, text: str) -> None:
        if self._content is not None:
            self._content.data(text)


def read(package: Package, limits: Limits) -> Read:
    """The paragraphs of a letter, the rows of a sheet, the lines of slides. Raises Unreadable."""
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("document-encrypted")
    if "content.xml" not in package:
        raise Unreadable("document-broken", "no document in it")
    body = Content(limits)
    problems = parsed(package, "content.xml", body)
    regions = _Regions(limits)
    parsed(package, "styles.xml", regions)
    heads, feet = regions.found
    return Read([*heads, *body.writer.blocks(), *body.notes, *feet], problems)
