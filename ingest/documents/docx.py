"""The text of a Word document (ECMA-376): header, body, notes, footer, as they stand when its changes are accepted.

Deleted and moved-away text, comments, field instructions and hidden text are left out. Both dialects
(transitional and strict) are read, as names count without their namespace.
"""

from collections.abc import Callable, Mapping

from ingest.documents.model import Read, Unreadable
from ingest.documents.package import Package, Target, parsed
from ingest.documents.writer import Writer
from ingest.limits import Limits

# Fallback says again, for old programs, what Choice beside it says.
_SKIPPED = frozenset(
    "del moveFrom instrText delText delInstrText Fallback rPrChange pPrChange tblPrChange trPrChange tcPrChange"
    " sectPrChange numberingChange rt binData".split()
)
_OFF = {"0", "false", "off", "none"}
_ORDER = {"first": 0, "default": 1, "even": 2}


class _Styles(Target):
    """Takes styles.xml: which paragraph styles are those of a list; a numbered heading is none."""

    def __init__(self) -> None:
        self.lists: set[str] = set()
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif tag == "numPr" and self._style:
            self.lists.add(self._style)
        elif tag == "outlineLvl":
            self.lists.discard(self._style)
            self._style = ""

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""


class Body(Target):
    """Takes the tags of document.xml, of a header, a footer or the notes."""

    def __init__(self, writer: Writer, lists: frozenset[str] = frozenset()) -> None:
        self.writer = writer
        self._lists = lists
        self.references: dict[str, list[tuple[int, str]]] = {"header": [], "footer": []}
        self._skipped = 0
        self._runs = 0
        self._texts = 0
        self._hidden = False
        self._placeholder = False
        self._marks = [""]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or tag in _SKIPPED or (tag == "sdtContent" and self._placeholder):
            self._skipped += 1
            self._placeholder = False
            return
        begin = _BEGIN.get(tag)
        if begin is not None:
            begin(self, attributes)
        elif self._runs and not self._hidden and tag in _SIGNS:
            self.writer.write(_SIGNS[tag])

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        finish = _FINISH.get(tag)
        if finish is not None:
            finish(self)

    def data(self, text: str) -> None:
        if self._texts and not self._skipped and not self._hidden:
            self.writer.write(text)

    def begin_run(self, _attributes: Mapping[str, str]) -> None:
        self._runs += 1
        self._hidden = False

    def end_run(self) -> None:
        self._runs -= 1
        self._hidden = False

    def vanish(self, attributes: Mapping[str, str]) -> None:
        """Hidden text; the mark of a hidden paragraph end (`w:pPr`) hides no words."""
        self._hidden = self._runs > 0 and attributes.get("val", "true") not in _OFF

    def symbol(self, attributes: Mapping[str, str]) -> None:
        """A sign of a font; those of symbol fonts mean nothing as letters."""
        code = attributes.get("char", "")
        if 0 < len(code) <= 5 and all(digit in "0123456789abcdefABCDEF" for digit in code):
            number = int(code, 16)
            if self._runs and not self._hidden and not 0xD800 <= number < 0xF900:
                self.writer.write(chr(number))

    def begin_control(self, _attributes: Mapping[str, str]) -> None:
        self._placeholder = False

    def unfilled(self, _attributes: Mapping[str, str]) -> None:
        """A field of a form that nobody has filled in shows what it is for."""
        self._placeholder = True

    def begin_text(self, _attributes: Mapping[str, str]) -> None:
        self._texts += 1

    def end_text(self) -> None:
        self._texts -= 1

    def listed(self, attributes: Mapping[str, str]) -> None:
        """A paragraph of a list; number 0 takes it out of the list that its style puts it in."""
        self._marks[-1] = "" if attributes.get("val") == "0" else "- "

    def styled(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("val") in self._lists:
            self._marks[-1] = "- "

    def begin_paragraph(self, _attributes: Mapping[str, str]) -> None:
        self._marks.append("")

    def end_paragraph(self) -> None:
        self.writer.end_paragraph(self._marks.pop() if len(self._marks) > 1 else "")

    def begin_box(self, _attributes: Mapping[str, str]) -> None:
        self.writer.begin_flow()

    def begin_row(self, _attributes: Mapping[str, str]) -> None:
        self.writer.begin_row()

    def header(self, attributes: Mapping[str, str]) -> None:
        self._refer("header", attributes)

    def footer(self, attributes: Mapping[str, str]) -> None:
        self._refer("footer", attributes)

    def _refer(self, kind: str, attributes: Mapping[str, str]) -> None:
        order = _ORDER.get(attributes.get("type", "default"), 3)
        self.references[kind].append((order, attributes.get("id", "")))


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BEGIN = {
    "r": Body.begin_run,
    "t": Body.begin_text,
    "p": Body.begin_paragraph,
    "pStyle": Body.styled,
    "numId": Body.listed,
    "vanish": Body.vanish,
    "sdt": Body.begin_control,
    "showingPlcHdr": Body.unfilled,
    "sym": Body.symbol,
    "tr": Body.begin_row,
    "tc": Body.begin_box,
    "txbxContent": Body.begin_box,
    "headerReference": Body.header,
    "footerReference": Body.footer,
}
_FINISH: dict[str, Callable[[Body], None]] = {
    "r": Body.end_run,
    "t": Body.end_text,
    "p": Body.end_paragraph,
    "tr": lambda body: body.writer.end_row(),
    "tc": lambda body: body.writer.end_cell(),
    "txbxContent": lambda body: body.writer.end_box(),
}


def read(package: Package, limits: Limits) -> Read:
    """The paragraphs of a document. Raises Unreadable where there are none to read."""
    name = package.main_part("word/document.xml")
    if name not in package:
        raise Unreadable("document-broken", "no document in it")
    relations = package.relations(name)
    styles = _Styles()
    for part in _of_kind(relations, "styles"):
        parsed(package, part, styles)
    body = Body(Writer(limits.document_text), frozenset(styles.lists))
    problems = parsed(package, name, body)
    blocks = body.writer.blocks()
    notes = [*_of_kind(relations, "footnotes"), *_of_kind(relations, "endnotes")]
    room = max(0, limits.document_text - sum(map(len, blocks)))
    heads = _others(package, _referred(relations, body.references["header"]), room)
    feet = _others(package, _referred(relations, body.references["footer"]), room)
    return Read([*heads, *blocks, *_others(package, notes, room), *feet], problems)


def _of_kind(relations: Mapping[str, tuple[str, str]], kind: str) -> list[str]:
    return [part for found, part in relations.values() if found == kind]


def _referred(relations: Mapping[str, tuple[str, str]], references: list[tuple[int, str]]) -> list[str]:
    """The parts of headers or footers: that of the first page, then that of the others."""
    return [relations.get(id_, ("", ""))[1] for _, id_ in sorted(references)]


def _others(package: Package, names: list[str], room: int) -> list[str]:
    """The paragraphs of headers, footers or notes, each text once; one that is damaged has those before."""
    found: dict[tuple[str, ...], None] = {}
    for name in dict.fromkeys(name for name in names if name):
        part = Body(Writer(room))
        parsed(package, name, part)
        found[tuple(part.writer.blocks())] = None
    return [block for blocks in found for block in blocks]
