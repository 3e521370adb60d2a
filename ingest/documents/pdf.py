"""The text of a PDF, by PDFium: lines as they stand on the page, paragraphs and table cells told by their gaps.

Forms that were filled in are read as they show; nothing is rendered, no script is run, nothing is fetched.
"""

import ctypes
import logging
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

from ingest.documents.model import Bounds, Enough, Problem, Read, Unreadable
from ingest.documents.tidy import join_hyphenated

logging.getLogger("pypdfium2").setLevel(
    logging.CRITICAL
)  # its complaints go to stderr, where they help nobody

_EDGE = 4  # lines at the top and the bottom of a page that may be its header or footer
_CELL_GAP = 2.0  # heights of a line between two cells of a row
_PARAGRAPH_GAP = 1.35  # times the usual distance of two lines
_FAR = 3.0  # heights of a line: further apart than any line spacing
_MOST_EMPTY = 10  # pages without a letter that are looked at again
_MOST_FIELDS = 2_000
_LINE = re.compile(
    r"[^\n\ufffe]+\ufffe?|\ufffe"
)  # PDFium puts U+FFFE for a hyphen and the line's end after it
_OTHER_SIZE = 1.15  # times the height of the line above: a heading, a footnote
_PAGE_NUMBER = re.compile(
    r"\b(?:sida|sid|page)\.? ?\d{1,4}(?: ?(?:av|of|/|\() ?\d{1,4}\)?)?|\b\d{1,3} ?\(\d{1,3}\)|^\W{0,3}\d{1,4}\W{0,3}$",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_TURNED = {90, 270}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where it begins, its bottom and its height in points (0 where that is not known)."""

    text: str
    bottom: float = 0.0
    height: float = 0.0


def read(data: bytes, bounds: Bounds) -> Read:
    """The paragraphs of every page. Raises Unreadable: encrypted, damaged, or without a text layer."""
    limits = bounds.limits
    document = _opened(data)
    try:
        count = len(document)
        pages, problems = _pages(document, min(count, limits.document_pages), bounds)
        if count > limits.document_pages:
            problems.append(("limit-document-pages", f"{count} pages, {limits.document_pages} read"))
        blocks = _blocks(pages)
        pictures = _pictures(document, pages)
        if not blocks:
            empty = "its pages are pictures" if pictures else "its pages have no letters"
            raise Unreadable(*(problems[0] if problems else ("document-no-text", empty)))
        if pictures:
            problems.append(("document-no-text", f"page {', '.join(map(str, pictures))}: a picture"))
        if _is_gibberish(blocks):
            raise Unreadable("document-no-text", "its letters have no meaning, only a shape")
    finally:
        document.close()
    return Read(blocks, tuple(problems))


def _opened(data: bytes) -> pdfium.PdfDocument:
    """PDFium tries the empty password by itself."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}:
            raise Unreadable("document-encrypted") from error
        raise Unreadable("document-broken", "the PDF is damaged or cut off") from error


def _pages(
    document: pdfium.PdfDocument, count: int, bounds: Bounds
) -> tuple[list[list[_Line]], list[Problem]]:
    """The lines of each page, as far as the limit goes; a page that is damaged is left out and said."""
    pages: list[list[_Line]] = []
    broken: list[int] = []
    length = 0
    for number in range(count):
        try:
            bounds.check()
            lines = _page(document, number)
        except Enough as end:
            return pages, [(end.code, f"{end.detail}, {len(pages)} of {count} pages")]
        except (pdfium.PdfiumError, AssertionError, ctypes.ArgumentError):
            broken.append(number + 1)
            lines = []
        length += sum(len(line.text) for line in lines)
        limit = bounds.limits.document_text
        if length > limit:
            return pages, [
                ("limit-document-text", f"more than {limit} characters, {len(pages)} of {count} pages read")
            ]
        pages.append(lines)
    return pages, [("document-broken", f"page {broken[0]}")] if broken else []


def _page(document: pdfium.PdfDocument, number: int) -> list[_Line]:
    page = document[number]
    try:
        if 0 < pdfium_c.FPDFPage_GetAnnotCount(page) <= _MOST_FIELDS:
            pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        text_page = page.get_textpage()
        try:
            return _lines(text_page, measured=page.get_rotation() not in _TURNED)
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(page: pdfium.PdfTextPage, *, measured: bool) -> list[_Line]:
    text = page.get_text_range() if page.count_chars() else ""
    ruler = _Ruler(page, measured=measured and page.count_chars() == len(text))
    return [ruler.line(match[0], match.start()) for match in _LINE.finditer(text) if match[0].strip()]


class _Ruler:
    """Measures where the signs of a page stand; where signs and letters are not one to one, it measures nothing."""

    def __init__(self, page: pdfium.PdfTextPage, *, measured: bool) -> None:
        self._page = page
        self._measured = measured
        self._box = pdfium_c.FS_RECTF()

    def line(self, text: str, at: int) -> _Line:
        """The line that begins at the page's sign `at`, wide gaps within it as tabs."""
        first = len(text) - len(text.lstrip())
        if not self._measured or not self._place(at + first):
            return _Line(text.strip())
        bottom, height = self._box.bottom, self._box.top - self._box.bottom
        words = text.strip()
        return _Line(self._parted(words, at + first, height * _CELL_GAP), bottom, height)

    def _parted(self, words: str, at: int, gap: float) -> str:
        pieces: list[str] = []
        begun = 0
        blank = words.find(" ")
        while blank >= 0:
            if self._gap(at + blank) > gap > 0:
                pieces.append(words[begun:blank].rstrip())
                begun = blank + 1
            blank = words.find(" ", blank + 1)
        return "\t".join([*pieces, words[begun:]])

    def _gap(self, blank: int) -> float:
        """From the end of the sign before a blank to the beginning of the one after it."""
        if not self._place(blank - 1):
            return 0.0
        end = self._box.right
        return self._box.left - end if self._place(blank + 1) else 0.0

    def _place(self, at: int) -> bool:
        return bool(pdfium_c.FPDFText_GetLooseCharBox(self._page, at, self._box))


def _blocks(pages: Sequence[list[_Line]]) -> list[str]:
    """The paragraphs of the whole document; what stands at the foot of several pages stands once, at the end."""
    seen_heads: set[str] = set()
    feet: dict[str, str] = {}
    running: list[Sequence[_Line]] = []
    for page, following in zip_longest(pages, pages[1:], fillvalue=()):
        end = _foot(page, feet, following)
        running.append(page[_head(page[:end], seen_heads) : end])
        seen_heads |= {_pattern(line) for line in page[:_EDGE]}
    return _paragraphs(running, list(feet.values()))


def _pattern(line: _Line) -> str:
    """What the headers of two pages have in common: all but the number of the page."""
    return _PAGE_NUMBER.sub("#", " ".join(line.text.split()))


def _head(page: Sequence[_Line], seen: set[str]) -> int:
    """How many lines at the top have stood at the top of a page before."""
    for at, line in enumerate(page[:_EDGE]):
        pattern = _pattern(line)
        if pattern not in seen:
            return at
    return min(len(page), _EDGE)


def _foot(page: Sequence[_Line], feet: dict[str, str], following: Sequence[_Line]) -> int:
    """Where the lines begin that stand at the foot of the next page or of one before as well."""
    known = set(feet) | {_pattern(line) for line in following[-_EDGE:]}
    end = len(page)
    while end > 0 and len(page) - end < _EDGE and _pattern(page[end - 1]) in known:
        end -= 1
        feet.setdefault(_pattern(page[end]), page[end].text)
    return end


def _paragraphs(pages: Sequence[Sequence[_Line]], feet: Sequence[str]) -> list[str]:
    paragraphs: list[str] = []
    for lines in pages:
        found = _page_paragraphs(lines)
        if found and paragraphs and found[0][:1].islower() and "\t" not in found[0]:
            paragraphs[-1] += "\n" + found.pop(0)  # a sentence goes on over the page
        paragraphs += found
    whole = [join_hyphenated(paragraph) for paragraph in paragraphs]
    return [*whole, *feet]


def _page_paragraphs(lines: Sequence[_Line]) -> list[str]:
    """Lines of a page, parted where the distance is larger than usual, or where a new column begins."""
    steps = [above.bottom - line.bottom for above, line in pairwise(lines) if line.height and above.height]
    usual = statistics.median_low([step for step in steps if step > 0] or [0.0]) * _PARAGRAPH_GAP
    paragraphs: list[list[str]] = []
    for at, line in enumerate(lines):
        if at == 0 or _is_apart(lines[at - 1], line, usual):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    return ["\n".join(paragraph) for paragraph in paragraphs]


def _is_apart(above: _Line, line: _Line, usual: float) -> bool:
    if not (line.height and above.height and usual):
        return False
    step = above.bottom - line.bottom
    sizes = sorted((above.height, line.height))
    far = step > usual or step > line.height * _FAR
    return far or step < -line.height or sizes[1] > sizes[0] * _OTHER_SIZE


def _pictures(document: pdfium.PdfDocument, pages: Sequence[list[_Line]]) -> list[int]:
    """The first pages without a letter that have a picture on them, by number: scanned, most likely."""
    empty = (number for number, lines in enumerate(pages) if not lines)
    return [number + 1 for number in islice(empty, _MOST_EMPTY) if _has_picture(document, number)]


def _has_picture(document: pdfium.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return False
    try:
        objects = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return any(True for _ in islice(objects, 1))
    finally:
        page.close()


def _is_gibberish(blocks: Sequence[str]) -> bool:
    """Fonts without a table of meanings give private or no letters at all."""
    sample = "".join(blocks)[:5_000]
    letters = sum(not sign.isspace() for sign in sample)
    return len(_WORDLESS.findall(sample)) > 0.3 * letters
