"""Reading documents holds for any bytes: it never raises, and what it gives is clean and bounded."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Bounds, Document, extract
from ingest.documents.tidy import join_hyphenated, tidy
from ingest.limits import Limits
from tests.documents.office import docx, odf, paragraph, row, table, xlsx
from tests.documents.pdf import letter, pdf

LIMITS = Limits(document_text=5_000, document_unpacked=200_000, document_elements=5_000)
WHOLE = (
    docx(table(("Kommun", "Klart"), ("Ånge", "maj")) + paragraph("Vi återkommer.")),
    xlsx({"Kontor": row("Ånge", "maj")}, ("Ånge",), '<cellXfs><xf numFmtId="14"/></cellXfs>'),
    odf("<text:p>Vi återkommer till <text:span>Ånge</text:span>.</text:p>"),
    pdf(letter(["Vi återkommer till Ånge."], ["Snart."])),
    b"{\\rtf1\\ansi\\ansicpg1252 Vi \\'e5terkommer.\\par {\\b Snart}}",
    b"<html><body><p>Vi \xe5terkommer.</p></body></html>",
)
NAMES = st.sampled_from(["a.docx", "a.xlsx", "a.odt", "a.pdf", "a.rtf", "a.html", "a.txt", "a.doc", None])
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=8)


def changed(whole: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    """Bytes here and there replaced by others."""
    data = bytearray(whole)
    for place, new in changes:
        at = int(place * len(data)) if data else 0
        data[at : at + max(len(new), 1)] = new
    return bytes(data)


def check(found: Document | None) -> None:
    if found is None:
        return
    assert found.text is None or found.text.strip()
    assert all(code and "\n" not in detail for code, detail in found.problems)
    text = found.text or ""
    assert len(text) <= 3 * LIMITS.document_text
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text)
    text.encode()


@settings(deadline=None)
@given(whole=st.sampled_from(WHOLE), changes=CHANGES, name=NAMES)
def test_damaged_documents(whole: bytes, changes: list[tuple[float, bytes]], name: str | None) -> None:
    check(extract(changed(whole, changes), "application/octet-stream", name, Bounds.of(LIMITS)))


@settings(deadline=None)
@given(whole=st.sampled_from(WHOLE), place=st.floats(0, 1), name=NAMES)
def test_cut_documents(whole: bytes, place: float, name: str | None) -> None:
    check(extract(whole[: int(place * len(whole))], "application/octet-stream", name, Bounds.of(LIMITS)))


@settings(deadline=None)
@given(
    data=st.binary(max_size=300),
    kind=st.sampled_from(["text/plain", "application/pdf", "text/html"]),
    name=NAMES,
)
def test_any_bytes(data: bytes, kind: str, name: str | None) -> None:
    check(extract(data, kind, name, Bounds.of(LIMITS)))


XML = st.sampled_from(
    "w:p w:r w:t w:tbl w:tr w:tc w:txbxContent w:del w:ins w:sdt w:sdtContent w:pPr w:numPr w:hyperlink".split()
)


@settings(deadline=None)
@given(tags=st.lists(XML, max_size=25), text=st.text("aåÄ -\t\n", max_size=20))
def test_words_nested_in_any_way(tags: list[str], text: str) -> None:
    body = "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{tag}>" for tag in reversed(tags))
    check(extract(docx(body), "application/octet-stream", "a.docx", Bounds.of(LIMITS)))


@settings(deadline=None)
@given(text=st.text(st.characters(codec="utf-8") | st.sampled_from("-\n\u00ad\ufffe\t åÅé")))
def test_tidy_is_done_at_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert len(join_hyphenated(once)) <= len(once) + once.count("-")
